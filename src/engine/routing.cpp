#include "engine/routing.hpp"

#include <optional>
#include <set>

#include "store/notebook.hpp"

namespace flit::engine {
namespace {

using store::Verdict;

// Records of a transaction: large enough that the disk's sync does not count, small enough to hold.
constexpr std::int64_t chunk_size = 2000;

void decide(store::Assignment& one, Verdict verdict, std::string_view reason,
            std::string detail = {}) {
  one.verdict = verdict;
  one.reason = reason;
  one.detail = std::move(detail);
}

}  // namespace

Result<std::uint64_t> Routing::run(const std::vector<std::string>& objects, std::stop_token stop) {
  std::uint64_t total = 0;
  for (const std::string& object : objects) {
    FLIT_TRY(count, route_object(object, stop));
    total += count;
  }
  return total;
}

Result<std::uint64_t> Routing::route_object(const std::string& object, std::stop_token stop) {
  const mapping::CompiledObject* compiled = map_.find(object);
  std::optional<mapping::RecordView> view;
  if (compiled != nullptr) view.emplace(compiled->numbers());
  std::uint64_t total = 0;
  for (std::int64_t after = 0;;) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while routing " + object};
    Chunk chunk;
    FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) {
      return environment_.books.staging.scan(
          reader, object, after, chunk_size, [&](const store::StagedRecord& staged) {
            chunk.last = staged.seq;
            return assign(reader, staged, view ? &*view : nullptr, chunk);
          });
    }));
    if (chunk.assigned.empty()) return total;
    FLIT_TRY_VOID(write(object, chunk));
    total += chunk.assigned.size();
    after = chunk.last;
  }
}

Result<void> Routing::assign(store::sql::Connection& reader, const store::StagedRecord& staged,
                             mapping::RecordView* view, Chunk& chunk) const {
  const model::Record& record = staged.record;
  store::Assignment one{
      .source = staged.seq, .object = record.key.object, .source_id = record.key.id};
  if (view == nullptr) {
    decide(one, Verdict::hold, "not_yet_supported", map_.held(record.key.object));
  } else if (const Result<void> opened = view->open(record.payload); !opened) {
    decide(one, Verdict::fail, "not_readable", opened.error().message);
  } else {
    FLIT_TRY_VOID(place(*map_.find(record.key.object), record, *view, one, chunk));
  }
  // Where an archived record would be is known: a placeholder may stand there.
  if (record.archived) decide(one, Verdict::skip, "archived");
  if (record.merged_into) FLIT_TRY_VOID(follow_merges(reader, record, one, chunk));
  chunk.assigned.push_back(std::move(one));
  return {};
}

Result<void> Routing::place(const mapping::CompiledObject& compiled, const model::Record& record,
                            const mapping::RecordView& view, store::Assignment& one,
                            Chunk& chunk) const {
  const auto route = compiled.route_of(view, record.payload);
  if (!route) {
    decide(one, Verdict::hold, "no_route", "no route of the map takes it");
    return {};
  }
  one.table = compiled.table(*route);
  one.target_id = identities_.of(one.table, {record.key, one.role}).text();
  one.routed = *route + 1 < compiled.routes();
  if (record.archived) return {};
  const std::string& unrouted = compiled.unrouted(*route);
  if (!unrouted.empty() && !compiled.is_named(view))
    chunk.findings[unrouted].push_back(record.key.id);
  check(record, view, one, chunk);
  return {};
}

/// What the map looks for in every record; the first check that holds the record back decides.
void Routing::check(const model::Record& record, const mapping::RecordView& view,
                    store::Assignment& one, Chunk& chunk) const {
  for (const mapping::CompiledCheck& check : map_.checks(record.key.object)) {
    if (!check.when->holds(view, record.payload)) continue;
    chunk.findings[check.code].push_back(record.key.id);
    if (check.holds && one.verdict == Verdict::create)
      decide(one, Verdict::hold, check.code, check.because);
  }
}

/// To the live record at the end of the chain; a chain that never ends there is a finding
/// (facts/sources.md §1.3, XI-25).
Result<void> Routing::follow_merges(store::sql::Connection& reader, const model::Record& record,
                                    store::Assignment& one, Chunk& chunk) const {
  std::set<std::string> been{record.key.id};
  std::optional<std::string> next = record.merged_into;
  std::string reason = "merge_target_archived";
  while (next) {
    if (!been.insert(*next).second) {
      reason = "merge_loop";
      break;
    }
    FLIT_TRY(winner, environment_.books.staging.find(reader, record.key.object, *next));
    if (!winner) {
      reason = "merge_target_purged";
      break;
    }
    if (!winner->record.archived) {
      decide(one, Verdict::merge, "merged_at_source", *next);
      return {};
    }
    next = winner->record.merged_into;
  }
  decide(one, Verdict::skip, reason);
  chunk.findings[reason].push_back(record.key.id);
  return {};
}

Result<void> Routing::write(const std::string& object, const Chunk& chunk) {
  return environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(environment_.books.assignments.plan(transaction, chunk.assigned));
    for (const auto& [code, ids] : chunk.findings)
      FLIT_TRY_VOID(store::add_finding(
          transaction,
          {.stage = "S-05", .code = code, .object = object, .message = code, .count = ids.size()},
          ids));
    return {};
  });
}

}  // namespace flit::engine
