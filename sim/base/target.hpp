#pragma once
/// @file What a request asks for: path segments and query parameters, decoded once.
///
/// A segment is decoded after the split, so "%2F" inside a key stays inside its segment (RFC 3986
/// §3.3). In the query "+" means a space, as browsers and the platforms' own clients send it; in
/// the path it does not. Bytes are not checked to be UTF-8: that answer differs by platform.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/result.hpp"

namespace flit::sim {

struct Target {
  std::string raw;                    ///< exactly as sent
  std::string path;                   ///< still encoded, without query: "/api/data/v9.2/accounts"
  std::string query;                  ///< still encoded, without "?"
  std::vector<std::string> segments;  ///< decoded; empty ones ("//", a trailing "/") are left out
  form::Fields parameters;            ///< decoded, in order, duplicates kept

  /// Reads origin form ("/a?b") and absolute form ("http://host/a?b", RFC 9112 §3.2).
  /// Fault::permanent for an escape that is not "%" and two hex digits.
  static Result<Target> parse(std::string_view raw);

  /// The first parameter of exactly that name.
  std::optional<std::string_view> parameter(std::string_view name) const;

  /// Segment `index`, or empty text when there are fewer.
  std::string_view segment(std::size_t index) const;
};

}  // namespace flit::sim
