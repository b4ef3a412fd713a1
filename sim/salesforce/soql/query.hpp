#pragma once
/// @file What a query says, as a tree; names are not looked up yet (binder.hpp does that).
///
/// Positions are byte offsets into the query, for error texts.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::salesforce::soql {

struct Query;

enum class Function : std::uint8_t {
  none,
  count,
  count_distinct,
  sum,
  avg,
  min,
  max,
  grouping,  ///< GROUPING(field): 1 in a subtotal over that field
  calendar_year,
  calendar_quarter,
  calendar_month,
  fiscal_year,
  fiscal_quarter,
  fiscal_month,
  day_in_year,
  day_in_month,
  day_in_week,
  week_in_year,
  week_in_month,
  hour_in_day,
  day_only,
  distance,  ///< DISTANCE(field, GEOLOCATION(…), 'mi')
};

constexpr bool is_aggregate(Function function) {
  return function >= Function::count && function <= Function::grouping;
}
constexpr bool is_date_function(Function function) {
  return function >= Function::calendar_year && function <= Function::day_only;
}

/// How a selected value is shown.
enum class Shown : std::uint8_t { plain, label, formatted };

/// What DISTANCE() measures to, in degrees.
struct Distance {
  double latitude = 0;
  double longitude = 0;
  bool miles = false;
  bool operator==(const Distance&) const = default;
};

/// GROUP BY a, ROLLUP(a, b), CUBE(a, b).
enum class Subtotals : std::uint8_t { none, rollup, cube };

/// A field, or a function of one: Account.Name, COUNT(), toLabel(Status), SUM(Amount).
struct Operand {
  Function function = Function::none;
  Shown shown = Shown::plain;
  std::string path{};  ///< empty only in COUNT()
  std::size_t position = 0;
  Distance distance{};
};

struct Literal {
  enum class Kind : std::uint8_t { null, boolean, number, text, date, instant, date_range };
  Kind kind = Kind::null;
  std::string text{};       ///< without quotes; date_range: the literal's name in upper case
  std::int64_t number = 0;  ///< the n of LAST_N_DAYS:n; boolean
  std::size_t position = 0;
};

enum class Operator : std::uint8_t { eq, ne, lt, le, gt, ge, like, includes, excludes };

struct Expression {
  enum class Kind : std::uint8_t {
    conjunction,  ///< children
    disjunction,  ///< children
    negation,     ///< one child
    compare,      ///< operand, comparison, literals[0]; several with includes and excludes
    one_of,       ///< operand, literals; negated: NOT IN
    semi_join,    ///< operand, query; negated: NOT IN
  };
  Kind kind = Kind::conjunction;
  Operator comparison = Operator::eq;
  bool negated = false;
  Operand operand{};
  std::vector<Literal> literals{};
  std::vector<Expression> children{};
  std::shared_ptr<const Query> query{};  ///< shared because trees are copied
};

enum class FieldSet : std::uint8_t { all, standard, custom };

/// WHEN Account THEN Phone, Name
struct TypeArm {
  std::string object{};  ///< empty: ELSE
  std::size_t position = 0;
  std::vector<Operand> fields{};
};

struct SelectItem {
  enum class Kind : std::uint8_t { operand, sub_query, type_of, field_set };
  Kind kind = Kind::operand;
  Operand operand{};    ///< type_of: its path is the relationship
  std::string alias{};  ///< may be empty
  FieldSet field_set = FieldSet::all;
  std::shared_ptr<const Query> query{};  ///< shared because trees are copied
  std::vector<TypeArm> arms{};
};

struct OrderItem {
  Operand operand{};
  bool descending = false;
  bool nulls_last = false;
};

struct Query {
  std::string text{};  ///< the whole query, for error texts
  std::vector<SelectItem> select{};
  std::string from{};
  std::size_t from_position = 0;
  std::string alias{};  ///< of the object, may be empty
  std::string scope{};  ///< USING SCOPE, may be empty
  std::optional<Expression> where{};
  std::vector<Operand> group_by{};
  Subtotals subtotals = Subtotals::none;
  std::optional<Expression> having{};
  std::vector<OrderItem> order_by{};
  std::optional<std::int64_t> limit{};
  std::optional<std::int64_t> offset{};
  std::size_t offset_position = 0;
  bool all_rows = false;
};

/// Levels of parentheses, NOT and sub-queries that are read.
inline constexpr int max_query_depth = 50;
/// Characters (§2.4).
inline constexpr std::size_t max_query_length = 100'000;
inline constexpr std::size_t max_text_length = 4'000;

/// Code MALFORMED_QUERY with row and column otherwise.
Result<Query> parse(std::string_view soql);

/// "COUNT", "CALENDAR_YEAR" …; none for other names.
std::optional<Function> function_named(std::string_view name);

}  // namespace flit::sim::salesforce::soql
