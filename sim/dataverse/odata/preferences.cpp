#include "sim/dataverse/odata/preferences.hpp"

#include <charconv>

namespace flit::sim::dataverse::odata {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Cuts off and returns what stands before the next `separator` outside of quotes.
std::string_view take_item(std::string_view& text, std::string_view separators) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (text[end] == '"') quoted = !quoted;
    if (!quoted && separators.find(text[end]) != std::string_view::npos) break;
  }
  const std::string_view item = text.substr(0, end);
  text.remove_prefix(end < text.size() ? end + 1 : end);
  return trimmed(item);
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

void apply(Preferences& preferences, const std::string& name, std::string_view value) {
  if (name == "odata.include-annotations" || name == "include-annotations") {
    preferences.include_annotations = value;
    preferences.annotations = AnnotationPatterns(value);
  } else if (name == "odata.maxpagesize" || name == "maxpagesize") {
    std::int64_t size = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), size);
    if (error == std::errc() && end == value.data() + value.size() && size > 0)
      preferences.max_page_size = size;
  } else if (name == "return") {
    preferences.return_representation = value == "representation";
  } else if (name == "odata.continue-on-error" || name == "continue-on-error") {
    preferences.continue_on_error = value.empty() || lower(value) == "true";
  } else if (name == "odata.track-changes" || name == "track-changes") {
    preferences.track_changes = true;
  } else if (name == "respond-async") {
    preferences.respond_async = true;
  }
}

}  // namespace

AnnotationPatterns::AnnotationPatterns(std::string_view list) {
  while (!list.empty()) {
    std::string_view item = take_item(list, ",");
    Pattern pattern;
    if (!item.empty() && item.front() == '-') {
      pattern.excluded = true;
      item.remove_prefix(1);
    }
    if (!item.empty() && item.back() == '*') {
      pattern.is_prefix = true;
      item.remove_suffix(1);
    }
    if (item.empty() && !pattern.is_prefix) continue;
    pattern.prefix = item;
    patterns_.push_back(std::move(pattern));
  }
}

bool AnnotationPatterns::includes(std::string_view annotation) const {
  bool included = false;
  std::size_t best = 0;
  for (const Pattern& pattern : patterns_) {
    const bool fits = pattern.is_prefix
                          ? annotation.substr(0, pattern.prefix.size()) == pattern.prefix
                          : annotation == pattern.prefix;
    if (!fits || pattern.prefix.size() < best) continue;
    best = pattern.prefix.size();
    included = !pattern.excluded;
  }
  return included;
}

Preferences parse_preferences(std::string_view header) {
  Preferences preferences;
  while (!header.empty()) {
    std::string_view item = take_item(header, ",;");
    const std::size_t equals = item.find('=');
    const std::string name = lower(trimmed(item.substr(0, equals)));
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : trimmed(item.substr(equals + 1));
    apply(preferences, name, unquoted(value));
  }
  return preferences;
}

std::string preference_applied(const Preferences& preferences) {
  std::string out;
  const auto add = [&](const std::string& item) {
    if (!out.empty()) out.append(", ");
    out.append(item);
  };
  if (preferences.max_page_size)
    add("odata.maxpagesize=" + std::to_string(*preferences.max_page_size));
  if (!preferences.include_annotations.empty())
    add("odata.include-annotations=\"" + preferences.include_annotations + "\"");
  if (preferences.return_representation) add("return=representation");
  if (preferences.track_changes) add("odata.track-changes");
  return out;
}

}  // namespace flit::sim::dataverse::odata
