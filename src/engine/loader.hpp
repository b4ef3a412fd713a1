#pragma once
/// @file S-06 and S-07: everything that is planned, into the destination, phase by phase.
///
/// A phase loads its tables: records of our own first, then placeholders, then records, parents
/// before children, wave by wave, then links. Behind the phases come the references that had to
/// wait, and last the states that close rows to further writes. One lane reads the plan, the others
/// load chunks; rows that hang on one parent go to one lane, because the platform locks the parent.
/// Memory: lanes times batch size, however many records there are. Repeatable: what is done is not
/// touched, what was left open is settled first.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/chunk_loader.hpp"
#include "engine/lane_dealer.hpp"
#include "engine/load_watch.hpp"
#include "engine/migration.hpp"
#include "engine/row_count.hpp"

namespace flit::engine {

struct LoaderSettings {
  int lanes = 8;
  std::uint32_t rows = 0;     ///< in a batch; 0: as many as turn out best
  bool only_sampled = false;  ///< S-06 loads the sample alone
  std::string stage = "S-07";
  std::string title = "run";  ///< for whoever watches
};

struct LoadReport {
  LoadCounts counts{};
  std::vector<RowCount> tables{};  ///< of each table, after its phase; none when nothing was
                                   ///< written since they were counted and found right
};

class Loader {
 public:
  /// `migration` outlives this.
  Loader(const Migration& migration, LoaderSettings settings);

  /// Loads everything. The first fault that does not go away stops; what is done stays done.
  Result<LoadReport> run(std::stop_token stop);

 private:
  using Chunk = LaneDealer::Chunk;
  struct Tally;

  /// One kind of write, and which assignments it takes.
  struct Job {
    std::string phase;
    Task task;
    store::AssignmentFilter filter;
  };

  /// What is written to rows that are there, and to which.
  struct Late {
    Step step;
    store::Verdict verdict;
    store::Pending settles;
  };

  Result<void> describe_tables(std::stop_token stop);
  Result<std::string> last_operation() const;
  Result<void> read_counted();
  Result<void> note_counted(const LoadReport& report);
  Result<void> load_phase(const packs::Phase& phase, LoadReport& report, std::stop_token stop);
  Result<void> load_table(const packs::Phase& phase, const std::string& table, LoadReport& report,
                          std::stop_token stop);
  Result<void> load_late(const Late& late, std::string_view phase, LoadReport& report,
                         std::stop_token stop);
  Result<void> load(const Job& job, LoadReport& report, std::stop_token stop);
  /// What a lane works with.
  struct Loading {
    const Job& job;
    RowMaker& maker;
    Watched<BatchSizer>& sizer;
    int lane;
    LaneDealer& dealer;
    Tally& tally;
  };

  Watched<BatchSizer>& sizer_of(const RowMaker& maker);
  void read_plan(const Job& job, LaneDealer& dealer, Tally& tally, std::stop_token stop);
  void load_chunks(const Loading& at, std::stop_token stop);
  Result<void> settle_open(LoadReport& report, std::stop_token stop);
  Result<LoadCounts> settle_batch(const store::OpenBatch& batch, std::stop_token stop);
  Result<void> check_rows(const std::string& phase, const std::string& table, LoadReport& report,
                          std::stop_token stop);

  std::vector<Task> tasks_of(Step step, const std::string& table) const;
  std::vector<Task> tasks_beside(Step step, const std::string& table) const;
  Result<Chunk> next_chunk(const Job& job, std::int64_t after, std::int64_t limit) const;
  Result<std::int64_t> deepest(const std::string& object) const;

  const Migration& migration_;
  Environment& environment_;
  LoaderSettings settings_;
  std::unique_ptr<LoadWatch> watch_;    // while run() runs
  std::optional<std::string> counted_;  // the last operation before rows were counted last
  std::map<std::pair<std::string, model::Verb>, std::unique_ptr<Watched<BatchSizer>>> sizers_;
};

}  // namespace flit::engine
