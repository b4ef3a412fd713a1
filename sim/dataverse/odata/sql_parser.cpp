#include "sim/dataverse/odata/sql_parser.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "sim/dataverse/odata/retrieve.hpp"
#include "sim/dataverse/odata/sql_token.hpp"

namespace flit::sim::dataverse::odata {
namespace {

using Kind = SqlToken::Kind;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

constexpr std::string_view clause_words[] = {
    "FROM", "WHERE", "GROUP", "ORDER", "OFFSET", "FETCH", "JOIN", "INNER", "LEFT",  "RIGHT",
    "FULL", "CROSS", "ON",    "AND",   "OR",     "NOT",   "AS",   "UNION", "HAVING"};

bool is_clause(const SqlToken& token) {
  return std::any_of(std::begin(clause_words), std::end(clause_words),
                     [&](std::string_view word) { return token.is_word(word); });
}

class SqlParser {
 public:
  explicit SqlParser(std::vector<SqlToken> tokens) : tokens_(std::move(tokens)) {}

  Result<SqlSelect> parse() {
    if (!eat("SELECT")) return sql_fault("only SELECT is supported");
    FLIT_TRY_VOID(read_head());
    FLIT_TRY_VOID(read_items());
    if (!eat("FROM")) return expected("FROM");
    FLIT_TRY_VOID(read_source());
    FLIT_TRY_VOID(read_joins());
    if (eat("WHERE")) {
      FLIT_TRY(filter, read_or(false));
      select_.where = std::move(filter);
    }
    FLIT_TRY_VOID(read_groups());
    FLIT_TRY_VOID(read_orders());
    FLIT_TRY_VOID(read_offset());
    if (current().kind != Kind::end)
      return sql_fault(fmt::format("'{}' is not supported here", current().text));
    return std::move(select_);
  }

 private:
  const SqlToken& current() const { return tokens_[at_]; }
  const SqlToken& following() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  SqlToken take() { return at_ + 1 < tokens_.size() ? tokens_[at_++] : tokens_[at_]; }

  bool eat(std::string_view word) {
    if (!current().is_word(word)) return false;
    ++at_;
    return true;
  }
  bool eat_mark(std::string_view mark) {
    if (!current().is_mark(mark)) return false;
    ++at_;
    return true;
  }

  Error expected(std::string_view what) const {
    return sql_fault(fmt::format("{} expected at position {}", what, current().position));
  }

  Result<std::int64_t> read_number() {
    std::int64_t number = 0;
    const std::string text = current().text;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = current().kind == Kind::number && error == std::errc() &&
                      stop == text.data() + text.size() && number >= 0;
    if (!good) return expected("a number");
    ++at_;
    return number;
  }

  Result<void> read_head() {
    select_.distinct = eat("DISTINCT");
    if (!eat("TOP")) return {};
    const bool parenthesis = eat_mark("(");
    FLIT_TRY(top, read_number());
    if (top > max_page_rows) return sql_fault("TOP is limited to 5000");
    select_.top = top;
    if (parenthesis && !eat_mark(")")) return expected("')'");
    return {};
  }

  Result<void> read_items() {
    do {
      FLIT_TRY(item, read_item());
      select_.items.push_back(std::move(item));
    } while (eat_mark(","));
    return {};
  }

  Result<SqlItem> read_item() {
    SqlItem item;
    if (eat_mark("*")) {
      item.all = true;
      return item;
    }
    if (current().kind != Kind::word || is_clause(current())) return expected("a column");
    if (following().is_mark("(")) {
      FLIT_TRY_VOID(read_aggregate(item));
    } else {
      FLIT_TRY(column, read_column(&item.all));
      item.column = std::move(column);
    }
    if (eat("AS") || (current().kind == Kind::word && !is_clause(current()))) {
      if (current().kind != Kind::word && current().kind != Kind::text) return expected("an alias");
      item.alias = take().text;
    }
    return item;
  }

