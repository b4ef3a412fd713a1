// Predicate::bind: an Expression becomes a Condition, with the platform's refusals (§9, 0x80060888)
// for names that do not exist and operands that do not fit together.
#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sim/dataverse/odata/predicate.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

std::string_view operator_kind(Comparison comparison) {
  switch (comparison) {
    case Comparison::eq:
      return "Equal";
    case Comparison::ne:
      return "NotEqual";
    case Comparison::gt:
      return "GreaterThan";
    case Comparison::ge:
      return "GreaterThanOrEqual";
    case Comparison::lt:
      return "LessThan";
    case Comparison::le:
      return "LessThanOrEqual";
  }
  return "";
}

Comparison mirrored(Comparison comparison) {
  switch (comparison) {
    case Comparison::eq:
    case Comparison::ne:
      return comparison;
    case Comparison::gt:
      return Comparison::lt;
    case Comparison::ge:
      return Comparison::le;
    case Comparison::lt:
      return Comparison::gt;
    case Comparison::le:
      return Comparison::ge;
  }
  return comparison;
}

/// Public reports from the platform have this text (for example with 'Edm.Guid' and 'Edm.String').
Error incompatible(std::string_view left, std::string_view right, Comparison comparison) {
  return uri_fault(fmt::format(
      "A binary operator with incompatible types was detected. Found operand types '{}' "
      "and '{}' for operator kind '{}'.",
      left, right, operator_kind(comparison)));
}

bool same_class(ValueType left, ValueType right) {
  const auto number = [](ValueType type) {
    return type == ValueType::integer || type == ValueType::decimal || type == ValueType::floating;
  };
  return left == right || (number(left) && number(right));
}

/// The pattern of contains(…): the client's text is a pattern itself (PD wildcard-characters.md).
std::string pattern_of(TextFunction function, std::string_view text) {
  std::string pattern;
  if (function != TextFunction::startswith) pattern.push_back('%');
  pattern.append(text);
  if (function != TextFunction::endswith) pattern.push_back('%');
  return pattern;
}

class Binder {
 public:
  Binder(const TableView& table, const QueryContext& context) : context_(context) {
    scopes_.push_back({"", &table});
  }

  Result<Condition> bind(const Expression& node) {
    switch (node.kind) {
      case ExpressionKind::literal:
        return bind_constant(node.literal);
      case ExpressionKind::path:
        return bind_flag(node);
      case ExpressionKind::conjunction:
        return bind_children(node, Condition::Kind::conjunction);
      case ExpressionKind::disjunction:
        return bind_children(node, Condition::Kind::disjunction);
      case ExpressionKind::negation:
        return bind_children(node, Condition::Kind::negation);
      case ExpressionKind::comparison:
        return bind_comparison(node);
      case ExpressionKind::text_function:
        return bind_text_function(node);
      case ExpressionKind::query_function:
        return bind_query_function(node);
      case ExpressionKind::any:
        return bind_lambda(node, Condition::Kind::any);
      case ExpressionKind::all:
        return bind_lambda(node, Condition::Kind::all);
    }
    return Condition{};
  }

 private:
  struct Scope {
    std::string_view variable;
    const TableView* table;
  };

  Result<Condition> bind_children(const Expression& node, Condition::Kind kind) {
    Condition condition{.kind = kind};
    condition.children.reserve(node.children.size());
    for (const Expression& child : node.children) {
      FLIT_TRY(bound, bind(child));
      condition.children.push_back(std::move(bound));
    }
    return condition;
  }

  static Result<Condition> bind_constant(const Literal& literal) {
    if (literal.kind != LiteralKind::boolean)
      return uri_fault("The $filter expression must evaluate to a single boolean value.");
    return Condition{.truth = literal.text == "true" ? Truth::yes : Truth::no};
  }

  /// A boolean property alone: "donotemail".
  Result<Condition> bind_flag(const Expression& node) {
    FLIT_TRY(path, resolve(node.name));
    if (path.property.type != ValueType::boolean)
      return uri_fault("The $filter expression must evaluate to a single boolean value.");
    return compare_with(std::move(path), Comparison::eq,
                        Constant(Value{.kind = Value::Kind::boolean, .number = 1}));
  }

  static Condition compare_with(BoundPath path, Comparison comparison, Constant constant) {
    Condition condition{
        .kind = Condition::Kind::compare, .comparison = comparison, .path = std::move(path)};
    condition.values.push_back(std::move(constant));
    return condition;
  }

