#include "sim/dataverse/odata/query_options.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Pieces between `separator`s that stand outside quotes and parentheses.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == separator && depth == 0) {
      pieces.push_back(text.substr(start, i - start));
      start = i + 1;
    }
  }
  pieces.push_back(text.substr(start));
  return pieces;
}

bool is_path(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '/' || c == '.' || c == '$';
  });
}

/// "+" and "%20" are blanks. Text that is not valid percent-encoding is taken as it stands: clients
/// send bare percent signs inside FetchXML (fact sheet §7, unencoded part URLs).
std::string decoded(std::string_view encoded) {
  std::string text(encoded);
  std::replace(text.begin(), text.end(), '+', ' ');
  auto result = percent::decode(text);
  return result ? std::move(*result) : text;
}

/// Without case, as the platform reads the options that have no dollar sign.
bool same_name(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c + 0; };
    return lower(a) == lower(b);
  });
}

Error refused_option(std::string_view name) {
  return uri_fault(fmt::format("The query parameter {} is not supported", name));
}

class OptionReader {
 public:
  OptionReader(QueryOptions& options, const Aliases& aliases, int depth)
      : options_(options), aliases_(aliases), depth_(depth) {}

  Result<void> read(std::string_view name, std::string_view value) {
    if (name == "$select") return read_select(value);
    if (name == "$filter") return read_filter(value);
    if (name == "$orderby") return read_order(value);
    if (name == "$expand") return read_expand(value);
    if (name == "$top") return read_top(value);
    if (name == "$count") return read_count(value);
    if (name == "$apply") return read_apply(value);
    if (name == "$skiptoken") return keep(options_.skip_token, value);
    if (name == "$deltatoken") return keep(options_.delta_token, value);
    return refused_option(name);
  }

 private:
  static Result<void> keep(std::string& where, std::string_view value) {
    where = value;
    return {};
  }

  Result<void> read_select(std::string_view value) {
    options_.select.emplace();
    for (const std::string_view piece : split(value, ',')) {
      const std::string_view name = trimmed(piece);
      if (name != "*" && !is_path(name)) return syntax_fault(offset(value, piece), value);
      options_.select->emplace_back(name);
    }
    return {};
  }

  Result<void> read_filter(std::string_view value) {
    FLIT_TRY(filter, parse_filter(value, aliases_));
    options_.filter = std::move(filter);
    return {};
  }

  Result<void> read_order(std::string_view value) {
    for (const std::string_view piece : split(value, ',')) {
      OrderItem item;
      std::string_view text = trimmed(piece);
      const std::size_t blank = text.find(' ');
      const std::string_view direction =
          blank == std::string_view::npos ? "asc" : trimmed(text.substr(blank));
      text = text.substr(0, blank);
      const auto aliased = aliased_path(text, aliases_);
      if (aliased) text = *aliased;
      if (!is_path(text) || (direction != "asc" && direction != "desc"))
        return syntax_fault(offset(value, piece), value);
      item.path = text;
      item.descending = direction == "desc";
      options_.order_by.push_back(std::move(item));
    }
    return {};
  }

  Result<void> read_expand(std::string_view value) {
    if (depth_ >= max_expand_depth) return uri_fault("Recursion depth exceeded allowed limit.");
    for (const std::string_view piece : split(value, ',')) {
      FLIT_TRY(item, read_expand_item(trimmed(piece), value));
      options_.expand.push_back(std::move(item));
    }
    return {};
  }

  Result<ExpandItem> read_expand_item(std::string_view text, std::string_view whole) {
    ExpandItem item;
    const std::size_t open = text.find('(');
    std::string_view name = trimmed(text.substr(0, open));
    if (name.size() > 5 && name.substr(name.size() - 5) == "/$ref") {
      item.reference = true;
      name.remove_suffix(5);
    }
    if (!is_path(name)) return syntax_fault(offset(whole, text), whole);
    item.navigation = name;
    if (open == std::string_view::npos) return item;
    if (text.back() != ')') return expected_fault("')'", offset(whole, text) + text.size(), whole);
    const std::string_view inner = text.substr(open + 1, text.size() - open - 2);
    OptionReader reader(item.options, aliases_, depth_ + 1);
    for (const std::string_view option : split(inner, ';')) {
      if (trimmed(option).empty()) continue;
      const std::size_t equals = option.find('=');
      if (equals == std::string_view::npos) return syntax_fault(offset(whole, option), whole);
      FLIT_TRY_VOID(reader.read(trimmed(option.substr(0, equals)), option.substr(equals + 1)));
    }
    return item;
  }

  Result<void> read_top(std::string_view value) {
    std::int64_t top = 0;
    const std::string_view text = trimmed(value);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), top);
    if (error != std::errc() || end != text.data() + text.size() || top < 0)
      return uri_fault(fmt::format(
          "Invalid value '{}' for $top query option found. The $top query option requires a "
          "non-negative integer value.",
          value));
    options_.top = top;
    return {};
  }

  Result<void> read_count(std::string_view value) {
    const std::string_view text = trimmed(value);
    if (text != "true" && text != "false")
      return uri_fault(
          fmt::format("Invalid value '{}' for $count query option found. Valid values "
                      "are 'true' and 'false'.",
                      value));
    options_.count = text == "true";
    return {};
  }

  Result<void> read_apply(std::string_view value) {
    FLIT_TRY(apply, parse_apply(value, aliases_));
    options_.apply = std::move(apply);
    return {};
  }

  static std::size_t offset(std::string_view whole, std::string_view part) {
    return static_cast<std::size_t>(part.data() - whole.data());
  }

  QueryOptions& options_;
  const Aliases& aliases_;
  int depth_;
};

}  // namespace

const std::string* QueryOptions::other(std::string_view name) const {
  for (const form::Field& field : others)
    if (same_name(field.name, name)) return &field.value;
  return nullptr;
}

namespace {

/// Puts aliases and other options where they belong; returns those of the system.
std::vector<form::Field> sort_fields(std::string_view encoded, QueryOptions& options) {
  std::vector<form::Field> system;
  while (!encoded.empty()) {
    const std::size_t end = encoded.find('&');
    const std::string_view part = encoded.substr(0, end);
    encoded = end == std::string_view::npos ? std::string_view() : encoded.substr(end + 1);
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    form::Field field{decoded(part.substr(0, equals)), {}};
    if (equals != std::string_view::npos) field.value = decoded(part.substr(equals + 1));
    if (field.name.starts_with('@'))
      options.aliases.emplace_back(std::move(field.name), std::move(field.value));
    else
      (field.name.starts_with('$') ? system : options.others).push_back(std::move(field));
  }
  return system;
}

}  // namespace

Result<QueryOptions> parse_query(std::string_view encoded) {
  QueryOptions options;
  const std::vector<form::Field> system = sort_fields(encoded, options);
  OptionReader reader(options, options.aliases, 0);
  for (auto field = system.begin(); field != system.end(); ++field) {
    const bool again = std::any_of(system.begin(), field, [&](const form::Field& before) {
      return before.name == field->name;
    });
    if (again)
      return uri_fault(
          fmt::format("Query option '{}' was specified more than once, but it must be specified "
                      "at most once.",
                      field->name));
    // "$fetchXml" is a spelling that older pages of the platform use.
    if (field->name == "$fetchXml")
      options.others.push_back({"fetchXml", field->value});
    else if (field->name == "$id")  // of DELETE …/$ref (OData 4.0 §11.4.6.2)
      options.others.push_back(*field);
    else
      FLIT_TRY_VOID(reader.read(field->name, field->value));
  }
  return options;
}

}  // namespace flit::sim::dataverse::odata
