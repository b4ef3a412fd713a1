// base64 of RFC 4648, strict in both directions; OpenSSL's decoder is not (it skips white space and
// hands out the padding as zero bytes).

#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/excerpt.hpp"

namespace flit::base64 {
namespace {

constexpr std::string_view standard_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_safe_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t not_a_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> values_of(std::string_view digits) {
  std::array<std::uint8_t, 256> values{};
  values.fill(not_a_digit);
  for (std::size_t i = 0; i < digits.size(); ++i)
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
  return values;
}

constexpr auto standard_values = values_of(standard_digits);
constexpr auto url_safe_values = values_of(url_safe_digits);

std::uint32_t byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

/// How many "=" end the text, at most two.
std::size_t padding_of(std::string_view text) {
  std::size_t count = 0;
  while (count < 2 && count < text.size() && text[text.size() - 1 - count] == '=') ++count;
  return count;
}

Error bad_length(std::string_view text, std::string_view expected) {
  return Error{.message = fmt::format("found base64 text of {} characters, expected {}",
                                      text.size(), expected)};
}

/// The digits without their padding, once length and padding fit each other.
Result<std::string_view> digits_of(std::string_view text, Padding padding) {
  if (padding == Padding::required) {
    if (text.size() % 4 != 0) return bad_length(text, "a multiple of 4, filled up with '='");
    return text.substr(0, text.size() - padding_of(text));
  }
  if (text.size() % 4 == 1) return bad_length(text, "a length that is not 4n + 1");
  return text;
}

}  // namespace

std::string encode(std::string_view bytes, Form form) {
  const auto digits = form.alphabet == Alphabet::standard ? standard_digits : url_safe_digits;
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  std::size_t at = 0;
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group =
        byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
    out[at++] = digits[group >> 18];
    out[at++] = digits[group >> 12 & 63U];
    out[at++] = digits[group >> 6 & 63U];
    out[at++] = digits[group & 63U];
  }
  if (const std::size_t left = bytes.size() - i; left > 0) {
    const std::uint32_t group =
        byte_at(bytes, i) << 16 | (left > 1 ? byte_at(bytes, i + 1) << 8 : 0);
    out[at++] = digits[group >> 18];
    out[at++] = digits[group >> 12 & 63U];
    if (left > 1) out[at++] = digits[group >> 6 & 63U];
  }
  if (form.padding == Padding::forbidden) out.resize(at);
  return out;
}

Result<std::string> decode(std::string_view text, Form form) {
  const auto& values = form.alphabet == Alphabet::standard ? standard_values : url_safe_values;
  FLIT_TRY(digits, digits_of(text, form.padding));
  std::string out(digits.size() * 3 / 4, '\0');
  std::uint32_t bits = 0;  // what was read and not yet written sits in the low end
  int waiting = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::uint8_t value = values[static_cast<unsigned char>(digits[i])];
    if (value == not_a_digit)
      return Error{.message = fmt::format("found {} at byte {}, expected a base64 digit",
                                          excerpt(digits.substr(i, 8)), i)};
    bits = bits << 6 | value;
    waiting += 6;
    if (waiting < 8) continue;
    waiting -= 8;
    out[at++] = static_cast<char>(bits >> waiting & 0xFFU);
  }
  if ((bits & ((1U << waiting) - 1U)) != 0)
    return Error{.message = "found bits set behind the last byte of base64 text, expected zeros",
                 .remedy = "the text was cut or altered; take it from its source again"};
  return out;
}

}  // namespace flit::base64
