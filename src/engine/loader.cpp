#include "engine/loader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/lanes.hpp"
#include "base/watched.hpp"
#include "engine/also_rows.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

using store::Pending;
using store::State;
using store::Verdict;

namespace {

/// Assignments read at a time: enough that the reader keeps ahead of the lanes.
constexpr std::int64_t rows_of_a_read = 1000;

/// Rows that all lanes together hold, dealt out or on their way: some 10 KB each, whatever the
/// source is like.
constexpr std::uint32_t rows_at_work = 8000;

}  // namespace

/// Checkpoint: the last operation when the rows of all tables were counted and found as they
/// should.
constexpr std::string_view rows_counted = "rows counted";

/// What the lanes of a job came to.
struct Loader::Tally {
  struct Kept {
    LoadCounts counts{};
    std::optional<Error> failed{};
  };
  Tally(Executor& executor, const std::string& name) : kept(executor, name) {}

  void fail(const Error& error) {
    kept.change([&](Kept& k) {
      if (!k.failed) k.failed = error;
    });
    if (lanes != nullptr) lanes->request_stop();
  }

  Watched<Kept> kept;
  Lanes* lanes = nullptr;  ///< set before the first is spawned
};

Loader::Loader(const Migration& migration, LoaderSettings settings)
    : migration_(migration), environment_(migration.environment), settings_(std::move(settings)) {}

Result<LoadReport> Loader::run(std::stop_token stop) {
  LoadReport report;
  FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return store::clear_findings(transaction, settings_.stage);
  }));
  FLIT_TRY_VOID(describe_tables(stop));
  FLIT_TRY_VOID(settle_open(report, stop));
  FLIT_TRY_VOID(read_counted());
  FLIT_TRY(watch,
           LoadWatch::make(migration_, settings_.title, settings_.rows, settings_.only_sampled));
  watch_ = std::move(watch);
  for (const packs::Phase& phase : migration_.path.phases)
    FLIT_TRY_VOID(load_phase(phase, report, stop));
  FLIT_TRY_VOID(
      load_late({Step::lookup, Verdict::create, Pending::lookups}, "references", report, stop));
  FLIT_TRY_VOID(load_late({Step::matched_lookup, Verdict::update, Pending::lookups}, "references",
                          report, stop));
  FLIT_TRY_VOID(load_late({Step::state, Verdict::create, Pending::state}, "states", report, stop));
  FLIT_TRY_VOID(note_counted(report));
  return report;
}

Result<std::string> Loader::last_operation() const {
  std::string last;
  FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, environment_.books.journal.last_operation(reader));
    last = std::to_string(found);
    return {};
  }));
  return last;
}

Result<void> Loader::read_counted() {
  return environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(kept, store::checkpoint(reader, rows_counted));
    counted_ = std::move(kept);
    return {};
  });
}

Result<void> Loader::note_counted(const LoadReport& report) {
  const bool as_expected =
      std::all_of(report.tables.begin(), report.tables.end(),
                  [](const RowCount& table) { return table.expected == table.found; });
  if (!as_expected || report.tables.empty()) return {};
  FLIT_TRY(last, last_operation());
  return environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return store::put_checkpoint(transaction, rows_counted, last, environment_.clock().now());
  });
}

/// Which bulk messages a table has is only known of tables that were described, as each user.
Result<void> Loader::describe_tables(std::stop_token stop) {
  std::vector<std::string> tables;
  for (const packs::Phase& phase : migration_.path.phases)
    tables.insert(tables.end(), phase.tables.begin(), phase.tables.end());
  for (std::size_t user = 0; user < migration_.pacer.users(); ++user) {
    model::Destination& destination = migration_.destination_of(user);
    const auto described = migration_.pacer.call_as<model::Schema>(
        user, Repeat::reads, stop, [&] { return destination.schema.describe(tables, stop); });
    if (!described) return Error(described.error());
  }
  return {};
}

