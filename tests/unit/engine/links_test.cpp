#include "engine/links.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

using store::NearEdge;

NearEdge to(const char* id, bool primary = false) {
  return {.to_id = id, .primary = primary, .live = true};
}

TEST(PrimaryOf, TheMarkedOneCounts) {
  const std::vector<NearEdge> edges{to("7"), to("9", true)};
  EXPECT_EQ(primary_of(edges).edge->to_id, "9");
  EXPECT_FALSE(primary_of(edges).guessed);
}

TEST(PrimaryOf, WithoutAMarkTheOldestCountsAndThatIsAGuess) {
  const std::vector<NearEdge> edges{to("7"), to("9")};
  EXPECT_EQ(primary_of(edges).edge->to_id, "7");
  EXPECT_TRUE(primary_of(edges).guessed);
}

TEST(PrimaryOf, OfSeveralMarkedOnesTheOldestCountsAndThatIsAGuess) {
  const std::vector<NearEdge> edges{to("5"), to("7", true), to("9", true)};
  EXPECT_EQ(primary_of(edges).edge->to_id, "7");
  EXPECT_TRUE(primary_of(edges).guessed);
}

TEST(PrimaryOf, TheSameCompanyTwiceIsNoContradiction) {
  const std::vector<NearEdge> edges{to("7", true), to("7", true)};
  EXPECT_FALSE(primary_of(edges).guessed);
}

TEST(PrimaryOf, WithoutEdgesThereIsNoneAndNothingToGuess) {
  EXPECT_EQ(primary_of({}).edge, nullptr);
  EXPECT_FALSE(primary_of({}).guessed);
}

}  // namespace
}  // namespace flit::engine
