#include "engine/routing.hpp"

#include <optional>

namespace flit::engine {
namespace {

// Records of a transaction: large enough that the disk's sync does not count, small enough to hold.
constexpr std::int64_t chunk = 2000;

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
  std::vector<store::Assignment> assigned;
  std::int64_t after = 0;
  std::uint64_t total = 0;
  while (true) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while routing " + object};
    assigned.clear();
    const Result<void> read = environment_.ledger.read([&](store::sql::Connection& reader) {
      return environment_.books.staging.scan(
          reader, object, after, chunk, [&](const store::StagedRecord& staged) -> Result<void> {
            FLIT_TRY(one, assign(object, staged, view ? &*view : nullptr));
            assigned.push_back(std::move(one));
            after = staged.seq;
            return {};
          });
    });
    if (!read) return Error(read.error());
    if (assigned.empty()) return total;
    FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
      return environment_.books.assignments.plan(transaction, assigned);
    }));
    total += assigned.size();
  }
}

Result<store::Assignment> Routing::assign(const std::string& object,
                                          const store::StagedRecord& staged,
                                          mapping::RecordView* view) const {
  const model::Record& record = staged.record;
  store::Assignment one{.source = staged.seq, .object = object, .source_id = record.key.id};
  if (record.merged_into) {
    one.verdict = store::Verdict::merge;
    one.reason = "merged_at_source";
    one.detail = *record.merged_into;  // LedgerLookups follows it
    return one;
  }
  if (record.archived) {
    one.verdict = store::Verdict::skip;
    one.reason = "archived_at_source";
    return one;
  }
  if (view == nullptr) {
    one.verdict = store::Verdict::hold;
    one.reason = "not_yet_supported";
    one.detail = map_.held(object);
    return one;
  }
  const mapping::CompiledObject& compiled = *map_.find(object);
  if (const Result<void> opened = view->open(record.payload); !opened) {
    one.verdict = store::Verdict::fail;
    one.reason = "not_readable";
    one.detail = opened.error().message;
    return one;
  }
  const auto route = compiled.route_of(*view, record.payload);
  if (!route) {
    one.verdict = store::Verdict::hold;
    one.reason = "no_route";
    one.detail = "no route of the map takes it";
    return one;
  }
  one.table = compiled.table(*route);
  one.target_id = identities_.of(one.table, {record.key, one.role}).text();
  one.routed = *route + 1 < compiled.routes();
  return one;
}

}  // namespace flit::engine
