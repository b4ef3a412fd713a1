#include "engine/field_samples.hpp"

#include "tests/unit/engine/small_company.hpp"

namespace flit::engine {
namespace {

class FieldSamplesTest : public SmallCompany {
 protected:
  FieldSamples samples(const SampleBounds& bounds = {}) {
    assess();
    const auto found = sample_fields(*environment_, source_schema(), bounds);
    EXPECT_TRUE(found) << found.error().text();
    return found.value_or(FieldSamples{});
  }
};

TEST_F(FieldSamplesTest, ValuesComeAsTextInTheOrderOfTheirRecordsWithoutEmptyOnes) {
  stage("deals", "1", R"({"name":"A","amount":5,"is_won":true})");
  stage("deals", "2", R"({"name":"","amount":null})");
  stage("deals", "3", R"({"name":"C"})");

  const FieldSamples found = samples();

  EXPECT_EQ(found.at({"deals", "name"}), (std::vector<std::string>{"A", "C"}));
  EXPECT_EQ(found.at({"deals", "amount"}), std::vector<std::string>{"5"});
  EXPECT_EQ(found.at({"deals", "is_won"}), std::vector<std::string>{"true"});
  EXPECT_EQ(found.count({"companies", "name"}), 0U);
}

TEST_F(FieldSamplesTest, ArchivedRecordsSayNothing) {
  stage_archived("deals", "1", R"({"name":"A"})");

  EXPECT_TRUE(samples().empty());
}

TEST_F(FieldSamplesTest, TheyAreFewAndShortHoweverManyRecordsThereAre) {
  for (int i = 0; i < 50; ++i)
    stage("deals", std::to_string(i),
          fmt::format(R"({{"name":"{}"}})", std::string(5000, static_cast<char>('a' + i % 26))));

  const FieldSamples found = samples({.records = 30, .values = 20, .bytes = 100});

  EXPECT_EQ(found.at({"deals", "name"}).size(), 20U);
  EXPECT_EQ(found.at({"deals", "name"}).front().size(), 100U);
}

}  // namespace
}  // namespace flit::engine
