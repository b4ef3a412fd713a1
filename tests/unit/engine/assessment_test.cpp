#include "engine/assessment.hpp"

#include "tests/unit/engine/small_company.hpp"

namespace flit::engine {
namespace {

using store::Verdict;

using AssessmentTest = SmallCompany;

TEST_F(AssessmentTest, EveryRecordHasAVerdictAndWhatWouldFailIsKnown) {
  stage("companies", "1", R"({"name":"Northwind"})");
  stage("companies", "2", R"({"name":"A name that is much too long"})");
  stage("contacts", "10", R"({"last_name":"Lund","lifecycle_stage":"customer","owner_id":"31"})");
  stage("contacts", "11", R"({"last_name":"Ray","lifecycle_stage":"lead"})");
  stage("deals", "20", R"({"name":"Estate plan","amount":"99999"})");
  stage("matters", "30", "{}");

  const AssessmentCounts counts = assess();

  EXPECT_EQ(counts.checked, 5U);
  EXPECT_EQ(counts.would_fail, 2U);
  EXPECT_EQ(assigned("companies", "1").verdict, Verdict::create);
  EXPECT_EQ(assigned("companies", "2").reason, "too_long");
  EXPECT_EQ(assigned("contacts", "10").table, "contact");
  EXPECT_EQ(assigned("contacts", "11").table, "lead");
  EXPECT_TRUE(assigned("contacts", "11").routed);
  EXPECT_EQ(assigned("deals", "20").reason, "out_of_range");
  EXPECT_EQ(assigned("matters", "30").verdict, Verdict::hold);
  EXPECT_EQ(assigned("matters", "30").detail, "custom tables are not yet made");
}

TEST_F(AssessmentTest, ALeadIsNoCustomerSoTheFallbackAccountIs) {
  stage("contacts", "11", R"({"last_name":"Ray","lifecycle_stage":"lead"})");
  stage("deals", "20", R"({"name":"Estate plan","amount":"10"})");
  edge("deals→contacts", "20", "11");
  assess();

  const auto deal = row("deals", "20");

  EXPECT_EQ(deal.at("customerid"),
            "account " + own_record(Identities("m", 1), "account", "unassigned account").text());
  EXPECT_FALSE(deal.contains("parentcontactid"));
}

TEST_F(AssessmentTest, ThePrimaryCompanyIsTheParentAndAGuessIsAFinding) {
  stage("companies", "1", R"({"name":"Northwind"})");
  stage("companies", "2", R"({"name":"Contoso"})");
  stage("contacts", "10", R"({"last_name":"Lund"})");
  stage("contacts", "12", R"({"last_name":"Kim"})");
  edge("contacts→companies", "10", "1", false);
  edge("contacts→companies", "10", "2", true);
  edge("contacts→companies", "12", "2", false);
  assess();

  EXPECT_EQ(row("contacts", "10", 1).at("parentcustomerid"),
            "account " + assigned("companies", "2").target_id);
  EXPECT_EQ(findings(), std::vector<std::string>{"contacts primary_guessed 1"});
}

TEST_F(AssessmentTest, OwnersAreResolvedAndNobodyIsWithoutOne) {
  stage("contacts", "10", R"({"last_name":"Lund","owner_id":"31"})");
  stage("contacts", "12", R"({"last_name":"Kim"})");
  assess();

  EXPECT_EQ(row("contacts", "10", 1).at("ownerid"), "systemuser u-31");
  EXPECT_EQ(row("contacts", "12", 1).at("ownerid"), "systemuser u-fallback");
}

TEST_F(AssessmentTest, AParentThatExistsNowhereIsAFindingAndTheRowGoesWithoutIt) {
  stage("companies", "1", R"({"name":"Northwind","parent_company_id":"999"})");
  assess();

  EXPECT_EQ(assigned("companies", "1").verdict, Verdict::create);
  EXPECT_EQ(findings(), std::vector<std::string>{"companies broken_reference 1"});
}

TEST_F(AssessmentTest, ParentsComeBeforeChildrenAndACycleIsCutOnRecord) {
  stage("companies", "3", R"({"name":"Child","parent_company_id":"9"})");
  stage("companies", "9", R"({"name":"Parent"})");
  stage("companies", "11", R"({"name":"A","parent_company_id":"12"})");
  stage("companies", "12", R"({"name":"B","parent_company_id":"11"})");
  assess();

  EXPECT_EQ(assigned("companies", "9").depth, 0);
  EXPECT_EQ(assigned("companies", "3").depth, 1);
  EXPECT_EQ(assigned("companies", "12").depth, 0);
  EXPECT_EQ(assigned("companies", "11").depth, 1);
  EXPECT_EQ(findings(), std::vector<std::string>{"companies hierarchy_cycle 2"});
}

TEST_F(AssessmentTest, CheckingAgainGivesTheSameAndDoublesNothing) {
  stage("companies", "1", R"({"name":"Northwind","parent_company_id":"999"})");
  assess();
  const auto before = findings();

  assess();

  EXPECT_EQ(findings(), before);
}

}  // namespace
}  // namespace flit::engine
