// Decimals form a ring wherever they fit, and agree with OpenSSL's big numbers everywhere.

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <rapidcheck/gtest.h>

#include "base/decimal.hpp"

namespace flit {
namespace {

/// How far the oracle shifts every value so that all of them are whole: a product has 76 places.
constexpr int oracle_scale = 76;

struct Free {
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
  void operator()(char* text) const { OPENSSL_free(text); }
};
using Big = std::unique_ptr<BIGNUM, Free>;

Big big(const std::string& digits) {
  BIGNUM* number = nullptr;
  RC_ASSERT(BN_dec2bn(&number, digits.c_str()) == static_cast<int>(digits.size()));
  return Big(number);
}

std::string text_of(const Big& number) {
  return std::unique_ptr<char, Free>(BN_bn2dec(number.get())).get();
}

/// decimal × 10^scale as a whole number. REQUIRES: the decimal has no more places.
Big shifted(const Decimal& decimal, int scale) {
  std::string digits = decimal.text();
  const std::size_t point = digits.find('.');
  const std::size_t places = point == std::string::npos ? 0 : digits.size() - point - 1;
  if (point != std::string::npos) digits.erase(point, 1);
  return big(digits + std::string(static_cast<std::size_t>(scale) - places, '0'));
}

Big combine(int (*operation)(BIGNUM*, const BIGNUM*, const BIGNUM*), const Big& a, const Big& b) {
  Big result(BN_new());
  RC_ASSERT(operation(result.get(), a.get(), b.get()) == 1);
  return result;
}

int multiply(BIGNUM* product, const BIGNUM* a, const BIGNUM* b) {
  const std::unique_ptr<BN_CTX, Free> context(BN_CTX_new());
  return BN_mul(product, a, b, context.get());
}

/// Whether number × 10^-scale has at most 38 digits, and at most 38 of them behind the point.
bool fits(const Big& number, int scale) {
  std::string digits = text_of(number);
  if (digits.front() == '-') digits.erase(0, 1);
  for (; scale > 0 && digits.size() > 1 && digits.back() == '0'; --scale) digits.pop_back();
  return digits == "0" || (digits.size() <= 38 && scale <= 38);
}

template <typename Number>
Number below(Number limit) {
  return *rc::gen::resize(100, rc::gen::inRange<Number>(0, limit));
}

/// Of every length and scale, rich in zeros, nines and ties.
Decimal any_decimal(int longest = 38) {
  std::string digits = below(2) == 0 ? "-" : "";
  const int length = 1 + below(longest);
  const std::string alphabet = *rc::gen::element<std::string>("0123456789", "0", "9", "05", "0009");
  for (int i = 0; i < length; ++i) digits += alphabet[below(alphabet.size())];
  digits.insert(digits.end() - below(length + 1), '.');
  return Decimal::parse(digits).value();
}

RC_GTEST_PROP(DecimalProperties, TextIsTheValueAndTheScale, ()) {
  const Decimal decimal = any_decimal();

  const Decimal again = Decimal::parse(decimal.text()).value();

  RC_ASSERT(again == decimal);
  RC_ASSERT(again.scale() == decimal.scale());
  RC_ASSERT(again.hash() == decimal.hash());
  RC_ASSERT(Decimal::parse(decimal.text(Decimal::Zeros::dropped)).value() == decimal);
}

RC_GTEST_PROP(DecimalProperties, EveryTextIsReadOrRefused, (const std::string& bytes)) {
  const auto noise = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0019.eE+-")));

  for (const std::string& text : {bytes, noise})
    if (const auto decimal = Decimal::parse(text))
      RC_ASSERT(Decimal::parse(decimal->text()).value() == *decimal);
}

RC_GTEST_PROP(DecimalProperties, AnExponentMovesThePoint, ()) {
  const Decimal decimal = any_decimal();
  const int exponent = below(161) - 80;

  const auto read = Decimal::parse(decimal.text() + "e" + std::to_string(exponent));
  const auto moved = decimal.scale10(exponent);

  RC_ASSERT(read.has_value() == (moved.has_value() || decimal.is_zero()));
  if (read) RC_ASSERT(*read == *moved);
}

RC_GTEST_PROP(DecimalProperties, OrderIsThatOfBigNumbers, ()) {
  const Decimal a = any_decimal();
  const Decimal b = *rc::gen::element(any_decimal(), a, a.negated());

  const int expected = BN_cmp(shifted(a, 38).get(), shifted(b, 38).get());

  RC_ASSERT((a <=> b) == (expected <=> 0));
  RC_ASSERT((a == b) == (expected == 0));
}

RC_GTEST_PROP(DecimalProperties, SumsAreThoseOfBigNumbersOrDoNotFit, ()) {
  const Decimal a = any_decimal();
  const Decimal b = any_decimal();
  const Big expected = combine(BN_add, shifted(a, 38), shifted(b, 38));

  const auto sum = a.plus(b);

  RC_CLASSIFY(sum.has_value());
  RC_ASSERT(sum.has_value() == fits(expected, 38));
  if (sum) RC_ASSERT(text_of(shifted(*sum, 38)) == text_of(expected));
}

RC_GTEST_PROP(DecimalProperties, ProductsAreThoseOfBigNumbersOrDoNotFit, ()) {
  const Decimal a = any_decimal();
  const Decimal b = any_decimal();
  const Big expected = combine(multiply, shifted(a, 38), shifted(b, 38));

  const auto product = a.times(b);

  RC_CLASSIFY(product.has_value());
  RC_ASSERT(product.has_value() == fits(expected, oracle_scale));
  if (product) RC_ASSERT(text_of(shifted(*product, oracle_scale)) == text_of(expected));
}

/// numerator ÷ denominator to a whole number, rounded on the text book's definition.
Big rounded_quotient(const Big& numerator, const Big& denominator, RoundingMode mode) {
  const std::unique_ptr<BN_CTX, Free> context(BN_CTX_new());
  Big quotient(BN_new());
  Big rest(BN_new());
  RC_ASSERT(BN_div(quotient.get(), rest.get(), numerator.get(), denominator.get(), context.get()) ==
            1);
  const Big twice = combine(BN_add, rest, rest);
  const int half = BN_ucmp(twice.get(), denominator.get());
  const bool away = mode == RoundingMode::half_up ? half >= 0
                    : mode == RoundingMode::half_even
                        ? half > 0 || (half == 0 && BN_is_odd(quotient.get()))
                        : false;
  if (!away) return quotient;
  const bool negative = BN_is_negative(numerator.get()) != BN_is_negative(denominator.get());
  return combine(negative ? BN_sub : BN_add, quotient, big("1"));
}

RoundingMode any_mode() {
  return *rc::gen::element(RoundingMode::half_even, RoundingMode::half_up, RoundingMode::down);
}

RC_GTEST_PROP(DecimalProperties, QuotientsAreThoseOfBigNumbersOrDoNotFit, ()) {
  const Decimal a = any_decimal();
  const Decimal b = any_decimal(1 + below(38));
  RC_PRE(!b.is_zero());
  const int scale = below(39);
  const RoundingMode mode = any_mode();
  const Big numerator = shifted(a, 38 + scale);  // a ÷ b × 10^scale
  const Big expected = rounded_quotient(numerator, shifted(b, 38), mode);

  const auto quotient = a.divided_by(b, scale, mode);

  RC_CLASSIFY(quotient.has_value());
  RC_ASSERT(quotient.has_value() == fits(expected, 0));
  if (!quotient) return;
  RC_ASSERT(quotient->scale() == scale);
  RC_ASSERT(text_of(shifted(*quotient, scale)) == text_of(expected));
}

RC_GTEST_PROP(DecimalProperties, RoundingIsDivisionByOne, ()) {
  const Decimal a = any_decimal();
  const int scale = below(39);
  const RoundingMode mode = any_mode();
  const auto divided = a.divided_by(Decimal::of(1), scale, mode);

  const Decimal rounded = a.rounded(scale, mode);
  const auto rescaled = a.rescaled(scale, mode);

  RC_ASSERT(rescaled.has_value() == divided.has_value());
  if (rescaled) RC_ASSERT(*rescaled == *divided);
  if (rescaled) RC_ASSERT(rounded == *divided);
  if (rescaled) RC_ASSERT(rescaled->scale() == scale);
  RC_ASSERT(rounded.scale() <= scale);
}

RC_GTEST_PROP(DecimalProperties, TheLawsOfARingHold, ()) {
  const Decimal a = any_decimal(12);
  const Decimal b = any_decimal(12);
  const Decimal c = any_decimal(12);
  const auto sum = [](const Decimal& x, const Decimal& y) { return x.plus(y).value(); };
  const auto product = [](const Decimal& x, const Decimal& y) { return x.times(y).value(); };

  RC_ASSERT(sum(a, b) == sum(b, a));
  RC_ASSERT(sum(sum(a, b), c) == sum(a, sum(b, c)));
  RC_ASSERT(sum(a, a.negated()).is_zero());
  RC_ASSERT(product(a, b) == product(b, a));
  RC_ASSERT(product(product(a, b), c) == product(a, product(b, c)));
  RC_ASSERT(product(a, sum(b, c)) == sum(product(a, b), product(a, c)));
  RC_ASSERT(a.minus(b).value() == sum(a, b.negated()));
}

RC_GTEST_PROP(DecimalProperties, DigitCountsBoundTheText, ()) {
  const std::string text = any_decimal().text(Decimal::Zeros::dropped);
  const Decimal a = Decimal::parse(text).value();

  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t places = point == text.size() ? 0 : text.size() - point - 1;
  RC_ASSERT(a.fraction_digits() == static_cast<int>(places));
  const bool starts_with_zero = text[a.is_negative() ? 1 : 0] == '0';
  const auto whole = static_cast<int>(point) - (a.is_negative() ? 1 : 0);
  RC_ASSERT(a.integer_digits() == (starts_with_zero ? 0 : whole));
}

}  // namespace
}  // namespace flit
