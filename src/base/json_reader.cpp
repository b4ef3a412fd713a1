#include "base/json_reader.hpp"

#include <charconv>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/check.hpp"
#include "base/json_writer.hpp"

namespace flit::json {
namespace {

namespace od = simdjson::ondemand;
using detail::Node;

struct Position {
  std::size_t line = 1;
  std::size_t column = 1;  // bytes, from 1
};

Position position_of(std::string_view text, std::size_t offset) {
  Position at;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++at.line;
      at.column = 1;
    } else {
      ++at.column;
    }
  }
  return at;
}

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' ||
                            token.back() == '\t'))
    token.remove_suffix(1);
  return token;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t i) {
  while (i < text.size() && is_digit(text[i])) ++i;
  return i;
}

/// RFC 8259, section 6.
bool is_number(std::string_view text) {
  std::size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
  const std::size_t integer = i;
  i = skip_digits(text, i);
  if (i == integer || (text[integer] == '0' && i > integer + 1)) return false;
  if (i < text.size() && text[i] == '.') {
    const std::size_t fraction = ++i;
    i = skip_digits(text, i);
    if (i == fraction) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    const std::size_t exponent = i;
    i = skip_digits(text, i);
    if (i == exponent) return false;
  }
  return i == text.size();
}

/// simdjson 3.0 has no document::at_end(): behind the last token there is no location.
bool is_at_end(od::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::number:
      return "a number";
    case Kind::string:
      return "a string";
    case Kind::array:
      return "an array";
    case Kind::object:
      return "an object";
  }
  return "nothing";
}

struct Document::Impl {
  simdjson::ondemand::parser parser{std::numeric_limits<std::uint32_t>::max()};
  std::string text;         // our copy, with simdjson's padding behind it
  std::vector<Node> nodes;  // preorder: an object's members as key node, value node(s)

  simdjson::error_code add(od::value value, std::size_t depth);
  simdjson::error_code add_object(od::value value, std::size_t depth);
  simdjson::error_code add_array(od::value value, std::size_t depth);
  simdjson::error_code add_scalar_root(od::document& document, od::json_type type);
  simdjson::error_code add_number(std::string_view token);
  simdjson::error_code add_root(const char*& stopped_at);
  void add_text(Kind kind, std::string_view view) {
    nodes.push_back({view.data(), static_cast<std::uint32_t>(view.size()), 1, kind});
  }
  void add_boolean(bool value) { nodes.push_back({value ? "t" : "f", 1, 1, Kind::boolean}); }
  void add_null() { nodes.push_back({nullptr, 0, 1, Kind::null}); }
};

simdjson::error_code Document::Impl::add_number(std::string_view token) {
  const std::string_view lexeme = trimmed(token);
  if (!is_number(lexeme)) return simdjson::NUMBER_ERROR;
  add_text(Kind::number, lexeme);
  return simdjson::SUCCESS;
}

simdjson::error_code Document::Impl::add_object(od::value value, std::size_t depth) {
  const std::size_t at = nodes.size();
  nodes.push_back({nullptr, 0, 1, Kind::object});
  od::object object;
  if (const auto error = value.get_object().get(object)) return error;
  std::uint32_t count = 0;
  for (auto result : object) {
    od::field field;
    if (const auto error = std::move(result).get(field)) return error;
    std::string_view key;
    if (const auto error = field.unescaped_key().get(key)) return error;
    add_text(Kind::string, key);
    if (const auto error = add(field.value(), depth + 1)) return error;
    ++count;
  }
  nodes[at].length = count;
  nodes[at].span = static_cast<std::uint32_t>(nodes.size() - at);
  return simdjson::SUCCESS;
}

