#include "sim/dataverse/odata/fetch_conditions.hpp"

#include <array>
#include <optional>
#include <utility>

#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

using Kind = Condition::Kind;

std::optional<Comparison> comparison_of(std::string_view op) {
  constexpr std::pair<std::string_view, Comparison> names[] = {
      {"eq", Comparison::eq}, {"ne", Comparison::ne}, {"neq", Comparison::ne},
      {"gt", Comparison::gt}, {"ge", Comparison::ge}, {"lt", Comparison::lt},
      {"le", Comparison::le},
  };
  for (const auto& [name, comparison] : names)
    if (name == op) return comparison;
  return std::nullopt;
}

/// Operators over text: what surrounds the client's pattern, and whether the answer is turned.
struct TextOperator {
  std::string_view name;
  std::string_view before;
  std::string_view after;
  bool negative;
};
constexpr TextOperator text_operators[] = {
    {"like", "", "", false},         {"not-like", "", "", true},
    {"begins-with", "", "%", false}, {"not-begin-with", "", "%", true},
    {"ends-with", "%", "", false},   {"not-end-with", "%", "", true},
};

/// Operators whose names do not follow from the query function's.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> special_names{{
    {"eq-userid", "EqualUserId"},
    {"ne-userid", "NotEqualUserId"},
    {"eq-businessid", "EqualBusinessId"},
    {"ne-businessid", "NotEqualBusinessId"},
    {"eq-userteams", "EqualUserTeams"},
    {"eq-useroruserteams", "EqualUserOrUserTeams"},
    {"eq-useroruserhierarchy", "EqualUserOrUserHierarchy"},
    {"eq-useroruserhierarchyandteams", "EqualUserOrUserHierarchyAndTeams"},
    {"eq-userlanguage", "EqualUserLanguage"},
    {"last-seven-days", "Last7Days"},
    {"next-seven-days", "Next7Days"},
    {"eq-or-above", "AboveOrEqual"},
    {"eq-or-under", "UnderOrEqual"},
    {"contain-values", "ContainValues"},
    {"not-contain-values", "DoesNotContainValues"},
    {"olderthan-x-months", "OlderThanXMonths"},
}};

Condition negated(Condition condition) {
  Condition negation{.kind = Kind::negation};
  negation.children.push_back(std::move(condition));
  return negation;
}

Condition negated_or_null(Condition condition) {
  Condition either{.kind = Kind::disjunction};
  either.children.push_back(Condition{.kind = Kind::is_null, .path = condition.path});
  either.children.push_back(negated(std::move(condition)));
  return either;
}

Error bad_value() {
  return platform_fault("0x80041108", "Invalid value specified for type.");
}

Result<Condition> bind_text(const TextOperator& op, const FetchCondition& condition,
                            BoundPath path) {
  if (condition.values.size() != 1 || path.property.type != ValueType::text) return bad_value();
  std::string pattern(op.before);
  pattern.append(condition.values.front()).append(op.after);
  Condition bound{.kind = Kind::matches, .path = std::move(path), .pattern = Pattern(pattern)};
  return op.negative ? negated_or_null(std::move(bound)) : bound;
}

}  // namespace

std::string function_of_operator(std::string_view op) {
  for (const auto& [name, function] : special_names)
    if (name == op) return std::string(function);
  if (op.substr(0, 10) == "olderthan-") return "OlderThan" + function_of_operator(op.substr(10));
  std::string name;
  bool upper = true;
  for (const char c : op) {
    if (c == '-') {
      upper = true;
      continue;
    }
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) return {};
    name.push_back(upper && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
    upper = false;
  }
  return name;
}

Result<Condition> bind_fetch_condition(const FetchCondition& condition, const TableView& table,
                                       const QueryContext& context) {
  const auto property = table.column(condition.attribute);
  if (!property)
    return platform_fault("0x80041103", "'" + std::string(table.logical_name()) +
                                            "' entity doesn't contain attribute with Name = '" +
                                            condition.attribute + "'.");
  BoundPath path{.property = *property};
  if (condition.op == "null" || condition.op == "not-null") {
    Condition null{.kind = Kind::is_null, .path = std::move(path)};
    return condition.op == "null" ? null : negated(std::move(null));
  }
  for (const TextOperator& op : text_operators)
    if (op.name == condition.op) return bind_text(op, condition, std::move(path));
  if (const auto comparison = comparison_of(condition.op)) {
    if (!condition.value_of.empty()) {
      const auto other = table.column(condition.value_of);
      if (!other) return bad_value();
      return Condition{.kind = Kind::compare_columns,
                       .comparison = *comparison,
                       .path = std::move(path),
                       .other = BoundPath{.property = *other}};
    }
    auto constant = condition.values.size() == 1
                        ? convert_text(condition.values.front(), property->type)
                        : std::optional<Constant>();
    if (!constant) return bad_value();
    Condition bound{.kind = Kind::compare, .comparison = *comparison, .path = std::move(path)};
    bound.values.push_back(std::move(*constant));
    return bound;
  }
  const std::string name = function_of_operator(condition.op);
  auto bound = bind_function({.name = name, .path = std::move(path), .values = condition.values},
                             table, context);
  if (bound) return bound;
  const bool unknown = bound.error().message.rfind("An unknown function", 0) == 0;
  return unknown ? platform_fault("0x80041120", "Unsupported condition operator.") : bad_value();
}

}  // namespace flit::sim::dataverse::odata
