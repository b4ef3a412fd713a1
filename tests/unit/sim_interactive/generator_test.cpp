// The generator: how much, the same each time, every awkward case.

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/interactive/api/digest.hpp"
#include "sim/interactive/generate/settings.hpp"
#include "sim/interactive/truth/truth.hpp"

namespace flit::sim::interactive {
namespace {

TEST(Generator, MakesAsManyLiveRecordsAsAskedFor) {
  const auto data =
      generate({.contacts = 400, .companies = 90, .deals = 150, .activities = 2'100, .seed = 3});

  EXPECT_EQ(data->require("contacts").live(), 400U);
  EXPECT_EQ(data->require("companies").live(), 90U);
  EXPECT_EQ(data->require("deals").live(), 150U);
  EXPECT_EQ(data->require("notes").live(), 300U);
  std::size_t engagements = 0;
  for (const auto object : engagement_objects) engagements += data->require(object).live();
  EXPECT_EQ(engagements, 1'800U);
  EXPECT_EQ(data->owners.size(), 40U);
  EXPECT_EQ(data->files.size(), 80U);
}

TEST(Generator, FillsInTheRatiosOfTheFactSheet) {
  const auto data = generate({.contacts = 240, .seed = 3});

  EXPECT_EQ(data->require("companies").live(), 60U);
  EXPECT_EQ(data->require("deals").live(), 120U);
  EXPECT_EQ(data->require("notes").live(), 240U);
}

TEST(Generator, GivesTheSameBytesForTheSameSeedAndOthersForAnother) {
  const GenerateSettings settings{.contacts = 220, .seed = 11};
  const auto one = generate(settings);
  const auto again = generate(settings);
  GenerateSettings other = settings;
  other.seed = 12;

  EXPECT_EQ(digest_of(*one).digest(), digest_of(*again).digest());
  EXPECT_EQ(truth_text(*one, {}), truth_text(*again, {}));
  EXPECT_NE(digest_of(*one).digest(), digest_of(*generate(other)).digest());
}

TEST(Generator, HasEveryCaseFromTwoHundredContactsOn) {
  const auto data = generate({.contacts = 200, .seed = 1});
  std::set<std::string> names;
  for (const TruthCase& one : data->cases) names.insert(one.name);

  EXPECT_EQ(names.size(), 34U);
  EXPECT_EQ(*names.begin(), "XI-01");
  EXPECT_EQ(*names.rbegin(), "XI-34");
}

TEST(Generator, MakesSmallDataWithoutCases) {
  const auto data = generate({.contacts = 3, .seed = 1});

  EXPECT_EQ(data->require("contacts").live(), 3U);
  EXPECT_TRUE(data->cases.empty());
  EXPECT_EQ(generate({.contacts = 0, .seed = 1})->require("contacts").live(), 0U);
}

TEST(Generator, IdsAscendWithCreationAndNothingIsInTheFuture) {
  const auto data = generate({.contacts = 300, .seed = 5});

  for (const auto& table : data->tables) {
    std::int64_t before = 0;
    for (const Row& row : table->rows()) {
      EXPECT_GE(row.created_ms, before) << table->schema().name << " " << row.id;
      EXPECT_LE(row.updated_ms, data->clock_ms) << table->schema().name << " " << row.id;
      before = row.created_ms;
    }
  }
}

TEST(Generator, MakesManyTagsOnlyWhenAsked) {
  EXPECT_EQ(generate({.contacts = 200, .seed = 1})->tags.size(), 40U);
  EXPECT_EQ(generate({.contacts = 200, .seed = 1, .many_tags = true})->tags.size(), 510U);
}

TEST(Generator, KeepsFilesBelowTheThresholdUnlessBigOnesAreAsked) {
  std::uint64_t largest = 0;
  const auto data = generate({.contacts = 200, .seed = 1});
  for (const File& file : data->files) largest = std::max(largest, file.content.size());

  EXPECT_EQ(largest, (5U << 20U) + 1U);
}

TEST(GenerateSettings, AreReadFromText) {
  const auto settings = parse_generate_settings("contacts=500,deals=7");

  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->contacts, 500U);
  EXPECT_EQ(settings->deal_count(), 7U);
  EXPECT_EQ(settings->company_count(), 125U);
  for (const char* wrong : {"contacts", "contacts=", "contacts=x", "leads=5", "contacts=-1"})
    EXPECT_FALSE(parse_generate_settings(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace flit::sim::interactive
