#pragma once
/// @file Text as people mean it: normal forms, case, white space, and the forms that matching uses.
///
/// Everything follows the Unicode standard (ICU knows it) and no locale: the same text gives the
/// same result on every machine. Input is UTF-8; bytes that are not count as U+FFFD. Bytes and
/// lengths: base/utf8.hpp; one code point after the other: base/code_points.hpp. Pure functions.

#include <concepts>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace flit::text {

/// Normal forms (UAX #15): composed; composed with compatibility ("ﬁ" → "fi"); the same decomposed.
std::string nfc(std::string_view text);
std::string nfkc(std::string_view text);
std::string nfkd(std::string_view text);

/// Full case folding, for comparing ("Straße" → "strasse"); lower and upper are for showing.
std::string fold_case(std::string_view text);
std::string lower(std::string_view text);
std::string upper(std::string_view text);

/// The Unicode property White_Space: blanks, tabs, line ends, no-break spaces; no zero-width ones.
bool is_white_space(char32_t c);
bool is_blank(std::string_view text);  ///< nothing but white space

/// Without white space at the ends. A view into `text`.
std::string_view trim(std::string_view text);

/// Each run of white space as one blank, none at the ends.
std::string collapse_white_space(std::string_view text);

/// Without accents and other marks, else composed: "Zoë Ñuñez" → "Zoe Nunez". Letters of their own
/// stay: "Søren", "Łodz".
std::string strip_marks(std::string_view text);

/// For addresses and file names (facts/sources.md §1.12, slug): NFKD, marks dropped, lower case,
/// each run of other than a–z 0–9 "-" one ".", none at the ends. May be empty.
std::string slug(std::string_view text);

/// Two texts are the same name when these are equal (facts/sources.md §1.12, match). fold: NFKC,
/// full case folding, white space collapsed; squash: of that, letters and digits only. Applying
/// either again changes nothing.
std::string fold(std::string_view text);
std::string squash(std::string_view text);

/// Under fold_case; a prefix may end within a "ß" or a ligature.
bool starts_with_fold(std::string_view text, std::string_view prefix);
bool equals_fold(std::string_view a, std::string_view b);

/// A–Z only, for protocols whose names are ASCII (HTTP headers, keywords).
std::string ascii_lower(std::string_view text);
bool equals_ascii_fold(std::string_view a, std::string_view b);

/// The pieces between separators, empty ones included: at least one. REQUIRES: separator not empty.
std::vector<std::string_view> split(std::string_view text, std::string_view separator);

/// Every occurrence from left to right, not within what was put in. REQUIRES: `from` not empty.
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

template <std::ranges::input_range Pieces>
requires std::convertible_to<std::ranges::range_reference_t<const Pieces>, std::string_view>
    std::string join(const Pieces& pieces, std::string_view separator) {
  std::string out;
  bool first = true;
  for (const auto& piece : pieces) {
    if (!first) out.append(separator);
    out.append(std::string_view(piece));
    first = false;
  }
  return out;
}

}  // namespace flit::text
