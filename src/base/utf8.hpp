#pragma once
/// @file UTF-8 at the byte level: is it valid, how long is it, what to do with bad bytes.
///
/// Linguistic questions (case, normalisation, white space) live in base/text.hpp.

#include <cstddef>
#include <string>
#include <string_view>

namespace flit::utf8 {

/// Well-formed by the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid(std::string_view text);

/// Bytes of the longest prefix that is well-formed: the offset of the first bad byte.
std::size_t valid_prefix(std::string_view text);

/// The text with U+FFFD in place of each byte that is not part of a well-formed sequence.
std::string repaired(std::string_view text);

/// Number of code points. REQUIRES: valid.
std::size_t code_points(std::string_view text);

/// Number of UTF-16 code units, the unit in which both platforms state column lengths. REQUIRES:
/// valid.
std::size_t utf16_units(std::string_view text);

/// The longest prefix of at most `units` UTF-16 code units that ends between code points. REQUIRES:
/// valid.
std::string_view prefix_of_utf16_units(std::string_view text, std::size_t units);

/// Appends one code point. REQUIRES: a scalar value (no surrogate, at most U+10FFFF).
void append(std::string& out, char32_t code_point);

}  // namespace flit::utf8
