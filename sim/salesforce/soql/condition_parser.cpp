#include <array>
#include <charconv>
#include <utility>

#include "base/utf8.hpp"
#include "sim/salesforce/soql/date_literal.hpp"
#include "sim/salesforce/soql/parser.hpp"
#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {
namespace {

std::optional<Operator> operator_of(const Token& token) {
  static constexpr std::array<std::pair<std::string_view, Operator>, 7> marks{
      {{"=", Operator::eq},
       {"!=", Operator::ne},
       {"<>", Operator::ne},
       {"<", Operator::lt},
       {"<=", Operator::le},
       {">", Operator::gt},
       {">=", Operator::ge}}};
  for (const auto& [mark, comparison] : marks)
    if (token.is_mark(mark)) return comparison;
  if (token.is_word("LIKE")) return Operator::like;
  if (token.is_word("INCLUDES")) return Operator::includes;
  if (token.is_word("EXCLUDES")) return Operator::excludes;
  return std::nullopt;
}

}  // namespace

/// AND and OR are not mixed without parentheses: the platform refuses it.
Result<Expression> Parser::expression() {
  if (++depth_ > max_query_depth) return malformed(lexer_.place(), "query is nested too deeply");
  FLIT_TRY(first, term());
  Expression chain{.kind =
                       at("OR") ? Expression::Kind::disjunction : Expression::Kind::conjunction};
  const std::string_view word = at("OR") ? "OR" : "AND";
  chain.children.push_back(std::move(first));
  while (at(word)) {
    FLIT_TRY_VOID(lexer_.take());
    FLIT_TRY(next, term());
    chain.children.push_back(std::move(next));
  }
  if (at("AND") || at("OR")) return lexer_.unexpected();
  --depth_;
  if (chain.children.size() > 1) return chain;
  Expression only = std::move(chain.children.front());
  return only;
}

Result<Expression> Parser::term() {
  FLIT_TRY(negated, skip("NOT"));
  if (negated) {
    if (++depth_ > max_query_depth) return malformed(lexer_.place(), "query is nested too deeply");
    FLIT_TRY(inner, term());
    --depth_;
    Expression expression{.kind = Expression::Kind::negation};
    expression.children.push_back(std::move(inner));
    return expression;
  }
  FLIT_TRY(bracket, skip_mark("("));
  if (!bracket) return comparison();
  FLIT_TRY(inner, expression());
  FLIT_TRY_VOID(expect_mark(")"));
  return inner;
}

Result<Expression> Parser::comparison() {
  Expression expression{.kind = Expression::Kind::compare};
  FLIT_TRY(operand, this->operand());
  expression.operand = std::move(operand);
  if (at("IN") || at("NOT")) return membership(std::move(expression));
  const auto comparison = operator_of(lexer_.peek());
  if (!comparison) return lexer_.unexpected();
  expression.comparison = *comparison;
  FLIT_TRY_VOID(lexer_.take());
  if (*comparison == Operator::includes || *comparison == Operator::excludes) {
    FLIT_TRY(literals, literal_list(false));
    expression.literals = std::move(literals);
    return expression;
  }
  FLIT_TRY(literal, this->literal(*comparison == Operator::like));
  expression.literals.push_back(std::move(literal));
  return expression;
}

/// [NOT] IN (…)
Result<Expression> Parser::membership(Expression expression) {
  FLIT_TRY(negated, skip("NOT"));
  expression.negated = negated;
  FLIT_TRY_VOID(expect("IN"));
  FLIT_TRY(second, lexer_.peek_second());
  if (at_mark("(") && second.is_word("SELECT")) {
    expression.kind = Expression::Kind::semi_join;
    FLIT_TRY_VOID(lexer_.take());
    FLIT_TRY(query, this->query());
    expression.query = std::make_shared<const Query>(std::move(query));
    FLIT_TRY_VOID(expect_mark(")"));
    return expression;
  }
  expression.kind = Expression::Kind::one_of;
  FLIT_TRY(literals, literal_list(false));
  expression.literals = std::move(literals);
  return expression;
}

Result<std::vector<Literal>> Parser::literal_list(bool pattern) {
  FLIT_TRY_VOID(expect_mark("("));
  std::vector<Literal> literals;
  bool more = true;
  while (more) {
    FLIT_TRY(one, literal(pattern));
    literals.push_back(std::move(one));
    FLIT_TRY(comma, skip_mark(","));
    more = comma;
  }
  FLIT_TRY_VOID(expect_mark(")"));
  return literals;
}

Result<Literal> Parser::literal(bool pattern) {
  const Token token = lexer_.peek();
  Literal literal{.text = std::string(token.text), .position = token.position};
  switch (token.kind) {
    case TokenKind::text:
      literal.kind = Literal::Kind::text;
      literal.text = unquoted(token.text, pattern);
      if (utf8::code_points(utf8::repaired(literal.text)) > max_text_length)
        return malformed(lexer_.place(), "String literals cannot be longer than 4000 characters");
      break;
    case TokenKind::number:
      literal.kind = Literal::Kind::number;
      break;
    case TokenKind::date:
      literal.kind = Literal::Kind::date;
      break;
    case TokenKind::instant:
      literal.kind = Literal::Kind::instant;
      break;
    case TokenKind::name:
      return named_literal();
    case TokenKind::mark:
      if (token.text == ":")
        return malformed(lexer_.place(), "Bind variables only allowed in Apex code");
      return lexer_.unexpected();
    case TokenKind::end:
      return lexer_.unexpected();
  }
  FLIT_TRY_VOID(lexer_.take());
  return literal;
}

/// null, true, false, TODAY, LAST_N_DAYS:5
Result<Literal> Parser::named_literal() {
  const Token token = lexer_.peek();
  Literal literal{.text = std::string(token.text), .position = token.position};
  const bool is_true = token.is_word("true");
  if (token.is_word("null")) {
    FLIT_TRY_VOID(lexer_.take());
    return literal;
  }
  if (is_true || token.is_word("false")) {
    literal.kind = Literal::Kind::boolean;
    literal.number = is_true ? 1 : 0;
    FLIT_TRY_VOID(lexer_.take());
    return literal;
  }
  const auto shape = date_literal_shape(token.text);
  if (!shape) return lexer_.unexpected();
  literal.kind = Literal::Kind::date_range;
  FLIT_TRY_VOID(lexer_.take());
  if (*shape == DateLiteralShape::counted) {
    FLIT_TRY_VOID(expect_mark(":"));
    FLIT_TRY(count, whole_number());
    literal.number = count;
  }
  return literal;
}

}  // namespace flit::sim::salesforce::soql
