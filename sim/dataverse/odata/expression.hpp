#pragma once
/// @file What a $filter says, as a tree (§13).
///
/// `a and b and c` is one node with three children, so that a filter over a thousand ids is no
/// deeper than one over two. parse_filter and append_to are inverse to each other. Names are not
/// checked here: predicate.hpp binds them to a table.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/argument_reader.hpp"
#include "sim/dataverse/odata/literal.hpp"

namespace flit::sim::dataverse::odata {

enum class Comparison : std::uint8_t { eq, ne, gt, ge, lt, le };
enum class TextFunction : std::uint8_t { contains, startswith, endswith };

std::string_view to_string(Comparison comparison);
std::string_view to_string(TextFunction function);

enum class ExpressionKind : std::uint8_t {
  literal,
  path,            ///< name: "statecode", "primarycontactid/fullname", "o/name"
  conjunction,     ///< children, two or more
  disjunction,     ///< children, two or more
  negation,        ///< one child
  comparison,      ///< two children
  text_function,   ///< two children: contains(name,'x')
  query_function,  ///< name: "LastXDays", arguments; variable: the path before it, mostly empty
  any,             ///< name: the collection's path; variable; no child, or one
  all,             ///< name, variable, one child
};

struct Expression {
  ExpressionKind kind = ExpressionKind::literal;
  Comparison comparison = Comparison::eq;
  TextFunction function = TextFunction::contains;
  std::string name{};
  std::string variable{};
  Literal literal{};
  std::vector<Argument> arguments{};
  std::vector<Expression> children{};

  bool operator==(const Expression&) const = default;
};

/// Levels of parentheses, "not" and lambdas that are read.
inline constexpr int max_filter_depth = 100;

Result<Expression> parse_filter(std::string_view decoded, const Aliases& aliases);

/// As it would stand in a decoded URL.
void append_to(std::string& out, const Expression& expression);
std::string to_string(const Expression& expression);

}  // namespace flit::sim::dataverse::odata
