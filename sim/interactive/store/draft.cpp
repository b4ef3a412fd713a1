#include "sim/interactive/store/draft.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/time.hpp"

namespace flit::sim::interactive {

Draft& Draft::text(std::string_view property, std::string_view value) {
  std::string quoted;
  json::append_quoted(quoted, value);
  return json(property, quoted);
}

Draft& Draft::json(std::string_view property, std::string_view value) {
  const auto index = schema->index_of(property);
  FLIT_CHECK(index.has_value(), "records are made from properties that their object has");
  put(*index, value == "null" ? std::string() : std::string(value));
  return *this;
}

Draft& Draft::number(std::string_view property, std::int64_t value) {
  return json(property, std::to_string(value));
}

Draft& Draft::flag(std::string_view property, bool value) {
  return json(property, value ? "true" : "false");
}

Draft& Draft::instant(std::string_view property, std::int64_t ms) {
  return json(property, '"' + instant_text(ms) + '"');
}

std::string_view Draft::find(std::string_view property) const {
  const auto index = schema->index_of(property);
  for (const auto& [at, value] : cells)
    if (index && at == *index) return value;
  return {};
}

void Draft::put(std::size_t index, std::string value) {
  const auto found = std::find_if(cells.begin(), cells.end(),
                                  [&](const auto& cell) { return cell.first == index; });
  if (found != cells.end() && value.empty())
    cells.erase(found);
  else if (found != cells.end())
    found->second = std::move(value);
  else if (!value.empty())
    cells.emplace_back(static_cast<std::uint16_t>(index), std::move(value));
}

std::string instant_text(std::int64_t ms) {
  std::string text;
  append_instant_text(text, ms);
  return text;
}

void append_instant_text(std::string& out, std::int64_t ms) {
  append_instant(out, Instant(std::chrono::milliseconds(ms)), {.fraction_digits = 3});
}

std::string unquoted(std::string_view text) {
  if (!text.starts_with('"')) return std::string(text);
  if (text.find('\\') == text.npos) return std::string(text.substr(1, text.size() - 2));
  const auto document = json::parse(text);
  return document ? std::string(document->root().string_or("")) : std::string();
}

}  // namespace flit::sim::interactive
