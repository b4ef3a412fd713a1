#include "sim/salesforce/soql/binder.hpp"

#include <fmt/format.h>

namespace flit::sim::salesforce::soql {
namespace {

constexpr std::int64_t max_offset = 2'000;  // §2.4

Result<void> bind_where(Plan& plan, const Query& query, const Scope& scope,
                        const Binding& binding) {
  if (!query.where) return {};
  FLIT_TRY(condition, bind_condition(*query.where, scope, binding,
                                     [&](const Operand& operand) -> Result<ConditionTarget> {
                                       if (is_aggregate(operand.function))
                                         return malformed(
                                             scope.place(operand.position),
                                             "Aggregate functions are not allowed in WHERE");
                                       FLIT_TRY(path, bind_path(operand, scope));
                                       return ConditionTarget{.path = std::move(path)};
                                     }));
  plan.where = std::move(condition);
  return {};
}

/// USING SCOPE: "mine" is what the caller owns, "everything" all that can be seen.
Result<void> bind_scope(Plan& plan, const Query& query, const Scope& scope,
                        const Binding& binding) {
  if (query.scope.empty() || equal_without_case(query.scope, "everything")) return {};
  if (!equal_without_case(query.scope, "mine"))
    return malformed(scope.place(query.from_position), "unsupported scope: " + query.scope);
  FLIT_TRY(owner, bind_path({.path = "OwnerId", .position = query.from_position}, scope));
  Condition mine{.kind = Condition::Kind::compare, .path = std::move(owner)};
  mine.values.emplace_back(Value::of_id(binding.context.user));
  Condition both{.kind = Condition::Kind::conjunction};
  both.children.push_back(std::move(mine));
  if (plan.where) both.children.push_back(std::move(*plan.where));
  plan.where = std::move(both);
  return {};
}

Result<void> bind_order(Plan& plan, const Query& query, const Scope& scope) {
  for (const OrderItem& item : query.order_by) {
    const Place place = scope.place(item.operand.position);
    if (is_aggregate(item.operand.function))
      return malformed(place, "Ordered field must be grouped or aggregated");
    FLIT_TRY(path, bind_path(item.operand, scope));
    const FieldType type = path.type();
    const bool nearness = path.function == Function::distance;
    if ((!path.field.sortable && !nearness) || type == FieldType::compound ||
        type == FieldType::blob || type == FieldType::multi_picklist)
      return malformed(
          place, fmt::format("field '{}' can not be sorted in a query call", path.field.name));
    plan.order.push_back(
        {.path = std::move(path), .descending = item.descending, .nulls_last = item.nulls_last});
  }
  return {};
}

bool is_grouped(const Query& query) {
  if (!query.group_by.empty()) return true;
  for (const SelectItem& item : query.select)
    if (item.kind == SelectItem::Kind::operand && is_aggregate(item.operand.function)) return true;
  return false;
}

bool is_count(const Query& query) {
  const Operand& only = query.select.front().operand;
  return query.select.size() == 1 && only.function == Function::count && only.path.empty() &&
         query.select.front().alias.empty() && query.group_by.empty();
}

}  // namespace

Result<Plan> bind_over(const ObjectView& object, const Query& query, const Binding& outer) {
  const Scope scope{&object, query.alias, query.text};
  Binding binding = outer;
  if (query.all_rows) binding.deleted = Deleted::shown;
  if (query.offset && *query.offset > max_offset)
    return query_fault("NUMBER_OUTSIDE_VALID_RANGE", scope.place(query.offset_position),
                       "Maximum SOQL offset allowed is 2000");
  Plan plan{.object = &object, .deleted = binding.deleted};
  if (query.limit) plan.limit = static_cast<std::uint64_t>(*query.limit);
  plan.offset = static_cast<std::uint64_t>(query.offset.value_or(0));
  FLIT_TRY_VOID(bind_where(plan, query, scope, binding));
  FLIT_TRY_VOID(bind_scope(plan, query, scope, binding));
  if (is_count(query)) {
    plan.shape = Plan::Shape::count;
    return plan;
  }
  if (is_grouped(query)) {
    plan.shape = Plan::Shape::groups;
    FLIT_TRY_VOID(bind_groups(plan, query, scope, binding));
    return plan;
  }
  if (query.having)
    return malformed(scope.place(query.from_position), "HAVING clause requires GROUP BY");
  FLIT_TRY_VOID(bind_select(plan, query, scope, binding));
  FLIT_TRY_VOID(bind_order(plan, query, scope));
  return plan;
}

Result<Plan> bind(const Query& query, const SchemaView& schema, const QueryContext& context) {
  const ObjectView* object = schema.object(query.from);
  if (object == nullptr) return unknown_object({query.text, query.from_position}, query.from);
  return bind_over(*object, query,
                   Binding{.schema = schema, .context = context, .deleted = context.deleted});
}

}  // namespace flit::sim::salesforce::soql
