#include "base/json_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/check.hpp"
#include "base/json_writer.hpp"

namespace flit::json {
namespace {

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

bool is_blank(char c) {
  return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
}

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && is_blank(token.back())) token.remove_suffix(1);
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

/// From the places where tokens start to nodes: what simdjson calls stage 2, ours because its own
/// turns numbers into doubles and its on-demand reader asks several questions for each value.
class NodeBuilder {
 public:
  /// What simdjson's stage 1 leaves behind: well-formed UTF-8, strings that end and hold no control
  /// characters, and where each token starts, with the end of the text behind the last.
  struct Tokens {
    std::string_view text;  ///< a zero byte stands behind it
    const std::uint32_t* first;
    const std::uint32_t* end;
    const simdjson::internal::dom_parser_implementation& kernel;
    std::string& unescaped;  ///< takes the strings that are written with escapes
  };

  /// `nodes` has room for one node a token.
  NodeBuilder(const Tokens& tokens, Node* nodes)
      : tokens_(tokens), next_(tokens.first), node_(nodes) {
    find_escape(tokens.text.data());
  }

  simdjson::error_code build() {
    if (const auto error = add_value(1)) return error;
    return next_ == tokens_.end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
  }

  /// Behind the last node.
  Node* end() const { return node_; }

  /// In the text: the token that could not be read, or the end.
  std::size_t place() const { return *next_; }

 private:
  const char* text() const { return tokens_.text.data(); }
  bool at_end() const { return next_ == tokens_.end; }

  /// Behind the last token stands the zero byte that ends the text; no token begins with one.
  char peek() const { return text()[*next_]; }

  /// The scalar that starts here, up to the next token or the end. Stage 1 sees no token in what
  /// follows a scalar without a blank (null"x"), so the whole of it has to be looked at.
  std::string_view scalar() const {
    const char* const first = text() + next_[0];
    const char* end = text() + next_[1];
    while (is_blank(end[-1])) --end;  // no token begins with a blank
    return {first, static_cast<std::size_t>(end - first)};
  }

  /// The first backslash from here on: where there is none, strings are taken as they stand.
  void find_escape(const char* from) {
    const char* const end = text() + tokens_.text.size();
    const void* found = std::memchr(from, '\\', static_cast<std::size_t>(end - from));
    escape_ = found == nullptr ? end : static_cast<const char*>(found);
  }

  void add(Kind kind, std::string_view view) {
    *node_++ = {view.data(), static_cast<std::uint32_t>(view.size()), 1, kind};
  }

  simdjson::error_code add_value(std::size_t depth) {
    switch (peek()) {
      case '{':
        return depth > Document::max_depth ? simdjson::DEPTH_ERROR : add_object(depth);
      case '[':
        return depth > Document::max_depth ? simdjson::DEPTH_ERROR : add_array(depth);
      default:
        return add_scalar();
    }
  }

  simdjson::error_code add_scalar() {
    switch (peek()) {
      case '"':
        return add_string();
      case 't':
        return add_atom(Kind::boolean, "true", simdjson::T_ATOM_ERROR);
      case 'f':
        return add_atom(Kind::boolean, "false", simdjson::F_ATOM_ERROR);
      case 'n':
        return add_atom(Kind::null, "null", simdjson::N_ATOM_ERROR);
      default:
        return at_end() ? simdjson::TAPE_ERROR : add_number();
    }
  }

  simdjson::error_code add_atom(Kind kind, std::string_view name, simdjson::error_code otherwise) {
    if (scalar() != name) return otherwise;
    add(kind, name);
    ++next_;
    return simdjson::SUCCESS;
  }

  simdjson::error_code add_number() {
    const std::string_view lexeme = scalar();
    if (!is_number(lexeme)) return simdjson::NUMBER_ERROR;
    add(Kind::number, lexeme);
    ++next_;
    return simdjson::SUCCESS;
  }

  [[gnu::always_inline]] simdjson::error_code add_string() {
    const char* const first = text() + next_[0] + 1;
    const char* last = text() + next_[1] - 1;
    while (is_blank(*last)) --last;
    if (last < first || *last != '"') return simdjson::STRING_ERROR;
    const std::string_view inner(first, static_cast<std::size_t>(last - first));
    if (escape_ >= last) {
      add(Kind::string, inner);
    } else if (!add_unescaped(inner)) {
      return simdjson::STRING_ERROR;
    }
    ++next_;
    return simdjson::SUCCESS;
  }

  /// No string grows when its escapes are resolved, so all of them fit where the text would.
  [[gnu::noinline]] bool add_unescaped(std::string_view inner) {
    if (unescaped_ == nullptr) {
      tokens_.unescaped.resize(tokens_.text.size() + simdjson::SIMDJSON_PADDING);
      unescaped_ = reinterpret_cast<std::uint8_t*>(tokens_.unescaped.data());
    }
    const auto* source = reinterpret_cast<const std::uint8_t*>(inner.data());
    std::uint8_t* const end = tokens_.kernel.parse_string(source, unescaped_);
    if (end == nullptr) return false;
    add(Kind::string,
        {reinterpret_cast<const char*>(unescaped_), static_cast<std::size_t>(end - unescaped_)});
    unescaped_ = end;
    find_escape(inner.data() + inner.size());
    return true;
  }

