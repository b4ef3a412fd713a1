#include "engine/loader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/lanes.hpp"
#include "base/watched.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

using store::Pending;
using store::State;
using store::Verdict;

/// What the lanes of a job came to.
struct Loader::Tally {
  struct Kept {
    LoadCounts counts{};
    std::optional<Error> failed{};
  };
  Tally(Executor& executor, const std::string& name, Lanes& stopped)
      : kept(executor, name), lanes(stopped) {}

  void fail(const Error& error) {
    kept.change([&](Kept& k) {
      if (!k.failed) k.failed = error;
    });
    lanes.request_stop();
  }

  Watched<Kept> kept;
  Lanes& lanes;
};

/// Deals assignments out to lanes: what hangs on one parent to one lane, the rest lane by lane.
class Loader::Dealer {
 public:
  Dealer(Executor& executor, const std::string& name, int lanes, std::size_t rows)
      : rows_(rows), waiting_(static_cast<std::size_t>(lanes)) {
    for (int lane = 0; lane < lanes; ++lane)
      channels_.push_back(std::make_unique<Channel<Chunk>>(
          executor, fmt::format("chunks of {} {}", name, lane), 2));
  }

  Channel<Chunk>& channel(int lane) { return *channels_[static_cast<std::size_t>(lane)]; }

  /// False: a stop was requested.
  bool deal(store::Assignment assignment, const std::stop_token& stop) {
    const std::size_t lane = assignment.affinity != 0
                                 ? static_cast<std::size_t>(assignment.affinity) % waiting_.size()
                                 : next_;
    waiting_[lane].push_back(std::move(assignment));
    return waiting_[lane].size() < rows_ || pass_on(lane, stop);
  }

  /// Hands out what is left, and says that there is no more.
  void close(const std::stop_token& stop) {
    for (std::size_t lane = 0; lane < waiting_.size(); ++lane)
      if (!waiting_[lane].empty() && !pass_on(lane, stop)) return;
    for (const auto& channel : channels_) channel->close();
  }

 private:
  bool pass_on(std::size_t lane, const std::stop_token& stop) {
    if (lane == next_) next_ = (next_ + 1) % waiting_.size();
    return channels_[lane]->push(std::exchange(waiting_[lane], {}), {stop}) == Passage::done;
  }

  std::size_t rows_;
  std::vector<Chunk> waiting_;
  std::vector<std::unique_ptr<Channel<Chunk>>> channels_;
  std::size_t next_ = 0;  // takes what hangs on nothing
};

Event to_event(const ChunkLoaded& event) {
  return Event("chunk_loaded", Level::debug)
      .label("phase", event.phase)
      .label("table", event.table)
      .count("done", static_cast<std::int64_t>(event.counts.done))
      .count("failed", static_cast<std::int64_t>(event.counts.failed))
      .count("requests", static_cast<std::int64_t>(event.counts.requests));
}

Loader::Loader(const Migration& migration, LoaderSettings settings)
    : migration_(migration), environment_(migration.environment), settings_(std::move(settings)) {}

Result<LoadReport> Loader::run(std::stop_token stop) {
  LoadReport report;
  FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return store::clear_findings(transaction, settings_.stage);
  }));
  FLIT_TRY_VOID(describe_tables(stop));
  FLIT_TRY_VOID(settle_open(report, stop));
  for (const packs::Phase& phase : migration_.path.phases)
    FLIT_TRY_VOID(load_phase(phase, report, stop));
  FLIT_TRY_VOID(load_late(Step::lookup, "references", report, stop));
  FLIT_TRY_VOID(load_late(Step::state, "states", report, stop));
  return report;
}

/// Which bulk messages a table has is only known of tables that were described.
Result<void> Loader::describe_tables(std::stop_token stop) {
  std::vector<std::string> tables;
  for (const packs::Phase& phase : migration_.path.phases)
    tables.insert(tables.end(), phase.tables.begin(), phase.tables.end());
  const auto described = migration_.pacer.call<model::Schema>(
      Repeat::reads, stop, [&] { return migration_.destination.schema.describe(tables, stop); });
  if (!described) return Error(described.error());
  return {};
}

