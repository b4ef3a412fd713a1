#pragma once
/// @file A JSON value as text for people and for templates.

#include <string>
#include <string_view>

#include "base/json_reader.hpp"

namespace flit::sources::rest {

/// A string's text, a number's lexeme, "true"; the elements of a list with commas; "" for null and
/// absent; an object as JSON.
std::string text_of(json::Value value);

/// Each {key} replaced by the text at that dotted path, white space at the ends removed:
/// "{first_name} {last_name}".
std::string filled(std::string_view pattern, json::Value values);

/// A path with {name} replaced by the value, percent-encoded.
std::string with_value(std::string path, std::string_view name, std::string_view value);

}  // namespace flit::sources::rest
