#include "sim/salesforce/soql/parser.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {
namespace {

/// Words that end a select item or an object's alias.
bool is_clause(const Token& token) {
  for (const std::string_view word : {"FROM", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT",
                                      "OFFSET", "FOR", "UPDATE", "ALL", "USING"})
    if (token.is_word(word)) return true;
  return false;
}

}  // namespace

Result<Query> parse(std::string_view soql) {
  if (soql.size() > max_query_length)
    return malformed("SOQL statements cannot be longer than 100000 characters.");
  return Parser(soql).whole();
}

Result<bool> Parser::skip(std::string_view word) {
  if (!at(word)) return false;
  FLIT_TRY_VOID(lexer_.take());
  return true;
}

Result<bool> Parser::skip_mark(std::string_view mark) {
  if (!at_mark(mark)) return false;
  FLIT_TRY_VOID(lexer_.take());
  return true;
}

Result<void> Parser::expect(std::string_view word) {
  FLIT_TRY(found, skip(word));
  if (!found) return lexer_.unexpected();
  return {};
}

Result<void> Parser::expect_mark(std::string_view mark) {
  FLIT_TRY(found, skip_mark(mark));
  if (!found) return lexer_.unexpected();
  return {};
}

Result<Token> Parser::name() {
  if (lexer_.peek().kind != TokenKind::name) return lexer_.unexpected();
  return lexer_.take();
}

Result<Query> Parser::whole() {
  FLIT_TRY_VOID(lexer_.peek_second());  // a first token that cannot be read is an error
  FLIT_TRY(query, this->query());
  if (lexer_.peek().kind != TokenKind::end) return lexer_.unexpected();
  return query;
}

Result<Query> Parser::query() {
  if (++depth_ > max_query_depth) return malformed(lexer_.place(), "query is nested too deeply");
  Query query{.text = std::string(soql_)};
  FLIT_TRY_VOID(expect("SELECT"));
  FLIT_TRY(items, select_list());
  query.select = std::move(items);
  FLIT_TRY_VOID(from(query));
  FLIT_TRY_VOID(clauses(query));
  --depth_;
  return query;
}

Result<std::vector<SelectItem>> Parser::select_list() {
  std::vector<SelectItem> items;
  bool more = true;
  while (more) {
    FLIT_TRY(item, select_item());
    items.push_back(std::move(item));
    FLIT_TRY(comma, skip_mark(","));
    more = comma;
  }
  return items;
}

Result<SelectItem> Parser::select_item() {
  SelectItem item;
  FLIT_TRY(bracket, skip_mark("("));
  if (bracket) {
    item.kind = SelectItem::Kind::sub_query;
    FLIT_TRY(query, this->query());
    item.query = std::make_shared<const Query>(std::move(query));
    FLIT_TRY_VOID(expect_mark(")"));
    return item;
  }
  if (is_clause(lexer_.peek())) return lexer_.unexpected();
  FLIT_TRY(second, lexer_.peek_second());
  if (at("TYPEOF") && second.kind == TokenKind::name) return type_of();
  if (at("FIELDS") && second.is_mark("(")) {
    item.kind = SelectItem::Kind::field_set;
    item.operand.position = lexer_.peek().position;
    FLIT_TRY_VOID(lexer_.take());
    FLIT_TRY_VOID(lexer_.take());
    if (at("ALL"))
      item.field_set = FieldSet::all;
    else if (at("STANDARD"))
      item.field_set = FieldSet::standard;
    else if (at("CUSTOM"))
      item.field_set = FieldSet::custom;
    else
      return lexer_.unexpected();
    FLIT_TRY_VOID(lexer_.take());
    FLIT_TRY_VOID(expect_mark(")"));
    return item;
  }
  FLIT_TRY(read, operand());
  item.operand = std::move(read);
  if (lexer_.peek().kind == TokenKind::name && !is_clause(lexer_.peek())) {
    FLIT_TRY(alias, lexer_.take());
    item.alias = std::string(alias.text);
  }
  return item;
}

/// TYPEOF What WHEN Account THEN Phone ELSE Name END
Result<SelectItem> Parser::type_of() {
  SelectItem item{.kind = SelectItem::Kind::type_of};
  FLIT_TRY_VOID(expect("TYPEOF"));
  FLIT_TRY(relationship, name());
  item.operand.path = std::string(relationship.text);
  item.operand.position = relationship.position;
  const auto read_fields = [this](TypeArm& arm) -> Result<void> {
    bool more = true;
    while (more) {
      FLIT_TRY(field, operand());
      arm.fields.push_back(std::move(field));
      FLIT_TRY(comma, skip_mark(","));
      more = comma;
    }
    return {};
  };
  FLIT_TRY_VOID(expect("WHEN"));
  bool more = true;
  while (more) {
    FLIT_TRY(object, name());
    TypeArm arm{.object = std::string(object.text), .position = object.position};
    FLIT_TRY_VOID(expect("THEN"));
    FLIT_TRY_VOID(read_fields(arm));
    item.arms.push_back(std::move(arm));
    FLIT_TRY(when, skip("WHEN"));
    more = when;
  }
  FLIT_TRY(otherwise, skip("ELSE"));
  if (otherwise) {
    TypeArm arm{.position = lexer_.peek().position};
    FLIT_TRY_VOID(read_fields(arm));
    item.arms.push_back(std::move(arm));
  }
  FLIT_TRY_VOID(expect("END"));
  return item;
}

