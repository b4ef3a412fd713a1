#include "base/decimal.hpp"

#include <limits>
#include <unordered_set>

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit {
namespace {

Decimal dec(std::string_view text) {
  return Decimal::parse(text).value();
}

const std::string nines(38, '9');

TEST(Decimal, KeepsTheScaleThatWasWritten) {
  EXPECT_EQ(dec("412500.10").text(), "412500.10");
  EXPECT_EQ(dec("412500.10").text(Decimal::Zeros::dropped), "412500.1");
  EXPECT_EQ(dec("100").text(Decimal::Zeros::dropped), "100");
  EXPECT_EQ(dec("0.00").text(), "0.00");
  EXPECT_EQ(dec("0.00").text(Decimal::Zeros::dropped), "0");
  EXPECT_EQ(dec("-0.050").text(), "-0.050");
  EXPECT_EQ(dec("-0.050").text(Decimal::Zeros::dropped), "-0.05");
}

TEST(Decimal, ReadsEveryFormANumberIsWrittenIn) {
  const std::vector<std::pair<std::string, std::string>> forms = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.0", "0.0"},
      {"+5", "5"},
      {".5", "0.5"},
      {"5.", "5"},
      {"007.10", "7.10"},
      {"1e3", "1000"},
      {"1.5E-3", "0.0015"},
      {"1.25e1", "12.5"},
      {"-12E+2", "-1200"},
      {"100e-40", "0." + std::string(37, '0') + "1"},
      {"0e999999999999999999999", "0"},
      {"1e37", "1" + std::string(37, '0')}};
  for (const auto& [written, plain] : forms) EXPECT_EQ(dec(written).text(), plain) << written;
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const std::string_view bad :
       {"",      "-",   "+",   ".",    "-.",  "1,000",    " 1", "1 ",    "1e",    "1e+",     "e5",
        "1.2.3", "--1", "+-1", "0x10", "NaN", "Infinity", "$1", "1_000", "1e5.0", "\xD9\xA1"})
    EXPECT_FALSE(Decimal::parse(bad)) << bad;
  EXPECT_FALSE(Decimal::parse(std::string_view("1\0", 2)));
}

TEST(Decimal, SaysWhatItFoundAndWhatItExpected) {
  EXPECT_EQ(Decimal::parse("12x").error().message,
            "found '12x', expected a decimal number such as -1234.50");
  EXPECT_EQ(
      Decimal::parse(std::string(9999, '7')).error().message,
      "found '" + std::string(40, '7') +
          "…' (9999 bytes), expected at most 38 digits, and at most 38 of them behind the point");
}

TEST(Decimal, HoldsThirtyEightDigitsAndNotOneMore) {
  EXPECT_EQ(dec(nines).text(), nines);
  EXPECT_EQ(dec("-0." + nines).text(), "-0." + nines);
  for (const std::string& bad :
       {nines + "9", "0." + nines + "9", nines + ".9", std::string("1e38"), std::string("1e-39"),
        std::string("1e999999999999999999999"), std::string("1e-999999999999999999999")})
    EXPECT_FALSE(Decimal::parse(bad)) << bad;
}

TEST(Decimal, DropsZerosThatDoNotFitAndChangeNothing) {
  EXPECT_EQ(dec(nines + ".0000").text(), nines);
  EXPECT_EQ(dec("1." + std::string(9999, '0')).text(), "1." + std::string(37, '0'));
  EXPECT_EQ(dec("0." + std::string(9999, '0')).text(), "0." + std::string(38, '0'));
  EXPECT_EQ(dec(std::string(9999, '0') + "1").text(), "1");
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(dec("1.0"), dec("1.000"));
  EXPECT_EQ(dec("0"), dec("-0.00"));
  EXPECT_LT(dec("-2"), dec("-1.5"));
  EXPECT_LT(dec("-0.1"), dec("0"));
  EXPECT_LT(dec("1.09"), dec("1.1"));
  EXPECT_LT(dec("0." + nines), dec("1"));
  EXPECT_GT(dec(nines), dec("1e-38"));  // aligning these two would need 76 digits
  EXPECT_LT(dec("-" + nines), dec("-1e-38"));
}

