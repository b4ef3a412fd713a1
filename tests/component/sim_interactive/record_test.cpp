// One record, a batch, associations, owners, history, calculated values (facts/sources.md §1.3 to
// §1.7).

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "served.hpp"

namespace flit::sim::interactive::test {
namespace {

using testing::ElementsAre;

class Records : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    served_ = new Served();
    truth_ = new Answer(served_->control("truth"));
  }
  static void TearDownTestSuite() {
    delete truth_;
    delete served_;
  }
  static Served& served() { return *served_; }
  static std::vector<std::string> ids_of_case(std::string_view name, std::size_t nth = 0) {
    std::vector<std::string> ids;
    for (const json::Value one : truth_->root()["cases"].elements())
      if (one["case"].string_or("") == name && nth-- == 0)
        for (const json::Value id : one["ids"].elements()) ids.emplace_back(id.string_or(""));
    return ids;
  }
  static Served* served_;
  static Answer* truth_;
};
Served* Records::served_ = nullptr;
Answer* Records::truth_ = nullptr;

TEST_F(Records, ShowDefaultsNamedOnesOrAll) {
  const Answer some = served().get("/objects/contacts/1001");
  const Answer named =
      served().get("/objects/contacts/1001?properties=job_title,email,c_old_segment");
  const Answer all = served().get("/objects/contacts/1001?properties=*");

  EXPECT_EQ(some["properties"].size(), 6U);
  EXPECT_EQ(named["properties"].size(), 3U);
  EXPECT_TRUE(named["properties"]["c_old_segment"].exists()) << "archived ones come when named";
  EXPECT_FALSE(all["properties"]["c_old_segment"].exists());
  EXPECT_TRUE(all["properties"]["fax"].is_null());
  EXPECT_EQ(all.text("properties.record_id"), "1001");
  EXPECT_EQ(all.text("properties.full_name"),
            all.text("properties.first_name") + " " + all.text("properties.last_name"));
}

TEST_F(Records, ALoserAnswersWithTheWinner) {
  const auto losers = ids_of_case("XI-25");
  ASSERT_EQ(losers.size(), 2U);
  const Answer asked = served().get("/objects/contacts/" + losers[0]);
  const Answer itself = served().get("/objects/contacts/" + losers[0] + "?archived=true");

  EXPECT_EQ(asked.status, 200);
  EXPECT_NE(asked.text("id"), losers[0]);
  EXPECT_TRUE(asked["merged_ids"].is_array());
  EXPECT_EQ(itself.text("merged_into"), losers[1]);
  EXPECT_EQ(served().get("/objects/contacts/" + losers[1]).text("id"), asked.text("id"));
}

TEST_F(Records, ALoopOfMergesAnswersNothing) {
  for (const std::string& id : ids_of_case("XI-25", 1))
    EXPECT_EQ(served().get("/objects/contacts/" + id).status, 404) << id;
}

TEST_F(Records, ABatchTellsWhatIsMissing) {
  const Answer answer =
      served().post("/objects/contacts/batch/read",
                    R"({"ids":["1002","7","1001","x"],"properties":["email"],"archived":false})");

  EXPECT_EQ(answer["results"].size(), 2U);
  EXPECT_EQ(answer["missing"].dump(), R"(["x","7"])");
  std::string many = R"({"ids":["1")";
  for (int i = 0; i < 100; ++i) many += ",\"2\"";
  EXPECT_EQ(served().post("/objects/contacts/batch/read", many + "]}").status, 400);
  EXPECT_EQ(served().post("/objects/contacts/batch/read", "not json").status, 400);
}

TEST_F(Records, CountsAreApproximateByOnePercent) {
  const Answer count = served().get("/objects/calls/count");

  EXPECT_NEAR(static_cast<double>(*count["count"].as_integer()), 360, 3.6);
  EXPECT_TRUE(*count["approximate"].as_boolean());
}

TEST_F(Records, AssociationsAreEqualFromBothEnds) {
  std::set<std::pair<std::string, std::string>> forward;
  std::set<std::pair<std::string, std::string>> backward;
  for (const std::string& text : served().all("/associations/contacts/companies", 30)) {
    const auto edge = json::parse(text);
    forward.emplace(edge->root()["from_id"].string_or(""), edge->root()["to_id"].string_or(""));
  }
  for (const std::string& text : served().all("/associations/companies/contacts", 30)) {
    const auto edge = json::parse(text);
    backward.emplace(edge->root()["to_id"].string_or(""), edge->root()["from_id"].string_or(""));
  }

  EXPECT_GT(forward.size(), 150U);
  EXPECT_EQ(forward, backward);
}

