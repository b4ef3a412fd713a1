#include "engine/assessment.hpp"

#include <optional>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "engine/also_plan.hpp"
#include "engine/dangling_edges.hpp"
#include "engine/link_rows.hpp"
#include "engine/owner_resolution.hpp"
#include "engine/planned.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk_size = 2000;
constexpr std::string_view stage = "S-05";

/// Rows with one parent go one after the other, because the platform locks the parent: a number
/// that they share (design.md §5). The first reference counts; owners are locked by nobody.
std::int64_t affinity_of(std::span<const model::Value> cells) {
  for (const model::Value& cell : cells)
    if (cell.kind() == model::Value::Kind::reference && !is_owner_table(cell.as_reference().table))
      return static_cast<std::int64_t>(hash64(cell.as_reference().id) >> 1U);
  return 0;
}

bool is_written(store::Verdict verdict) {
  return verdict == store::Verdict::create || verdict == store::Verdict::update;
}

/// Whether an activity names somebody who is known (facts/sources.md §1.8).
bool has_known_participant(std::string_view payload) {
  const auto document = json::parse(std::string(payload));
  if (!document) return false;
  for (const json::Value person : document->root()["@participants"].elements())
    if (person["object"].is_string() && person["id"].is_string()) return true;
  return false;
}

}  // namespace

/// Builds the rows of one object's records, whatever route each takes, or those of one map beside
/// theirs.
class Assessment::ObjectPass {
 public:
  ObjectPass(Assessment& assessment, const std::string& object)
      : assessment_(assessment),
        object_(object),
        is_activity_(is_activity(assessment.migration_.map, object)),
        lookups_(assessment.environment_.ledger, assessment.environment_.books,
                 assessment.migration_.owners) {
    const Migration& migration = assessment.migration_;
    const mapping::CompiledObject& compiled = *migration.map.find(object);
    for (std::size_t route = 0; route < compiled.routes(); ++route)
      builders_.emplace_back(RowBuilder::Parts{migration.map, migration.environment.ledger,
                                               migration.environment.books, lookups_,
                                               assessment.identities_, &migration.path},
                             object, route);
  }

  /// Before the records of a chunk.
  Result<void> prepare(const std::vector<std::string>& ids) {
    for (RowBuilder& builder : builders_) FLIT_TRY_VOID(builder.prepare(ids));
    return {};
  }

  /// One record: what is to become of it, what it needs beside itself, and what was found.
  Result<void> assess(const store::StagedRecord& staged, store::Assignment assignment, Chunk& chunk,
                      AssessmentCounts& counts) {
    RowBuilder* builder = builder_of(assignment.table);
    if (builder == nullptr) return {};
    arena_.reset();
    cells_.assign(builder->columns().size(), {});
    FLIT_TRY_VOID(builder->build(staged.record, arena_, cells_, built_));
    ++counts.checked;
    note_findings(staged.record.key.id, chunk);
    if (is_activity_ && !built_.associated && !has_known_participant(staged.record.payload))
      chunk.alone.push_back(assignment.source_id);
    counts.flagged += !built_.notes.empty() && !built_.refused();
    const bool sent = assignment.state != store::State::planned;
    if (!sent) decide(staged.record, assignment, *builder, counts);
    if (sent || is_written(assignment.verdict)) {
      plan_beside(assignment, chunk, counts);
      assessment_.used_.insert(built_.own.begin(), built_.own.end());
    }
    if (sent) return {};  // what was written stays as it is; only what is beside it may be new
    assignment.affinity = affinity_of(cells_);
    chunk.records.push_back(std::move(assignment));
    return {};
  }

 private:
  static bool is_activity(const MigrationMap& map, const std::string& object) {
    const model::Object* described = map.source().find_object(object);
    return described != nullptr && described->activity;
  }

  RowBuilder* builder_of(const std::string& table) {
    for (RowBuilder& builder : builders_)
      if (builder.table() == table) return &builder;
    return nullptr;
  }

  void note_findings(const std::string& id, Chunk& chunk) const {
    for (const mapping::FieldNote& note : built_.notes) {
      if (note.code == "later") continue;
      auto& ids = chunk.findings[{std::string(note.code), std::string(note.field)}];
      if (ids.empty() || ids.back() != id) ids.push_back(id);
    }
    if (built_.guessed_primary) chunk.findings[{"primary_guessed", ""}].push_back(id);
    for (const model::SourceKey& parent : built_.refers_to)
      if (parent.object == object_) chunk.parents.emplace_back(id, parent.id);
  }