  Result<void> read_aggregate(SqlItem& item) {
    constexpr std::pair<std::string_view, AggregateMethod> methods[] = {
        {"COUNT", AggregateMethod::count_values},
        {"SUM", AggregateMethod::sum},
        {"AVG", AggregateMethod::average},
        {"MIN", AggregateMethod::min},
        {"MAX", AggregateMethod::max}};
    for (const auto& [word, method] : methods)
      if (current().is_word(word)) item.aggregate = method;
    if (!item.aggregate)
      return sql_fault(fmt::format("the function '{}' is not supported", current().text));
    at_ += 2;
    const bool distinct = eat("DISTINCT");
    const bool counts = item.aggregate == AggregateMethod::count_values;
    if (counts && eat_mark("*")) {
      item.aggregate = AggregateMethod::count;
    } else {
      FLIT_TRY(column, read_column(nullptr));
      item.column = std::move(column);
      if (distinct && counts) item.aggregate = AggregateMethod::count_distinct;
    }
    if (!eat_mark(")")) return expected("')'");
    select_.aggregate = true;
    return {};
  }

  /// "name", "alias.name"; "alias.*" where `all` is given.
  Result<SqlColumn> read_column(bool* all) {
    if (current().kind != Kind::word) return expected("a column");
    SqlColumn column{.name = take().text};
    if (!eat_mark(".")) {
      column.name = lower(column.name);
      return column;
    }
    column.alias = lower(column.name);
    column.name.clear();
    if (all != nullptr && eat_mark("*")) {
      *all = true;
      return column;
    }
    if (current().kind != Kind::word) return expected("a column");
    column.name = lower(take().text);
    return column;
  }

  Result<void> read_source() {
    if (current().is_mark("(")) return sql_fault("subqueries are not supported");
    if (current().kind != Kind::word) return expected("a table");
    SqlSource source{.table = lower(take().text)};
    source.alias = source.table;
    if (eat("AS") || (current().kind == Kind::word && !is_clause(current())))
      source.alias = lower(take().text);
    for (const SqlSource& known : select_.sources)
      if (known.alias == source.alias)
        return sql_fault(fmt::format("the name '{}' is used twice", source.alias));
    select_.sources.push_back(std::move(source));
    return {};
  }

  Result<void> read_joins() {
    for (;;) {
      const bool left = eat("LEFT");
      if (left) eat("OUTER");
      const bool inner = !left && eat("INNER");
      if (!eat("JOIN")) {
        if (left || inner) return expected("JOIN");
        if (current().is_mark(",")) return sql_fault("joins without ON are not supported");
        return {};
      }
      FLIT_TRY_VOID(read_source());
      select_.sources.back().left = left;
      if (!eat("ON")) return expected("ON");
      FLIT_TRY_VOID(read_on());
    }
  }

  /// ON a.x = b.y [AND condition …].
  Result<void> read_on() {
    const bool parenthesis = eat_mark("(");
    FLIT_TRY(first, read_column(nullptr));
    if (!eat_mark("=")) return expected("'='");
    FLIT_TRY(second, read_column(nullptr));
    std::vector<FetchFilter> filters;
    while (eat("AND")) {
      FLIT_TRY(filter, read_term(false));
      filters.push_back(std::move(filter));
    }
    if (parenthesis && !eat_mark(")")) return expected("')'");
    SqlSource& source = select_.sources.back();
    source.on = {std::move(first), std::move(second)};
    source.filters = std::move(filters);
    return {};
  }

  // Conditions. `negated` is what NOTs around make of the whole: De Morgan pushes it to the leaves.

  Result<FetchFilter> read_or(bool negated) {
    FetchFilter filter{.is_or = !negated, .links = {}};
    do {
      FLIT_TRY(term, read_and(negated));
      filter.filters.push_back(std::move(term));
    } while (eat("OR"));
    return filter;
  }

  Result<FetchFilter> read_and(bool negated) {
    FetchFilter filter{.is_or = negated, .links = {}};
    do {
      FLIT_TRY(term, read_term(negated));
      filter.filters.push_back(std::move(term));
    } while (eat("AND"));
    return filter;
  }

  Result<FetchFilter> read_term(bool negated) {
    if (++depth_ > max_sql_depth) return sql_fault("it is nested too deeply");
    FetchFilter filter;
    if (eat("NOT")) {
      FLIT_TRY(inner, read_term(!negated));
      filter = std::move(inner);
    } else if (eat_mark("(")) {
      FLIT_TRY(inner, read_or(negated));
      if (!eat_mark(")")) return expected("')'");
      filter = std::move(inner);
    } else {
      FLIT_TRY(condition, read_condition(negated));
      filter.conditions.push_back(std::move(condition));
    }
    --depth_;
    return filter;
  }

