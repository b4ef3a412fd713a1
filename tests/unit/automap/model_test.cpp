#include "automap/model.hpp"

#include <gmock/gmock.h>

#include "automap/shipped.hpp"

namespace flit::automap {
namespace {

TEST(Model, ReadsBackWhatItWrote) {
  const Model model = shipped_model();

  const auto again = read_model(write_model(model), "model.txt");

  ASSERT_TRUE(again);
  EXPECT_EQ(write_model(*again), write_model(model));
}

TEST(Model, TheShippedOneWasTrained) {
  const Model model = shipped_model();

  EXPECT_GT(model.weights[static_cast<std::size_t>(Feature::same_meaning)], 0.5);
  EXPECT_FALSE(model.recipe.empty());
}

TEST(Model, ObservationsKeepTheirDirection) {
  const Model model = shipped_model();

  for (std::size_t i = 0; i < feature_count; ++i)
    EXPECT_GE(model.weights[i] * direction_of(static_cast<Feature>(i)), 0.0)
        << name_of(static_cast<Feature>(i));
}

TEST(Model, AForeignFileIsRefusedWithItsLine) {
  const auto read = read_model("flit-automap-model 1\nweight no_such_feature 1.0\n", "mine.txt");

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "mine.txt:2");
  EXPECT_FALSE(read_model("", "empty.txt"));
  EXPECT_FALSE(read_model("something else", "else.txt"));
}

}  // namespace
}  // namespace flit::automap
