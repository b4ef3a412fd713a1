#include "sim/base/gzip.hpp"

#include <gtest/gtest.h>

namespace flit::sim {
namespace {

TEST(Gzip, StopsBeforeABombGoesOff) {
  const std::string bomb = gzip(std::string(5'000'000, '0'));

  EXPECT_LT(bomb.size(), 50'000U);
  EXPECT_EQ(gunzip(bomb, 4'999'999).error().fault, Fault::limit);
  EXPECT_EQ(gunzip(bomb, 5'000'000).value().size(), 5'000'000U);
}

TEST(Gzip, RefusesWhatIsBrokenOrCutShort) {
  const std::string packed = gzip("some text that is long enough to be cut");

  EXPECT_FALSE(gunzip("no gzip at all", 1000).has_value());
  EXPECT_FALSE(gunzip("", 1000).has_value());
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_FALSE(gunzip(packed.substr(0, size), 1000).has_value()) << size;
}

TEST(Gzip, ReadsSeveralMembersInARow) {
  EXPECT_EQ(gunzip(gzip("one ") + gzip("two"), 1000).value(), "one two");
}

}  // namespace
}  // namespace flit::sim
