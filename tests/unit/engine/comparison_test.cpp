#include "engine/comparison.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"

namespace flit::engine {
namespace {

using model::Arena;
using model::Value;

class Comparison : public ::testing::Test {
 protected:
  Value text(std::string_view words) { return Value::text(words, arena); }
  Arena arena;
};

TEST_F(Comparison, WhatStandsThereAsTheSourceHasItIsEqual) {
  EXPECT_EQ(judge({.source = "Zoë", .expected = text("Zoë"), .read = text("Zoë")}).verdict,
            CellVerdict::equal);
  EXPECT_EQ(judge({.source = "", .expected = Value::null(), .read = Value::null()}).verdict,
            CellVerdict::equal);
}

TEST_F(Comparison, AnAmountIsEqualByItsValue) {
  const Value amount = Value::decimal(Decimal::parse("12.5").value(), arena);

  EXPECT_EQ(judge({.source = "12.50", .expected = amount, .read = amount}).verdict,
            CellVerdict::equal);
}

TEST_F(Comparison, WhatTheMapChangedIsNamedAfterWhatItDid) {
  EXPECT_EQ(judge({.source = "won", .expected = text("3"), .read = text("3")}).verdict,
            CellVerdict::converted);
  const Judgement cut = judge({.source = "abcdef",
                               .expected = text("abc"),
                               .read = text("abc"),
                               .code = "truncated",
                               .detail = "6 characters, the column takes 3"});
  EXPECT_EQ(cut.verdict, CellVerdict::truncated);
  EXPECT_EQ(cut.explanation, "6 characters, the column takes 3");
  EXPECT_EQ(judge({.source = "<b>x</b><script>",
                   .expected = text("<b>x</b>"),
                   .read = text("<b>x</b>"),
                   .code = "markup_removed"})
                .verdict,
            CellVerdict::cleaned);
  EXPECT_EQ(judge({.source = "", .expected = text("Call"), .read = text("Call"), .constant = true})
                .verdict,
            CellVerdict::defaulted);
  EXPECT_EQ(judge({.source = "blue",
                   .expected = Value::null(),
                   .read = Value::null(),
                   .code = "unknown_choice"})
                .verdict,
            CellVerdict::dropped);
}

TEST_F(Comparison, FractionsOfASecondThatAColumnCannotKeepAreRounded) {
  const Value moment = Value::instant(parse_instant("2025-06-01T07:12:09Z").value());

  const Judgement judged =
      judge({.source = "2025-06-01T07:12:09.482Z", .expected = moment, .read = moment});

  EXPECT_EQ(judged.verdict, CellVerdict::rounded);
  EXPECT_EQ(judged.explanation, "the column keeps whole seconds");
}

TEST_F(Comparison, WhoseDoingADifferenceIsDecidesItsVerdict) {
  const Value ours = text("Lund");
  const Value theirs = text("Lind");

  EXPECT_EQ(judge({.source = "Lund", .expected = ours, .read = theirs}).verdict,
            CellVerdict::different);
  EXPECT_EQ(
      judge({.source = "Lund", .expected = ours, .read = theirs, .edited_by_others = true}).verdict,
      CellVerdict::edited);
  EXPECT_EQ(judge({.source = "Lund", .expected = ours, .read = Value::null()}).verdict,
            CellVerdict::missing);
  EXPECT_EQ(judge({.source = "Lund", .expected = ours, .edited_by_others = true}).verdict,
            CellVerdict::missing)
      << "a row that is gone is missing, whoever took it";
  EXPECT_EQ(judge({.source = "", .expected = Value::null(), .read = theirs}).verdict,
            CellVerdict::different);
}

TEST_F(Comparison, OnlyWhatTheMigrationBrokeIsAMismatch) {
  EXPECT_TRUE(is_mismatch(CellVerdict::missing));
  EXPECT_TRUE(is_mismatch(CellVerdict::different));
  EXPECT_FALSE(is_mismatch(CellVerdict::edited));
  EXPECT_FALSE(is_mismatch(CellVerdict::truncated));
}

}  // namespace
}  // namespace flit::engine