TEST(Decimal, HashesEqualValuesAlike) {
  const std::unordered_set<Decimal> values = {dec("1.0"), dec("1"), dec("10e-1"), dec("-1"),
                                              dec("0.1")};

  EXPECT_EQ(values.size(), 3U);
}

TEST(Decimal, AddsAndSubtractsExactly) {
  EXPECT_EQ(dec("0.1").plus(dec("0.2")).value().text(), "0.3");
  EXPECT_EQ(dec("1.50").plus(dec("-1.5")).value().text(), "0.00");
  EXPECT_EQ(dec("5").minus(dec("7.25")).value().text(), "-2.25");
  EXPECT_EQ(dec(nines).minus(dec("-0.00")).value().text(), nines);
  EXPECT_EQ(dec("1e37").minus(dec("0.5")).value().text(), std::string(37, '9') + ".5");
  EXPECT_EQ(dec("1e37").plus(dec("0.00")).value(), dec("1e37"));
}

TEST(Decimal, AddsAcrossTheGreatestLengthWhereTheSumFits) {
  const auto sum = dec(std::string(37, '9') + ".5").plus(dec("0.5"));

  EXPECT_EQ(sum.value().text(), "1" + std::string(37, '0'));
}

TEST(Decimal, NeverWraps) {
  EXPECT_FALSE(dec(nines).plus(dec("1")));
  EXPECT_FALSE(dec("-" + nines).minus(dec("1")));
  EXPECT_FALSE(dec("1e37").plus(dec("0.01")));
  EXPECT_FALSE(dec(nines).times(dec("1.1")));
  EXPECT_FALSE(dec(nines).times(dec(nines)));
  EXPECT_FALSE(dec("1e-20").times(dec("1e-20")));
  EXPECT_FALSE(dec(nines).divided_by(dec("0.1"), 0, RoundingMode::down));
  EXPECT_FALSE(dec(nines).rescaled(1, RoundingMode::down));
  EXPECT_FALSE(dec(nines).scale10(1));
  EXPECT_EQ(dec(nines).plus(dec("1")).error().message,
            "found a sum of more than 38 digits, expected at most 38");
}

TEST(Decimal, MultipliesExactly) {
  EXPECT_EQ(dec("1.10").times(dec("-2.5")).value().text(), "-2.750");
  EXPECT_EQ(dec("0").times(dec("-2")).value().text(), "0");
  EXPECT_EQ(dec("9999999999999999999").times(dec("9999999999999999999")).value().text(),
            "99999999999999999980000000000000000001");
  // 40 digits on the way, two of them zeros behind the point
  EXPECT_EQ(dec("2" + std::string(36, '0') + ".5").times(dec("4.0")).value().text(),
            "8" + std::string(35, '0') + "2" + ".0");
}

TEST(Decimal, DividesToTheScaleAskedFor) {
  EXPECT_EQ(dec("1").divided_by(dec("3"), 4, RoundingMode::half_even).value().text(), "0.3333");
  EXPECT_EQ(dec("2").divided_by(dec("3"), 4, RoundingMode::half_up).value().text(), "0.6667");
  EXPECT_EQ(dec("-2").divided_by(dec("3"), 4, RoundingMode::down).value().text(), "-0.6666");
  EXPECT_EQ(dec("1").divided_by(dec("8"), 2, RoundingMode::half_even).value().text(), "0.12");
  EXPECT_EQ(dec("3").divided_by(dec("8"), 2, RoundingMode::half_even).value().text(), "0.38");
  EXPECT_EQ(dec("412500.10").divided_by(dec("1.0821"), 4, RoundingMode::half_up).value().text(),
            "381203.3084");
  EXPECT_EQ(dec(nines).divided_by(dec(nines), 37, RoundingMode::down).value().text(),
            "1." + std::string(37, '0'));
  EXPECT_EQ(dec("1e-38").divided_by(dec(nines), 0, RoundingMode::half_up).value().text(), "0");
  EXPECT_EQ(dec("1e37").divided_by(dec("1e-38"), 0, RoundingMode::down).has_value(), false);
}

TEST(Decimal, RefusesToDivideByZero) {
  EXPECT_EQ(dec("1").divided_by(dec("0.00"), 2, RoundingMode::down).error().fault,
            Fault::permanent);
}