TEST_F(Records, InlineAssociationsEndAtTwenty) {
  Served small({.make = []() -> Result<std::unique_ptr<Dataset>> {
    auto data = generate({.contacts = 30, .companies = 1, .deals = 0, .activities = 0, .seed = 1});
    return data;
  }});
  const Answer company = small.get("/objects/companies/501?associations=contacts");
  const Answer contact = small.get("/objects/contacts/1001?associations=companies");

  EXPECT_EQ(company["associations.contacts.results"].size(), 20U);
  EXPECT_TRUE(*company["associations.contacts.has_more"].as_boolean());
  EXPECT_FALSE(*contact["associations.companies.has_more"].as_boolean());
  EXPECT_GT(small.all("/objects/companies/501/associations/contacts", 7).size(), 20U);
}

TEST_F(Records, OwnersAreTheActiveOnesUnlessAsked) {
  EXPECT_EQ(served().ids("/owners").size(), 38U);
  EXPECT_EQ(served().ids("/owners?status=inactive"), (std::vector<std::string>{"31", "35"}));
  EXPECT_EQ(served().ids("/owners?status=all", 11).size(), 40U);
  EXPECT_EQ(served().get("/owners?limit=500").status, 200);
  EXPECT_EQ(served().get("/owners?limit=501").status, 400);
  EXPECT_EQ(served().get("/owners?status=gone").status, 400);
}

TEST_F(Records, TheStageDecidesWhatADealIs) {
  const Answer won = served().get("/objects/deals/" + ids_of_case("XI-08")[0] + "?properties=*");
  EXPECT_TRUE(*won["properties.is_won"].as_boolean());
  EXPECT_EQ(won.text("properties.expected_amount"), "600.00");

  const Answer abandoned =
      served().get("/objects/deals/" + ids_of_case("XI-11", 4)[0] + "?properties=*");
  EXPECT_TRUE(*abandoned["properties.is_closed"].as_boolean());
  EXPECT_TRUE(abandoned["properties.is_won"].is_null());
}

TEST_F(Records, HistoryIsThereAsAWholeAndByDeal) {
  const std::string deal = ids_of_case("XI-12")[0];
  std::vector<std::string> all;
  for (const std::string& text : served().all("/deals/stage-history", 40)) {
    const auto entry = json::parse(text);
    if (entry->root()["deal_id"].string_or("") == deal) all.push_back(text);
  }

  EXPECT_EQ(all.size(), 4U);
  EXPECT_EQ(served().all("/objects/deals/" + deal + "/stage-history", 3), all);
}

TEST_F(Records, TagsWorkflowsAndClausesAreListed) {
  EXPECT_EQ(served().ids("/tags", 7).size(), 40U);
  EXPECT_EQ(served().ids("/clause-library/clauses").size(), 1'840U);
  EXPECT_EQ(served().get("/clause-library")["own"].as_integer(), 37);
  EXPECT_THAT(served().ids("/workflows", 3), ElementsAre("60", "61", "62", "63"));
  EXPECT_EQ(served().get("/workflows/60")["actions"].size(), 5U);
  EXPECT_FALSE((*served().get("/workflows")["results"].elements().begin())["actions"].exists());
}

TEST_F(Records, SchemaTellsOptionsAndFormats) {
  std::size_t seen = 0;
  const Answer answer = served().get("/schema/objects/contacts/properties");
  for (const json::Value one : answer["results"].elements()) {
    if (one["name"].string_or("") == "birth_date") {
      EXPECT_EQ(one["format"].string_or(""), "epoch_ms");
      ++seen;
    }
    if (one["name"].string_or("") == "lifecycle_stage") {
      EXPECT_EQ(one["options"].size(), 7U);
      ++seen;
    }
  }
  EXPECT_EQ(seen, 2U);
  EXPECT_EQ(served().get("/schema/objects/contacts/properties?archived=true")["results"].size(),
            1U);
}

}  // namespace
}  // namespace flit::sim::interactive::test
