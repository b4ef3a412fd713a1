#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace flit::utf8 {
namespace {

TEST(Utf8, KnowsWellFormedText) {
  EXPECT_TRUE(is_valid("h\xC3\xA9 \xF0\x9F\x98\x80"));
  for (const std::string_view bad :
       {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
    EXPECT_FALSE(is_valid(bad));
}

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(valid_prefix("h\xC3\xA9\xE2\x82z"), 3U);
  EXPECT_EQ(valid_prefix("fine"), 4U);
  EXPECT_EQ(valid_prefix(""), 0U);
}

TEST(Utf8, RepairsEachBadByteAndNothingElse) {
  EXPECT_EQ(repaired("a\xE2\x82z\xF0\x9F\x98\x80"), "a\xEF\xBF\xBD\xEF\xBF\xBDz\xF0\x9F\x98\x80");
}

TEST(Utf8, CountsAsThePlatformsDo) {
  const std::string_view text = "a\xC3\xA9\xF0\x9F\x98\x80";

  EXPECT_EQ(code_points(text), 3U);
  EXPECT_EQ(utf16_units(text), 4U);
  EXPECT_EQ(prefix_of_utf16_units(text, 3), "a\xC3\xA9");  // half an emoji is none
  EXPECT_EQ(prefix_of_utf16_units(text, 4), text);
}

TEST(Utf8, AppendsCodePointsOfEveryLength) {
  std::string out;
  for (const char32_t c : {U'a', U'é', U'€', U'😀'}) append(out, c);

  EXPECT_EQ(out, "aé€😀");
}

}  // namespace
}  // namespace flit::utf8
