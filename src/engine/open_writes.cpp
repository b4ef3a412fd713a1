#include "engine/open_writes.hpp"

#include <set>
#include <string>
#include <vector>

#include "engine/read_rows.hpp"

namespace flit::engine {
namespace {

using model::RowOutcome;

struct Left {
  store::IntendedBatch batch{};
  std::vector<store::Change> writes{};
};

Result<Left> writes_of(const Environment& environment, const store::OpenBatch& open) {
  Left left{.batch = {.batch = open.batch}};
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
    return environment.books.journal.operations(reader, open.batch,
                                                [&](const store::Change& change) -> Result<void> {
                                                  if (left.writes.empty())
                                                    left.batch.first_operation = change.operation;
                                                  left.writes.push_back(change);
                                                  return {};
                                                });
  }));
  return left;
}

Result<std::set<std::string>> present(const Migration& migration, const Left& left,
                                      std::stop_token stop) {
  std::set<std::string> there;
  if (left.writes.empty()) return there;
  std::vector<std::string> ids;
  for (const store::Change& write : left.writes) ids.push_back(write.target.id);
  FLIT_TRY_VOID(read_rows(
      migration, {.table = left.writes.front().target.table, .ids = ids},
      [&](const model::ReadRow& row) -> Result<void> {
        there.emplace(row.id);
        return {};
      },
      std::move(stop)));
  return there;
}

RowOutcome outcome_of(const store::Change& write, bool there) {
  const Error unknown{.fault = Fault::ambiguous,
                      .message = "the process ended before an answer came",
                      .code = "left_open"};
  switch (write.verb) {
    case model::Verb::create:
      if (there) return {.kind = RowOutcome::Kind::exists};
      break;
    case model::Verb::remove:
      if (!there) return {.kind = RowOutcome::Kind::missing};
      break;
    case model::Verb::update:
    case model::Verb::upsert:
    case model::Verb::close:
    case model::Verb::link:
    case model::Verb::unlink:
      break;
  }
  return {.kind = RowOutcome::Kind::failed, .error = unknown};
}

}  // namespace

Result<std::uint64_t> settle_open_writes(const Migration& migration, std::stop_token stop) {
  const Environment& environment = migration.environment;
  std::vector<store::OpenBatch> open;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, environment.books.journal.open_batches(reader));
    open = std::move(found);
    return {};
  }));
  for (const store::OpenBatch& batch : open) {
    FLIT_TRY(left, writes_of(environment, batch));
    FLIT_TRY(there, present(migration, left, stop));
    std::vector<RowOutcome> outcomes;
    for (const store::Change& write : left.writes)
      outcomes.push_back(outcome_of(write, there.contains(write.target.id)));
    FLIT_TRY_VOID(environment.ledger.commit([&](store::sql::Connection& transaction) {
      return environment.books.journal.settle(transaction, "recovery", left.batch, outcomes,
                                              environment.clock().now());
    }));
  }
  return open.size();
}

}  // namespace flit::engine
