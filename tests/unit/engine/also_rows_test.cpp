#include "engine/also_rows.hpp"

#include "engine/loader.hpp"
#include "engine/reconciliation.hpp"
#include "engine/sample.hpp"
#include "tests/unit/engine/small_company.hpp"

namespace flit::engine {
namespace {

model::Schema flat_source() {
  model::Schema schema = source_schema();
  schema.objects = {{.name = "people",
                     .fields = {{.name = "last_name"},
                                {.name = "lifecycle_stage"},
                                {.name = "company"},
                                {.name = "company_tag"}}}};
  schema.associations.clear();
  return schema;
}

model::MapDocument flat_document() {
  using model::Condition;
  model::MapDocument map{.path = "leaf-to-dynamics365"};
  map.objects = {{.object = "people",
                  .routes = {{.table = "lead",
                              .when = {.kind = Condition::Kind::in,
                                       .field = "lifecycle_stage",
                                       .values = {"lead"}}},
                             {.table = "contact"}},
                  .fields = {{.from = "last_name", .to = "lastname"}},
                  .also = {{.name = "company",
                            .table = "account",
                            .key = {"company"},
                            .tables = {"contact"},
                            .fields = {{.from = "company", .to = "name"},
                                       {.from = "company_tag", .to = "tag"}},
                            .lookup = "parentcustomerid",
                            .fallback = "unassigned account"}}}};
  return map;
}

/// People with their companies in the same row.
class FlatRows : public SmallCompany {
 protected:
  void SetUp() override {
    SmallCompany::SetUp();
    auto compiled = MigrationMap::compile(flat_document(), flat_source(), destination_schema(),
                                          {Zone::find("UTC").value()});
    ASSERT_TRUE(compiled) << compiled.error().text();
    map_.emplace(std::move(*compiled));
    begin();
  }

  void person(int id, const std::string& company, const std::string& tag = "",
              const std::string& stage_name = "customer") {
    stage("people", std::to_string(id),
          fmt::format(
              R"({{"last_name":"L{}","lifecycle_stage":"{}","company":"{}","company_tag":"{}"}})",
              id, stage_name, company, tag));
  }

  Result<LoadReport> run() { return Loader(*migration_, {.lanes = 3, .rows = 7}).run({}); }

  std::map<std::string, std::string> made(int id) {
    return destination.rows[assigned("people", std::to_string(id)).target_id];
  }