  void decide(const model::Record& record, store::Assignment& assignment, const RowBuilder& builder,
              AssessmentCounts& counts) const {
    for (const mapping::FieldNote& note : built_.notes) {
      if (!note.refused) continue;
      assignment.verdict = store::Verdict::fail;
      assignment.reason = note.code;
      assignment.detail = detail_of(note);
      ++counts.would_fail;
      return;
    }
    if (!would_close(record, builder)) return;
    if (assignment.verdict == store::Verdict::create) {
      assignment.pending = static_cast<std::uint8_t>(store::Pending::state);
    } else {
      assignment.verdict = store::Verdict::hold;
      assignment.reason = "would_be_closed";
      assignment.detail = "the record is closed, the row over there is not ours to close";
    }
  }

  bool would_close(const model::Record& record, const RowBuilder& builder) const {
    const auto* states = assessment_.migration_.map.states(object_, builder.table());
    return states != nullptr && states->rule_of(builder.view(), record.payload).has_value();
  }

  void plan_beside(const store::Assignment& record, Chunk& chunk, AssessmentCounts& counts) const {
    for (const FurtherLink& further : built_.further) {
      const LinkName name{further.association, further.role, record.source_id, further.to};
      chunk.beside.push_back(planned_link(assessment_.identities_, name, object_, further.table));
      chunk.beside.back().source = further.edge;
      if (!further.role.empty()) assessment_.used_.insert(further.role);
      ++counts.links;
    }
    for (const model::SourceKey& archived : built_.placeholders) {
      const mapping::Lookup there = lookups_.record_or_placeholder(archived.object, archived.id);
      chunk.beside.push_back(planned_placeholder(archived, there.target));
      ++counts.placeholders;
    }
  }

  Assessment& assessment_;
  const std::string& object_;
  bool is_activity_;
  LedgerLookups lookups_;
  std::vector<RowBuilder> builders_;
  model::Arena arena_;
  std::vector<model::Value> cells_;
  BuiltRow built_;
};

Result<AssessmentCounts> Assessment::run(const std::vector<std::string>& objects,
                                         std::stop_token stop) {
  AssessmentCounts counts;
  used_.clear();
  FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return environment_.books.assignments.forget_beside(transaction);
  }));
  for (const std::string& object : objects) FLIT_TRY_VOID(assess_also(object, counts, stop));
  for (const std::string& object : objects)
    if (migration_.map.find(object) != nullptr) FLIT_TRY_VOID(assess_object(object, counts, stop));
  FLIT_TRY_VOID(plan_pairs(counts, stop));
  FLIT_TRY_VOID(plan_own(counts));
  FLIT_TRY_VOID(find_dangling_edges(environment_, migration_.map.source(), stage));
  return counts;
}

Result<void> Assessment::assess_object(const std::string& object, AssessmentCounts& counts,
                                       std::stop_token stop) {
  ObjectPass pass(*this, object);
  FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return environment_.books.hierarchies.clear(transaction, object);
  }));
  std::int64_t after = 0;
  while (true) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while checking " + object};
    Chunk chunk;
    FLIT_TRY_VOID(read(object, pass, after, chunk, counts));
    if (chunk.seen == 0) break;
    after = chunk.last;
    FLIT_TRY_VOID(find_orphans(object, chunk));
    FLIT_TRY_VOID(write(object, chunk));
  }
  return order(object);
}

/// Rows that its records speak of, before the records that lead to them.
Result<void> Assessment::assess_also(const std::string& object, AssessmentCounts& counts,
                                     std::stop_token stop) {
  FLIT_TRY_VOID(AlsoPlan(migration_, identities_, object).run(stop));
  for (const mapping::CompiledAlso& also : migration_.map.also(object)) {
    AssessmentCounts own;
    FLIT_TRY_VOID(assess_rows(also.object().object(), own, stop));
    counts.also += own.checked;
    counts.also_fail += own.would_fail;
  }
  return {};
}

Result<void> Assessment::assess_rows(const std::string& name, AssessmentCounts& counts,
                                     std::stop_token stop) {
  ObjectPass pass(*this, name);
  const RowsOfMap rows = rows_of(migration_.map, name);
  for (std::int64_t after = 0;;) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while checking " + name};
    Chunk chunk;
    FLIT_TRY_VOID(read_rows(rows, pass, after, chunk, counts));
    if (chunk.seen == 0) return {};
    after = chunk.last;
    FLIT_TRY_VOID(write(rows.object, chunk));
  }
}

