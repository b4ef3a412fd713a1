#include "base/json_value.hpp"

#include <charconv>

#include "base/check.hpp"
#include "base/json_writer.hpp"

namespace flit::json {

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
