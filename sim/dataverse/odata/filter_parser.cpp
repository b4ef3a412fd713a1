// Recursive descent over parse_filter's grammar, the precedence of OData 4.0: or, and, comparison,
// not. Only parentheses, "not" and lambdas recurse, and their depth is bounded.
#include <utility>

#include <fmt/format.h>

#include "sim/dataverse/odata/expression.hpp"
#include "sim/dataverse/odata/lexer.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

constexpr std::string_view query_namespace = "Microsoft.Dynamics.CRM.";

std::optional<Comparison> comparison_of(const Token& token) {
  if (token.kind != TokenKind::identifier || token.text.size() != 2) return std::nullopt;
  for (const auto comparison : {Comparison::eq, Comparison::ne, Comparison::gt, Comparison::ge,
                                Comparison::lt, Comparison::le})
    if (token.text == to_string(comparison)) return comparison;
  return std::nullopt;
}

std::optional<TextFunction> text_function_of(std::string_view name) {
  for (const auto function :
       {TextFunction::contains, TextFunction::startswith, TextFunction::endswith})
    if (name == to_string(function)) return function;
  return std::nullopt;
}

class FilterParser {
 public:
  FilterParser(std::string_view text, const Aliases& aliases) : lexer_(text), aliases_(aliases) {}

  Result<Expression> parse() {
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY(expression, disjunction());
    if (lexer_.current().kind != TokenKind::end) return lexer_.syntax_error();
    return expression;
  }

 private:
  Result<Expression> disjunction() { return chain("or", ExpressionKind::disjunction); }

  /// a or b or c, a and b and c: one node for the whole chain.
  Result<Expression> chain(std::string_view word, ExpressionKind kind) {
    const auto operand = [&] {
      return kind == ExpressionKind::disjunction ? chain("and", ExpressionKind::conjunction)
                                                 : comparison();
    };
    FLIT_TRY(first, operand());
    if (!lexer_.current().is(word)) return first;
    Expression all{.kind = kind};
    all.children.push_back(std::move(first));
    while (lexer_.current().is(word)) {
      FLIT_TRY_VOID(lexer_.advance());
      FLIT_TRY(next, operand());
      all.children.push_back(std::move(next));
    }
    return all;
  }

  Result<Expression> comparison() {
    FLIT_TRY(left, unary());
    const auto comparison = comparison_of(lexer_.current());
    if (!comparison) return left;
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY(right, unary());
    Expression node{.kind = ExpressionKind::comparison, .comparison = *comparison};
    node.children.reserve(2);
    node.children.push_back(std::move(left));
    node.children.push_back(std::move(right));
    return node;
  }

  Result<Expression> unary() {
    if (!lexer_.current().is("not")) return primary();
    FLIT_TRY_VOID(enter());
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY(operand, unary());
    --depth_;
    Expression node{.kind = ExpressionKind::negation};
    node.children.push_back(std::move(operand));
    return node;
  }

  Result<Expression> primary() {
    const Token token = lexer_.current();
    if (token.kind == TokenKind::alias) return alias();
    if (auto literal = literal_of(token)) {
      FLIT_TRY_VOID(lexer_.advance());
      return Expression{.kind = ExpressionKind::literal, .literal = std::move(*literal)};
    }
    if (token.is('(')) return parenthesised();
    if (token.kind == TokenKind::identifier) return path_or_function();
    return lexer_.expected("Expression");
  }

  /// An alias holds a constant, or the path of a column (PS QueryData: @p1=fullname).
  Result<Expression> alias() {
    if (const auto path = aliased_path(lexer_.current().text, aliases_)) {
      FLIT_TRY_VOID(lexer_.advance());
      return Expression{.kind = ExpressionKind::path, .name = *path};
    }
    FLIT_TRY(value, read_argument_value(lexer_, aliases_));
    if (value.is_list || value.values.empty()) return lexer_.syntax_error();
    return Expression{.kind = ExpressionKind::literal, .literal = std::move(value.values.front())};
  }

  Result<Expression> parenthesised() {
    FLIT_TRY_VOID(enter());
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY(inner, disjunction());
    if (!lexer_.current().is(')')) return lexer_.expected("')' or operator");
    FLIT_TRY_VOID(lexer_.advance());
    --depth_;
    return inner;
  }

