#include "base/excerpt.hpp"

#include <gtest/gtest.h>

namespace flit {
namespace {

TEST(Excerpt, ShowsShortTextAsItIs) {
  EXPECT_EQ(excerpt(""), "''");
  EXPECT_EQ(excerpt("12.5x"), "'12.5x'");
  EXPECT_EQ(excerpt(std::string(40, 'a')), "'" + std::string(40, 'a') + "'");
}

TEST(Excerpt, CutsBetweenCodePointsAndStatesTheSize) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "é";

  EXPECT_EQ(excerpt(text), "'" + text.substr(0, 80) + "…' (200 bytes)");
}

TEST(Excerpt, MakesControlCharactersAndBadBytesVisible) {
  EXPECT_EQ(excerpt("a\n\x7F\xFF"), "'a\\x0a\\x7f\xEF\xBF\xBD'");
}

}  // namespace
}  // namespace flit
