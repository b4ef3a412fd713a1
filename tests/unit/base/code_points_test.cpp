#include "base/code_points.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace flit {
namespace {

TEST(CodePoints, AreWalkedOneByOne) {
  std::u32string seen;
  for (const char32_t c : CodePoints("aé€😀")) seen.push_back(c);

  EXPECT_EQ(seen, U"aé€😀");
  EXPECT_EQ(to_utf8(seen), "aé€😀");
}

TEST(CodePoints, KnowTheirBytes) {
  std::string last;
  const CodePoints walk("é😀");
  for (auto it = walk.begin(); it != walk.end(); ++it) last = it.bytes();

  EXPECT_EQ(last, "😀");
}

TEST(CodePoints, OfNothingAreNone) {
  EXPECT_TRUE(to_utf32("").empty());
  EXPECT_EQ(to_utf32(std::string_view("\0", 1)), std::u32string(1, U'\0'));
}

TEST(CodePoints, StandInForEachBadByteAsRepairDoes) {
  for (const std::string_view bad :
       {"\xFF", "a\xE2\x82", "\xE2\x82z", "\xED\xA0\x80", "\xC0\xAF", "\xF4\x90\x80\x80",
        "\xF0\x9F\x98", "\xE0\x80\x80", "\x80\x80"})
    EXPECT_EQ(to_utf8(to_utf32(bad)), utf8::repaired(bad));
}

}  // namespace
}  // namespace flit
