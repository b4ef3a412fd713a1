#include "bench/ledger/life.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "base/check.hpp"

namespace flit::bench {
namespace {

using store::State;
namespace sql = store::sql;

constexpr Instant some_day{std::chrono::sys_days(std::chrono::days(20'000))};
const std::string lane = "lane 1";

/// A UUID as our identities are, a different one for each number.
std::string target_of(std::int64_t number) {
  return fmt::format("{:08x}-9dad-51d1-80b4-00c04fd430c8", number);
}

}  // namespace

std::vector<model::Record> records_of(const std::vector<std::string>& payloads) {
  std::vector<model::Record> records;
  for (std::size_t i = 0; i < payloads.size(); ++i)
    records.push_back({.key = {"contacts", std::to_string(100'000 + i)},
                       .payload = payloads[i],
                       .created_at = some_day,
                       .updated_at = some_day});
  return records;
}

LedgerLife::LedgerLife(const std::filesystem::path& folder,
                       const std::vector<model::Record>& records, bool sync)
    : file_(folder / "flitstack.db"), records_(records) {
  auto made = store::Ledger::create(
      file_, {.id = "0b8e8d0c-0000-4000-8000-000000000000", .path = "interactive-to-dynamics365"},
      executor_, {.sync = sync});
  FLIT_CHECK(made.has_value(), "a folder of our own takes a ledger");
  ledger_ = std::move(*made);
}

void LedgerLife::commit(const store::Work& work) {
  const Result<void> done = ledger_->commit(work);
  FLIT_CHECK(done.has_value(), "nothing stands in the way of a transaction");
}

void LedgerLife::stage() {
  for (std::size_t at = 0; at < records_.size(); at += page)
    commit([&](sql::Connection& transaction) -> Result<void> {
      const auto records = std::span(records_).subspan(at, std::min(page, records_.size() - at));
      FLIT_TRY_VOID(books_.staging.put(transaction, records));
      return {};
    });
}

void LedgerLife::assign() {
  std::vector<store::Assignment> plan;
  for (std::size_t at = 0; at < records_.size(); at += plan.size()) {
    plan.clear();
    for (std::size_t i = at; i < std::min(at + page, records_.size()); ++i)
      plan.push_back({.source = static_cast<std::int64_t>(i + 1),
                      .object = "contacts",
                      .source_id = records_[i].key.id,
                      .table = "contact",
                      .target_id = target_of(static_cast<std::int64_t>(i))});
    commit(
        [&](sql::Connection& transaction) { return books_.assignments.plan(transaction, plan); });
  }
}

void LedgerLife::intend_and_settle() {
  std::int64_t after = 0;
  while (true) {
    const std::vector<store::Assignment> chunk = next_chunk(after);
    if (chunk.empty()) return;
    after = chunk.back().id;
    settle(chunk, intend(chunk));
  }
}

std::vector<store::Assignment> LedgerLife::next_chunk(std::int64_t after) {
  std::vector<store::Assignment> chunk;
  const Result<void> read = ledger_->read([&](sql::Connection& reader) {
    const store::AssignmentFilter work{.object = "contacts",
                                       .table = "contact",
                                       .verdict = store::Verdict::create,
                                       .state = State::planned};
    return books_.assignments.scan(reader, work, after, page, [&](const store::Assignment& one) {
      chunk.push_back(one);
      return Result<void>();
    });
  });
  FLIT_CHECK(read.has_value(), "what was planned can be read");
  return chunk;
}

store::IntendedBatch LedgerLife::intend(const std::vector<store::Assignment>& chunk) {
  std::vector<store::Intent> writes;
  writes.reserve(chunk.size());
  for (const store::Assignment& one : chunk)
    writes.push_back({.assignment = one.id, .target_id = one.target_id});
  store::IntendedBatch intended;
  commit([&](sql::Connection& transaction) -> Result<void> {
    FLIT_TRY(batch, books_.journal.intend(transaction,
                                          {.stream = lane,
                                           .stage = "S-07",
                                           .phase = "contacts",
                                           .table = "contact",
                                           .writes = writes},
                                          some_day));
    intended = batch;
    for (const store::Assignment& one : chunk)
      FLIT_TRY_VOID(books_.assignments.set_state(transaction, one.id, State::intended));
    return {};
  });
  return intended;
}

void LedgerLife::settle(const std::vector<store::Assignment>& chunk,
                        const store::IntendedBatch& batch) {
  const std::vector<model::RowOutcome> outcomes(chunk.size());
  commit([&](sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(books_.journal.settle(transaction, lane, batch, outcomes, some_day));
    for (const store::Assignment& one : chunk) {
      FLIT_TRY_VOID(books_.assignments.set_state(transaction, one.id, State::done));
      FLIT_TRY_VOID(books_.assignments.set_pending(transaction, one.id, 0));
    }
    return {};
  });
}

}  // namespace flit::bench
