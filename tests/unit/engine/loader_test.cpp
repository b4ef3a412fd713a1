#include "engine/loader.hpp"

#include "tests/unit/engine/small_company.hpp"
#include "tests/unit/engine/tables_in_memory.hpp"

namespace flit::engine {
namespace {

class LoaderTest : public SmallCompany {
 protected:
  Result<LoadReport> run() { return Loader(*migration_, {.lanes = 3, .rows = 7}).run({}); }

  /// The columns of the row that an assignment made.
  std::map<std::string, std::string> made(const std::string& object, const std::string& id,
                                          const std::string& role = "primary") {
    return destination.rows[assigned(object, id, role).target_id];
  }
};

TEST_F(LoaderTest, EverythingArrivesParentsFirstSoThatEveryReferenceIsWrittenAtOnce) {
  for (int i = 1; i <= 40; ++i)
    stage("companies", std::to_string(i),
          fmt::format(R"({{"name":"C{}","parent_company_id":{}}})", i,
                      i < 40 ? "\"" + std::to_string(i + 1) + "\"" : "null"));
  for (int i = 100; i < 160; ++i) {
    stage("contacts", std::to_string(i),
          fmt::format(R"({{"last_name":"L{}","lifecycle_stage":"{}"}})", i,
                      i % 3 == 0 ? "lead" : "customer"));
    edge("contacts→companies", std::to_string(i), std::to_string(i % 40 + 1));
  }
  for (int i = 500; i < 520; ++i) {
    stage("deals", std::to_string(i), R"({"name":"D","amount":"5"})");
    edge("deals→contacts", std::to_string(i), std::to_string(i - 400));
  }
  assess();

  const auto counts = run();

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(counts->counts.done, 121U);  // and the account of deals with a lead
  EXPECT_EQ(counts->counts.failed, 0U);
  EXPECT_EQ(destination.rows.at(assigned("companies", "1").target_id).at("parentaccountid"),
            "account " + assigned("companies", "2").target_id);
  EXPECT_EQ(destination.rows.at(assigned("contacts", "100").target_id).at("parentcustomerid"),
            "account " + assigned("companies", "21").target_id);
}

TEST_F(LoaderTest, AFaultStopsAndTheNextRunFinishesWithoutDoubling) {
  for (int i = 1; i <= 30; ++i) stage("companies", std::to_string(i), R"({"name":"C"})");
  assess();
  destination.after_commit = Error{.fault = Fault::ambiguous, .message = "the connection broke"};
  ASSERT_FALSE(run());

  const auto counts = run();

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(destination.ids.size(), 30U);
  for (int i = 1; i <= 30; ++i)
    EXPECT_EQ(assigned("companies", std::to_string(i)).state, store::State::done) << i;
}

TEST_F(LoaderTest, ARunWithNothingToDoSendsNothing) {
  stage("companies", "1", R"({"name":"C"})");
  assess();
  ASSERT_TRUE(run());
  const int before = destination.requests;

  const auto counts = run();

  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->counts.done, 0U);
  EXPECT_EQ(destination.requests, before);
}

TEST_F(LoaderTest, FurtherCompaniesBecomeLinksAndOnlyUsedRolesAreMade) {
  stage("companies", "1", R"({"name":"A"})");
  stage("companies", "2", R"({"name":"B"})");
  stage("contacts", "10", R"({"last_name":"L"})");
  edge("contacts→companies", "10", "1", true);
  edge("contacts→companies", "10", "2", false);
  assess();

  ASSERT_TRUE(run());

  const auto link = made("contacts", "10→2", "link:contacts→companies|role further");
  EXPECT_EQ(link.at("one"), "contact " + assigned("contacts", "10").target_id);
  EXPECT_EQ(link.at("other"), "account " + assigned("companies", "2").target_id);
  EXPECT_EQ(link.at("role"),
            "connectionrole " + assigned("flitstack", "role further", "own").target_id);
  EXPECT_EQ(destination.ids.size(), 5U);
}

TEST_F(LoaderTest, AnArchivedParentIsStoodInForByATaggedPlaceholder) {
  stage("companies", "3", R"({"name":"Child","parent_company_id":"9"})");
  stage_archived("companies", "9", R"({"name":"Archived"})");
  assess();

  ASSERT_TRUE(run());

  const auto placeholder = made("companies", "9", "placeholder");
  EXPECT_EQ(placeholder.at("name"), "Archived");
  EXPECT_EQ(placeholder.at("tag"), "placeholder");
  EXPECT_EQ(made("companies", "3").at("parentaccountid"),
            "account " + assigned("companies", "9", "placeholder").target_id);
  EXPECT_EQ(assigned("companies", "9").verdict, store::Verdict::skip);
}

TEST_F(LoaderTest, APlaceholderWhoseRecordComesBackBecomesThatRecordInPlace) {
  stage("companies", "3", R"({"name":"Child","parent_company_id":"9"})");
  stage_archived("companies", "9", R"({"name":"Archived"})");
  assess();
  ASSERT_TRUE(run());
  const std::string row = assigned("companies", "9", "placeholder").target_id;

  records_.clear();
  stage("companies", "9", R"({"name":"Restored","parent_company_id":"10"})");
  stage("companies", "10", R"({"name":"Top"})");
  assess();
  EXPECT_EQ(assigned("companies", "9").verdict, store::Verdict::update);
  const auto report = run();

  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->counts.failed, 0U);
  EXPECT_EQ(assigned("companies", "9").target_id, row);
  EXPECT_EQ(assigned("companies", "9").state, store::State::done);
  EXPECT_EQ(assigned("companies", "9").pending, 0);
  EXPECT_EQ(destination.rows[row].at("name"), "Restored");
  EXPECT_EQ(destination.rows[row].at("tag"), "");
  EXPECT_EQ(destination.rows[row].at("parentaccountid"),
            "account " + assigned("companies", "10").target_id);
  EXPECT_EQ(destination.ids.size(), 3U);
}

TEST_F(LoaderTest, AWonDealIsClosedLastWithWhatItBrought) {
  stage("deals", "20", R"({"name":"D","amount":"10","is_won":true})");
  assess();

  ASSERT_TRUE(run());

  const auto deal = made("deals", "20");
  EXPECT_EQ(deal.at("statecode"), "1");
  EXPECT_EQ(deal.at("statuscode"), "3");
  EXPECT_EQ(deal.at("actualvalue"), "10");
  EXPECT_EQ(assigned("deals", "20").pending, 0);
}

}  // namespace
}  // namespace flit::engine
