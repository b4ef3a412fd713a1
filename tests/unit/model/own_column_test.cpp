#include "model/own_column.hpp"

#include <gtest/gtest.h>

namespace flit::model {
namespace {

TEST(OwnColumn, TextsKeepTheirRoomRoundedUpAndBecomeLinesWhereALineIsTooShort) {
  EXPECT_EQ(own_column({.name = "a", .type = FieldType::text}, "x").max_length, 255U);
  EXPECT_EQ(own_column({.name = "a", .type = FieldType::text, .max_length = 300}, "x").max_length,
            500U);
  const Field memo = own_column({.name = "a", .type = FieldType::text, .max_length = 9000}, "x");
  EXPECT_EQ(memo.type, FieldType::long_text);
  EXPECT_EQ(memo.max_length, 10'000U);
}

TEST(OwnColumn, AmountsAreKeptExactlyAndWithoutACurrency) {
  const Field amount = own_column({.name = "a", .type = FieldType::money, .scale = 4}, "x");
  EXPECT_EQ(amount.type, FieldType::decimal);
  EXPECT_EQ(amount.scale, 4);
}

TEST(OwnColumn, AListThatNobodyKnowsIsText) {
  EXPECT_EQ(own_column({.name = "a", .type = FieldType::choice}, "x").type, FieldType::text);
  EXPECT_EQ(
      own_column(
          {.name = "a", .type = FieldType::choice, .options = {{.value = "1", .label = "One"}}},
          "x")
          .type,
      FieldType::choice);
}

TEST(OwnColumn, IdsOfOtherRecordsAreText) {
  EXPECT_EQ(own_column({.name = "a", .type = FieldType::reference}, "x").type, FieldType::text);
  EXPECT_EQ(own_column({.name = "a", .type = FieldType::uuid}, "x").max_length, 100U);
}

}  // namespace
}  // namespace flit::model
