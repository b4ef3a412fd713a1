#pragma once
/// @file A filter bound to a table: names resolved, constants converted, ready to judge rows.
///
/// Logic has three values as in SQL: a comparison with null is unknown, except eq null, ne null and
/// "ne value" (which a null satisfies, OData 4.0 §11.2.6.1.1, and the platform's own "ne"); only
/// rows for which the filter is true are returned (PD query/filter-rows). Immutable once bound, and
/// may then be used by many threads; it refers to the TableViews it was bound to.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/collation.hpp"
#include "sim/dataverse/odata/date_range.hpp"
#include "sim/dataverse/odata/expression.hpp"
#include "sim/dataverse/odata/row.hpp"
#include "sim/dataverse/odata/value.hpp"

namespace flit::sim::dataverse::odata {

/// A property, perhaps behind single-valued navigations: primarycontactid/fullname.
struct BoundPath {
  int scope = 0;  ///< 0: the row itself; n: the row of the n-th lambda around
  std::vector<std::uint32_t> steps{};
  Property property{};
};

/// Calls `use` with the value at the end of the path; null when a step leads nowhere.
void read(const BoundPath& path, const RowView& row, const std::function<void(const Value&)>& use);

/// Resolves "a/b/c" from `table` on.
Result<BoundPath> bind_path(std::string_view path, const TableView& table);

enum class Truth : std::uint8_t { no, yes, unknown };

/// One node of a bound filter. Built by bind(); the fields that a kind uses are named beside it.
struct Condition {
  enum class Kind : std::uint8_t {
    constant,         // truth
    conjunction,      // children
    disjunction,      // children
    negation,         // children[0]
    compare,          // path, comparison, values[0]
    compare_columns,  // path, comparison, other
    is_null,          // path
    matches,          // path, pattern
    in_span,          // path, span
    one_of,           // path, values; ids
    has_choice,       // path, values: several choices in one cell
    below,            // path, values[0], steps: the hierarchy's parent; or_equal
    any,              // collection (path.steps), children
    all,              // collection (path.steps), children
  };
  Kind kind = Kind::constant;
  Truth truth = Truth::no;
  Comparison comparison = Comparison::eq;
  bool or_equal = false;
  std::uint32_t collection = 0;  ///< navigation handle of any and all
  std::uint32_t parent = 0;      ///< navigation handle of below
  BoundPath path{};
  BoundPath other{};
  Pattern pattern{};
  TimeSpan span{};
  std::vector<Constant> values{};
  std::vector<Uuid>
      ids{};  ///< of one_of, sorted: the values when all are ids, which come by hundreds
  std::vector<Condition> children{};
};

class Predicate {
 public:
  explicit Predicate(Condition root) : root_(std::move(root)) {}

  static Result<Predicate> bind(const Expression& filter, const TableView& table,
                                const QueryContext& context);

  bool matches(const RowView& row) const;

  /// Ids, in order, among which every matching row is, where the table's indexes narrow it down:
  /// reading back a thousand rows by id must not walk a million. They still have to be judged.
  std::optional<std::vector<Uuid>> candidates(const TableView& table) const;

 private:
  Condition root_;
};

/// A query function or FetchXML operator on one property: "LastXDays" with {"7"}, "In" with its
/// list. `values` are texts, as both languages allow whatever the property's type is.
struct FunctionCall {
  std::string_view name{};  ///< without the namespace
  BoundPath path{};
  std::vector<std::string> values{};
};
Result<Condition> bind_function(const FunctionCall& call, const TableView& table,
                                const QueryContext& context);

}  // namespace flit::sim::dataverse::odata