  Result<Condition> bind_comparison(const Expression& node) {
    const Expression& left = node.children[0];
    const Expression& right = node.children[1];
    if (left.kind == ExpressionKind::path && right.kind == ExpressionKind::path)
      return bind_columns(node);
    if (left.kind == ExpressionKind::path && right.kind == ExpressionKind::literal)
      return bind_value(left.name, node.comparison, right.literal);
    if (left.kind == ExpressionKind::literal && right.kind == ExpressionKind::path)
      return bind_value(right.name, mirrored(node.comparison), left.literal);
    return bind_truth_comparison(node);
  }

  Result<Condition> bind_value(std::string_view name, Comparison comparison,
                               const Literal& literal) {
    FLIT_TRY(path, resolve(name));
    if (literal.kind == LiteralKind::null) {
      Condition null{.kind = Condition::Kind::is_null, .path = std::move(path)};
      if (comparison == Comparison::eq) return null;
      if (comparison != Comparison::ne) return Condition{.truth = Truth::unknown};
      Condition negation{.kind = Condition::Kind::negation};
      negation.children.push_back(std::move(null));
      return negation;
    }
    auto constant = convert(literal, path.property.type);
    if (!constant) return incompatible(edm_type(path.property.type), edm_type(literal), comparison);
    return compare_with(std::move(path), comparison, std::move(*constant));
  }

  /// Two columns of one row, PD query/filter-rows "Column comparison".
  Result<Condition> bind_columns(const Expression& node) {
    FLIT_TRY(left, resolve(node.children[0].name));
    FLIT_TRY(right, resolve(node.children[1].name));
    if (!same_class(left.property.type, right.property.type))
      return incompatible(edm_type(left.property.type), edm_type(right.property.type),
                          node.comparison);
    return Condition{.kind = Condition::Kind::compare_columns,
                     .comparison = node.comparison,
                     .path = std::move(left),
                     .other = std::move(right)};
  }

  /// contains(name,'x') eq true.
  Result<Condition> bind_truth_comparison(const Expression& node) {
    const Expression& right = node.children[1];
    const bool equality = node.comparison == Comparison::eq || node.comparison == Comparison::ne;
    if (right.kind != ExpressionKind::literal || right.literal.kind != LiteralKind::boolean ||
        !equality)
      return incompatible("Edm.Boolean",
                          right.kind == ExpressionKind::literal ? edm_type(right.literal)
                                                                : std::string_view("Edm.Boolean"),
                          node.comparison);
    FLIT_TRY(inner, bind(node.children[0]));
    if ((right.literal.text == "true") == (node.comparison == Comparison::eq)) return inner;
    Condition negation{.kind = Condition::Kind::negation};
    negation.children.push_back(std::move(inner));
    return negation;
  }

  Result<Condition> bind_text_function(const Expression& node) {
    const Expression& subject = node.children[0];
    const Expression& value = node.children[1];
    if (subject.kind != ExpressionKind::path || value.kind != ExpressionKind::literal)
      return uri_fault(fmt::format("The '{}' function takes a property and a string.",
                                   to_string(node.function)));
    FLIT_TRY(path, resolve(subject.name));
    const bool textual = path.property.type == ValueType::text;
    if (!textual || value.literal.kind != LiteralKind::text)
      return uri_fault(fmt::format(
          "No function signature for the function with name '{0}' matches the specified arguments. "
          "The function signatures considered are: {0}(Edm.String Nullable=true, Edm.String "
          "Nullable=true).",
          to_string(node.function)));
    return Condition{.kind = Condition::Kind::matches,
                     .path = std::move(path),
                     .pattern = Pattern(pattern_of(node.function, value.literal.text))};
  }

  Result<Condition> bind_query_function(const Expression& node) {
    FunctionCall call{.name = node.name};
    std::string_view property;
    for (const Argument& argument : node.arguments) {
      if (argument.name == "PropertyName") {
        if (!argument.values.empty()) property = argument.values.front().text;
      } else if (argument.name.rfind("PropertyValue", 0) == 0) {
        for (const Literal& value : argument.values) call.values.push_back(value.text);
      } else {
        return uri_fault(
            fmt::format("The parameter '{}' of the function 'Microsoft.Dynamics.CRM.{}' "
                        "is not defined.",
                        argument.name, node.name));
      }
    }
    if (property.empty())
      return uri_fault(fmt::format(
          "The function 'Microsoft.Dynamics.CRM.{}' needs the parameter 'PropertyName'.",
          node.name));
    const TableView* table = nullptr;
    FLIT_TRY(path, resolve_column(node.variable, property, table));
    call.path = std::move(path);
    return bind_function(call, *table, context_);
  }

