#include "sim/dataverse/odata/expression.hpp"

namespace flit::sim::dataverse::odata {
namespace {

bool is_operand(const Expression& expression) {
  return expression.kind == ExpressionKind::literal || expression.kind == ExpressionKind::path;
}

bool is_logical(const Expression& expression) {
  return expression.kind == ExpressionKind::conjunction ||
         expression.kind == ExpressionKind::disjunction;
}

void append_wrapped(std::string& out, const Expression& expression, bool in_parentheses) {
  if (in_parentheses) out.push_back('(');
  append_to(out, expression);
  if (in_parentheses) out.push_back(')');
}

void append_joined(std::string& out, const Expression& expression, std::string_view word) {
  bool first = true;
  for (const Expression& child : expression.children) {
    if (!first) out.append(" ").append(word).append(" ");
    first = false;
    append_wrapped(out, child, is_logical(child));
  }
}

void append_lambda(std::string& out, const Expression& expression, std::string_view word) {
  out.append(expression.name).append("/").append(word).append("(");
  if (!expression.children.empty()) {
    out.append(expression.variable).append(":");
    append_to(out, expression.children.front());
  }
  out.push_back(')');
}

void append_query_function(std::string& out, const Expression& expression) {
  if (!expression.variable.empty()) out.append(expression.variable).append("/");
  out.append("Microsoft.Dynamics.CRM.").append(expression.name).append("(");
  bool first = true;
  for (const Argument& argument : expression.arguments) {
    if (!first) out.push_back(',');
    first = false;
    append_to(out, argument);
  }
  out.push_back(')');
}

}  // namespace

std::string_view to_string(Comparison comparison) {
  switch (comparison) {
    case Comparison::eq:
      return "eq";
    case Comparison::ne:
      return "ne";
    case Comparison::gt:
      return "gt";
    case Comparison::ge:
      return "ge";
    case Comparison::lt:
      return "lt";
    case Comparison::le:
      return "le";
  }
  return "";
}

std::string_view to_string(TextFunction function) {
  switch (function) {
    case TextFunction::contains:
      return "contains";
    case TextFunction::startswith:
      return "startswith";
    case TextFunction::endswith:
      return "endswith";
  }
  return "";
}

void append_to(std::string& out, const Expression& expression) {
  const auto& children = expression.children;
  switch (expression.kind) {
    case ExpressionKind::literal:
      append_to(out, expression.literal);
      return;
    case ExpressionKind::path:
      out.append(expression.name);
      return;
    case ExpressionKind::conjunction:
      append_joined(out, expression, "and");
      return;
    case ExpressionKind::disjunction:
      append_joined(out, expression, "or");
      return;
    case ExpressionKind::negation:
      out.append("not ");
      append_wrapped(out, children[0],
                     is_logical(children[0]) || children[0].kind == ExpressionKind::comparison);
      return;
    case ExpressionKind::comparison:
      append_wrapped(out, children[0], !is_operand(children[0]));
      out.append(" ").append(to_string(expression.comparison)).append(" ");
      append_wrapped(out, children[1], !is_operand(children[1]));
      return;
    case ExpressionKind::text_function:
      out.append(to_string(expression.function)).append("(");
      append_to(out, children[0]);
      out.push_back(',');
      append_to(out, children[1]);
      out.push_back(')');
      return;
    case ExpressionKind::query_function:
      append_query_function(out, expression);
      return;
    case ExpressionKind::any:
      append_lambda(out, expression, "any");
      return;
    case ExpressionKind::all:
      append_lambda(out, expression, "all");
      return;
  }
}

std::string to_string(const Expression& expression) {
  std::string out;
  append_to(out, expression);
  return out;
}

}  // namespace flit::sim::dataverse::odata
