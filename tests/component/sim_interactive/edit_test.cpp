// What people change while we read: edits, their stamps, merges, the visibility lag, the digest
// (facts/sources.md §0.4, §1.3).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "served.hpp"

namespace flit::sim::interactive::test {
namespace {

using testing::Contains;
using testing::Not;

class Edits : public testing::Test {
 protected:
  std::string since_now() {
    const auto now = served_.clock().now();
    std::string text = instant_text(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
    return "updated_since=" + text;
  }
  std::string created_id(const Answer& answer) const {
    return std::string((*answer["results"].elements().begin())["id"].string_or(""));
  }
  void advance() { served_.control("clock", R"({"advance_s": 10})"); }
  Served served_{};
};

TEST_F(Edits, CreatedRecordsHaveTheHighestIdAndTheTimeOfTheClock) {
  advance();
  const std::string since = since_now();

  const Answer made = served_.edit(
      R"({"op":"create","table":"contacts","values":{"email":"new@mail.example","lifecycle_stage":"lead"}})");

  ASSERT_EQ(made.status, 200) << made.body;
  const std::string id = created_id(made);
  EXPECT_EQ(served_.ids("/objects/contacts").back(), id);
  EXPECT_EQ(served_.ids("/objects/contacts?" + since), (std::vector<std::string>{id}));
  EXPECT_EQ(served_.control("truth")["outcomes.contacts.except"][id]["target"].string_or(""),
            "lead");
}

TEST_F(Edits, UpdatedOnesMoveToTheEndOfTheListByTime) {
  const std::string all = "/objects/contacts?updated_since=2015-01-01T00:00:00Z";
  const std::string before = served_.ids(all).back();
  advance();

  served_.edit(
      R"({"op":"update","table":"contacts","id":"1001","values":{"job_title":"CEO"},"as":"nobody"})");

  EXPECT_NE(before, "1001");
  EXPECT_EQ(served_.ids(all).back(), "1001");
  EXPECT_EQ(served_.get("/objects/contacts/1001?properties=job_title").text("properties.job_title"),
            "CEO");
}

TEST_F(Edits, ArchivedOnesVanishAndComeBackWhenRestored) {
  advance();
  const std::string since = since_now();
  served_.edit(R"({"op":"archive","table":"contacts","id":"1001"})");

  EXPECT_EQ(served_.get("/objects/contacts/1001").status, 404);
  EXPECT_EQ(served_.ids("/objects/contacts?archived=true&" + since),
            (std::vector<std::string>{"1001"}));
  EXPECT_FALSE(served_.get("/objects/contacts/1001?archived=true").text("archived_at").empty());

  served_.edit(R"({"op":"restore","table":"contacts","id":"1001"})");
  EXPECT_THAT(served_.ids("/objects/contacts?" + since), Contains("1001"));
  EXPECT_THAT(served_.ids("/objects/contacts?archived=true"), Not(Contains("1001")));
}

TEST_F(Edits, ArchivedOnesArePurgedAfterNinetyDays) {
  served_.edit(R"({"op":"archive","table":"contacts","id":"1001"})");
  served_.control("clock", R"({"advance_s": 7776001})");

  EXPECT_THAT(served_.ids("/objects/contacts?archived=true"), Not(Contains("1001")));
  EXPECT_EQ(served_.get("/objects/contacts/1001?archived=true").status, 404);
}

TEST_F(Edits, PurgedOnesLeaveNoTrace) {
  served_.edit(R"({"op":"purge","table":"contacts","id":"1001"})");

  EXPECT_EQ(served_.get("/objects/contacts/1001").status, 404);
  EXPECT_EQ(served_.get("/objects/contacts/1001?archived=true").status, 404);
  EXPECT_EQ(served_.control("truth")["counts.contacts.purged"].as_integer(), 4);
}

TEST_F(Edits, MergingMovesAssociationsToTheWinner) {
  const auto of = [&](const std::string& id) {
    return served_.all("/objects/contacts/" + id + "/associations/companies").size();
  };
  const std::size_t before = of("1001") + of("1002");

  const Answer merged =
      served_.edit(R"({"op":"merge","table":"contacts","winner":"1001","loser":"1002"})");

  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(served_.get("/objects/contacts/1002").text("id"), "1001");
  EXPECT_EQ(of("1001"), before);
  EXPECT_EQ(served_.control("truth")["outcomes.contacts.except.1002.into"].string_or(""), "1001");
}

TEST_F(Edits, AssociationsComeAndGoWithoutMovingTheRecord) {
  const std::string stamp = served_.get("/objects/contacts/1005").text("updated_at");
  advance();
  const std::string since = since_now();

  served_.edit(
      R"({"op":"associate","from":"companies","from_id":"510","to":"contacts","to_id":"1005","label":"other"})");
  EXPECT_EQ(served_.all("/associations/contacts/companies?" + since).size(), 1U);
  served_.edit(
      R"({"op":"dissociate","from":"contacts","from_id":"1005","to":"companies","to_id":"510","label":"other"})");

  EXPECT_EQ(served_.all("/associations/contacts/companies?" + since).size(), 0U);
  EXPECT_EQ(served_.all("/associations/contacts/companies?archived=true&" + since).size(), 1U);
  EXPECT_EQ(served_.get("/objects/contacts/1005").text("updated_at"), stamp);
}

TEST_F(Edits, ANewStageLeavesAnEntryInTheHistory) {
  const auto deal = served_.ids("/objects/deals").back();
  const std::size_t before = served_.all("/objects/deals/" + deal + "/stage-history").size();

  served_.edit(R"({"op":"update","table":"deals","id":")" + deal +
               R"(","values":{"pipeline_id":"1","stage_id":"16"}})");

