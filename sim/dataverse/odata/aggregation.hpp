#pragma once
/// @file Groups and totals: $apply and FetchXML's aggregate queries.
///
/// Fact sheet §13: at most 50,000 rows are looked at. Sums are exact where the column is; nulls
/// count for nothing. Groups come in the order of their values.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/result.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/retrieve.hpp"
#include "sim/dataverse/odata/value.hpp"

namespace flit::sim::dataverse::odata {

inline constexpr std::int64_t max_aggregated_rows = 50'000;

class Aggregation {
 public:
  explicit Aggregation(std::vector<AggregateMethod> methods,
                       std::int64_t limit = max_aggregated_rows)
      : methods_(std::move(methods)), limit_(limit) {}

  /// One row: what it is grouped by, and one value per method. 0x8004e023 beyond the limit.
  Result<void> add(std::span<const Value> group, std::span<const Value> values);

  /// Per group its values, then the totals. Without any row and without groups: one row of totals.
  std::vector<std::vector<Constant>> rows(bool grouped) const;

 private:
  struct Total {
    std::int64_t count = 0;
    Decimal sum{};
    double floating_sum = 0;
    bool is_floating = false;
    bool is_whole = true;  ///< every value so far was a whole number
    std::optional<Constant> extreme{};
    std::map<std::string, int> distinct{};
  };
  struct Group {
    std::vector<Constant> key{};
    std::vector<Total> totals{};
  };

  static void add_value(AggregateMethod method, const Value& value, Total& total);
  static Constant result_of(AggregateMethod method, const Total& total);

  std::vector<AggregateMethod> methods_;
  std::int64_t limit_;
  std::int64_t rows_ = 0;
  std::map<std::string, Group> groups_;
};

/// Where a column of grouped rows comes from, so that its values can be shown.
struct TotalColumn {
  std::string name{};                       ///< as it stands in the JSON
  const TableView* table = nullptr;         ///< null: $count
  Property property{};                      ///< of that table
  std::optional<AggregateMethod> method{};  ///< none: grouped by
  std::string date_grouping{};              ///< FetchXML's
};

/// The rows of an $apply answer, columns in the order of the request.
struct ApplyResult {
  std::vector<TotalColumn> columns{};
  std::vector<std::vector<Constant>> rows{};
};

/// Orders the rows by what they are grouped by and cuts them. 0x80060888 for other columns, also
/// for totals (PD webapi/query/aggregate-data).
Result<void> order_applied(ApplyResult& result, std::span<const OrderItem> order,
                           std::optional<std::int64_t> top);

Result<ApplyResult> run_apply(const Apply& apply, const Predicate* filter, const TableView& table,
                              const RowWalk& walk, const QueryContext& context);

}  // namespace flit::sim::dataverse::odata