TEST(Decimal, RoundsInThreeWays) {
  struct Case {
    std::string_view value;
    std::string_view even;
    std::string_view up;
    std::string_view down;
  };
  for (const Case& c :
       {Case{"0.5", "0", "1", "0"}, Case{"1.5", "2", "2", "1"}, Case{"2.5", "2", "3", "2"},
        Case{"-0.5", "0", "-1", "0"}, Case{"-2.5", "-2", "-3", "-2"}, Case{"2.51", "3", "3", "2"},
        Case{"2.4999", "2", "2", "2"}, Case{"7", "7", "7", "7"}}) {
    EXPECT_EQ(dec(c.value).rounded(0, RoundingMode::half_even).text(), c.even) << c.value;
    EXPECT_EQ(dec(c.value).rounded(0, RoundingMode::half_up).text(), c.up) << c.value;
    EXPECT_EQ(dec(c.value).rounded(0, RoundingMode::down).text(), c.down) << c.value;
  }
  EXPECT_EQ(dec("0." + nines).rounded(0, RoundingMode::half_up).text(), "1");
}

TEST(Decimal, RescalesToExactlyTheScaleAskedFor) {
  EXPECT_EQ(dec("412500.1").rescaled(2, RoundingMode::half_even).value().text(), "412500.10");
  EXPECT_EQ(dec("12.345").rescaled(2, RoundingMode::half_even).value().text(), "12.34");
  EXPECT_EQ(dec("0").rescaled(4, RoundingMode::down).value().text(), "0.0000");
  EXPECT_THROW((void)dec("1").rescaled(39, RoundingMode::down), Bug);
}

TEST(Decimal, MovesThePointExactly) {
  EXPECT_EQ(dec("1100.04").scale10(6).value().text(Decimal::Zeros::dropped), "1100040000");
  EXPECT_EQ(dec("1100.04").scale10(-3).value().text(), "1.10004");
  EXPECT_EQ(dec("1e37").scale10(-75).value().text(), "0." + std::string(37, '0') + "1");
  EXPECT_EQ(dec("1e-38").scale10(75).value().text(), "1" + std::string(37, '0'));
  EXPECT_EQ(dec("0.0").scale10(1'000'000).value(), dec("0"));
  for (const int far :
       {76, -76, 1'000'000, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()})
    EXPECT_FALSE(dec("3.1").scale10(far)) << far;
}

TEST(Decimal, CountsDigitsOnBothSidesOfThePoint) {
  EXPECT_EQ(dec("0012.340").integer_digits(), 2);
  EXPECT_EQ(dec("0012.340").fraction_digits(), 2);
  EXPECT_EQ(dec("0.5").integer_digits(), 0);
  EXPECT_EQ(dec("0").integer_digits(), 0);
  EXPECT_EQ(dec("0.00").fraction_digits(), 0);
  EXPECT_EQ(dec(nines).integer_digits(), 38);
  EXPECT_EQ(dec("1e-38").fraction_digits(), 38);
}

TEST(Decimal, GoesToAndFromIntegers) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

  EXPECT_EQ(Decimal::of(least).text(), "-9223372036854775808");
  EXPECT_EQ(Decimal::of(least).as_integer(), least);
  EXPECT_EQ(Decimal::of(greatest).as_integer(), greatest);
  EXPECT_EQ(dec("9223372036854775808").as_integer(), std::nullopt);
  EXPECT_EQ(dec("-9223372036854775809").as_integer(), std::nullopt);
  EXPECT_EQ(dec("12.00").as_integer(), 12);
  EXPECT_EQ(dec("12.50").as_integer(), std::nullopt);
  EXPECT_EQ(Decimal::of(-1234, 2).text(), "-12.34");
}

TEST(Decimal, HasNoNegativeZero) {
  EXPECT_FALSE(dec("-0.00").is_negative());
  EXPECT_FALSE(dec("0").negated().is_negative());
  EXPECT_FALSE(dec("-0.4").rounded(0, RoundingMode::down).is_negative());
  EXPECT_EQ(dec("-5").absolute(), dec("5"));
}

}  // namespace
}  // namespace flit
