#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "sim/salesforce/soql/binder.hpp"
#include "sim/salesforce/soql/date_literal.hpp"
#include "sim/salesforce/soql/run.hpp"

namespace flit::sim::salesforce::soql {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;

bool is_text(FieldType type) {
  return type == FieldType::text || type == FieldType::picklist ||
         type == FieldType::multi_picklist;
}

bool orders(Operator comparison) {
  return comparison == Operator::lt || comparison == Operator::le || comparison == Operator::gt ||
         comparison == Operator::ge;
}

/// Whether the platform lets this operator judge this type.
Result<void> check_operator(const Expression& expression, const BoundPath& path,
                            const Scope& scope) {
  using Kind = Expression::Kind;
  const FieldType type = path.type();
  const Place place = scope.place(expression.operand.position);
  if (!path.field.filterable || type == FieldType::compound || type == FieldType::blob ||
      type == FieldType::time)
    return invalid_field(
        place, fmt::format("field '{}' can not be filtered in a query call", path.field.name));
  const Operator comparison = expression.comparison;
  const bool choices = comparison == Operator::includes || comparison == Operator::excludes;
  const bool nearness = path.function == Function::distance;
  const bool bad =
      (nearness && !orders(comparison)) || (nearness && expression.kind != Kind::compare) ||
      (comparison == Operator::like && !is_text(type)) ||
      (choices && type != FieldType::multi_picklist) ||
      (orders(comparison) && (type == FieldType::boolean || type == FieldType::multi_picklist));
  if (!bad) return {};
  return query_fault("INVALID_FIELD", place,
                     fmt::format("invalid operator on {} field", to_string(type)));
}

Result<Condition> bind_span(Condition leaf, const Literal& literal, const Scope& scope,
                            const Binding& binding) {
  const FieldType type = leaf.path.type();
  if (type != FieldType::date && type != FieldType::datetime)
    return wrong_literal(literal, leaf.path, scope);
  const auto today =
      std::chrono::floor<std::chrono::days>(std::chrono::milliseconds(binding.context.now_ms));
  const DaySpan span = day_span(literal.text, literal.number, today.count());
  const std::int64_t unit = type == FieldType::date ? 1 : ms_per_day;
  leaf.kind = Condition::Kind::in_span;
  leaf.begin = span.begin * unit;
  leaf.end = span.end * unit;
  return leaf;
}

Result<Condition> bind_compare(Condition leaf, const Expression& expression, const Scope& scope,
                               const Binding& binding) {
  const Literal& literal = expression.literals.front();
  const Operator comparison = expression.comparison;
  leaf.comparison = comparison;
  if (comparison == Operator::includes || comparison == Operator::excludes) {
    leaf.kind = Condition::Kind::choices;
    leaf.negated = comparison == Operator::excludes;
    for (const Literal& one : expression.literals) {
      FLIT_TRY(value, bind_literal(one, leaf.path, scope));
      leaf.values.push_back(std::move(value));
    }
    return leaf;
  }
  if (literal.kind == Literal::Kind::date_range)
    return bind_span(std::move(leaf), literal, scope, binding);
  if (comparison == Operator::like) {
    if (literal.kind != Literal::Kind::text) return wrong_literal(literal, leaf.path, scope);
    leaf.kind = Condition::Kind::matches;
    leaf.pattern = Pattern(literal.text);
    return leaf;
  }
  FLIT_TRY(value, bind_literal(literal, leaf.path, scope));
  leaf.kind = Condition::Kind::compare;
  leaf.values.push_back(std::move(value));
  return leaf;
}

/// A list with date literals becomes a chain of spans.
Result<Condition> bind_list(Condition leaf, const Expression& expression, const Scope& scope,
                            const Binding& binding) {
  auto set = std::make_shared<ValueSet>();
  Condition any{.kind = Condition::Kind::disjunction};
  for (const Literal& literal : expression.literals) {
    if (literal.kind == Literal::Kind::date_range) {
      FLIT_TRY(span, bind_span(leaf, literal, scope, binding));
      any.children.push_back(std::move(span));
      continue;
    }
    FLIT_TRY(value, bind_literal(literal, leaf.path, scope));
    set->add(value.value());
  }
  leaf.kind = Condition::Kind::one_of;
  leaf.set = std::move(set);
  if (any.children.empty()) {
    leaf.negated = expression.negated;
    return leaf;
  }
  any.children.push_back(std::move(leaf));
  if (!expression.negated) return any;
  Condition negation{.kind = Condition::Kind::negation};
  negation.children.push_back(std::move(any));
  return negation;
}

/// IN (SELECT AccountId FROM Contact …): run now, its values kept.
Result<Condition> bind_semi_join(Condition leaf, const Expression& expression, const Scope& scope,
                                 const Binding& binding) {
  const Query& query = *expression.query;
  const Place place = scope.place(expression.operand.position);
  const FieldType type = leaf.path.type();
  if (type != FieldType::id && type != FieldType::reference)
    return malformed(place,
                     "The left operand field in the where expression for outer query "
                     "should be an id field, cannot use: '" +
                         leaf.path.field.name + "'");
  const ObjectView* object = binding.schema.object(query.from);
  if (object == nullptr) return unknown_object(scope.place(query.from_position), query.from);
  FLIT_TRY(plan, bind_over(*object, query, binding));
  if (plan.shape != Plan::Shape::records || plan.columns.size() != 1)
    return malformed(place, "semi join sub-selects must select exactly one field");
  const BoundPath& selected = plan.columns.front().path;
  if (selected.type() != FieldType::id && selected.type() != FieldType::reference)
    return malformed(
        place, "The inner select field '" + plan.columns.front().name + "' should be an id field");
  auto set = std::make_shared<ValueSet>();
  std::string scratch;
  for (const Row row : rows_of(plan)) {
    scratch.clear();
    set->add(read(selected, {object, row}, scratch));
  }
  set->has_null = false;
  leaf.kind = Condition::Kind::one_of;
  leaf.negated = expression.negated;
  leaf.set = std::move(set);
  return leaf;
}

Result<Condition> bind_leaf(const Expression& expression, const Scope& scope,
                            const Binding& binding, const BindOperand& bind_operand) {
  FLIT_TRY(target, bind_operand(expression.operand));
  FLIT_TRY_VOID(check_operator(expression, target.path, scope));
  Condition leaf{.comparison = Operator::eq,
                 .case_sensitive = target.path.field.case_sensitive,
                 .path = std::move(target.path),
                 .column = target.column};
  if (expression.kind == Expression::Kind::one_of)
    return bind_list(std::move(leaf), expression, scope, binding);
  if (expression.kind == Expression::Kind::semi_join)
    return bind_semi_join(std::move(leaf), expression, scope, binding);
  return bind_compare(std::move(leaf), expression, scope, binding);
}

}  // namespace

Result<Condition> bind_condition(const Expression& expression, const Scope& scope,
                                 const Binding& binding, const BindOperand& bind_operand) {
  Condition condition;
  switch (expression.kind) {
    case Expression::Kind::conjunction:
      condition.kind = Condition::Kind::conjunction;
      break;
    case Expression::Kind::disjunction:
      condition.kind = Condition::Kind::disjunction;
      break;
    case Expression::Kind::negation:
      condition.kind = Condition::Kind::negation;
      break;
    case Expression::Kind::compare:
    case Expression::Kind::one_of:
    case Expression::Kind::semi_join:
      return bind_leaf(expression, scope, binding, bind_operand);
  }
  for (const Expression& child : expression.children) {
    FLIT_TRY(bound, bind_condition(child, scope, binding, bind_operand));
    condition.children.push_back(std::move(bound));
  }
  return condition;
}

}  // namespace flit::sim::salesforce::soql
