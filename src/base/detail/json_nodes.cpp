#include "base/detail/json_nodes.hpp"

#include <cstring>

#include <simdjson.h>

namespace flit::json::detail {
namespace {

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

class NodeBuilder {
 public:
  NodeBuilder(const Tokens& tokens, std::size_t max_depth, Node* nodes)
      : tokens_(tokens), max_depth_(max_depth), next_(tokens.first), node_(nodes) {
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
        return depth > max_depth_ ? simdjson::DEPTH_ERROR : add_container<Kind::object>(depth);
      case '[':
        return depth > max_depth_ ? simdjson::DEPTH_ERROR : add_container<Kind::array>(depth);
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

  /// An object, or an array, whose items have no names.
  template <Kind kind>
  simdjson::error_code add_container(std::size_t depth) {
    constexpr char bracket = kind == Kind::object ? '}' : ']';
    Node* const container = node_;
    add(kind, {});
    ++next_;
    std::uint32_t count = 0;
    if (peek() != bracket) {
      do {
        if constexpr (kind == Kind::object)
          if (const auto error = add_name()) return error;
        if (const auto error = add_value(depth + 1)) return error;
        ++count;
      } while (take_comma());
    }
    return close(container, count, bracket);
  }

  simdjson::error_code add_name() {
    if (peek() != '"') return simdjson::TAPE_ERROR;
    if (const auto error = add_string()) return error;
    if (peek() != ':') return simdjson::TAPE_ERROR;
    ++next_;
    return simdjson::SUCCESS;
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
  std::size_t max_depth_;
  const std::uint32_t* next_;
  Node* node_;
  std::uint8_t* unescaped_ = nullptr;
  const char* escape_ = nullptr;
};

}  // namespace

Built build_nodes(const Tokens& tokens, std::size_t max_depth, Node* nodes) {
  NodeBuilder builder(tokens, max_depth, nodes);
  const simdjson::error_code error = builder.build();
  const auto used = error ? 0 : static_cast<std::size_t>(builder.end() - nodes);
  return {error, used, builder.place()};
}

}  // namespace flit::json::detail
