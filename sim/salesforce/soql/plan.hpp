#pragma once
/// @file A query bound to a schema: what to read, judge, sort, group and show.
///
/// A plan holds handles and may be kept by a cursor for as long as the schema only grows; its
/// conditions and semi-joins belong to the lock under which it was bound (condition.hpp). Two
/// shapes: records with a projection, or groups with result columns.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/soql/condition.hpp"
#include "sim/salesforce/soql/path.hpp"
#include "sim/salesforce/soql/query.hpp"
#include "sim/salesforce/soql/row.hpp"

namespace flit::sim::salesforce::soql {

struct Plan;

/// One thing that is shown of a record.
struct Node {
  enum class Kind : std::uint8_t {
    field,     ///< path, without steps
    parent,    ///< step, below
    type_of,   ///< step, below: arms
    arm,       ///< object (none: every other one), below
    children,  ///< children, sub_plan
  };
  Kind kind = Kind::field;
  std::string name{};  ///< as it stands in the answer
  BoundPath path{};
  Step step{};
  const ObjectView* object = nullptr;
  std::vector<Node> below{};
  ChildLink children{};
  std::shared_ptr<const Plan> sub_plan{};  ///< shared because plans are copied
};

/// What is shown of one record, in the order of the select list.
using Projection = std::vector<Node>;

/// One column of a flat answer (CSV): "Account.Name".
struct Column {
  std::string name{};
  BoundPath path{};
};

struct AggregateColumn {
  Function function = Function::count;
  std::optional<BoundPath> path{};  ///< none: COUNT()
  std::size_t group = 0;            ///< GROUPING: index into group_by
};

/// One member of an AggregateResult.
struct ResultColumn {
  enum class Kind : std::uint8_t { group, aggregate };
  Kind kind = Kind::group;
  std::size_t index = 0;  ///< into group_by or aggregates
  std::string name{};     ///< alias, field or "expr0"
  FieldType type = FieldType::text;
};

struct SortKey {
  BoundPath path{};
  std::size_t column = 0;  ///< grouped: index into groups, then aggregates
  bool descending = false;
  bool nulls_last = false;
};

struct Plan {
  enum class Shape : std::uint8_t {
    records,
    count,   ///< SELECT COUNT(): a number, no rows
    groups,  ///< aggregates, with or without GROUP BY
  };
  Shape shape = Shape::records;
  const ObjectView* object = nullptr;
  std::optional<Condition> where{};
  Projection projection{};
  std::vector<Column> columns{};
  std::vector<BoundPath> group_by{};
  Subtotals subtotals = Subtotals::none;
  std::vector<AggregateColumn> aggregates{};
  std::vector<ResultColumn> results{};
  std::optional<Condition> having{};
  std::vector<SortKey> order{};
  std::optional<std::uint64_t> limit{};
  std::uint64_t offset = 0;
  Deleted deleted = Deleted::hidden;
};

/// Looks every name up and runs the semi-joins. Codes MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE,
/// INVALID_QUERY_FILTER_OPERATOR, NUMBER_OUTSIDE_VALID_RANGE.
Result<Plan> bind(const Query& query, const SchemaView& schema, const QueryContext& context);

}  // namespace flit::sim::salesforce::soql