  Result<FetchCondition> read_condition(bool negated) {
    if (current().is_word("EXISTS")) return sql_fault("subqueries are not supported");
    FLIT_TRY(column, read_column(nullptr));
    FetchCondition condition{.entity = column.alias, .attribute = column.name};
    if (eat("IS")) {
      const bool is_not = eat("NOT");
      if (!eat("NULL")) return expected("NULL");
      condition.op = is_not != negated ? "not-null" : "null";
      return condition;
    }
    const bool no = eat("NOT") != negated;
    if (eat("LIKE")) {
      condition.op = no ? "not-like" : "like";
      FLIT_TRY_VOID(read_value(condition));
    } else if (eat("BETWEEN")) {
      condition.op = no ? "not-between" : "between";
      FLIT_TRY_VOID(read_value(condition));
      if (!eat("AND")) return expected("AND");
      FLIT_TRY_VOID(read_value(condition));
    } else if (eat("IN")) {
      condition.op = no ? "not-in" : "in";
      FLIT_TRY_VOID(read_list(condition));
    } else {
      FLIT_TRY_VOID(read_comparison(condition, negated));
    }
    return condition;
  }

  Result<void> read_comparison(FetchCondition& condition, bool negated) {
    struct Operator {
      std::string_view mark, name, opposite;
    };
    constexpr Operator operators[] = {{"=", "eq", "ne"},  {"<>", "ne", "eq"}, {"<", "lt", "ge"},
                                      {"<=", "le", "gt"}, {">", "gt", "le"},  {">=", "ge", "lt"}};
    for (const Operator& known : operators)
      if (current().is_mark(known.mark)) condition.op = negated ? known.opposite : known.name;
    if (condition.op.empty()) return expected("a comparison");
    ++at_;
    if (current().kind != Kind::word) return read_value(condition);
    FLIT_TRY(other, read_column(nullptr));
    if (other.alias != condition.entity)
      return sql_fault("columns of different tables are compared in ON only");
    condition.value_of = other.name;
    return {};
  }

  Result<void> read_value(FetchCondition& condition) {
    if (current().kind != Kind::text && current().kind != Kind::number)
      return expected("a constant");
    condition.values.push_back(take().text);
    return {};
  }

  Result<void> read_list(FetchCondition& condition) {
    if (!eat_mark("(")) return expected("'('");
    if (current().is_word("SELECT")) return sql_fault("subqueries are not supported");
    do {
      FLIT_TRY_VOID(read_value(condition));
    } while (eat_mark(","));
    if (!eat_mark(")")) return expected("')'");
    return {};
  }

  Result<void> read_groups() {
    if (!eat("GROUP")) return {};
    if (!eat("BY")) return expected("BY");
    select_.aggregate = true;
    do {
      FLIT_TRY(column, read_column(nullptr));
      select_.groups.push_back(std::move(column));
    } while (eat_mark(","));
    return {};
  }

  Result<void> read_orders() {
    if (!eat("ORDER")) return {};
    if (!eat("BY")) return expected("BY");
    do {
      if (following().is_mark("("))
        return sql_fault("ORDER BY takes columns and aliases, no functions");
      FLIT_TRY(column, read_column(nullptr));
      const bool descending = !eat("ASC") && eat("DESC");
      select_.orders.push_back({std::move(column), descending});
    } while (eat_mark(","));
    return {};
  }

  Result<void> read_offset() {
    if (!eat("OFFSET")) return {};
    if (select_.orders.empty()) return sql_fault("OFFSET needs ORDER BY");
    FLIT_TRY(skip, read_number());
    select_.skip = skip;
    if (!eat("ROWS") && !eat("ROW")) return expected("ROWS");
    if (!eat("FETCH")) return {};
    if (!eat("NEXT") && !eat("FIRST")) return expected("NEXT");
    FLIT_TRY(rows, read_number());
    if (rows > max_page_rows) return sql_fault("FETCH is limited to 5000 rows");
    select_.top = rows;
    if ((!eat("ROWS") && !eat("ROW")) || !eat("ONLY")) return expected("ROWS ONLY");
    return {};
  }

  std::vector<SqlToken> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  SqlSelect select_{};
};

}  // namespace

Result<SqlSelect> parse_select(std::string_view text) {
  FLIT_TRY(tokens, cut_sql(text));
  return SqlParser(std::move(tokens)).parse();
}

}  // namespace flit::sim::dataverse::odata
