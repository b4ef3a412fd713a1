#pragma once
/// @file What a spec says about itself: the reference page for people, the JSON Schema for editors.
///
/// Both are made from the same description that reads the documents, so they cannot be wrong about
/// a key. Generated pages are kept in docs/reference and a golden test fails when they are stale.

#include <string>
#include <string_view>

#include "base/spec.hpp"

namespace flit::spec {

namespace detail {
std::string reference_page(const Type& root, std::string_view title);
std::string json_schema(const Type& root, std::string_view title);
}  // namespace detail

/// Markdown: `# title`, then a section with a table for the type and for every type it uses.
template <typename T>
std::string reference_page(std::string_view title) {
  return detail::reference_page(detail::type_of<T>(), title);
}

/// JSON Schema, draft 2020-12, indented, with a line end.
template <typename T>
std::string json_schema(std::string_view title) {
  return detail::json_schema(detail::type_of<T>(), title);
}

}  // namespace flit::spec