Result<void> Parser::from(Query& query) {
  FLIT_TRY_VOID(expect("FROM"));
  FLIT_TRY(object, name());
  query.from = std::string(object.text);
  query.from_position = object.position;
  FLIT_TRY_VOID(skip("AS"));
  if (lexer_.peek().kind == TokenKind::name && !is_clause(lexer_.peek())) {
    FLIT_TRY(alias, lexer_.take());
    query.alias = std::string(alias.text);
  }
  FLIT_TRY(scope, skip("USING"));
  if (!scope) return {};
  FLIT_TRY_VOID(expect("SCOPE"));
  FLIT_TRY(which, name());
  query.scope = std::string(which.text);
  return {};
}

Result<void> Parser::clauses(Query& query) {
  FLIT_TRY(where, skip("WHERE"));
  if (where) {
    FLIT_TRY(condition, expression());
    query.where = std::move(condition);
  }
  FLIT_TRY_VOID(with());
  FLIT_TRY(group, skip("GROUP"));
  if (group) FLIT_TRY_VOID(group_by(query));
  FLIT_TRY(having, skip("HAVING"));
  if (having) {
    FLIT_TRY(condition, expression());
    query.having = std::move(condition);
  }
  FLIT_TRY(order, skip("ORDER"));
  if (order) {
    FLIT_TRY(items, order_by());
    query.order_by = std::move(items);
  }
  FLIT_TRY(limit, skip("LIMIT"));
  if (limit) {
    FLIT_TRY(rows, whole_number());
    query.limit = rows;
  }
  query.offset_position = lexer_.peek().position;
  FLIT_TRY(offset, skip("OFFSET"));
  if (offset) {
    FLIT_TRY(rows, whole_number());
    query.offset = rows;
  }
  FLIT_TRY_VOID(for_clause());
  FLIT_TRY(all, skip("ALL"));
  if (!all) return {};
  query.all_rows = true;
  return expect("ROWS");
}

/// Field access is always enforced here, so that all three mean the same.
Result<void> Parser::with() {
  FLIT_TRY(found, skip("WITH"));
  if (!found) return {};
  for (const std::string_view mode : {"SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"}) {
    FLIT_TRY(known, skip(mode));
    if (known) return {};
  }
  return lexer_.unexpected();
}

/// FOR VIEW, FOR REFERENCE, FOR UPDATE, UPDATE TRACKING: they change what was last viewed, which
/// queries here do not read.
Result<void> Parser::for_clause() {
  FLIT_TRY(found, skip("FOR"));
  if (found) {
    if (!at("VIEW") && !at("REFERENCE") && !at("UPDATE")) return lexer_.unexpected();
    FLIT_TRY_VOID(lexer_.take());
  }
  FLIT_TRY(update, skip("UPDATE"));
  if (!update) return {};
  if (!at("TRACKING") && !at("VIEWSTAT")) return lexer_.unexpected();
  FLIT_TRY_VOID(lexer_.take());
  return {};
}

/// Fields, or ROLLUP(…) or CUBE(…) of them.
Result<void> Parser::group_by(Query& query) {
  FLIT_TRY_VOID(expect("BY"));
  FLIT_TRY(second, lexer_.peek_second());
  if (second.is_mark("(") && (at("ROLLUP") || at("CUBE"))) {
    query.subtotals = at("CUBE") ? Subtotals::cube : Subtotals::rollup;
    FLIT_TRY_VOID(lexer_.take());
    FLIT_TRY_VOID(lexer_.take());
  }
  bool more = true;
  while (more) {
    FLIT_TRY(field, operand());
    query.group_by.push_back(std::move(field));
    FLIT_TRY(comma, skip_mark(","));
    more = comma;
  }
  if (query.subtotals == Subtotals::none) return {};
  return expect_mark(")");
}

Result<std::vector<OrderItem>> Parser::order_by() {
  FLIT_TRY_VOID(expect("BY"));
  std::vector<OrderItem> items;
  bool more = true;
  while (more) {
    OrderItem item;
    FLIT_TRY(read, operand());
    item.operand = std::move(read);
    FLIT_TRY(descending, skip("DESC"));
    item.descending = descending;
    if (!descending) FLIT_TRY_VOID(skip("ASC"));
    FLIT_TRY(nulls, skip("NULLS"));
    if (nulls) {
      FLIT_TRY(last, skip("LAST"));
      item.nulls_last = last;
      if (!last) FLIT_TRY_VOID(expect("FIRST"));
    }
    items.push_back(std::move(item));
    FLIT_TRY(comma, skip_mark(","));
    more = comma;
  }
  return items;
}

Result<std::int64_t> Parser::whole_number() {
  const Token token = lexer_.peek();
  std::int64_t number = 0;
  const char* last = token.text.data() + token.text.size();
  const auto [end, error] = std::from_chars(token.text.data(), last, number);
  if (token.kind != TokenKind::number || error != std::errc() || end != last || number < 0)
    return lexer_.unexpected();
  FLIT_TRY_VOID(lexer_.take());
  return number;
}

}  // namespace flit::sim::salesforce::soql
