#pragma once
/// @file The parts of binding a query; plan.hpp has the entrance. Internal to the room.

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce::soql {

/// What all parts of one binding share.
struct Binding {
  const SchemaView& schema;
  const QueryContext& context;
  Deleted deleted = Deleted::hidden;
};

/// select_binder.cpp: fills projection and columns, or the grouped parts.
Result<void> bind_select(Plan& plan, const Query& query, const Scope& scope,
                         const Binding& binding);

/// group_binder.cpp: fills group_by, aggregates, results, having and order.
Result<void> bind_groups(Plan& plan, const Query& query, const Scope& scope,
                         const Binding& binding);

/// A sub-query over `object`, which is reached by a relationship or named by the query.
Result<Plan> bind_over(const ObjectView& object, const Query& query, const Binding& binding);

/// How the operands of a condition are found: a field of the scope, or a column of groups.
struct ConditionTarget {
  BoundPath path{};
  std::size_t column = 0;
};
using BindOperand = std::function<Result<ConditionTarget>(const Operand&)>;

/// condition_binder.cpp
Result<Condition> bind_condition(const Expression& expression, const Scope& scope,
                                 const Binding& binding, const BindOperand& bind_operand);

/// literal_binder.cpp: the literal as a value comparable with the field; for date ranges see
/// condition_binder.cpp.
Result<Constant> bind_literal(const Literal& literal, const BoundPath& path, const Scope& scope);

/// "value of filter criterion for field 'X' must be of type …"
Error wrong_literal(const Literal& literal, const BoundPath& path, const Scope& scope);

}  // namespace flit::sim::salesforce::soql
