#include "sim/salesforce/api/json_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit::sim::salesforce {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Walks over a document until something is where nothing like it may be.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  /// The offset of the first wrong character; the end of the text when it stops too early.
  std::size_t fault() {
    while (at_ <= text_.size()) {
      blanks();
      if (!step()) return at_;
      if (open_.empty() && want_ == Want::separator) break;
    }
    blanks();
    return at_;
  }

 private:
  enum class Want { value, key, separator };

  bool step() {
    switch (want_) {
      case Want::value:
        return value();
      case Want::key:
        return key();
      case Want::separator:
        return separator();
    }
    return false;
  }

  bool value() {
    const char c = peek();
    if (c == '{' || c == '[') {
      open_ += c;
      ++at_;
      blanks();
      want_ = c == '{' ? Want::key : Want::value;
      return peek() == (c == '{' ? '}' : ']') ? close() : true;
    }
    want_ = Want::separator;
    if (c == '"') return quoted();
    if (c == '-' || is_digit(c)) return number();
    for (const std::string_view word : {"true", "false", "null"})
      if (c == word.front()) return literal(word);
    return false;
  }

  bool key() {
    if (peek() != '"' || !quoted()) return false;
    blanks();
    if (peek() != ':') return false;
    ++at_;
    want_ = Want::value;
    return true;
  }

  bool separator() {
    if (open_.empty()) return false;
    const bool object = open_.back() == '{';
    if (peek() == (object ? '}' : ']')) return close();
    if (peek() != ',') return false;
    ++at_;
    want_ = object ? Want::key : Want::value;
    return true;
  }

  bool close() {
    open_.pop_back();
    ++at_;
    want_ = Want::separator;
    return true;
  }

  bool quoted() {
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\') ++at_;
    }
    at_ = std::min(at_, text_.size());
    return false;
  }

  bool number() {
    if (peek() == '-') ++at_;
    if (!is_digit(peek())) return false;
    while (is_digit(peek()) || std::string_view(".eE+-").find(peek()) != std::string_view::npos)
      ++at_;
    return true;
  }

  bool literal(std::string_view word) {
    for (const char c : word) {
      if (peek() != c) return false;
      ++at_;
    }
    return true;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string open_;  // brackets
  Want want_ = Want::value;
};

}  // namespace

std::string json_fault(std::string_view body) {
  const std::size_t at = Walk(body).fault();
  const std::string_view before = body.substr(0, at);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  const std::string place = fmt::format("at [line:{}, column:{}]", line, at - start + 1);
  if (at >= body.size()) return "Unexpected end-of-input " + place;
  const auto code = static_cast<unsigned char>(body[at]);
  const std::string shown = code >= 0x20 && code < 0x7F ? std::string(1, body[at]) : "?";
  return fmt::format("Unexpected character ('{}' (code {})) {}", shown, code, place);
}

}  // namespace flit::sim::salesforce