/// The tasks of one step for one table; records of several objects may land on one.
std::vector<Task> Loader::tasks_of(Step step, const std::string& table) const {
  if (step == Step::own || step == Step::link) return {{.step = step, .table = table}};
  std::vector<Task> tasks;
  for (const model::ObjectMap& object : migration_.map.document().objects) {
    const mapping::CompiledObject* compiled = migration_.map.find(object.object);
    if (compiled == nullptr) continue;
    if (step == Step::state && migration_.map.states(object.object, table) == nullptr) continue;
    for (std::size_t route = 0; route < compiled->routes(); ++route)
      if (compiled->table(route) == table) tasks.push_back({step, table, object.object, route});
  }
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
Result<void> Loader::load_late(Step step, std::string_view phase, LoadReport& report,
                               std::stop_token stop) {
  const Pending bit = step == Step::state ? Pending::state : Pending::lookups;
  for (const packs::Phase& one : migration_.path.phases)
    for (const std::string& table : one.tables) {
      const std::vector<Task> tasks = tasks_of(step, table);
      for (const Task& task : tasks)
        FLIT_TRY_VOID(load({std::string(phase),
                            task,
                            {.object = task.object,
                             .table = table,
                             .role = "primary",
                             .verdict = Verdict::create,
                             .state = State::done,
                             .only_sampled = settings_.only_sampled,
                             .only_pending = true,
                             .pending = static_cast<std::uint8_t>(bit)}},
                           report, stop));
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
  const std::int64_t rows = rows_of(*makers.front());
  Executor& executor = environment_.executor;
  const std::string name = "loading " + job.task.table;
  Lanes lanes(executor, name, stop);
  Tally tally(executor, name, lanes);
  Dealer dealer(executor, job.task.table, settings_.lanes, static_cast<std::size_t>(rows));
  lanes.spawn("plan of " + job.task.table, [&](std::stop_token lane_stop) {
    read_plan(job, rows, dealer, tally, std::move(lane_stop));
  });
  for (int lane = 0; lane < settings_.lanes; ++lane)
    lanes.spawn(fmt::format("load {} {}", job.task.table, lane),
                [&, lane](std::stop_token lane_stop) {
                  load_chunks(job, *makers[static_cast<std::size_t>(lane)], lane,
                              dealer.channel(lane), tally, std::move(lane_stop));
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

void Loader::read_plan(const Job& job, std::int64_t rows, Dealer& dealer, Tally& tally,
                       std::stop_token stop) {
  for (std::int64_t after = 0;;) {
    Result<Chunk> chunk = next_chunk(job, after, rows * settings_.lanes);
    if (!chunk) return tally.fail(chunk.error());
    if (chunk->empty()) return dealer.close(stop);
    after = chunk->back().id;
    for (store::Assignment& one : *chunk)
      if (!dealer.deal(std::move(one), stop)) return;
  }
}

void Loader::load_chunks(const Job& job, RowMaker& maker, int lane, Channel<Chunk>& chunks,
                         Tally& tally, std::stop_token stop) {
  ChunkLoader loader(migration_, maker, {fmt::format("lane {}", lane), settings_.stage, job.phase});
  while (true) {
    auto popped = chunks.pop({stop});
    if (popped.passage != Passage::done) return;
    const Result<LoadCounts> counts = loader.load(*popped.item, stop);
    if (!counts) return tally.fail(counts.error());
    tally.kept.change([&](Tally::Kept& kept) { kept.counts += *counts; });
    emit(environment_.events, ChunkLoaded{job.phase, job.task.table, *counts});
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

/// The destination's own count beside the ledger's.
Result<void> Loader::check_rows(const std::string& phase, const std::string& table,
                                LoadReport& report, std::stop_token stop) {
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

std::int64_t Loader::rows_of(const RowMaker& maker) const {
  for (const model::Road road : {model::Road::bulk, model::Road::individual}) {
    const auto limits = migration_.destination.writer.limits(maker.table(), maker.verb(), road);
    if (!limits) continue;
    const std::uint32_t suggested =
        limits->suggested_rows > 0 ? limits->suggested_rows : limits->max_rows;
    return settings_.rows > 0 ? std::min(settings_.rows, limits->max_rows) : suggested;
  }
  return 1;
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