  Result<Expression> path_or_function() {
    std::string path(lexer_.current().text);
    FLIT_TRY_VOID(lexer_.advance());
    if (lexer_.current().is('(')) return function(path);
    while (lexer_.current().is('/')) {
      FLIT_TRY_VOID(lexer_.advance());
      if (lexer_.current().kind != TokenKind::identifier) return lexer_.expected("Identifier");
      const std::string_view step = lexer_.current().text;
      FLIT_TRY_VOID(lexer_.advance());
      if (lexer_.current().is('(')) {
        if (step.substr(0, query_namespace.size()) == query_namespace)
          return query_function(std::move(path), step);
        return lambda(std::move(path), step);
      }
      path.append("/").append(step);
    }
    return Expression{.kind = ExpressionKind::path, .name = std::move(path)};
  }

  Result<Expression> function(const std::string& name) {
    if (name.rfind(query_namespace, 0) == 0) return query_function({}, name);
    const auto known = text_function_of(name);
    if (!known)
      return uri_fault(
          fmt::format("An unknown function with name '{}' was found. This may also be "
                      "a function import or a key lookup on a navigation property, "
                      "which is not allowed.",
                      name));
    return text_function(*known);
  }

  Result<Expression> query_function(std::string path, std::string_view name) {
    FLIT_TRY(arguments, read_arguments(lexer_, aliases_));
    return Expression{.kind = ExpressionKind::query_function,
                      .name = std::string(name.substr(query_namespace.size())),
                      .variable = std::move(path),
                      .arguments = std::move(arguments)};
  }

  Result<Expression> text_function(TextFunction function) {
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY(subject, primary_operand());
    if (!lexer_.current().is(',')) return lexer_.expected("')' or ','");
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY(value, primary_operand());
    if (!lexer_.current().is(')')) return lexer_.expected("')' or ','");
    FLIT_TRY_VOID(lexer_.advance());
    Expression node{.kind = ExpressionKind::text_function, .function = function};
    node.children.reserve(2);
    node.children.push_back(std::move(subject));
    node.children.push_back(std::move(value));
    return node;
  }

  /// A path or a constant; functions do not nest on this platform (fact sheet §13).
  Result<Expression> primary_operand() {
    const bool parenthesis = lexer_.current().is('(');
    if (parenthesis) return lexer_.expected("Expression");
    FLIT_TRY(operand, primary());
    if (operand.kind != ExpressionKind::path && operand.kind != ExpressionKind::literal)
      return lexer_.syntax_error();
    return operand;
  }

  Result<Expression> lambda(std::string collection, std::string_view word) {
    if (word != "any" && word != "all") return lexer_.syntax_error();
    Expression node{.kind = word == "any" ? ExpressionKind::any : ExpressionKind::all,
                    .name = std::move(collection)};
    FLIT_TRY_VOID(enter());
    FLIT_TRY_VOID(lexer_.advance());
    if (lexer_.current().is(')') && node.kind == ExpressionKind::any) {
      --depth_;
      FLIT_TRY_VOID(lexer_.advance());
      return node;
    }
    if (lexer_.current().kind != TokenKind::identifier) return lexer_.expected("Identifier");
    node.variable = lexer_.current().text;
    FLIT_TRY_VOID(lexer_.advance());
    if (!lexer_.current().is(':')) return lexer_.syntax_error();
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY(condition, disjunction());
    if (!lexer_.current().is(')')) return lexer_.expected("')' or operator");
    FLIT_TRY_VOID(lexer_.advance());
    --depth_;
    node.children.push_back(std::move(condition));
    return node;
  }

  Result<void> enter() {
    if (++depth_ <= max_filter_depth) return {};
    return uri_fault("Recursion depth exceeded allowed limit.");
  }

  Lexer lexer_;
  const Aliases& aliases_;
  int depth_ = 0;
};

}  // namespace

Result<Expression> parse_filter(std::string_view decoded, const Aliases& aliases) {
  return FilterParser(decoded, aliases).parse();
}

}  // namespace flit::sim::dataverse::odata
