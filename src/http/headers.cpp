#include "http/headers.hpp"

#include <algorithm>

namespace flit::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

Headers& Headers::add(std::string_view name, std::string_view value) {
  fields_.push_back({std::string(name), std::string(trimmed(value))});
  return *this;
}

Headers& Headers::set(std::string_view name, std::string_view value) {
  const auto is_named = [name](const Header& field) { return same_name(field.name, name); };
  const auto first = std::find_if(fields_.begin(), fields_.end(), is_named);
  if (first == fields_.end()) return add(name, value);
  *first = {std::string(name), std::string(trimmed(value))};
  fields_.erase(std::remove_if(first + 1, fields_.end(), is_named), fields_.end());
  return *this;
}

Headers& Headers::remove(std::string_view name) {
  std::erase_if(fields_, [name](const Header& field) { return same_name(field.name, name); });
  return *this;
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Header& field : fields_)
    if (same_name(field.name, name)) return field.value;
  return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Header& field : fields_)
    if (same_name(field.name, name)) values.push_back(field.value);
  return values;
}

bool Headers::lists(std::string_view name, std::string_view token) const {
  for (std::string_view rest : all(name)) {
    while (!rest.empty()) {
      const std::string_view item = rest.substr(0, rest.find(','));
      if (same_name(trimmed(item), token)) return true;
      rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    }
  }
  return false;
}

bool Headers::add_line(std::string_view line) {
  if (!line.empty() && is_blank(line.front())) {
    if (fields_.empty()) return false;
    fields_.back().value.append(" ").append(trimmed(line));
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos || is_blank(line[colon - 1])) return false;
  add(line.substr(0, colon), line.substr(colon + 1));
  return true;
}

std::string Headers::media_type() const {
  const std::string_view value = find("Content-Type").value_or("");
  std::string type(trimmed(value.substr(0, value.find(';'))));
  std::transform(type.begin(), type.end(), type.begin(), lower);
  return type;
}

}  // namespace flit::http