simdjson::error_code Document::Impl::add_array(od::value value, std::size_t depth) {
  const std::size_t at = nodes.size();
  nodes.push_back({nullptr, 0, 1, Kind::array});
  od::array array;
  if (const auto error = value.get_array().get(array)) return error;
  std::uint32_t count = 0;
  for (auto result : array) {
    od::value element;
    // NOLINTNEXTLINE(performance-move-const-arg): trivial only for some of simdjson's kernels
    if (const auto error = std::move(result).get(element)) return error;
    if (const auto error = add(element, depth + 1)) return error;
    ++count;
  }
  nodes[at].length = count;
  nodes[at].span = static_cast<std::uint32_t>(nodes.size() - at);
  return simdjson::SUCCESS;
}

simdjson::error_code Document::Impl::add(od::value value, std::size_t depth) {
  if (depth > max_depth) return simdjson::DEPTH_ERROR;
  od::json_type type;
  if (const auto error = value.type().get(type)) return error;
  switch (type) {
    case od::json_type::object:
      return add_object(value, depth);
    case od::json_type::array:
      return add_array(value, depth);
    case od::json_type::number:
      return add_number(value.raw_json_token());
    case od::json_type::string: {
      std::string_view view;
      if (const auto error = value.get_string().get(view)) return error;
      add_text(Kind::string, view);
      return simdjson::SUCCESS;
    }
    case od::json_type::boolean: {
      bool flag = false;
      if (const auto error = value.get_bool().get(flag)) return error;
      add_boolean(flag);
      return simdjson::SUCCESS;
    }
    case od::json_type::null:
      if (!value.is_null()) return simdjson::N_ATOM_ERROR;
      add_null();
      return simdjson::SUCCESS;
  }
  return simdjson::TAPE_ERROR;
}

// simdjson reads a scalar at the root through the document, not through a value. Its 3.0 takes
// null" x" for null, false/ for false, and refuses 1e999; so all but strings are read from the text.
simdjson::error_code Document::Impl::add_scalar_root(od::document& document, od::json_type type) {
  if (type == od::json_type::string) {
    std::string_view view;
    if (const auto error = document.get_string().get(view)) return error;
    add_text(Kind::string, view);
    return is_at_end(document) ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
  }
  std::string_view token;
  if (const auto error = document.raw_json_token().get(token)) return error;
  const std::string_view lexeme = trimmed(token);
  if (lexeme.data() + lexeme.size() != text.data() + text.size()) return simdjson::TRAILING_CONTENT;
  if (type == od::json_type::number) return add_number(lexeme);
  if (lexeme == "null") {
    add_null();
  } else if (lexeme == "true" || lexeme == "false") {
    add_boolean(lexeme == "true");
  } else {
    return type == od::json_type::null ? simdjson::N_ATOM_ERROR : simdjson::T_ATOM_ERROR;
  }
  return simdjson::SUCCESS;
}

// `stopped_at` becomes the place in the text that reading got to.
simdjson::error_code Document::Impl::add_root(const char*& stopped_at) {
  od::document document;
  const auto note_place = [&](simdjson::error_code error) {
    const char* place = nullptr;
    if (!document.current_location().get(place)) stopped_at = place;
    return error;
  };
  const simdjson::padded_string_view padded(text.data(), text.size(),
                                            text.size() + simdjson::SIMDJSON_PADDING);
  if (const auto error = parser.iterate(padded).get(document)) return error;
  od::json_type type;
  if (const auto error = document.type().get(type)) return error;
  if (type != od::json_type::object && type != od::json_type::array)
    return note_place(add_scalar_root(document, type));
  od::value value;
  if (const auto error = document.get_value().get(value)) return error;
  if (const auto error = add(value, 1)) return note_place(error);
  return is_at_end(document) ? simdjson::SUCCESS : note_place(simdjson::TRAILING_CONTENT);
}

