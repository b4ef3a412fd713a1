#include "mapping/phone.hpp"

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include "base/random.hpp"

namespace flit::mapping {
namespace {

namespace pn = i18n::phonenumbers;

/// What the library itself makes of the text, as it stands.
std::optional<std::string> by_the_library(const std::string& text, const std::string& region) {
  const pn::PhoneNumberUtil& util = *pn::PhoneNumberUtil::GetInstance();
  pn::PhoneNumber number;
  if (util.Parse(text, region, &number) != pn::PhoneNumberUtil::NO_PARSING_ERROR) return {};
  if (!util.IsValidNumber(number)) return {};
  std::string formatted;
  util.Format(number, pn::PhoneNumberUtil::E164, &formatted);
  return formatted + (number.has_extension() ? " ext. " + number.extension() : "");
}

std::string one_of(Random& random, const std::vector<std::string>& texts) {
  return texts[static_cast<std::size_t>(random.below(texts.size()))];
}

/// Digits as people group them, and as they should not.
std::string typed(Random& random) {
  static const std::vector<std::string> starts{
      "+1", "+46", "+44 (0)", "+45 ", "0046", "011 44", "(212", "0", "+", "++1", " ", "tel: +49"};
  static const std::vector<std::string> between{"",  "",  "",    " ", "-", ".",
                                                "(", ")", " - ", "/", "~"};
  static const std::vector<std::string> ends{"", "", "", " ext. 12", "x3", "-", " (", "#", "a"};
  std::string text = one_of(random, starts);
  for (auto digits = random.below(13); digits > 0; --digits)
    text += std::to_string(random.below(10)) + one_of(random, between);
  return text + one_of(random, ends);
}

TEST(Phone, PunctuationIsLeftOutOnlyWhereTheLibraryPassesOverIt) {
  Random random(1);
  int valid = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = typed(random);
    const std::string region =
        one_of(random, {"US", "SE", "DK", "GB", "DE", "IT", "AR", "BR", "MX"});
    const auto expected = by_the_library(text, region);
    EXPECT_EQ(international_phone(text, region), expected) << '"' << text << "\" in " << region;
    valid += expected.has_value();
  }
  EXPECT_GT(valid, 500) << "most texts are no numbers, but some have to be";
}

TEST(Phone, WhatIsRememberedIsWhatWouldBeFoundAgain) {
  const PhoneNumbers numbers("US");
  Random random(2);
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) texts.push_back("(212) 555-" + std::to_string(1000 + i));
  texts.insert(texts.end(), {"", "call the office", "+46 8 465 00 190", "212-555-0143 ext. 9"});
  for (int i = 0; i < 3000; ++i) {
    const std::string text = one_of(random, texts);
    EXPECT_EQ(numbers.international(text), international_phone(text, "US")) << text;
  }
}

}  // namespace
}  // namespace flit::mapping