/// The tasks of one step for one table; records of several objects may land on one.
std::vector<Task> Loader::tasks_of(Step step, const std::string& table) const {
  if (step == Step::own || step == Step::link) return {{.step = step, .table = table}};
  std::vector<Task> tasks;
  if (step == Step::lookup) tasks = tasks_beside(step, table);
  for (const model::ObjectMap& object : migration_.map.document().objects) {
    const mapping::CompiledObject* compiled = migration_.map.find(object.object);
    if (compiled == nullptr) continue;
    if (step == Step::state && migration_.map.states(object.object, table) == nullptr) continue;
    for (std::size_t route = 0; route < compiled->routes(); ++route)
      if (compiled->table(route) == table) tasks.push_back({step, table, object.object, route});
  }
  return tasks;
}

/// Rows that records speak of beside their own.
std::vector<Task> Loader::tasks_beside(Step step, const std::string& table) const {
  std::vector<Task> tasks;
  for (const model::ObjectMap& object : migration_.map.document().objects)
    for (const mapping::CompiledAlso& also : migration_.map.also(object.object))
      if (also.rule().table == table)
        tasks.push_back({.step = step, .table = table, .object = also.object().object()});
  return tasks;
}

Result<void> Loader::load_phase(const packs::Phase& phase, LoadReport& report,
                                std::stop_token stop) {
  for (const std::string& table : phase.tables)
    FLIT_TRY_VOID(load_table(phase, table, report, stop));
  for (const std::string& table : phase.tables)
    FLIT_TRY_VOID(check_rows(phase.name, table, report, stop));
  return {};
}

Result<void> Loader::load_table(const packs::Phase& phase, const std::string& table,
                                LoadReport& report, std::stop_token stop) {
  store::AssignmentFilter filter{.table = table,
                                 .verdict = Verdict::create,
                                 .state = State::planned,
                                 .only_sampled = settings_.only_sampled};
  const auto job = [&](const Task& task, std::string_view role) {
    filter.role = role;
    filter.object = task.object;
    return Job{phase.name, task, filter};
  };
  FLIT_TRY_VOID(load(job({.step = Step::own, .table = table}, "own"), report, stop));
  const bool is_links =
      std::any_of(migration_.path.link_tables.begin(), migration_.path.link_tables.end(),
                  [&](const packs::LinkTable& links) { return links.table == table; });
  if (is_links) return load(job({.step = Step::link, .table = table}, ""), report, stop);
  const std::vector<Task> placeholders = tasks_of(Step::placeholder, table);
  for (const Task& task : placeholders) FLIT_TRY_VOID(load(job(task, "placeholder"), report, stop));
  for (const Task& task : tasks_beside(Step::record, table)) {
    const RowsOfMap rows = rows_of(migration_.map, task.object);
    filter.role = rows.role;
    filter.object = rows.object;
    FLIT_TRY_VOID(load({phase.name, task, filter}, report, stop));
  }
  const std::vector<Task> records = tasks_of(Step::record, table);
  for (const Task& task : records) {
    FLIT_TRY(waves, deepest(task.object));
    for (std::int64_t depth = 0; depth <= waves; ++depth) {
      filter.depth = depth;
      FLIT_TRY_VOID(load(job(task, "primary"), report, stop));
    }
    filter.depth.reset();
  }
  filter.verdict = Verdict::update;
  for (Task task : records) {
    task.step = Step::update;
    FLIT_TRY_VOID(load(job(task, "primary"), report, stop));
  }
  return {};
}

/// What is written to rows that are there: references that had to wait, last states.
Result<void> Loader::load_late(const Late& late, std::string_view phase, LoadReport& report,
                               std::stop_token stop) {
  for (const packs::Phase& one : migration_.path.phases)
    for (const std::string& table : one.tables) {
      const std::vector<Task> tasks = tasks_of(late.step, table);
      for (const Task& task : tasks) {
        const RowsOfMap rows = rows_of(migration_.map, task.object);
        FLIT_TRY_VOID(load({std::string(phase),
                            task,
                            {.object = rows.object,
                             .table = table,
                             .role = rows.role,
                             .verdict = late.verdict,
                             .state = State::done,
                             .only_sampled = settings_.only_sampled,
                             .only_pending = true,
                             .pending = static_cast<std::uint8_t>(late.settles)}},
                           report, stop));
      }
    }
  return {};
}

