#include "sim/dataverse/odata/fetch_aggregate.hpp"

#include <algorithm>
#include <chrono>

#include "sim/dataverse/odata/aggregation.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

using Totals = std::vector<std::vector<Constant>>;

/// Places of the columns: what is grouped by, what is totalled and how.
struct Plan {
  std::vector<std::size_t> groups{};
  std::vector<std::size_t> totals{};
  std::vector<AggregateMethod> methods{};
};

Result<Plan> plan_of(std::span<const AggregateColumn> columns) {
  Plan plan;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const FetchAttribute& attribute = *columns[i].attribute;
    if (attribute.group_by == attribute.aggregate.has_value())
      return platform_fault("0x80041107",
                            "Attributes can not be returned when aggregate operation is "
                            "specified.");
    if (attribute.group_by) {
      plan.groups.push_back(i);
    } else {
      plan.totals.push_back(i);
      plan.methods.push_back(*attribute.aggregate);
    }
  }
  return plan;
}

/// As SQL's DATEPART(week): 1 January is in week 1, weeks start on Sunday.
unsigned week_of_year(int year, int month, int day) {
  using namespace std::chrono;
  const sys_days first{std::chrono::year(year) / January / 1};
  const sys_days date{std::chrono::year(year) / month / day};
  const unsigned behind_sunday = weekday(first).c_encoding();
  return (static_cast<unsigned>((date - first).count()) + behind_sunday) / 7 + 1;
}

/// Quarters of the calendar year, as in a new organization (date_range.hpp). The number that the
/// platform gives is not documented, only how it is shown: year and quarter (assumed).
std::int64_t fiscal_period(int year, int month) {
  return year * 100 + (month - 1) / 3 + 1;
}

Constant grouped_value(const Tuple& tuple, const AggregateColumn& column) {
  Constant constant = value_of(tuple, column.place, column.property);
  const std::string& grouping = column.attribute->date_grouping;
  const Value value = constant.value();
  if (grouping.empty() || value.is_null()) return constant;
  const std::string date =
      value.kind == Value::Kind::instant ? instant_text(value.number) : date_text(value.number);
  const int year = std::stoi(date.substr(0, 4));
  const int month = std::stoi(date.substr(5, 2));
  const int day = std::stoi(date.substr(8, 2));
  std::int64_t number = year;
  if (grouping == "quarter") number = (month - 1) / 3 + 1;
  if (grouping == "month") number = month;
  if (grouping == "week") number = week_of_year(year, month, day);
  if (grouping == "day") number = day;
  if (grouping == "fiscal-period") number = fiscal_period(year, month);
  return Constant(Value{.kind = Value::Kind::integer, .number = number});
}

Result<void> sort(const FetchEntity& root, std::span<const AggregateColumn> columns,
                  Totals& totals) {
  // Stable sorts from the last order to the first: the first one decides.
  for (auto order = root.orders.rbegin(); order != root.orders.rend(); ++order) {
    const auto column = std::find_if(columns.begin(), columns.end(), [&](const auto& candidate) {
      return !order->alias.empty() && candidate.name == order->alias;
    });
    if (column == columns.end())
      return platform_fault("0x80041134",
                            "An alias is required for an order clause for an aggregate Query.");
    const auto at = static_cast<std::size_t>(column - columns.begin());
    std::stable_sort(totals.begin(), totals.end(), [&](const auto& left, const auto& right) {
      const auto sorted = compare_nulls_first(left[at].value(), right[at].value());
      return order->descending ? sorted > 0 : sorted < 0;
    });
  }
  return {};
}

void cut(const FetchQuery& query, Totals& totals) {
  const auto size = static_cast<std::int64_t>(totals.size());
  totals.erase(totals.begin(), totals.begin() + std::min(query.skip, size));
  if (query.top && *query.top < static_cast<std::int64_t>(totals.size()))
    totals.resize(static_cast<std::size_t>(*query.top));
}

/// The aggregation gives groups first; the answer has the order of the text.
Totals in_order(const Plan& plan, Totals rows) {
  std::vector<std::size_t> order = plan.groups;
  order.insert(order.end(), plan.totals.begin(), plan.totals.end());
  Totals totals;
  for (auto& row : rows) {
    std::vector<Constant> sorted(row.size());
    for (std::size_t i = 0; i < order.size(); ++i) sorted[order[i]] = std::move(row[i]);
    totals.push_back(std::move(sorted));
  }
  return totals;
}

}  // namespace

std::weak_ordering compare_nulls_first(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return right.is_null() <=> left.is_null();
  return compare(left, right).value_or(std::weak_ordering::equivalent);
}

Result<Totals> aggregate_fetch(const FetchQuery& query, FetchJoin& join,
                               std::span<const AggregateColumn> columns) {
  FLIT_TRY(plan, plan_of(columns));
  Aggregation aggregation(
      plan.methods,
      std::min(query.aggregate_limit.value_or(max_aggregated_rows), max_aggregated_rows));
  Result<void> outcome;
  join.each([&](const Tuple& tuple) {
    std::vector<Constant> kept;  // owns the texts that the values view
    for (const std::size_t i : plan.groups) kept.push_back(grouped_value(tuple, columns[i]));
    for (const std::size_t i : plan.totals)
      kept.push_back(value_of(tuple, columns[i].place, columns[i].property));
    std::vector<Value> values;
    for (const Constant& constant : kept) values.push_back(constant.value());
    const std::span<const Value> all(values);
    outcome = aggregation.add(all.first(plan.groups.size()), all.subspan(plan.groups.size()));
    return outcome.has_value();
  });
  if (!outcome) return Error(outcome.error());
  Totals totals = in_order(plan, aggregation.rows(!plan.groups.empty()));
  FLIT_TRY_VOID(sort(query.entity, columns, totals));
  cut(query, totals);
  return totals;
}

}  // namespace flit::sim::dataverse::odata
