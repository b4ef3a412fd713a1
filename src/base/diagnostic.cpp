#include "base/diagnostic.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/secret_words.hpp"
#include "base/utf8.hpp"

namespace flit {
namespace {

constexpr std::size_t shown_width = 120;  // code points of a source line; longer ones are cut
constexpr std::size_t shown_before = 60;  // of these, how many may stand before the caret

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Bytes of the first `count` code points.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t i = 0;
  for (; i < text.size(); ++i)
    if (!is_continuation(text[i]) && count-- == 0) break;
  return i;
}

/// Control characters would move the cursor of a terminal; a tab is kept as one blank, so that the
/// caret stays below its character.
std::string printable(std::string_view text) {
  std::string out = utf8::repaired(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return out;
}

struct Excerpt {
  std::string line;
  std::size_t blanks;  // before the caret
  std::size_t width;   // of the caret and its tail
};

Excerpt excerpt_of(const Position& at) {
  const std::size_t column = at.place().column - 1;
  const std::string whole = without_secrets(at.source_line());
  std::string_view line = whole;
  const std::size_t skipped = column > shown_width - 10 ? column - shown_before : 0;
  line.remove_prefix(bytes_of(line, skipped));
  const std::string_view shown = line.substr(0, bytes_of(line, shown_width));
  const std::size_t blanks = column - skipped;
  const std::string_view marked = shown.substr(std::min(bytes_of(shown, blanks), shown.size()));
  const std::size_t width = utf8::code_points(marked.substr(0, at.length()));
  std::string text = printable(shown);
  if (skipped > 0) text.insert(0, "…");
  if (shown.size() < line.size()) text.append("…");
  return {std::move(text), blanks + (skipped > 0 ? 1 : 0), std::max<std::size_t>(width, 1)};
}

/// Everything behind the place: what Error::message carries, Error::where carrying the place.
std::string text_behind_place(const Diagnostic& diagnostic) {
  std::string out = fmt::format("{}: {}", to_string(diagnostic.severity), diagnostic.message);
  if (!diagnostic.at.has_line()) {
    if (!diagnostic.hint.empty()) out.append("\n      ").append(diagnostic.hint);
    return out;
  }
  const Excerpt excerpt = excerpt_of(diagnostic.at);
  out.append(fmt::format("\n{:5} | {}\n      | {:{}}^{:~<{}}", diagnostic.at.place().line,
                         excerpt.line, "", excerpt.blanks, "", excerpt.width - 1));
  if (!diagnostic.hint.empty()) out.append(" ").append(diagnostic.hint);
  return out;
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
  }
  return "unknown";
}

std::string Diagnostic::text() const {
  const std::string place = at.text();
  return place.empty() ? text_behind_place(*this) : place + ": " + text_behind_place(*this);
}

void Diagnostics::error(Position at, std::string message, std::string hint) {
  add({Severity::error, std::move(at), std::move(message), std::move(hint)});
}

void Diagnostics::warning(Position at, std::string message, std::string hint) {
  add({Severity::warning, std::move(at), std::move(message), std::move(hint)});
}

void Diagnostics::add(Diagnostic diagnostic) {
  std::size_t& count = diagnostic.severity == Severity::error ? errors_ : warnings_;
  if (++count > limit)
    ++left_out_;
  else
    all_.push_back(std::move(diagnostic));
}

std::string Diagnostics::text() const {
  std::string out;
  for (const Diagnostic& diagnostic : all_) {
    if (!out.empty()) out.append("\n\n");
    out.append(diagnostic.text());
  }
  if (left_out_ > 0) out.append(fmt::format("\n\nand {} more", left_out_));
  if (left_out_ == 0 && is_full()) out.append("\n\nthere may be more: reading stopped here");
  return out;
}

Error Diagnostics::to_error() const {
  FLIT_CHECK(has_errors(), "only errors become an Error");
  std::string where = all_.front().at.text();
  std::string message = text();
  if (!where.empty()) message.erase(0, where.size() + 2);
  return Error{.fault = Fault::setup, .message = std::move(message), .where = std::move(where)};
}

}  // namespace flit