Result<void> Loader::load(const Job& job, LoadReport& report, std::stop_token stop) {
  FLIT_TRY(first, next_chunk(job, 0, 1));
  if (first.empty()) return {};
  std::vector<std::unique_ptr<RowMaker>> makers;
  for (int lane = 0; lane < settings_.lanes; ++lane) {
    FLIT_TRY(maker, make_row_maker(migration_, job.task));
    makers.push_back(std::move(maker));
  }
  Watched<BatchSizer>& sizer = sizer_of(*makers.front());
  const auto rows = [&sizer] {
    return std::size_t{sizer.look([](const BatchSizer& one) { return one.rows(); })};
  };
  Executor& executor = environment_.executor;
  const std::string name = "loading " + job.task.table;
  // What lanes use outlives them, also when an exception takes the way out: so they come last.
  Tally tally(executor, name);
  LaneDealer dealer(executor, job.task.table, settings_.lanes, rows);
  Lanes lanes(executor, name, stop);
  tally.lanes = &lanes;
  lanes.spawn("plan of " + job.task.table, [&](std::stop_token lane_stop) {
    read_plan(job, dealer, tally, std::move(lane_stop));
  });
  for (int lane = 0; lane < settings_.lanes; ++lane)
    lanes.spawn(
        fmt::format("load {} {}", job.task.table, lane), [&, lane](std::stop_token lane_stop) {
          load_chunks({job, *makers[static_cast<std::size_t>(lane)], sizer, lane, dealer, tally},
                      std::move(lane_stop));
        });
  lanes.join();
  return tally.kept.change([&](Tally::Kept& kept) -> Result<void> {
    if (kept.failed) return Error(*kept.failed).during(name);
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while " + name};
    report.counts += kept.counts;
    return {};
  });
}

/// The size that was found for rows of this kind is kept from wave to wave.
Watched<BatchSizer>& Loader::sizer_of(const RowMaker& maker) {
  auto& sizer = sizers_[{maker.table(), maker.verb()}];
  if (!sizer) {
    BatchRows rows =
        rows_of_a_batch(migration_.destination.writer, maker.table(), maker.verb(), settings_.rows);
    if (settings_.rows == 0)
      rows.most = std::min(
          rows.most,
          std::max(rows.first, rows_at_work / static_cast<std::uint32_t>(settings_.lanes)));
    sizer = std::make_unique<Watched<BatchSizer>>(
        environment_.executor, "batches of " + maker.table(), BatchSizer(rows.first, rows.most));
  }
  return *sizer;
}

void Loader::read_plan(const Job& job, LaneDealer& dealer, Tally& tally, std::stop_token stop) {
  for (std::int64_t after = 0;;) {
    Result<Chunk> chunk = next_chunk(job, after, rows_of_a_read);
    if (!chunk) return tally.fail(chunk.error());
    if (chunk->empty()) return dealer.close(stop);
    after = chunk->back().id;
    for (store::Assignment& one : *chunk)
      if (!dealer.deal(std::move(one), stop)) return;
  }
}

void Loader::load_chunks(const Loading& at, std::stop_token stop) {
  ChunkLoader loader(migration_, at.maker,
                     {fmt::format("lane {}", at.lane), settings_.stage, at.job.phase});
  while (const auto chunk = at.dealer.take(at.lane, stop)) {
    const auto rows = static_cast<std::uint32_t>(chunk->size());
    const Result<LoadCounts> counts = loader.load(*chunk, stop);
    if (!counts) return at.tally.fail(counts.error());
    at.sizer.change([&](BatchSizer& sizer) { sizer.settled(rows, counts->timing); });
    at.tally.kept.change([&](Tally::Kept& kept) { kept.counts += *counts; });
    watch_->settled(at.job.phase, at.job.task.table, at.job.filter.only_pending, *counts);
  }
}