Document::Document() : impl_(std::make_unique<Impl>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Result<Value> Document::read(std::string_view text) {
  Impl& impl = *impl_;
  impl.nodes.clear();
  // simdjson 3.0 refuses a root "null" with white space behind it, hence trimmed().
  text = trimmed(text);
  impl.text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  impl.text.assign(text);
  impl.nodes.reserve(text.size() / 12);  // a node per twelve bytes of ordinary JSON
  simdjson::error_code error;
  const char* stopped_at = impl.text.data() + impl.text.size();
  try {
    error = impl.add_root(stopped_at);
  } catch (const simdjson::simdjson_error& thrown) {
    error = thrown.error();
  }
  if (!error) return root();

  impl.nodes.clear();
  const auto offset = static_cast<std::size_t>(stopped_at - impl.text.data());
  const Position at = position_of(impl.text, std::min(offset, impl.text.size()));
  std::string_view reason = simdjson::error_message(error);
  while (reason.ends_with('.')) reason.remove_suffix(1);
  return Error{.fault = Fault::permanent,
               .message = fmt::format("not JSON: {}", reason),
               .where = fmt::format("line {}, column {} (byte {} of {})", at.line, at.column,
                                    offset, impl.text.size()),
               .remedy = "The text was cut short or is not JSON at all"};
}

Value Document::root() const {
  return impl_->nodes.empty() ? Value() : Value(impl_->nodes.data());
}

Result<Document> parse(std::string_view text) {
  Document document;
  FLIT_TRY_VOID(document.read(text));
  return document;
}

std::optional<std::string_view> Value::as_string() const {
  if (!is(Kind::string)) return {};
  return std::string_view(node_->text, node_->length);
}

std::optional<std::string_view> Value::as_number() const {
  if (!is(Kind::number)) return {};
  return std::string_view(node_->text, node_->length);
}

std::optional<bool> Value::as_boolean() const {
  if (!is(Kind::boolean)) return {};
  return node_->text[0] == 't';
}

std::optional<std::int64_t> Value::as_integer() const {
  if (!is(Kind::number)) return {};
  std::int64_t value = 0;
  const char* end = node_->text + node_->length;
  const auto [ptr, error] = std::from_chars(node_->text, end, value);
  if (error != std::errc() || ptr != end) return {};
  return value;
}

std::optional<double> Value::as_double() const {
  if (!is(Kind::number)) return {};
  double value = 0;
  const char* end = node_->text + node_->length;
  const auto [ptr, error] = std::from_chars(node_->text, end, value);
  if (error != std::errc() || ptr != end) return {};
  return value;
}

std::size_t Value::size() const {
  return is_array() || is_object() ? node_->length : 0;
}

Value Value::find(std::string_view key) const {
  Value found;
  for (const Member member : members())
    if (member.key == key) found = member.value;
  return found;
}

Value Value::at_path(std::string_view path) const {
  Value here = *this;
  while (here.exists()) {
    const std::size_t dot = path.find('.');
    here = here.find(path.substr(0, dot));
    if (dot == std::string_view::npos) break;
    path.remove_prefix(dot + 1);
  }
  return here;
}

Elements Value::elements() const {
  if (!is_array()) return {nullptr, nullptr};
  return {node_ + 1, node_ + node_->span};
}

Members Value::members() const {
  if (!is_object()) return {nullptr, nullptr};
  return {node_ + 1, node_ + node_->span};
}

void Value::append_to(std::string& out) const {
  FLIT_CHECK(exists(), "an absent value has no text");
  switch (kind()) {
    case Kind::null:
      out.append("null");
      return;
    case Kind::boolean:
      out.append(*as_boolean() ? "true" : "false");
      return;
    case Kind::number:
      out.append(node_->text, node_->length);
      return;
    case Kind::string:
      append_quoted(out, *as_string());
      return;
    case Kind::array: {
      char separator = '[';
      for (const Value element : elements()) {
        out.push_back(separator);
        element.append_to(out);
        separator = ',';
      }
      out.append(separator == '[' ? "[]" : "]");
      return;
    }
    case Kind::object: {
      char separator = '{';
      for (const Member member : members()) {
        out.push_back(separator);
        append_quoted(out, member.key);
        out.push_back(':');
        member.value.append_to(out);
        separator = ',';
      }
      out.append(separator == '{' ? "{}" : "}");
      return;
    }
  }
}

std::string Value::dump() const {
  std::string out;
  append_to(out);
  return out;
}

}  // namespace flit::json
