#include "sim/salesforce/soql/parser.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {
namespace {

constexpr std::array<std::pair<std::string_view, Function>, 20> functions{{
    {"COUNT", Function::count},
    {"COUNT_DISTINCT", Function::count_distinct},
    {"SUM", Function::sum},
    {"AVG", Function::avg},
    {"MIN", Function::min},
    {"MAX", Function::max},
    {"CALENDAR_YEAR", Function::calendar_year},
    {"CALENDAR_QUARTER", Function::calendar_quarter},
    {"CALENDAR_MONTH", Function::calendar_month},
    {"FISCAL_YEAR", Function::fiscal_year},
    {"FISCAL_QUARTER", Function::fiscal_quarter},
    {"FISCAL_MONTH", Function::fiscal_month},
    {"DAY_IN_YEAR", Function::day_in_year},
    {"DAY_IN_MONTH", Function::day_in_month},
    {"DAY_IN_WEEK", Function::day_in_week},
    {"WEEK_IN_YEAR", Function::week_in_year},
    {"WEEK_IN_MONTH", Function::week_in_month},
    {"HOUR_IN_DAY", Function::hour_in_day},
    {"DAY_ONLY", Function::day_only},
    {"", Function::none},
}};

/// Words that end a select item or an object's alias.
bool is_clause(const Token& token) {
  for (const std::string_view word : {"FROM", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT",
                                      "OFFSET", "FOR", "UPDATE", "ALL", "USING"})
    if (token.is_word(word)) return true;
  return false;
}

}  // namespace

std::optional<Function> function_named(std::string_view name) {
  for (const auto& [text, function] : functions)
    if (!text.empty() && equal_without_case(text, name)) return function;
  return std::nullopt;
}

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
  if (group) {
    FLIT_TRY(fields, group_by());
    query.group_by = std::move(fields);
  }
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

Result<std::vector<Operand>> Parser::group_by() {
  FLIT_TRY_VOID(expect("BY"));
  std::vector<Operand> fields;
  bool more = true;
  while (more) {
    FLIT_TRY(field, operand());
    fields.push_back(std::move(field));
    FLIT_TRY(comma, skip_mark(","));
    more = comma;
  }
  return fields;
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

Result<Operand> Parser::operand() {
  FLIT_TRY(token, name());
  if (at_mark("(")) return function_call(token);
  return Operand{.path = std::string(token.text), .position = token.position};
}

Result<Operand> Parser::function_call(const Token& name) {
  if (++depth_ > max_query_depth) return malformed(lexer_.place(), "query is nested too deeply");
  FLIT_TRY_VOID(expect_mark("("));
  Operand operand{.position = name.position};
  const bool label = name.is_word("toLabel");
  if (label || name.is_word("FORMAT")) {
    FLIT_TRY(inner, this->operand());
    operand = std::move(inner);
    operand.shown = label ? Shown::label : Shown::formatted;
  } else if (name.is_word("convertTimezone")) {
    // The simulated org's users live in UTC.
    FLIT_TRY(inner, this->operand());
    operand = std::move(inner);
  } else {
    const auto function = function_named(name.text);
    if (!function)
      return malformed(lexer_.place_of(name),
                       "Unknown function '" + std::string(name.text) + "' in field expression");
    operand.function = *function;
    if (*function == Function::count && at_mark(")")) {
      FLIT_TRY_VOID(lexer_.take());
      --depth_;
      return operand;
    }
    FLIT_TRY(path, path_argument());
    operand.path = std::move(path);
  }
  FLIT_TRY_VOID(expect_mark(")"));
  --depth_;
  return operand;
}

/// A field, perhaps inside convertTimezone().
Result<std::string> Parser::path_argument() {
  FLIT_TRY(token, name());
  if (!token.is_word("convertTimezone") || !at_mark("(")) return std::string(token.text);
  FLIT_TRY_VOID(lexer_.take());
  FLIT_TRY(path, name());
  FLIT_TRY_VOID(expect_mark(")"));
  return std::string(path.text);
}

}  // namespace flit::sim::salesforce::soql
