#pragma once
/// @file Rows as the JSON that the Web API takes: one plan per table and columns, then straight
/// text.
///
/// The plan is compiled once per batch shape; writing a row looks up nothing and builds no tree.
/// What a value becomes follows the column, not the value (facts/dataverse.md §4, §10, §12):
/// choices are integers, several choices one comma list, money and decimals keep their digits, days
/// stay days, instants are UTC in whole seconds, lookups are `<navigation>@odata.bind`, an
/// activity's people are nested objects. Absent cells are left out. A value that a column cannot
/// take is an error of that row. Thread-safe once compiled.
///
/// The people of an activity are one column `<activity>_activity_parties` whose cell is a list of
/// lists {participation type, reference or null, address or null}.

#include <span>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "destinations/dataverse/table.hpp"
#include "model/batch.hpp"

namespace flit::destinations::dataverse {

class RowPlan {
 public:
  /// Fault::setup: the table has no such column. `table` outlives the plan.
  static Result<RowPlan> compile(const Table& table, std::span<const std::string> columns);

  /// Members of the row, without braces around them. On an error `out` holds half a row and is to
  /// be cleared.
  Result<void> append(json::Writer& out, std::span<const model::Value> cells,
                      model::Verb verb) const;

  const Table& table() const { return *table_; }

 private:
  explicit RowPlan(const Table& table) : table_(&table) {}

  const Table* table_;
  std::vector<const Column*> columns_;
};

/// "accounts(7eb6…)" or, by key, "accounts(accountnumber='A1')"; encoded for a URL.
Result<std::string> address_of(std::string_view set, const model::Reference& reference);

/// The value of a bind: "/accounts(7eb6…)".
Result<std::string> bind_of(const Column& column, const model::Reference& reference);

}  // namespace flit::destinations::dataverse
