#include "engine/difference.hpp"

#include <algorithm>
#include <memory>

#include "engine/destination_digest.hpp"
#include "engine/line.hpp"
#include "engine/read_rows.hpp"
#include "engine/removal.hpp"
#include "engine/row_comparison.hpp"
#include "engine/row_count.hpp"
#include "engine/work.hpp"

namespace flit::engine {
namespace {

using store::State;
using store::Verdict;
using Chunk = std::vector<store::Assignment>;
using Records = std::vector<RecordDifference>;

constexpr std::int64_t rows_per_scan = 400;

bool was_written(const store::Assignment& one) {
  return (one.verdict == Verdict::create || one.verdict == Verdict::update) &&
         (one.state == State::done || one.state == State::kept);
}

/// The assignments to compare, chunk by chunk: each of one table and one shape.
class Chunks {
 public:
  Chunks(const Migration& migration, const DifferenceSettings& settings)
      : migration_(migration), environment_(migration.environment), settings_(settings) {
    for (const packs::Phase& phase : migration.path.phases)
      tables_.insert(tables_.end(), phase.tables.begin(), phase.tables.end());
  }

  Result<std::optional<Chunk>> next() {
    while (waiting_.empty()) {
      if (at_ == tables_.size()) return std::optional<Chunk>();
      FLIT_TRY_VOID(scan());
    }
    const auto end = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& one) {
      return !share_a_shape(waiting_.front(), one);
    });
    const auto count = std::min<std::ptrdiff_t>(end - waiting_.begin(), rows_per_question);
    Chunk chunk(std::make_move_iterator(waiting_.begin()),
                std::make_move_iterator(waiting_.begin() + count));
    waiting_.erase(waiting_.begin(), waiting_.begin() + count);
    return std::optional(std::move(chunk));
  }

 private:
  /// Some more of the table at hand, or on to the next.
  Result<void> scan() {
    if (every_ == 0) FLIT_TRY_VOID(spread());
    std::int64_t seen = 0;
    FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) {
      return environment_.books.assignments.scan(
          reader, {.table = tables_[at_], .only_sampled = settings_.only_sampled}, last_,
          rows_per_scan, [&](const store::Assignment& one) -> Result<void> {
            last_ = one.id;
            ++seen;
            FLIT_TRY(stands, still_stands(reader, one));
            if (stands && number_++ % every_ == 0) waiting_.push_back(one);
            return {};
          });
    }));
    if (seen == rows_per_scan) return {};
    ++at_;
    last_ = 0;
    return {};
  }

  /// A placeholder that its record took over is compared as that record.
  Result<bool> still_stands(store::sql::Connection& reader, const store::Assignment& one) const {
    if (!was_written(one) || one.role != "placeholder") return was_written(one);
    FLIT_TRY(record,
             environment_.books.assignments.find(reader, one.object, one.source_id, "primary"));
    return !(record && record->verdict == Verdict::update && was_written(*record));
  }

  /// Of how many rows one is taken.
  Result<void> spread() {
    every_ = 1;
    FLIT_TRY(rows, rows_reached(migration_, settings_.only_sampled));
    const std::uint64_t wanted = settings_.at_most == 0 ? rows : std::min(rows, settings_.at_most);
    emit(environment_.events,
         WorkPlanned{"comparing", wanted, migration_.pacer.requests_per_second()});
    if (settings_.at_most == 0) return {};
    every_ = std::max<std::uint64_t>(1, (rows + settings_.at_most - 1) / settings_.at_most);
    return {};
  }

  const Migration& migration_;
  const Environment& environment_;
  const DifferenceSettings& settings_;
  std::vector<std::string> tables_;
  std::size_t at_ = 0;
  std::int64_t last_ = 0;
  std::uint64_t number_ = 0;
  std::uint64_t every_ = 0;  // not known yet
  Chunk waiting_;
};

}  // namespace

Event to_event(const RowsCompared& event) {
  return Event("rows_compared", Level::debug)
      .label("table", event.table)
      .count("records", static_cast<std::int64_t>(event.counts.records))
      .count("fields", static_cast<std::int64_t>(event.counts.fields))
      .count("mismatches", static_cast<std::int64_t>(event.counts.mismatches()));
}

void DifferenceCounts::count(CellVerdict verdict) {
  ++fields;
  ++verdicts[static_cast<std::size_t>(verdict)];
}

std::uint64_t DifferenceCounts::mismatches() const {
  return of(CellVerdict::missing) + of(CellVerdict::different);
}

DifferenceCounts& DifferenceCounts::operator+=(const DifferenceCounts& other) {
  records += other.records;
  fields += other.fields;
  for (std::size_t i = 0; i < verdicts.size(); ++i) verdicts[i] += other.verdicts[i];
  return *this;
}

Result<DifferenceCounts> compare_rows(const Migration& migration,
                                      const DifferenceSettings& settings,
                                      const DifferenceVisit& visit, std::stop_token stop) {
  FLIT_TRY(before, before_of(migration.environment));
  const Authors authors = before ? before->authors : Authors();
  Chunks chunks(migration, settings);
  std::vector<std::unique_ptr<RowComparison>> lanes;
  lanes.reserve(static_cast<std::size_t>(settings.lanes));
  for (int lane = 0; lane < settings.lanes; ++lane)
    lanes.push_back(std::make_unique<RowComparison>(migration, authors, settings.every_field));
  DifferenceCounts total;
  Line<Chunk, Records> line{
      .name = "comparing rows",
      .lanes = settings.lanes,
      .next = [&] { return chunks.next(); },
      .work = [&](std::size_t lane, Chunk& chunk,
                  std::stop_token lane_stop) { return lanes[lane]->compare(chunk, lane_stop); },
      .collect = [&](Records&& records) -> Result<void> {
        RowsCompared news{records.empty() ? std::string() : records.front().table, {}};
        for (const RecordDifference& record : records) {
          news.counts += record.counts;
          if (visit) FLIT_TRY_VOID(visit(record));
        }
        total += news.counts;
        emit(migration.environment.events, news);
        return {};
      }};
  FLIT_TRY_VOID(run(migration.environment.executor, line, std::move(stop)));
  return total;
}

}  // namespace flit::engine