/// Batches of a process that died: their rows may be there or not, so they are sent again first.
Result<void> Loader::settle_open(LoadReport& report, std::stop_token stop) {
  std::vector<store::OpenBatch> open;
  const Result<void> read =
      environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, environment_.books.journal.open_batches(reader));
        open = std::move(found);
        return {};
      });
  if (!read) return Error(read.error());
  for (const store::OpenBatch& batch : open) {
    FLIT_TRY(counts, settle_batch(batch, stop));
    report.counts += counts;
  }
  return {};
}

Result<LoadCounts> Loader::settle_batch(const store::OpenBatch& batch, std::stop_token stop) {
  Chunk chunk;
  store::IntendedBatch intended{.batch = batch.batch};
  std::vector<std::string> before;
  model::Verb verb = model::Verb::create;
  const Result<void> read = environment_.ledger.read([&](store::sql::Connection& reader) {
    return environment_.books.journal.operations(
        reader, batch.batch, [&](const store::Change& change) -> Result<void> {
          if (intended.first_operation == 0) intended.first_operation = change.operation;
          verb = change.verb;
          FLIT_TRY(assignment, environment_.books.assignments.by_id(reader, change.assignment));
          if (!assignment)
            return Error{
                .fault = Fault::setup,
                .message = fmt::format("operation {} belongs to no assignment", change.operation),
                .where = "ledger"};
          chunk.push_back(std::move(*assignment));
          before.push_back(change.before_image.value_or(""));
          return {};
        });
  });
  if (!read) return Error(read.error());
  if (chunk.empty()) return LoadCounts{};
  if (verb == model::Verb::remove)
    return Error{.fault = Fault::setup,
                 .message = "a rollback was interrupted; loading would undo half of it",
                 .remedy = "Finish it: flitstack rollback --yes"};
  FLIT_TRY(task, task_of(migration_, chunk.front(), verb));
  FLIT_TRY(maker, make_row_maker(migration_, task));
  ChunkLoader loader(migration_, *maker, {"recovery", batch.stage, batch.phase});
  return loader.settle_open(intended, chunk, before, stop);
}

/// The destination's own count beside the ledger's; once for what was written.
Result<void> Loader::check_rows(const std::string& phase, const std::string& table,
                                LoadReport& report, std::stop_token stop) {
  if (counted_) {
    FLIT_TRY(last, last_operation());
    if (last == *counted_) return {};
  }
  FLIT_TRY(count, count_rows(migration_, table, stop));
  if (!count) return {};
  count->phase = phase;
  report.tables.push_back(*count);
  if (count->expected == count->found) return {};
  return environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return store::add_finding(
        transaction,
        {.stage = settings_.stage,
         .code = "row_count_differs",
         .object = table,
         .message = fmt::format("{} rows of ours in {}, the ledger says {}", count->found, table,
                                count->expected),
         .remedy = "flitstack reconcile says which rows are missing or too many",
         .count = 1},
        {});
  });
}

Result<std::int64_t> Loader::deepest(const std::string& object) const {
  std::int64_t depth = 0;
  const Result<void> read =
      environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, environment_.books.hierarchies.deepest(reader, object));
        depth = found;
        return {};
      });
  if (!read) return Error(read.error());
  return depth;
}

Result<Loader::Chunk> Loader::next_chunk(const Job& job, std::int64_t after,
                                         std::int64_t limit) const {
  Chunk chunk;
  FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) {
    return environment_.books.assignments.scan(reader, job.filter, after, limit,
                                               [&](const store::Assignment& one) -> Result<void> {
                                                 chunk.push_back(one);
                                                 return {};
                                               });
  }));
  return chunk;
}

}  // namespace flit::engine
