#include "engine/load_watch.hpp"

#include <algorithm>

#include "engine/work.hpp"
#include "store/planned_rows.hpp"

namespace flit::engine {
namespace {

/// Rows that a request carries as operations of their own run one after the other over there: more
/// of them save no time and only bring the request nearer to being cut off (facts/dataverse.md §8).
constexpr std::uint32_t most_one_by_one = 100;

}  // namespace

Event to_event(const ChunkLoaded& event) {
  Event told("chunk_loaded", Level::debug);
  told.label("phase", event.phase)
      .label("table", event.table)
      .count("done", static_cast<std::int64_t>(event.counts.done))
      .count("failed", static_cast<std::int64_t>(event.counts.failed))
      .count("requests", static_cast<std::int64_t>(event.counts.requests));
  if (event.left) told.duration("left", *event.left);
  return told;
}

BatchRows rows_of_a_batch(const model::BatchWriter& writer, std::string_view table,
                          model::Verb verb, std::uint32_t wanted) {
  for (const model::Road road : {model::Road::bulk, model::Road::individual}) {
    const auto limits = writer.limits(table, verb, road);
    if (!limits) continue;
    if (wanted > 0) {
      const std::uint32_t rows = std::min(wanted, limits->max_rows);
      return {rows, rows};
    }
    const std::uint32_t most =
        road == model::Road::bulk ? limits->max_rows : std::min(limits->max_rows, most_one_by_one);
    const std::uint32_t first = limits->suggested_rows > 0 ? limits->suggested_rows : most;
    return {std::min(first, most), most};
  }
  return {};
}

LoadWatch::LoadWatch(const Migration& migration, Outlook outlook)
    : migration_(migration),
      outlook_(migration.environment.executor, "outlook", std::move(outlook)) {}

Result<std::unique_ptr<LoadWatch>> LoadWatch::make(const Migration& migration, std::string what,
                                                   std::uint32_t rows, bool only_sampled) {
  std::vector<TableLoad> tables;
  FLIT_TRY_VOID(
      migration.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(left, store::rows_left(reader, only_sampled));
        const auto& writer = migration.destination.writer;
        for (const store::PlannedRows& one : left)
          tables.push_back(
              {.table = one.table,
               .rows = one.rows,
               .rows_per_request =
                   rows_of_a_batch(writer, one.table, model::Verb::create, rows).first,
               .later_rows = one.later,
               .later_per_request =
                   rows_of_a_batch(writer, one.table, model::Verb::close, rows).first});
        return {};
      }));
  const double requests = migration.pacer.requests_per_second();
  Outlook outlook(tables, {.requests_per_second = requests});
  emit(migration.environment.events, WorkPlanned{std::move(what), outlook.total(), requests});
  return std::unique_ptr<LoadWatch>(new LoadWatch(migration, std::move(outlook)));
}

void LoadWatch::settled(const std::string& phase, const std::string& table, bool later,
                        const LoadCounts& counts) {
  const Tick now = migration_.environment.clock().tick();
  const auto left = outlook_.change([&](Outlook& outlook) {
    outlook.settled({table, later, counts.done + counts.failed}, now);
    return outlook.left();
  });
  emit(migration_.environment.events, ChunkLoaded{phase, table, counts, left});
}

}  // namespace flit::engine
