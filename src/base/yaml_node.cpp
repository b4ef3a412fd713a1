#include "base/yaml_node.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "base/check.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::yaml {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_octal_digit(char c) {
  return c >= '0' && c <= '7';
}
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool all_of(std::string_view text, bool (*test)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return text;
}

bool is_integer(std::string_view text) {
  if (text.starts_with("0o")) return all_of(text.substr(2), is_octal_digit);
  if (text.starts_with("0x")) return all_of(text.substr(2), is_hex_digit);
  return all_of(without_sign(text), is_digit);
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(
      std::distance(text.begin(), std::find_if_not(text.begin(), text.end(), is_digit)));
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?  and the three words.
bool is_decimal(std::string_view text) {
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) return true;
  text = without_sign(text);
  if (is_one_of(text, {".inf", ".Inf", ".INF"})) return true;
  const std::size_t whole = count_digits(text);
  text.remove_prefix(whole);
  std::size_t fraction = 0;
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    fraction = count_digits(text);
    text.remove_prefix(fraction);
  }
  if (whole + fraction == 0) return false;
  if (text.empty()) return true;
  return (text[0] == 'e' || text[0] == 'E') && all_of(without_sign(text.substr(1)), is_digit);
}

/// Fewer texts than YAML allows: those that every reader takes for the same, in flow style too.
bool is_safe_plain(std::string_view text) {
  const auto is_inner = [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || is_digit(c) ||
           std::string_view("/_$.-+@() ").find(c) != std::string_view::npos;
  };
  constexpr std::string_view not_first = ".-+@() ";
  return !text.empty() && not_first.find(text.front()) == std::string_view::npos &&
         text.back() != ' ' && std::all_of(text.begin(), text.end(), is_inner);
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "a whole number";
    case Kind::decimal:
      return "a decimal number";
    case Kind::text:
      return "text";
    case Kind::sequence:
      return "a list";
    case Kind::map:
      return "a map";
  }
  return "nothing";
}

Kind kind_of_plain(std::string_view text) {
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return Kind::null;
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return Kind::boolean;
  if (is_integer(text)) return Kind::integer;
  if (is_decimal(text)) return Kind::decimal;
  return Kind::text;
}

Node Node::scalar(std::string text, Style style, Position at) {
  Node node;
  node.kind_ = style == Style::quoted ? Kind::text : kind_of_plain(text);
  node.text_ = std::move(text);
  node.style_ = style;
  node.at_ = std::move(at);
  return node;
}

Node Node::sequence(std::vector<Node> items, Position at) {
  Node node;
  node.kind_ = Kind::sequence;
  node.items_ = std::move(items);
  node.at_ = std::move(at);
  return node;
}

Node Node::map(std::vector<Entry> entries, Position at) {
  Node node;
  node.kind_ = Kind::map;
  node.entries_ = std::move(entries);
  node.at_ = std::move(at);
  return node;
}

const std::vector<Entry>& Node::entries() const {
  return entries_;
}

std::vector<Entry> Node::take_entries() && {
  return std::move(entries_);
}

std::optional<bool> Node::as_boolean() const {
  if (kind_ != Kind::boolean) return {};
  return text_[0] == 't' || text_[0] == 'T';
}

std::optional<std::int64_t> Node::as_integer() const {
  if (kind_ != Kind::integer) return {};
  std::string_view digits = text_;
  int base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0o")) {
    base = digits[1] == 'x' ? 16 : 8;
    digits.remove_prefix(2);
  } else if (digits[0] == '+') {
    digits.remove_prefix(1);
  }
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, value, base);
  if (error != std::errc() || stopped != end) return {};
  return value;
}

std::optional<double> Node::as_double() const {
  if (const auto whole = as_integer()) return static_cast<double>(*whole);
  if (kind_ != Kind::decimal && kind_ != Kind::integer) return {};
  std::string_view digits = text_;
  if (digits[0] == '+') digits.remove_prefix(1);
  double value = 0;  // .inf and .nan are no answer to any of our questions
  const char* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc() || stopped != end) return {};
  return value;
}

const Entry* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.key.text == key; });
  return found == entries_.end() ? nullptr : &*found;
}

bool Node::same_content(const Node& other) const {
  if (kind_ != other.kind_) return false;
  if (kind_ == Kind::null) return true;
  const auto same_entry = [](const Entry& a, const Entry& b) {
    return a.key.text == b.key.text && a.value.same_content(b.value);
  };
  const auto same_node = [](const Node& a, const Node& b) { return a.same_content(b); };
  return text_ == other.text_ &&
         std::equal(items_.begin(), items_.end(), other.items_.begin(), other.items_.end(),
                    same_node) &&
         std::equal(entries_.begin(), entries_.end(), other.entries_.begin(), other.entries_.end(),
                    same_entry);
}

Node from_json(const json::Value& value, const std::shared_ptr<const SourceText>& source) {
  const Position at = Position::in_file(source);
  FLIT_CHECK(value.exists(), "an absent value has no tree");
  switch (value.kind()) {
    case json::Kind::null:
      return Node::scalar("null", Style::plain, at);
    case json::Kind::boolean:
    case json::Kind::number:
      return Node::scalar(value.dump(), Style::plain, at);
    case json::Kind::string:
      return Node::scalar(std::string(*value.as_string()), Style::quoted, at);
    case json::Kind::array: {
      std::vector<Node> items;
      for (const json::Value element : value.elements())
        items.push_back(from_json(element, source));
      return Node::sequence(std::move(items), at);
    }
    case json::Kind::object:
      break;
  }
  std::vector<Entry> entries;
  std::unordered_map<std::string_view, std::size_t> index;
  for (const json::Member member : value.members()) {
    Entry entry{{std::string(member.key), at, Style::quoted}, from_json(member.value, source)};
    const auto [known, is_new] = index.emplace(member.key, entries.size());
    if (is_new)
      entries.push_back(std::move(entry));
    else  // as in json::Value::find, the last of two equal keys wins
      entries[known->second] = std::move(entry);
  }
  return Node::map(std::move(entries), at);
}

std::string written_as_text(std::string_view text) {
  if (is_safe_plain(text) && kind_of_plain(text) == Kind::text) return std::string(text);
  std::string out;
  json::append_quoted(out, text);  // every JSON string is a double-quoted YAML scalar
  return out;
}

}  // namespace flit::yaml
