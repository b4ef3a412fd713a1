// What the profile measures with, and what a forecast makes of counts.

#include <gtest/gtest.h>

#include "engine/field_profile.hpp"
#include "engine/forecast.hpp"
#include "engine/markup_marks.hpp"
#include "engine/observed_json.hpp"

namespace flit::engine {
namespace {

ObservedField measured(model::FieldType type, const std::vector<std::string>& texts) {
  FieldProfile profile({.name = "f", .type = type});
  for (std::size_t i = 0; i < texts.size(); ++i) profile.add({}, texts[i], std::to_string(i));
  return profile.observed();
}

TEST(FieldProfile, CountsWhatIsFilledHowDifferentAndHowLong) {
  FieldProfile profile({.name = "f", .type = model::FieldType::text});
  profile.add({}, "Zoë 😀", "1");
  profile.add({}, "a", "2");
  profile.add({}, "a", "3");
  profile.add_empty();

  const ObservedField seen = profile.observed();

  EXPECT_EQ(seen.records, 4U);
  EXPECT_EQ(seen.filled, 3U);
  EXPECT_EQ(seen.distinct, 2U);
  EXPECT_EQ(seen.longest, 6U);  // UTF-16: the smiley counts twice
}

TEST(FieldProfile, SplitsSeveralChoicesAndCountsEach) {
  const auto seen = measured(model::FieldType::choices, {"b;a", "a"});

  ASSERT_EQ(seen.values.size(), 2U);
  EXPECT_EQ(seen.values[0].text, "a");
  EXPECT_EQ(seen.values[0].count, 2U);
}

TEST(FieldProfile, BoundsAreExact) {
  const auto seen =
      measured(model::FieldType::money, {"99999999999999.999999", "-0.10", "12", "no number"});

  EXPECT_EQ(seen.max->text(), "99999999999999.999999");
  EXPECT_EQ(seen.min->text(), "-0.10");
  EXPECT_EQ(seen.scale, 6);
}

TEST(FieldProfile, ANumberFarFromAllOthersIsFoundHoweverLargeItIs) {
  FieldProfile profile({.name = "f", .type = model::FieldType::money});
  for (int i = 0; i < 100; ++i)
    profile.add({}, std::to_string(1000 + i % 7), "r" + std::to_string(i));
  profile.add({}, "99999999999999", "far");

  ASSERT_EQ(profile.outliers().size(), 1U);
  EXPECT_EQ(profile.outliers()[0].first, "far");
}

TEST(FieldProfile, AFewNumbersSayNothingAboutWhatIsUsual) {
  FieldProfile profile({.name = "f", .type = model::FieldType::integer});
  for (const char* number : {"1", "2", "3", "1000000"}) profile.add({}, number, "r");

  EXPECT_TRUE(profile.outliers().empty());
}

TEST(FieldProfile, KeepsABoundedNumberOfValues) {
  std::vector<std::string> texts;
  for (int i = 0; i < 1200; ++i) texts.push_back("value " + std::to_string(i));

  const auto seen = measured(model::FieldType::choice, texts);

  EXPECT_EQ(seen.values.size(), ObservedField::most_values);
  EXPECT_TRUE(seen.more_values);
  EXPECT_EQ(seen.distinct, ObservedField::most_distinct);
  EXPECT_TRUE(seen.more_distinct);
}

TEST(Observed, IsReadBackAsItWasWritten) {
  Observed observed;
  observed["deals.amount"] = measured(model::FieldType::money, {"1.50", "2"});
  observed["contacts.stage"] = measured(model::FieldType::choice, {"a", "b", "a"});

  const auto read = observed_of_json(observed_json(observed));

  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(observed_json(*read), observed_json(observed));
}

TEST(MarkupMarks, SayWhatCouldRunAndWhatIsShown) {
  const auto marks = marks_of(
      "<p onload='x'><IMG SRC=\"https://x.example/a.png\"><img src=\"cid:img1@int\">"
      "<img src=\"/f\" data-file-id=\"880\"></p>");

  EXPECT_TRUE(marks.unsafe);
  EXPECT_TRUE(marks.remote_image);
  ASSERT_EQ(marks.file_ids.size(), 1U);
  EXPECT_EQ(marks.file_ids[0], "880");
  ASSERT_EQ(marks.content_ids.size(), 1U);
  EXPECT_EQ(marks.content_ids[0], "img1@int");
  EXPECT_FALSE(marks_of("<p>script onload</p>").unsafe);
}

TEST(Forecast, IsBoundByTheLimitThatBites) {
  const LoadLimits limits{.server_seconds_per_row = 0.01};

  const auto bulk =
      forecast({{.table = "account", .rows = 72'000, .rows_per_request = 100}}, limits, 0);
  const auto single =
      forecast({{.table = "task", .rows = 72'000, .rows_per_request = 1}}, limits, 0);

  EXPECT_EQ(bulk.requests, 720U);
  EXPECT_DOUBLE_EQ(bulk.rows_per_second, 400);  // 4 server seconds a second, 0.01 each
  EXPECT_DOUBLE_EQ(single.rows_per_second, 20);
  EXPECT_DOUBLE_EQ(single.hours, 1);
  EXPECT_DOUBLE_EQ(single.user_days, 1.8);
}

TEST(Forecast, BelievesWhatWasMeasured) {
  const auto made = forecast({{.table = "account", .rows = 3600, .later_rows = 3600}}, {}, 2);

  EXPECT_EQ(made.rows, 7200U);
  EXPECT_DOUBLE_EQ(made.hours, 1);
}

}  // namespace
}  // namespace flit::engine
