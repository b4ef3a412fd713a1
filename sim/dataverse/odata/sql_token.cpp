#include "sim/dataverse/odata/sql_token.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  Result<std::vector<SqlToken>> cut() {
    for (;;) {
      FLIT_TRY_VOID(skip_blanks());
      if (at_ == text_.size()) break;
      FLIT_TRY(token, next());
      tokens_.push_back(std::move(token));
    }
    tokens_.push_back({.position = at_});
    return std::move(tokens_);
  }

 private:
  bool sees(std::string_view mark) const { return text_.substr(at_, mark.size()) == mark; }

  Result<void> skip_blanks() {
    while (at_ < text_.size()) {
      if (std::string_view(" \t\r\n;").find(text_[at_]) != std::string_view::npos) {
        ++at_;
      } else if (sees("--")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (sees("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return sql_fault("a comment is not closed");
        at_ = end + 2;
      } else {
        break;
      }
    }
    return {};
  }

  Result<SqlToken> next() {
    const char c = text_[at_];
    if (c == '\'') return quoted('\'', SqlToken::Kind::text);
    if ((c == 'N' || c == 'n') && text_.substr(at_ + 1, 1) == "'") {
      ++at_;
      return quoted('\'', SqlToken::Kind::text);
    }
    if (c == '[') return quoted(']', SqlToken::Kind::word);
    if (c == '"') return quoted('"', SqlToken::Kind::word);
    const bool sign = (c == '-' || c == '+') && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    if (is_digit(c) || sign) return number();
    if (is_name(c)) return word();
    return mark();
  }

  SqlToken take(SqlToken::Kind kind, std::size_t length) {
    SqlToken token{.kind = kind, .text = std::string(text_.substr(at_, length)), .position = at_};
    at_ += length;
    return token;
  }

  Result<SqlToken> number() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) ++end;
    return take(SqlToken::Kind::number, end - at_);
  }

  Result<SqlToken> word() {
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    return take(SqlToken::Kind::word, end - at_);
  }

  Result<SqlToken> mark() {
    for (const std::string_view two : {"<>", "!=", "<=", ">="})
      if (sees(two)) {
        SqlToken token = take(SqlToken::Kind::mark, 2);
        if (token.text == "!=") token.text = "<>";
        return token;
      }
    if (std::string_view("(),.*=<>").find(text_[at_]) != std::string_view::npos)
      return take(SqlToken::Kind::mark, 1);
    return sql_fault(fmt::format("unexpected character at position {}", at_));
  }

  /// The closing mark doubled stands for itself.
  Result<SqlToken> quoted(char close, SqlToken::Kind kind) {
    SqlToken token{.kind = kind, .position = at_, .quoted = true};
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != close) {
        token.text.push_back(text_[at_]);
        continue;
      }
      ++at_;
      if (text_.substr(at_, 1) != std::string_view(&close, 1)) return token;
      token.text.push_back(close);
    }
    return sql_fault("a quoted text is not closed");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<SqlToken> tokens_{};
};

}  // namespace

bool SqlToken::is_word(std::string_view word) const {
  return kind == Kind::word && !quoted && text.size() == word.size() &&
         std::equal(text.begin(), text.end(), word.begin(),
                    [](char own, char wanted) { return upper(own) == wanted; });
}

Result<std::vector<SqlToken>> cut_sql(std::string_view text) {
  return Cutter(text).cut();
}

Error sql_fault(std::string_view what) {
  return platform_fault("0x80040203", fmt::format("The SQL statement is not valid: {}.", what));
}

}  // namespace flit::sim::dataverse::odata
