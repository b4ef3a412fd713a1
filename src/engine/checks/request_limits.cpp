// G-D365-4: service protection limits and daily entitlements. What this volume will take is told
// before it starts: rows, requests, hours, days of entitlement (facts/dataverse.md §8).

#include <fmt/format.h>

#include "engine/checks/all.hpp"
#include "engine/forecast.hpp"
#include "store/planned_rows.hpp"

namespace flit::engine::checks {
namespace {

std::uint32_t rows_of(const model::BatchWriter* writer, const std::string& table) {
  constexpr std::uint32_t usual = 100;
  if (writer == nullptr) return usual;
  for (const model::Road road : {model::Road::bulk, model::Road::individual})
    if (const auto limits = writer->limits(table, model::Verb::create, road))
      return std::max<std::uint32_t>(1, limits->suggested_rows);
  return 1;
}

}  // namespace

Result<CheckResult> request_limits(const CheckInputs& inputs, std::stop_token) {
  CheckResult result;
  std::vector<TableLoad> loads;
  FLIT_TRY_VOID(inputs.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(planned, store::planned_rows(reader));
    for (const store::PlannedRows& one : planned)
      loads.push_back({one.table, one.rows, rows_of(inputs.writer, one.table), one.later});
    return {};
  }));
  const LoadLimits limits;
  const Forecast made = forecast(loads, limits, inputs.rows_per_second.value_or(0));
  if (made.rows == 0) {
    result.verdict = CheckVerdict::note;
    result.found = "Nothing is planned yet: the forecast comes with the preflight.";
    return result;
  }
  for (const TableLoad& one : loads)
    result.list(fmt::format("{}: {} rows, {} of them written twice, {} a request", one.table,
                            one.rows, one.later_rows, one.rows_per_request));
  result.found = fmt::format(
      "{} writes in {} requests; at best {:.0f} a second, so {:.1f} hours{}. That is {:.1f} days "
      "of "
      "one user's entitlement, or {:.2f} of the application users' pool.",
      made.rows, made.requests, made.rows_per_second, made.hours,
      inputs.rows_per_second ? " as measured" : " by the limits alone", made.user_days,
      made.pooled_days);
  if (made.pooled_days <= 1) return result;
  result.verdict = CheckVerdict::warning;
  result.remedy =
      "Spread the load over several days, or add request capacity; each further application user "
      "has limits of its own, but shares the pool.";
  return result;
}

}  // namespace flit::engine::checks
