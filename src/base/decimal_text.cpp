// Decimals to and from text. A hot path of loading: one pass to find the parts, one over the
// digits.

#include <algorithm>
#include <array>
#include <charconv>

#include "base/decimal.hpp"
#include "base/detail/decimal_parts.hpp"
#include "base/excerpt.hpp"

namespace flit {

using detail::DecimalParts;
using detail::powers_of_ten;
using detail::Wide;

namespace {

constexpr std::size_t digits_in_a_word = 19;  // what any 64 bits hold

struct Lexeme {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes the digits off the front of `text`.
std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  const auto digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool take_sign(std::string_view& text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  return negative;
}

/// Reads what stands behind the "e". Exponents beyond any use stop growing instead of wrapping.
std::optional<std::int64_t> read_exponent(std::string_view text) {
  constexpr std::int64_t beyond_use = 1'000'000'000'000;
  const bool negative = take_sign(text);
  const auto digits = take_digits(text);
  if (digits.empty() || !text.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) value = std::min(value * 10 + (c - '0'), beyond_use);
  return negative ? -value : value;
}

std::optional<Lexeme> split(std::string_view text) {
  Lexeme lexeme;
  lexeme.negative = take_sign(text);
  lexeme.whole = take_digits(text);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    lexeme.fraction = take_digits(text);
  }
  if (lexeme.whole.empty() && lexeme.fraction.empty()) return std::nullopt;
  if (text.empty()) return lexeme;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  const auto exponent = read_exponent(text.substr(1));
  if (!exponent) return std::nullopt;
  lexeme.exponent = *exponent;
  return lexeme;
}

void drop_leading_zeros(std::string_view& digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// Digits that matter, wherever the point stands between them.
struct Digits {
  std::string_view first;
  std::string_view second;

  std::size_t size() const { return first.size() + second.size(); }
  bool drop_last_zero() {
    std::string_view& end = second.empty() ? first : second;
    if (end.empty() || end.back() != '0') return false;
    end.remove_suffix(1);
    return true;
  }
};

/// REQUIRES: no more digits than fit, together with those already in `value`.
Wide appended(Wide value, std::string_view digits) {
  while (!digits.empty()) {
    const auto chunk = digits.substr(0, digits_in_a_word);
    std::uint64_t word = 0;
    for (const char c : chunk) word = word * 10 + static_cast<std::uint64_t>(c - '0');
    value = value * powers_of_ten[chunk.size()] + word;
    digits.remove_prefix(chunk.size());
  }
  return value;
}

/// Most numbers: no exponent, and no more digits than a word holds whatever they are.
std::optional<DecimalParts> read_short(std::string_view text) {
  const bool negative = take_sign(text);
  if (text.empty() || text.size() >= digits_in_a_word) return std::nullopt;
  std::uint64_t word = 0;
  std::size_t digits = 0;
  std::size_t places = 0;
  for (const char c : text) {
    if (is_digit(c)) {
      word = word * 10 + static_cast<std::uint64_t>(c - '0');
      ++digits;
    } else if (c == '.' && places == 0) {
      places = text.size() - digits;  // the point itself and what stands behind it
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0) return std::nullopt;
  return DecimalParts{negative, word, static_cast<int>(places == 0 ? 0 : places - 1)};
}

Error too_long_text(std::string_view text) {
  return Error{.message = fmt::format("found {}, expected at most {} digits, and at most {} of "
                                      "them behind the point",
                                      excerpt(text), Decimal::max_digits, Decimal::max_scale)};
}

/// Writes the digits of `value` so that they end before `end`; returns where they start.
char* write_digits(char* end, Wide value) {
  std::uint64_t word = detail::low_half(value);
  if (detail::high_half(value) != 0) {
    constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;  // 10^19
    word = detail::low_half(value % chunk);
    Wide rest = value / chunk;  // below 10^19, as the magnitude is below 10^38
    for (std::size_t i = 0; i < digits_in_a_word; ++i, word /= 10)
      *--end = static_cast<char>('0' + word % 10);
    word = detail::low_half(rest);
  }
  for (; word != 0; word /= 10) *--end = static_cast<char>('0' + word % 10);
  return end;
}

}  // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
  if (const auto parts = read_short(text)) return parts->join();
  auto lexeme = split(text);
  if (!lexeme)
    return Error{.message = fmt::format("found {}, expected a decimal number such as -1234.50",
                                        excerpt(text))};
  std::int64_t scale = static_cast<std::int64_t>(lexeme->fraction.size()) - lexeme->exponent;
  drop_leading_zeros(lexeme->whole);
  if (lexeme->whole.empty()) drop_leading_zeros(lexeme->fraction);
  Digits digits{lexeme->whole, lexeme->fraction};
  if (digits.size() == 0)
    return DecimalParts{false, 0, static_cast<int>(std::clamp<std::int64_t>(scale, 0, max_scale))}
        .join();
  while (scale > 0 && (scale > max_scale || digits.size() > max_digits)) {
    if (!digits.drop_last_zero()) return too_long_text(text);
    --scale;
  }
  const std::int64_t appended_zeros = scale < 0 ? -scale : 0;
  if (digits.size() > max_digits ||
      appended_zeros > max_digits - static_cast<std::int64_t>(digits.size()))
    return too_long_text(text);
  const Wide magnitude = appended(appended(0, digits.first), digits.second) *
                         powers_of_ten[static_cast<std::size_t>(appended_zeros)];
  return DecimalParts{lexeme->negative, magnitude,
                      static_cast<int>(std::max<std::int64_t>(scale, 0))}
      .join();
}

std::string Decimal::text(Zeros zeros) const {
  std::string out;
  append_to(out, zeros);
  return out;
}

void Decimal::append_to(std::string& out, Zeros zeros) const {
  std::array<char, max_digits + 1> buffer;
  char* const end = buffer.data() + buffer.size();
  const char* begin = write_digits(end, DecimalParts::of(*this).magnitude);
  auto digits = std::string_view(begin, static_cast<std::size_t>(end - begin));
  std::size_t places = scale_;
  if (zeros == Zeros::dropped)
    for (; places > 0 && (digits.empty() || digits.back() == '0'); --places)
      if (!digits.empty()) digits.remove_suffix(1);
  if (negative_) out.push_back('-');
  if (digits.size() <= places) {
    out.push_back('0');
    if (places > 0) out.append(".").append(places - digits.size(), '0').append(digits);
    return;
  }
  out.append(digits, 0, digits.size() - places);
  if (places > 0) out.append(".").append(digits, digits.size() - places);
}

}  // namespace flit
