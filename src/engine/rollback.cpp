#include "engine/rollback.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "engine/line.hpp"
#include "engine/open_writes.hpp"
#include "engine/restoring.hpp"
#include "engine/row_count.hpp"
#include "engine/stages.hpp"
#include "engine/work.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

// Rows of a chunk: enough for the questions about dependents, which are asked for all of them at
// once, to cost little beside the deletions.
constexpr std::int64_t chunk_rows = 500;

/// Stages whose work a rollback takes back, and the plan of identities that it makes stale.
constexpr std::array<std::string_view, 4> stale_stages{"S-05", "S-06", "S-07", "S-09"};

using Chunk = std::vector<store::Assignment>;

/// The tools of one lane.
struct LaneTools {
  explicit LaneTools(const UndoParts& parts) : remover(parts), restorer(parts) {}
  ChunkRemover remover;
  ChunkRestorer restorer;
};

std::vector<std::string> tables_backwards(const packs::PathPack& path) {
  std::vector<std::string> tables;
  for (const packs::Phase& phase : path.phases)
    tables.insert(tables.end(), phase.tables.begin(), phase.tables.end());
  std::reverse(tables.begin(), tables.end());
  return tables;
}

/// REQUIRES: assignments of one verdict.
Result<UndoCounts> undo(LaneTools& tools, const Chunk& chunk, std::stop_token stop) {
  return chunk.front().verdict == store::Verdict::create
             ? tools.remover.remove(chunk, std::move(stop))
             : tools.restorer.restore(chunk, std::move(stop));
}

}  // namespace

Event to_event(const ChunkTakenBack& event) {
  return Event("chunk_taken_back", Level::debug)
      .label("table", event.table)
      .count("deleted", static_cast<std::int64_t>(event.counts.deleted))
      .count("restored", static_cast<std::int64_t>(event.counts.restored))
      .count("kept", static_cast<std::int64_t>(event.counts.kept));
}

Result<RollbackResult> Rollback::run(std::stop_token stop) {
  const Environment& environment = migration_.environment;
  RollbackResult result;
  FLIT_TRY(before, before_of(environment));
  if (before) {
    FLIT_TRY_VOID(undo_writes(stop));
    result.digest_before = before->digest.digest;
  }
  FLIT_TRY(after, digest_destination(migration_, settings_.lanes, stop));
  result.digest_after = after.digest;
  if (!before) result.digest_before = result.digest_after;  // nothing was written in between
  result.equal = result.digest_before == result.digest_after;
  const store::Undoing undoing(environment.books.names, environment.books.assignments);
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(taken, undoing.taken_back(reader));
    result.taken = taken;
    return {};
  }));
  if (before) FLIT_TRY_VOID(begin_generation(*before, result));
  return result;
}

Result<void> Rollback::undo_writes(std::stop_token stop) {
  FLIT_TRY(rows, rows_reached(migration_, settings_.only_sampled));
  emit(migration_.environment.events,
       WorkPlanned{"taking back", rows, migration_.pacer.requests_per_second()});
  // Whoever takes back is one of us from now on: his deletions touch rows of ours.
  FLIT_TRY_VOID(remember_before(migration_, settings_.lanes, stop));
  FLIT_TRY(before, before_of(migration_.environment));
  FLIT_TRY_VOID(settle_open_writes(migration_, stop));
  FLIT_TRY(counts, take_back_all(before->authors, false, stop));
  // Rows that wait for others of ours: again, as long as that frees some; then the rest is kept.
  while (counts.waiting > 0) {
    const bool final = counts.deleted == 0;
    FLIT_TRY(more, take_back_all(before->authors, final, stop));
    counts = more;
  }
  return {};
}

Result<UndoCounts> Rollback::take_back_all(const Authors& authors, bool final,
                                           std::stop_token stop) {
  UndoCounts total;
  for (const std::string& table : tables_backwards(migration_.path)) {
    FLIT_TRY(counts, take_back(table, authors, final, stop));
    total += counts;
  }
  return total;
}

Result<UndoCounts> Rollback::take_back(const std::string& table, const Authors& authors, bool final,
                                       std::stop_token stop) {
  const Environment& environment = migration_.environment;
  const store::Undoing undoing(environment.books.names, environment.books.assignments);
  store::Reach reach;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, undoing.reach(reader, table, settings_.only_sampled));
    reach = found;
    return {};
  }));
  UndoCounts total;
  if (reach.rows == 0) return total;
  // Old values first: a record may have taken over a placeholder, which is deleted then.
  for (const store::Verdict verdict : {store::Verdict::update, store::Verdict::create})
    for (std::int64_t depth = reach.deepest; depth >= 0; --depth) {
      const store::UndoFilter wave{table, verdict, depth, settings_.only_sampled};
      FLIT_TRY(counts, take_back_wave(wave, authors, final, stop));
      total += counts;
    }
  return total;
}

