#include "model/facts_json.hpp"

#include <gtest/gtest.h>

namespace flit::model {
namespace {

TEST(FactsJson, GiveBackWhatWasWritten) {
  const SourceFacts facts{
      .account = "Lund & Co",
      .time_zone = "America/New_York",
      .currency = "USD",
      .reach = {
          {.endpoint = "files", .verdict = Reach::Verdict::forbidden, .detail = "files.read"}}};

  const auto read = source_facts_of_json(to_json(facts));

  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(to_json(*read), to_json(facts));
  EXPECT_EQ(read->reach.at(0).verdict, Reach::Verdict::forbidden);
}

TEST(FactsJson, ACountIsNeverNegative) {
  const auto read = destination_facts_of_json(R"({"users":-1,"custom_tables":3})");

  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->users, 0U);
  EXPECT_EQ(read->custom_tables, 3U);
}

}  // namespace
}  // namespace flit::model