  simdjson::error_code add_object(std::size_t depth) {
    Node* const object = node_;
    add(Kind::object, {});
    ++next_;
    std::uint32_t count = 0;
    if (peek() != '}') {
      do {
        if (peek() != '"') return simdjson::TAPE_ERROR;
        if (const auto error = add_string()) return error;
        if (peek() != ':') return simdjson::TAPE_ERROR;
        ++next_;
        if (const auto error = add_value(depth + 1)) return error;
        ++count;
      } while (take_comma());
    }
    return close(object, count, '}');
  }

  simdjson::error_code add_array(std::size_t depth) {
    Node* const array = node_;
    add(Kind::array, {});
    ++next_;
    std::uint32_t count = 0;
    if (peek() != ']') {
      do {
        if (const auto error = add_value(depth + 1)) return error;
        ++count;
      } while (take_comma());
    }
    return close(array, count, ']');
  }

  bool take_comma() {
    if (peek() != ',') return false;
    ++next_;
    return true;
  }

  simdjson::error_code close(Node* container, std::uint32_t count, char bracket) {
    if (peek() != bracket)
      return at_end() ? simdjson::INCOMPLETE_ARRAY_OR_OBJECT : simdjson::TAPE_ERROR;
    ++next_;
    container->length = count;
    container->span = static_cast<std::uint32_t>(node_ - container);
    return simdjson::SUCCESS;
  }

  Tokens tokens_;
  const std::uint32_t* next_;
  Node* node_;
  std::uint8_t* unescaped_ = nullptr;
  const char* escape_ = nullptr;
};

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
  std::unique_ptr<simdjson::internal::dom_parser_implementation> kernel;  // made when first needed
  std::string text;         // our copy, with simdjson's padding behind it
  std::string unescaped;    // strings of the text that are not written as they are
  std::vector<Node> nodes;  // preorder: an object's members as key node, value node(s)
  std::size_t count = 0;    // of nodes that are in use

  simdjson::error_code make_room();
  simdjson::error_code build(std::size_t& stopped_at);
};

/// For as many tokens as the text has bytes.
simdjson::error_code Document::Impl::make_room() {
  constexpr std::size_t smallest = 512;
  if (!kernel)
    return simdjson::get_active_implementation()->create_dom_parser_implementation(
        std::max(text.size(), smallest), max_depth, kernel);
  if (kernel->capacity() >= text.size()) return simdjson::SUCCESS;
  return kernel->set_capacity(std::max(text.size(), 2 * kernel->capacity()));
}

// `stopped_at` becomes the place in the text that reading got to.
simdjson::error_code Document::Impl::build(std::size_t& stopped_at) {
  stopped_at = text.size();
  if (text.empty()) return simdjson::EMPTY;
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) return simdjson::CAPACITY;
  if (const auto error = make_room()) return error;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (const auto error = kernel->stage1(bytes, text.size(), simdjson::stage1_mode::regular))
    return error;
  std::uint32_t* const first = kernel->structural_indexes.get();
  std::uint32_t* const end = first + kernel->n_structural_indexes;
  *end = static_cast<std::uint32_t>(text.size());
  if (nodes.size() < kernel->n_structural_indexes) nodes.resize(kernel->n_structural_indexes);
  NodeBuilder builder({text, first, end, *kernel, unescaped}, nodes.data());
  const auto error = builder.build();
  stopped_at = builder.place();
  count = error ? 0 : static_cast<std::size_t>(builder.end() - nodes.data());
  return error;
}

Document::Document() : impl_(std::make_unique<Impl>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Result<Value> Document::read(std::string_view text) {
  Impl& impl = *impl_;
  impl.count = 0;
  text = trimmed(text);
  impl.text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  impl.text.assign(text);
  std::size_t stopped_at = 0;
  const simdjson::error_code error = impl.build(stopped_at);
  if (!error) return root();

  const Position at = position_of(impl.text, stopped_at);
  std::string_view reason = simdjson::error_message(error);
  while (reason.ends_with('.')) reason.remove_suffix(1);
  return Error{.fault = Fault::permanent,
               .message = fmt::format("not JSON: {}", reason),
               .where = fmt::format("line {}, column {} (byte {} of {})", at.line, at.column,
                                    stopped_at, impl.text.size()),
               .remedy = "The text was cut short or is not JSON at all"};
}

Value Document::root() const {
  return impl_->count == 0 ? Value() : Value(impl_->nodes.data());
}

Result<Document> parse(std::string_view text) {
  Document document;
  FLIT_TRY_VOID(document.read(text));
  return document;
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