Result<UndoCounts> Rollback::take_back_wave(const store::UndoFilter& wave, const Authors& authors,
                                            bool final, std::stop_token stop) {
  const Environment& environment = migration_.environment;
  const store::Undoing undoing(environment.books.names, environment.books.assignments);
  std::vector<std::unique_ptr<LaneTools>> tools;
  tools.reserve(static_cast<std::size_t>(settings_.lanes));
  for (int lane = 0; lane < settings_.lanes; ++lane)
    tools.push_back(std::make_unique<LaneTools>(
        UndoParts{migration_, authors, fmt::format("lane {}", lane), final}));
  UndoCounts total;
  std::int64_t last = 0;
  Line<Chunk, UndoCounts> line{
      .name = fmt::format("taking back {}", wave.table),
      .lanes = settings_.lanes,
      .next = [&]() -> Result<std::optional<Chunk>> {
        Chunk chunk;
        FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
          return undoing.reached(reader, wave, last, chunk_rows,
                                 [&](const store::Assignment& one) -> Result<void> {
                                   chunk.push_back(one);
                                   return {};
                                 });
        }));
        if (chunk.empty()) return std::optional<Chunk>();
        last = chunk.back().id;
        return std::optional(std::move(chunk));
      },
      .work = [&](std::size_t lane, Chunk& chunk,
                  std::stop_token lane_stop) { return undo(*tools[lane], chunk, lane_stop); },
      .collect = [&](UndoCounts&& counts) -> Result<void> {
        total += counts;
        emit(environment.events, ChunkTakenBack{std::string(wave.table), counts});
        return {};
      }};
  FLIT_TRY_VOID(engine::run(environment.executor, line, std::move(stop)));
  return total;
}

/// What is planned from now on are new rows; stages that worked from the old ones are open again.
/// Behind the rollback of a sample alone the destination still is compared with what it once was.
Result<void> Rollback::begin_generation(const Before& before, const RollbackResult& result) {
  const Environment& environment = migration_.environment;
  const std::int64_t generation = environment.ledger.info().generation;
  store::Undoing undoing(environment.books.names, environment.books.assignments);
  const Result<void> written =
      environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
        FLIT_TRY_VOID(undoing.reopen(transaction, settings_.only_sampled));
        FLIT_TRY_VOID(reopen_stages(transaction, stale_stages));
        if (settings_.only_sampled)
          FLIT_TRY_VOID(put_before(transaction, before, generation + 1, environment.clock().now()));
        json::Writer body;
        body.begin_object().member("generation", generation);
        body.member("deleted", result.taken.deleted).member("restored", result.taken.restored);
        body.member("kept", result.taken.kept).member("equal", result.equal).end_object();
        FLIT_TRY_VOID(environment.books.journal.note(transaction, "stages", "rolled back",
                                                     body.view(), environment.clock().now()));
        return environment.books.journal.seal(transaction, environment.clock().now());
      });
  if (!written) return Error(written.error());
  return environment.ledger.begin_generation(generation + 1);
}

Result<void> visit_kept(const Environment& environment,
                        const std::function<Result<void>(const KeptRow&)>& visit) {
  const store::Undoing undoing(environment.books.names, environment.books.assignments);
  return environment.ledger.read([&](store::sql::Connection& reader) {
    return undoing.kept(reader, [&](const store::Assignment& one) {
      return visit({{one.table, one.target_id}, one.reason, one.detail});
    });
  });
}

Result<void> append(json::Writer& out, const Environment& environment,
                    const RollbackResult& result) {
  out.member("digest_before", result.digest_before).member("digest_after", result.digest_after);
  out.member("equal", result.equal).member("deleted", result.taken.deleted);
  out.member("restored", result.taken.restored).key("kept").begin_array();
  FLIT_TRY_VOID(visit_kept(environment, [&](const KeptRow& kept) -> Result<void> {
    out.begin_object().member("table", kept.row.table).member("id", kept.row.id);
    out.member("reason", kept.detail).member("code", kept.reason).end_object();
    return {};
  }));
  out.end_array();
  return {};
}

}  // namespace flit::engine