  const auto entries = served_.all("/objects/deals/" + deal + "/stage-history");
  ASSERT_EQ(entries.size(), before + 1);
  EXPECT_EQ(json::parse(entries.back())->root()["stage_id"].string_or(""), "16");
}

TEST_F(Edits, AListIsAllOrNothing) {
  const std::string digest = served_.control("digest").body;

  const Answer refused = served_.edit(
      R"([{"op":"update","table":"contacts","id":"1001","values":{"job_title":"X"}},{"op":"purge","table":"contacts","id":"1003"},{"op":"associate","from":"contacts","from_id":"1005","to":"companies","to_id":"510"},{"op":"deactivate_owner","id":"40"},{"op":"create","table":"deals","values":{"name":"N","stage_id":"11","pipeline_id":"1"}},{"op":"set_option","table":"contacts","property":"status","value":"new","label":"New"},{"op":"archive","table":"contacts","id":"5"}])");

  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(served_.control("digest").body, digest);
}

TEST_F(Edits, ReadingChangesNoDigestAndResetUndoesEverything) {
  const std::string digest = served_.control("digest").body;
  served_.all("/objects/contacts?properties=*");
  EXPECT_EQ(served_.control("digest").body, digest);

  served_.edit(R"({"op":"update","table":"contacts","id":"1001","values":{"job_title":"X"}})");
  EXPECT_NE(served_.control("digest").body, digest);
  served_.control("reset", "{}");
  EXPECT_EQ(served_.control("digest").body, digest);
}

TEST_F(Edits, OwnersGo) {
  served_.edit(R"([{"op":"deactivate_owner","id":"40"},{"op":"delete_owner","id":"41"}])");

  EXPECT_THAT(served_.ids("/owners"), Not(Contains("40")));
  EXPECT_THAT(served_.ids("/owners?status=all"), Contains("40"));
  EXPECT_THAT(served_.ids("/owners?status=all"), Not(Contains("41")));
}

TEST_F(Edits, AnEndlessWriterIsSeenTwiceButNeverMissed) {
  std::vector<std::string> seen;
  std::string after;
  for (int page = 0; page < 12; ++page) {
    advance();
    served_.edit(R"({"op":"update","table":"companies","id":"510","values":{"employees":)" +
                 std::to_string(page) + "}}");
    const Answer answer =
        served_.get("/objects/companies?limit=10&updated_since=2015-01-01T00:00:00Z" + after);
    for (const json::Value one : answer["results"].elements())
      seen.emplace_back(one["id"].string_or(""));
    if (!answer["paging"]) break;
    after = "&after=" + percent::encode(answer.text("paging.next.after"));
  }

  const auto all = served_.ids("/objects/companies");
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()),
            std::set<std::string>(all.begin(), all.end()));
  EXPECT_GE(std::count(seen.begin(), seen.end(), "510"), 1);
}

TEST(VisibilityLag, HidesAChangeForAWhile) {
  Served served({.options = {.visibility_lag = std::chrono::seconds(2)}});
  const std::string before = served.get("/objects/contacts/1001?properties=*").body;

  served.edit(
      R"([{"op":"update","table":"contacts","id":"1001","values":{"job_title":"CEO"}},{"op":"create","table":"contacts","values":{"email":"n@mail.example"}}])");

  EXPECT_EQ(served.get("/objects/contacts/1001?properties=*").body, before);
  EXPECT_EQ(served.ids("/objects/contacts").size(), 200U);
  served.control("clock", R"({"advance_s": 2})");
  EXPECT_EQ(served.get("/objects/contacts/1001?properties=job_title").text("properties.job_title"),
            "CEO");
  EXPECT_EQ(served.ids("/objects/contacts").size(), 201U);
}

}  // namespace
}  // namespace flit::sim::interactive::test
