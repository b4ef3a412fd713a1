#pragma once
/// @file Reads the values of keys and function parameters: constants, lists, @aliases (§5,
/// §13).
///
/// An alias stands for the text of the query option of the same name; it may hold a constant, a
/// list or a path, never another alias, so that no cycle can arise.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/lexer.hpp"
#include "sim/dataverse/odata/literal.hpp"

namespace flit::sim::dataverse::odata {

/// "@p1" → decoded text, in the order of the URL.
using Aliases = std::vector<std::pair<std::string, std::string>>;

/// The constant that the token stands for; none if it is something else (a name, a mark).
std::optional<Literal> literal_of(const Token& token);

/// "primarycontactid/fullname", where that is what the alias stands for; none for constants, lists
/// and unknown aliases.
std::optional<std::string> aliased_path(std::string_view alias, const Aliases& aliases);

/// The value at the current token, and advances behind it.
Result<Argument> read_argument_value(Lexer& lexer, const Aliases& aliases);

/// "(a='1',b=2)" or "(1)": the current token is the opening parenthesis; advances behind the
/// closing.
Result<std::vector<Argument>> read_arguments(Lexer& lexer, const Aliases& aliases);

}  // namespace flit::sim::dataverse::odata