  Result<Condition> bind_lambda(const Expression& node, Condition::Kind kind) {
    Condition condition{.kind = kind};
    std::string_view rest = node.name;
    const TableView* table = enter(rest, condition.path.scope);
    for (;;) {
      const std::size_t slash = rest.find('/');
      const auto navigation = table->navigation(rest.substr(0, slash));
      if (!navigation) return unknown_property(rest.substr(0, slash), table->logical_name());
      table = navigation->target;
      if (slash == std::string_view::npos) {
        if (!navigation->is_collection)
          return uri_fault("Any/All may only be used following a collection.");
        condition.collection = navigation->handle;
        break;
      }
      if (navigation->is_collection) return collection_in_path(rest.substr(0, slash));
      condition.path.steps.push_back(navigation->handle);
      rest.remove_prefix(slash + 1);
    }
    if (node.children.empty()) return condition;
    scopes_.push_back({node.variable, table});
    auto inner = bind(node.children.front());
    scopes_.pop_back();
    if (!inner) return inner;
    condition.children.push_back(std::move(*inner));
    return condition;
  }

  static Error collection_in_path(std::string_view name) {
    return uri_fault(
        fmt::format("The parent value for a property access of a property '{}' is not a single "
                    "value. Property access can only be applied to a single value.",
                    name));
  }

  /// The table at which `path` starts; a leading lambda variable is taken off it.
  const TableView* enter(std::string_view& path, int& scope) const {
    const std::string_view first = path.substr(0, path.find('/'));
    for (std::size_t i = scopes_.size(); i-- > 1;)
      if (scopes_[i].variable == first && path.size() > first.size()) {
        path.remove_prefix(first.size() + 1);
        scope = static_cast<int>(i);
        return scopes_[i].table;
      }
    return scopes_.front().table;
  }

  Result<BoundPath> resolve(std::string_view name) const {
    int scope = 0;
    const TableView* table = enter(name, scope);
    FLIT_TRY(path, bind_path(name, *table));
    path.scope = scope;
    return path;
  }

  /// `prefix` is empty, a lambda variable or a path of navigations.
  Result<BoundPath> resolve_column(std::string_view prefix, std::string_view column,
                                   const TableView*& table) const {
    BoundPath path;
    std::string rest(prefix);
    rest.append(prefix.empty() ? "" : "/").append(column);
    std::string_view text = rest;
    table = enter(text, path.scope);
    for (std::size_t slash = text.find('/'); slash != std::string_view::npos;
         slash = text.find('/')) {
      const auto navigation = table->navigation(text.substr(0, slash));
      if (!navigation) return unknown_property(text.substr(0, slash), table->logical_name());
      if (navigation->is_collection) return collection_in_path(text.substr(0, slash));
      path.steps.push_back(navigation->handle);
      table = navigation->target;
      text.remove_prefix(slash + 1);
    }
    auto property = table->column(text);
    if (!property) property = table->property(text);
    if (!property) return unknown_property(text, table->logical_name());
    path.property = *property;
    return path;
  }

  const QueryContext& context_;
  std::vector<Scope> scopes_;
};

}  // namespace

Result<BoundPath> bind_path(std::string_view path, const TableView& table) {
  BoundPath bound;
  const TableView* at = &table;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/')) {
    const std::string_view step = path.substr(0, slash);
    const auto navigation = at->navigation(step);
    if (!navigation) return unknown_property(step, at->logical_name());
    if (navigation->is_collection)
      return uri_fault(
          fmt::format("The parent value for a property access of a property '{}' is not a single "
                      "value. Property access can only be applied to a single value.",
                      step));
    bound.steps.push_back(navigation->handle);
    at = navigation->target;
    path.remove_prefix(slash + 1);
  }
  const auto property = at->property(path);
  if (!property) return unknown_property(path, at->logical_name());
  bound.property = *property;
  return bound;
}

Result<Predicate> Predicate::bind(const Expression& filter, const TableView& table,
                                  const QueryContext& context) {
  FLIT_TRY(root, Binder(table, context).bind(filter));
  return Predicate(std::move(root));
}

}  // namespace flit::sim::dataverse::odata
