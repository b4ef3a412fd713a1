#include "sim/salesforce/api/references.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace flit::sim::salesforce {
namespace {

/// One step of a path: "records[0]" is the member, then the element.
json::Value step(json::Value value, std::string_view part) {
  const std::size_t bracket = part.find('[');
  const std::string_view name = part.substr(0, bracket);
  if (!name.empty()) value = value.find(name);
  while (value.exists() && part.find('[') != std::string_view::npos) {
    part.remove_prefix(part.find('[') + 1);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
    if (error != std::errc() || *end != ']' || index >= value.size()) return {};
    const json::Elements elements = value.elements();
    auto at = elements.begin();
    for (std::size_t i = 0; i < index; ++i) ++at;
    value = *at;
  }
  return value;
}

}  // namespace

bool is_reference_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  });
}

void Answers::add(std::string reference, std::string_view body) {
  auto document = json::parse(body.empty() ? "{}" : body);
  if (document) bodies_.emplace(std::move(reference), std::move(*document));
}

std::optional<std::string> Answers::lookup(std::string_view path) const {
  const std::size_t end = std::min(path.find('.'), path.find('['));
  const auto body = bodies_.find(path.substr(0, end));
  if (body == bodies_.end() || end == std::string_view::npos) return std::nullopt;
  json::Value value = body->second.root();
  std::string_view rest = path.substr(path[end] == '.' ? end + 1 : end);
  while (value.exists() && !rest.empty()) {
    const std::size_t dot = rest.find('.');
    value = step(value, rest.substr(0, dot));
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  if (!value.exists() || value.is_object() || value.is_array()) return std::nullopt;
  return value.is_string() ? std::string(*value.as_string()) : value.dump();
}

std::optional<std::string> Answers::resolve(std::string_view text) const {
  std::string out;
  for (std::size_t at = text.find("@{"); at != std::string_view::npos; at = text.find("@{")) {
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) return std::nullopt;
    const auto value = lookup(text.substr(at + 2, close - at - 2));
    if (!value) return std::nullopt;
    out += text.substr(0, at);
    out += *value;
    text.remove_prefix(close + 1);
  }
  out += text;
  return out;
}

}  // namespace flit::sim::salesforce