/// One chunk of planned rows, each with the record that gives its values.
Result<void> Assessment::read_rows(const RowsOfMap& rows, ObjectPass& pass, std::int64_t after,
                                   Chunk& chunk, AssessmentCounts& counts) {
  std::vector<store::Assignment> planned;
  std::vector<std::pair<store::StagedRecord, std::size_t>> records;
  const auto& books = environment_.books;
  const store::AssignmentFilter filter{
      .object = rows.object, .role = rows.role, .state = store::State::planned};
  FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) {
    return books.assignments.scan(reader, filter, after, chunk_size,
                                  [&](const store::Assignment& one) -> Result<void> {
                                    planned.push_back(one);
                                    return {};
                                  });
  }));
  FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) {
    return books.worklist.fetch(reader, planned,
                                [&](const store::Worklist::Item& item) -> Result<void> {
                                  records.emplace_back(item.staged, item.place);
                                  return {};
                                });
  }));
  chunk.seen = planned.size();
  if (!planned.empty()) chunk.last = planned.back().id;
  for (const auto& [staged, place] : records)
    FLIT_TRY_VOID(pass.assess(staged, planned[place], chunk, counts));
  return {};
}

/// One chunk of records with what is planned for them; those that are to be made are assessed.
Result<void> Assessment::read(const std::string& object, ObjectPass& pass, std::int64_t after,
                              Chunk& chunk, AssessmentCounts& counts) {
  std::vector<std::pair<store::StagedRecord, store::Assignment>> work;
  std::vector<std::string> ids;
  const auto& books = environment_.books;
  FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) {
    return books.worklist.scan(
        reader, object, after, chunk_size,
        [&](const store::StagedRecord& staged, store::Assignment assignment) -> Result<void> {
          chunk.last = staged.seq;
          ++chunk.seen;
          const bool is_row = assignment.state == store::State::planned ||
                              assignment.state == store::State::intended ||
                              assignment.state == store::State::done;
          if (!is_row || !is_written(assignment.verdict)) return {};
          ids.push_back(assignment.source_id);
          work.emplace_back(staged, std::move(assignment));
          return {};
        });
  }));
  FLIT_TRY_VOID(pass.prepare(ids));
  for (auto& [staged, assignment] : work)
    FLIT_TRY_VOID(pass.assess(staged, std::move(assignment), chunk, counts));
  return {};
}

/// An activity may be about something that this map does not move; only one that is about nothing
/// at all is a finding.
Result<void> Assessment::find_orphans(const std::string& object, Chunk& chunk) {
  if (chunk.alone.empty()) return {};
  std::set<std::size_t> with_parent;
  const Result<void> read =
      environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        for (const model::Association& association : migration_.map.source().associations) {
          if (association.from != object) continue;
          FLIT_TRY_VOID(
              environment_.books.edges.of(reader, {association.name, chunk.alone},
                                          [&](const store::NearEdge& edge) -> Result<void> {
                                            if (edge.live) with_parent.insert(edge.place);
                                            return {};
                                          }));
        }
        return {};
      });
  if (!read) return Error(read.error());
  for (std::size_t i = 0; i < chunk.alone.size(); ++i)
    if (!with_parent.contains(i))
      chunk.findings[{"activity_without_parent", ""}].push_back(chunk.alone[i]);
  return {};
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
          .count = cycle.ids.size()};
      FLIT_TRY_VOID(store::add_finding(transaction, finding, cycle.ids));
    }
    return {};
  });
}

Result<void> Assessment::write(const std::string& object, Chunk& chunk) {
  return environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(environment_.books.assignments.assess(transaction, chunk.records));
    for (store::Assignment& beside : chunk.beside) {
      if (beside.source != 0) continue;  // a placeholder is made of the archived record
      FLIT_TRY(archived, environment_.books.assignments.find(transaction, beside.object,
                                                             beside.source_id, "primary"));
      if (archived) beside.source = archived->source;
    }
    FLIT_TRY_VOID(environment_.books.assignments.plan(transaction, chunk.beside));
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

Result<void> Assessment::plan_pairs(AssessmentCounts& counts, std::stop_token stop) {
  for (const packs::PairLink& rule : migration_.path.pairs) {
    FLIT_TRY(planned, PairPlan(migration_, identities_, rule).run(stop));
    counts.links += planned;
    if (planned > 0) used_.insert(rule.role);
  }
  return {};
}

/// Records of the pack that something refers to, and those that are made in any case.
Result<void> Assessment::plan_own(AssessmentCounts& counts) {
  std::vector<store::Assignment> own;
  for (const packs::OwnRecord& record : migration_.path.records)
    if (used_.contains(record.name) || !record.only_if_used)
      own.push_back(planned_own(identities_, record));
  counts.own = own.size();
  return environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return environment_.books.assignments.plan(transaction, own);
  });
}

}  // namespace flit::engine
