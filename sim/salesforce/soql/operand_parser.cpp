// Fields and functions of fields, wherever a query has them.

#include <array>
#include <charconv>
#include <utility>

#include "sim/salesforce/soql/parser.hpp"
#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {
namespace {

constexpr std::array<std::pair<std::string_view, Function>, 21> functions{{
    {"COUNT", Function::count},
    {"COUNT_DISTINCT", Function::count_distinct},
    {"SUM", Function::sum},
    {"AVG", Function::avg},
    {"MIN", Function::min},
    {"MAX", Function::max},
    {"GROUPING", Function::grouping},
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
    {"DISTANCE", Function::distance},
}};

}  // namespace

std::optional<Function> function_named(std::string_view name) {
  for (const auto& [text, function] : functions)
    if (equal_without_case(text, name)) return function;
  return std::nullopt;
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
    if (*function == Function::distance) FLIT_TRY_VOID(distance_arguments(operand));
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

/// , GEOLOCATION(37.775, -122.418), 'mi'
Result<void> Parser::distance_arguments(Operand& operand) {
  FLIT_TRY_VOID(expect_mark(","));
  FLIT_TRY_VOID(expect("GEOLOCATION"));
  FLIT_TRY_VOID(expect_mark("("));
  FLIT_TRY(latitude, degrees());
  FLIT_TRY_VOID(expect_mark(","));
  FLIT_TRY(longitude, degrees());
  FLIT_TRY_VOID(expect_mark(")"));
  FLIT_TRY_VOID(expect_mark(","));
  const Token unit = lexer_.peek();
  const bool miles = equal_without_case(unit.text, "'mi'");
  if (unit.kind != TokenKind::text || (!miles && !equal_without_case(unit.text, "'km'")))
    return malformed(lexer_.place(), "Invalid unit: it must be either 'mi' or 'km'");
  FLIT_TRY_VOID(lexer_.take());
  operand.distance = {.latitude = latitude, .longitude = longitude, .miles = miles};
  return {};
}

Result<double> Parser::degrees() {
  const Token token = lexer_.peek();
  double number = 0;
  const char* last = token.text.data() + token.text.size();
  const auto [end, error] = std::from_chars(token.text.data(), last, number);
  if (token.kind != TokenKind::number || error != std::errc() || end != last)
    return lexer_.unexpected();
  FLIT_TRY_VOID(lexer_.take());
  return number;
}

}  // namespace flit::sim::salesforce::soql