  std::vector<store::Assignment> companies() {
    std::vector<store::Assignment> all;
    EXPECT_TRUE(ledger_->read([&](store::sql::Connection& reader) {
      return books_.assignments.scan(reader, {.role = "also:company"}, 0, 1000,
                                     [&](const store::Assignment& one) -> Result<void> {
                                       all.push_back(one);
                                       return {};
                                     });
    }));
    return all;
  }
};

TEST_F(FlatRows, FortyPeopleOfOneCompanyMakeOneAccountToWhichAllOfThemLead) {
  for (int i = 1; i <= 40; ++i) person(i, i % 2 == 0 ? "Acme" : " ACME ");
  for (int i = 41; i <= 43; ++i) person(i, "Bolt");
  const AssessmentCounts counts = assess();

  const auto report = run();

  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(counts.also, 2U);
  EXPECT_EQ(report->counts.done, 45U);
  EXPECT_EQ(report->counts.failed, 0U);
  ASSERT_EQ(companies().size(), 2U);
  EXPECT_EQ(destination.rows.at(companies()[0].target_id).at("name"), " ACME ");
  for (int i = 1; i <= 40; ++i)
    EXPECT_EQ(made(i).at("parentcustomerid"), "account " + companies()[0].target_id) << i;
  EXPECT_EQ(made(43).at("parentcustomerid"), "account " + companies()[1].target_id);
}

TEST_F(FlatRows, ItsIdentityIsAFunctionOfTheKeyAloneAndHoldsNoValueOfIt) {
  person(1, "Acme");
  assess();

  const store::Assignment company = companies().at(0);

  EXPECT_EQ(company.source_id.size(), 32U);
  EXPECT_EQ(company.source_id.find_first_not_of("0123456789abcdef"), std::string::npos);
  const Identities identities("m", 1);
  EXPECT_EQ(company.target_id,
            identities.of("account", {{"people", company.source_id}, "also:company"}).text());
}

TEST_F(FlatRows, WithoutACompanyThePersonLandsUnderTheFallback) {
  person(1, "");
  assess();

  ASSERT_TRUE(run());

  EXPECT_TRUE(companies().empty());
  EXPECT_EQ(made(1).at("parentcustomerid"),
            "account " + assigned("flitstack", "unassigned account", "own").target_id);
}

TEST_F(FlatRows, OnlyRecordsOfTheTablesNamedHaveOne) {
  person(1, "Acme", "", "lead");
  assess();

  ASSERT_TRUE(run());

  EXPECT_TRUE(companies().empty());
  EXPECT_EQ(made(1).count("parentcustomerid"), 0U);
}

TEST_F(FlatRows, TheRecordThatSaysMostGivesTheValuesAndWhoContradictsItIsListed) {
  person(1, "Acme");
  person(2, "Acme", "gold");
  person(3, "Acme", "silver");
  person(4, "Acme", "gold");
  assess();

  ASSERT_TRUE(run());

  EXPECT_EQ(destination.rows.at(companies().at(0).target_id).at("tag"), "gold");
  EXPECT_EQ(findings(), std::vector<std::string>{"people also_differs 1"});
}

TEST_F(FlatRows, ACompanyThatWouldBeRefusedIsKnownBeforeAndItsPeopleGoWithoutIt) {
  person(1, "A name that is too long");
  const AssessmentCounts counts = assess();

  ASSERT_TRUE(run());

  EXPECT_EQ(counts.also_fail, 1U);
  EXPECT_EQ(companies().at(0).verdict, store::Verdict::fail);
  EXPECT_EQ(assigned("people", "1").state, store::State::done);
  EXPECT_EQ(made(1).at("parentcustomerid"),
            "account " + assigned("flitstack", "unassigned account", "own").target_id);
}

TEST_F(FlatRows, PeopleWhoDoNotMoveSpeakOfNothing) {
  records_.push_back({.key = {"people", "1"},
                      .payload = R"({"last_name":"L","company":"Acme"})",
                      .archived = true});
  assess();

  EXPECT_TRUE(companies().empty());
}

TEST_F(FlatRows, PlannedAgainItIsTheSameRowAndOneThatWasSentStays) {
  person(1, "Acme");
  assess();
  const std::string row = companies().at(0).target_id;
  ASSERT_TRUE(run());
  records_.clear();
  person(2, "acme", "gold");
  assess();

  const auto report = run();

  ASSERT_TRUE(report) << report.error().text();
  ASSERT_EQ(companies().size(), 1U);
  EXPECT_EQ(companies()[0].target_id, row);
  EXPECT_EQ(companies()[0].state, store::State::done);
  EXPECT_EQ(made(2).at("parentcustomerid"), "account " + row);
  EXPECT_EQ(report->counts.done, 1U);
}

TEST_F(FlatRows, ALoadThatStoppedFinishesWithoutDoubling) {
  for (int i = 1; i <= 30; ++i) person(i, fmt::format("C{}", i % 10));
  assess();
  destination.after_commit = Error{.fault = Fault::ambiguous, .message = "the connection broke"};
  ASSERT_FALSE(run());

  const auto report = run();

  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(destination.ids.size(), 40U);
  for (const store::Assignment& company : companies()) EXPECT_EQ(company.state, store::State::done);
}

TEST_F(FlatRows, ASampledPersonBringsTheCompanyAlong) {
  for (int i = 1; i <= 30; ++i) person(i, fmt::format("C{}", i));
  assess();

  const auto sample = Sampling(*migration_).choose({.size = 6}, {});

  ASSERT_TRUE(sample) << sample.error().text();
  std::size_t sampled = 0;
  for (const store::Assignment& company : companies()) sampled += company.sampled;
  EXPECT_GE(sampled, 1U);
  for (int i = 1; i <= 30; ++i) {
    if (!assigned("people", std::to_string(i)).sampled) continue;
    EXPECT_TRUE(companies().at(static_cast<std::size_t>(i - 1)).sampled) << i;
  }
}

}  // namespace
}  // namespace flit::engine
