#include "base/text.hpp"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "base/check.hpp"
#include "base/code_points.hpp"
#include "base/utf8.hpp"

namespace flit::text {
namespace {

// Most text is ASCII, where every normal form is the text itself: that way is taken without ICU.
bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

void check(const UErrorCode& status) {
  FLIT_CHECK(U_SUCCESS(status), "ICU has its data and takes any well-formed text");
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

using Find = const icu::Normalizer2* (*)(UErrorCode&);

std::string normalized(std::string_view text, Find find) {
  if (is_ascii(text)) return std::string(text);
  if (!utf8::is_valid(text)) return normalized(utf8::repaired(text), find);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const form = find(status);
  check(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  form->normalizeUTF8(0, piece(text), sink, nullptr, status);
  check(status);
  return out;
}

enum class Case { folded, lower, upper };

std::string cased(std::string_view text, Case wanted) {
  if (!utf8::is_valid(text)) return cased(utf8::repaired(text), wanted);
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  switch (wanted) {
    case Case::folded:
      icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, piece(text), sink, nullptr, status);
      break;
    case Case::lower:
      icu::CaseMap::utf8ToLower("", 0, piece(text), sink, nullptr, status);
      break;
    case Case::upper:
      icu::CaseMap::utf8ToUpper("", 0, piece(text), sink, nullptr, status);
      break;
  }
  check(status);
  return out;
}

bool is_mark(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

bool is_letter_or_digit(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

template <typename Keep>
std::string filtered(std::string_view text, Keep keep) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : CodePoints(text))
    if (keep(c)) utf8::append(out, c);
  return out;
}

std::string without_marks(std::string_view text) {
  return filtered(text, [](char32_t c) { return !is_mark(c); });
}

/// Applies `step` until it changes nothing. Folding can make a text that composes anew and
/// composing one that folds anew, each time to something simpler; three rounds are the most ever
/// seen.
template <typename Step>
std::string settled(std::string_view text, Step step) {
  std::string now = step(text);
  for (int round = 0; round < 8; ++round) {
    std::string next = step(now);
    if (next == now) break;
    now = std::move(next);
  }
  return now;
}

bool is_slug_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

std::string nfc(std::string_view text) {
  return normalized(text, icu::Normalizer2::getNFCInstance);
}
std::string nfkc(std::string_view text) {
  return normalized(text, icu::Normalizer2::getNFKCInstance);
}
std::string nfkd(std::string_view text) {
  return normalized(text, icu::Normalizer2::getNFKDInstance);
}

std::string fold_case(std::string_view text) {
  return is_ascii(text) ? ascii_lower(text) : cased(text, Case::folded);
}

std::string lower(std::string_view text) {
  return is_ascii(text) ? ascii_lower(text) : cased(text, Case::lower);
}

std::string upper(std::string_view text) {
  return cased(text, Case::upper);
}

bool is_white_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool is_blank(std::string_view text) {
  return trim(text).empty();
}

std::string_view trim(std::string_view text) {
  // Most texts begin and end with a letter, and their middle need not be looked at.
  const auto is_letter = [](char c) { return c > ' ' && c < '\x7F'; };
  if (!text.empty() && is_letter(text.front()) && is_letter(text.back())) return text;
  std::size_t first = text.size();
  std::size_t end = 0;
  const CodePoints walk(text);
  for (auto it = walk.begin(); it != walk.end(); ++it) {
    if (is_white_space(*it)) continue;
    const auto at = static_cast<std::size_t>(it.bytes().data() - text.data());
    first = std::min(first, at);
    end = at + it.bytes().size();
  }
  return first < end ? text.substr(first, end - first) : text.substr(0, 0);
}

std::string collapse_white_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (const char32_t c : CodePoints(text)) {
    if (is_white_space(c)) {
      pending = !out.empty();
      continue;
    }
    if (pending) out.push_back(' ');
    pending = false;
    utf8::append(out, c);
  }
  return out;
}

std::string strip_marks(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return nfc(without_marks(normalized(text, icu::Normalizer2::getNFDInstance)));
}

std::string slug(std::string_view text) {
  std::string out;
  bool pending = false;
  for (const char c : lower(without_marks(nfkd(text)))) {
    if (!is_slug_character(c)) {
      pending = !out.empty();
      continue;
    }
    if (pending) out.push_back('.');
    pending = false;
    out.push_back(c);
  }
  return out;
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return collapse_white_space(ascii_lower(text));
  return settled(
      text, [](std::string_view now) { return collapse_white_space(nfkc(fold_case(nfkc(now)))); });
}

std::string squash(std::string_view text) {
  return settled(text,
                 [](std::string_view now) { return filtered(fold(now), is_letter_or_digit); });
}

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  return fold_case(text).starts_with(fold_case(prefix));
}

bool equals_fold(std::string_view a, std::string_view b) {
  return fold_case(a) == fold_case(b);
}

}  // namespace flit::text
