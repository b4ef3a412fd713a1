#pragma once
/// @file How a character of text stands in HTML or XML.

#include <string_view>

namespace flit::markup {

/// The reference that stands for `&`, `<`, `>`, `"` or `'`; empty for any other character. The same
/// in HTML 5 and in XML 1.0, in text and in quoted attributes.
constexpr std::string_view reference_to(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace flit::markup
