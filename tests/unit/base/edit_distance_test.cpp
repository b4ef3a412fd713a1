#include "base/edit_distance.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace flit {
namespace {

const std::vector<std::string> keys = {"external_key", "extends", "object", "objects", "page"};

TEST(EditDistance, CountsTheFourTypingErrors) {
  EXPECT_EQ(edit_distance("", "", 5), 0U);
  EXPECT_EQ(edit_distance("contact", "contacts", 5), 1U);
  EXPECT_EQ(edit_distance("contact", "cntact", 5), 1U);
  EXPECT_EQ(edit_distance("contact", "kontact", 5), 1U);
  EXPECT_EQ(edit_distance("contact", "cnotact", 5), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3U);
  EXPECT_EQ(edit_distance("ca", "abc", 5), 2U);  // the swapped pair may be written between
}

TEST(EditDistance, CountsCodePointsNotBytes) {
  EXPECT_EQ(edit_distance("Müller", "Muller", 5), 1U);
}

TEST(EditDistance, StopsAtItsLimit) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 3), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 0), 1U);
  EXPECT_EQ(edit_distance("", "abc", 2), 3U);
}

TEST(EditDistance, IsQuickOnLongWords) {
  const std::string a(100'000, 'a');
  const std::string b = a + "b";

  EXPECT_EQ(edit_distance(a, b, 3), 1U);
  EXPECT_EQ(edit_distance(a, "b", 3), 4U);
}

TEST(DidYouMean, FindsTheWordThatWasMeant) {
  EXPECT_EQ(did_you_mean("exernal_key", keys), "external_key");
  EXPECT_EQ(did_you_mean("Extends", keys), "extends");
  EXPECT_EQ(did_you_mean("objets", keys), "objects");
  EXPECT_EQ(did_you_mean("pgae", keys), "page");
  EXPECT_EQ(did_you_mean_text("pgae", keys), "did you mean 'page'?");
}

TEST(DidYouMean, HoldsItsTongueWhenNothingIsNear) {
  EXPECT_EQ(did_you_mean("colour", keys), std::nullopt);
  EXPECT_EQ(did_you_mean("", keys), std::nullopt);
  EXPECT_EQ(did_you_mean("x", std::vector<std::string>{"y"}), std::nullopt);
  EXPECT_EQ(did_you_mean_text("page", std::vector<std::string>{}), "");
}

TEST(DidYouMean, PrefersTheSameCaseAndThenTheFirst) {
  EXPECT_EQ(did_you_mean("Nam", std::vector<std::string>{"name", "Name"}), "Name");
  EXPECT_EQ(did_you_mean("bat", std::vector<std::string>{"cat", "rat"}), "cat");
}

}  // namespace
}  // namespace flit
