#include "engine/assessment.hpp"

#include <optional>

#include <fmt/format.h>

#include "store/notebook.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk_size = 2000;
constexpr std::string_view stage = "S-05";

}  // namespace

/// Builds the rows of one object's records, whatever route each takes.
class Assessment::ObjectPass {
 public:
  ObjectPass(Assessment& assessment, const std::string& object)
      : assessment_(assessment),
        object_(object),
        lookups_(assessment.environment_.ledger, assessment.environment_.books,
                 assessment.owners_) {
    const mapping::CompiledObject& compiled = *assessment.map_.find(object);
    for (std::size_t route = 0; route < compiled.routes(); ++route)
      builders_.emplace_back(
          RowBuilder::Parts{assessment.map_, assessment.environment_.ledger,
                            assessment.environment_.books, lookups_, assessment.identities_},
          object, route);
  }

  /// One record: what is left to do for it, and what was found.
  Result<void> assess(const store::StagedRecord& staged, store::Assignment assignment, Chunk& chunk,
                      AssessmentCounts& counts) {
    RowBuilder* builder = builder_of(assignment.table);
    if (builder == nullptr) return {};
    arena_.reset();
    cells_.assign(builder->columns().size(), {});
    FLIT_TRY_VOID(builder->build(staged.record, arena_, cells_, built_));
    ++counts.checked;
    for (const mapping::FieldNote& note : built_.notes)
      if (note.code != "later")
        chunk.findings[{std::string(note.code), std::string(note.field)}].push_back(
            assignment.source_id);
    if (built_.guessed_primary)
      chunk.findings[{"primary_guessed", ""}].push_back(assignment.source_id);
    for (const model::SourceKey& parent : built_.waits_for)
      if (parent.object == object_) chunk.parents.emplace_back(assignment.source_id, parent.id);
    counts.flagged += !built_.notes.empty() && !built_.refused();
    decide(assignment, counts);
    chunk.changed.push_back(std::move(assignment));
    return {};
  }

 private:
  RowBuilder* builder_of(const std::string& table) {
    for (RowBuilder& builder : builders_)
      if (builder.table() == table) return &builder;
    return nullptr;
  }

  void decide(store::Assignment& assignment, AssessmentCounts& counts) const {
    assignment.verdict = store::Verdict::create;
    assignment.reason.clear();
    assignment.detail.clear();
    for (const mapping::FieldNote& note : built_.notes) {
      if (!note.refused) continue;
      assignment.verdict = store::Verdict::fail;
      assignment.reason = note.code;
      assignment.detail = fmt::format("{} → {}: {}", note.field.empty() ? "(nothing)" : note.field,
                                      note.column, note.detail);
      ++counts.would_fail;
      return;
    }
  }

  Assessment& assessment_;
  const std::string& object_;
  LedgerLookups lookups_;
  std::vector<RowBuilder> builders_;
  model::Arena arena_;
  std::vector<model::Value> cells_;
  BuiltRow built_;
};

Result<AssessmentCounts> Assessment::run(const std::vector<std::string>& objects,
                                         std::stop_token stop) {
  AssessmentCounts total;
  FLIT_TRY_VOID(environment_.ledger.commit([](store::sql::Connection& transaction) {
    return store::clear_findings(transaction, stage);
  }));
  for (const std::string& object : objects) {
    if (map_.find(object) == nullptr) continue;
    FLIT_TRY(counts, assess_object(object, stop));
    total.checked += counts.checked;
    total.would_fail += counts.would_fail;
    total.flagged += counts.flagged;
  }
  return total;
}

Result<AssessmentCounts> Assessment::assess_object(const std::string& object,
                                                   std::stop_token stop) {
  AssessmentCounts counts;
  ObjectPass pass(*this, object);
  FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return environment_.books.hierarchies.clear(transaction, object);
  }));
  std::int64_t after = 0;
  while (true) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while checking " + object};
    Chunk chunk;
    const auto& books = environment_.books;
    const Result<void> read = environment_.ledger.read([&](store::sql::Connection& reader) {
      return books.staging.scan(
          reader, object, after, chunk_size,
          [&](const store::StagedRecord& staged) -> Result<void> {
            chunk.last = staged.seq;
            ++chunk.seen;
            FLIT_TRY(assignment,
                     books.assignments.find(reader, object, staged.record.key.id, "primary"));
            if (!assignment || assignment->state != store::State::planned) return {};
            if (assignment->verdict != store::Verdict::create &&
                assignment->verdict != store::Verdict::fail)
              return {};
            return pass.assess(staged, std::move(*assignment), chunk, counts);
          });
    });
    if (!read) return Error(read.error());
    if (chunk.seen == 0) break;
    after = chunk.last;
    FLIT_TRY_VOID(write(object, chunk));
  }
  FLIT_TRY_VOID(order(object));
  return counts;
}

/// Parents load before children; where that is impossible an edge is cut, and said so.
Result<void> Assessment::order(const std::string& object) {
  return environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY(cycles, environment_.books.hierarchies.order(transaction, object));
    for (const store::CutCycle& cycle : cycles) {
      const store::Finding finding{
          .stage = std::string(stage),
          .code = "hierarchy_cycle",
          .object = object,
          .message = fmt::format("a cycle of {}: the parent of {} is left out", cycle.ids.size(),
                                 cycle.ids.front()),
          .remedy = "Correct the parents at the source, or set the missing one by hand afterwards",
          .count = 1};
      FLIT_TRY_VOID(store::add_finding(transaction, finding, cycle.ids));
    }
    return {};
  });
}

Result<void> Assessment::write(const std::string& object, const Chunk& chunk) {
  return environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(environment_.books.assignments.plan(transaction, chunk.changed));
    for (const auto& [child, parent] : chunk.parents)
      FLIT_TRY_VOID(environment_.books.hierarchies.add(transaction, object, child, parent));
    for (const auto& [note, ids] : chunk.findings)
      FLIT_TRY_VOID(store::add_finding(transaction,
                                       {.stage = std::string(stage),
                                        .code = note.code,
                                        .object = object,
                                        .field = note.field,
                                        .message = note.code,
                                        .count = ids.size()},
                                       ids));
    return {};
  });
}

}  // namespace flit::engine
