#pragma once
/// @file From the places where tokens start to nodes: what simdjson calls stage 2, ours because its
/// own turns numbers into doubles and its on-demand reader asks several questions for each value.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_value.hpp"

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace flit::json::detail {

/// What simdjson's stage 1 leaves behind: well-formed UTF-8, strings that end and hold no control
/// characters, and where each token starts, with the end of the text behind the last.
struct Tokens {
  std::string_view text;  ///< a zero byte stands behind it
  const std::uint32_t* first;
  const std::uint32_t* end;
  const simdjson::internal::dom_parser_implementation& kernel;
  std::string& unescaped;  ///< takes the strings that are written with escapes
};

struct Built {
  int error;          ///< simdjson::error_code
  std::size_t nodes;  ///< in use
  std::size_t place;  ///< in the text: the token that could not be read, or the end
};

/// `nodes` has room for one node a token. The nodes point into the text and into `unescaped`.
Built build_nodes(const Tokens& tokens, std::size_t max_depth, Node* nodes);

constexpr bool is_blank(char c) {
  return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
}

}  // namespace flit::json::detail
