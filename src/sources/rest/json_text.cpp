#include "sources/rest/json_text.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"

namespace flit::sources::rest {

std::string text_of(json::Value value) {
  if (!value || value.is_null()) return {};
  if (const auto text = value.as_string()) return std::string(*text);
  if (!value.is_array()) return value.dump();
  std::string all;
  for (const json::Value element : value.elements()) {
    if (!all.empty()) all += ", ";
    all += text_of(element);
  }
  return all;
}

std::string filled(std::string_view pattern, json::Value values) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = pattern.find('}', open);
    text += pattern.substr(0, open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    text += text_of(values.at_path(pattern.substr(open + 1, close - open - 1)));
    pattern.remove_prefix(close + 1);
  }
  return std::string(text::trim(text));
}

std::string with_value(std::string path, std::string_view name, std::string_view value) {
  const std::string mark = "{" + std::string(name) + "}";
  const std::size_t at = path.find(mark);
  if (at != std::string::npos) path.replace(at, mark.size(), percent::encode(value));
  return path;
}

}  // namespace flit::sources::rest
