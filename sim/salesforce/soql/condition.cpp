#include "sim/salesforce/soql/condition.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace flit::sim::salesforce::soql {
namespace {

bool holds(Operator comparison, std::weak_ordering order) {
  switch (comparison) {
    case Operator::eq:
      return order == 0;
    case Operator::ne:
      return order != 0;
    case Operator::lt:
      return order < 0;
    case Operator::le:
      return order <= 0;
    case Operator::gt:
      return order > 0;
    case Operator::ge:
      return order >= 0;
    case Operator::like:
    case Operator::includes:
    case Operator::excludes:
      break;
  }
  return false;
}

bool compared(const Condition& leaf, const Value& value) {
  const Value wanted = leaf.values.front().value();
  if (value.is_null() || wanted.is_null()) {
    const bool both = value.is_null() && wanted.is_null();
    if (leaf.comparison == Operator::eq) return both;
    return leaf.comparison == Operator::ne && !both;
  }
  const bool equality = leaf.comparison == Operator::eq || leaf.comparison == Operator::ne;
  if (leaf.case_sensitive && equality)
    return (value.text == wanted.text) == (leaf.comparison == Operator::eq);
  const auto order = compare(value, wanted);
  return order && holds(leaf.comparison, *order);
}

bool in_span(const Condition& leaf, const Value& value) {
  if (value.is_null()) return leaf.comparison == Operator::ne;
  const bool inside = value.number >= leaf.begin && value.number < leaf.end;
  switch (leaf.comparison) {
    case Operator::eq:
      return inside;
    case Operator::ne:
      return !inside;
    case Operator::lt:
      return value.number < leaf.begin;
    case Operator::le:
      return value.number < leaf.end;
    case Operator::gt:
      return value.number >= leaf.end;
    case Operator::ge:
      return value.number >= leaf.begin;
    case Operator::like:
    case Operator::includes:
    case Operator::excludes:
      break;
  }
  return false;
}

bool has_choice(std::string_view cell, std::string_view choice) {
  for (const std::string_view one : text::split(cell, ";"))
    if (equal_without_case(one, choice)) return true;
  return false;
}

/// 'A;B' asks for both, several texts for any of them.
bool has_choices(const Condition& leaf, const Value& value) {
  if (value.is_null()) return false;
  return std::any_of(leaf.values.begin(), leaf.values.end(), [&](const Constant& constant) {
    const Value wanted = constant.value();
    const auto all = text::split(wanted.text, ";");
    return std::all_of(all.begin(), all.end(),
                       [&](std::string_view choice) { return has_choice(value.text, choice); });
  });
}

bool in_set(const Condition& leaf, const Value& value) {
  if (!leaf.case_sensitive) return leaf.set->contains(value);
  if (value.is_null()) return leaf.set->has_null;
  return std::any_of(leaf.set->values.begin(), leaf.set->values.end(),
                     [&](const Constant& wanted) { return wanted.value().text == value.text; });
}

/// The rows an index gives for one leaf; none when there is no index.
std::optional<std::vector<Row>> rows_of(const Condition& leaf, const ObjectView& object,
                                        Deleted deleted) {
  if (!leaf.path.steps.empty() || leaf.path.leaf.empty() || leaf.path.function != Function::none ||
      leaf.path.leaf.front().is_type)
    return std::nullopt;
  const std::uint32_t handle = leaf.path.leaf.front().handle;
  if (leaf.kind == Condition::Kind::compare && leaf.comparison == Operator::eq) {
    const Value value = leaf.values.front().value();
    if (value.is_null()) return std::nullopt;
    return object.rows_with(handle, value, deleted);
  }
  if (leaf.kind != Condition::Kind::one_of || leaf.negated || leaf.set->has_null)
    return std::nullopt;
  std::vector<Row> all;
  for (const Constant& value : leaf.set->values) {
    const auto rows = object.rows_with(handle, value.value(), deleted);
    if (!rows) return std::nullopt;
    all.insert(all.end(), rows->begin(), rows->end());
  }
  return all;
}

}  // namespace

void ValueSet::add(const Value& value) {
  if (value.is_null()) {
    has_null = true;
    return;
  }
  std::string key;
  append_key(key, value);
  if (keys.insert(std::move(key)).second) values.emplace_back(value);
}

bool ValueSet::contains(const Value& value) const {
  if (value.is_null()) return has_null;
  std::string key;
  append_key(key, value);
  return keys.contains(key);
}

bool judge(const Condition& leaf, const Value& value) {
  switch (leaf.kind) {
    case Condition::Kind::compare:
      return compared(leaf, value);
    case Condition::Kind::in_span:
      return in_span(leaf, value);
    case Condition::Kind::matches:
      return !value.is_null() && leaf.pattern.matches(value.text);
    case Condition::Kind::one_of:
      return in_set(leaf, value) != leaf.negated;
    case Condition::Kind::choices:
      return has_choices(leaf, value) != leaf.negated;
    case Condition::Kind::conjunction:
    case Condition::Kind::disjunction:
    case Condition::Kind::negation:
      break;
  }
  return false;
}

bool matches(const Condition& condition, const Record& record) {
  std::string scratch;
  return judge_all(condition, [&](const Condition& leaf) {
    scratch.clear();
    return read(leaf.path, record, scratch);
  });
}

std::optional<std::vector<Row>> candidates(const Condition& condition, const ObjectView& object,
                                           Deleted deleted) {
  std::optional<std::vector<Row>> best;
  if (condition.kind == Condition::Kind::conjunction) {
    for (const Condition& child : condition.children) {
      auto rows = candidates(child, object, deleted);
      if (rows && (!best || rows->size() < best->size())) best = std::move(rows);
    }
    return best;
  }
  best = rows_of(condition, object, deleted);
  if (!best) return best;
  std::sort(best->begin(), best->end());
  best->erase(std::unique(best->begin(), best->end()), best->end());
  return best;
}

}  // namespace flit::sim::salesforce::soql
