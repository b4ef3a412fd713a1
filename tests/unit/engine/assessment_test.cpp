#include "engine/assessment.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/thread_executor.hpp"
#include "engine/routing.hpp"
#include "store/notebook.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::engine {
namespace {

using model::Condition;
using model::FieldType;
using store::Verdict;

model::Schema source_schema() {
  model::Schema schema{.platform = "interactive"};
  schema.objects = {
      {.name = "companies", .fields = {{.name = "name"}, {.name = "parent_company_id"}}},
      {.name = "contacts",
       .fields = {{.name = "last_name"}, {.name = "lifecycle_stage"}, {.name = "owner_id"}}},
      {.name = "deals", .fields = {{.name = "name"}, {.name = "amount"}}}};
  return schema;
}

model::Schema destination_schema() {
  model::Schema schema{.platform = "dynamics365"};
  schema.objects = {
      {.name = "account",
       .primary_id = "accountid",
       .fields = {{.name = "name", .max_length = 10},
                  {.name = "parentaccountid",
                   .type = FieldType::reference,
                   .targets = {"account"}}}},
      {.name = "contact",
       .primary_id = "contactid",
       .fields = {{.name = "lastname"},
                  {.name = "ownerid", .type = FieldType::reference},
                  {.name = "parentcustomerid",
                   .type = FieldType::reference,
                   .targets = {"account", "contact"}}}},
      {.name = "lead",
       .primary_id = "leadid",
       .fields = {{.name = "lastname"}, {.name = "ownerid", .type = FieldType::reference}}},
      {.name = "opportunity",
       .primary_id = "opportunityid",
       .fields = {
           {.name = "name"},
           {.name = "estimatedvalue",
            .type = FieldType::money,
            .scale = 2,
            .max = Decimal::of(1000)},
           {.name = "customerid", .type = FieldType::reference, .targets = {"account", "contact"}},
           {.name = "parentcontactid", .type = FieldType::reference, .targets = {"contact"}}}}};
  return schema;
}

model::MapDocument document() {
  model::MapDocument map{.path = "interactive-to-dynamics365"};
  map.objects = {
      {.object = "companies",
       .routes = {{.table = "account"}},
       .fields = {{.from = "name", .to = "name"},
                  {.from = "parent_company_id",
                   .to = "parentaccountid",
                   .convert = "record",
                   .arguments = {{"object", "companies"}}}}},
      {.object = "contacts",
       .routes =
           {{.table = "lead",
             .when = {.kind = Condition::Kind::in, .field = "lifecycle_stage", .values = {"lead"}}},
            {.table = "contact"}},
       .fields = {{.from = "last_name", .to = "lastname"},
                  {.from = "owner_id", .to = "ownerid", .convert = "owner", .fallback = ""}},
       .links = {{.associations = {"contacts→companies"},
                  .tables = {"contact"},
                  .lookup = "parentcustomerid",
                  .fallback = "unassigned account"}}},
      {.object = "deals",
       .routes = {{.table = "opportunity"}},
       .fields = {{.from = "name", .to = "name"}, {.from = "amount", .to = "estimatedvalue"}},
       .links = {{.associations = {"deals→companies", "deals→contacts"},
                  .lookup = "customerid",
                  .fallback = "unassigned account"},
                 {.associations = {"deals→contacts"}, .lookup = "parentcontactid"}}},
      {.object = "matters", .held = "custom tables are not yet made"}};
  return map;
}

class AssessmentTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = store::Ledger::create(folder_ / "flitstack.db", {.id = "m", .path = "p"}, executor_,
                                      {.sync = false});
    ASSERT_TRUE(made);
    ledger_ = std::move(*made);
    auto compiled = MigrationMap::compile(document(), source_schema(), destination_schema(),
                                          {Zone::find("UTC").value()});
    ASSERT_TRUE(compiled) << compiled.error().text();
    map_.emplace(std::move(*compiled));
    owners_[""] = {
        .source_id = "", .target_id = "u-fallback", .target_kind = "systemuser", .fallback = true};
    owners_["31"] = {.source_id = "31", .target_id = "u-31", .target_kind = "systemuser"};
  }

  void stage(const std::string& object, const std::string& id, const std::string& payload) {
    records_.push_back({.key = {object, id}, .payload = payload});
  }
  void edge(const std::string& association, const std::string& from, const std::string& to,
            bool primary = true) {
    edges_.push_back(
        {.association = association, .from_id = from, .to_id = to, .primary = primary});
  }

  AssessmentCounts assess() {
    const Result<void> staged =
        ledger_->commit([&](store::sql::Connection& transaction) -> Result<void> {
          FLIT_TRY_VOID(books_.staging.put(transaction, records_));
          return books_.staging.put_edges(transaction, edges_);
        });
    EXPECT_TRUE(staged);
    Environment environment{executor_, events_, *ledger_, books_};
    const std::vector<std::string> objects{"companies", "contacts", "deals", "matters"};
    EXPECT_TRUE(Routing(environment, *map_).run(objects, {}));
    const auto counts = Assessment(environment, *map_, owners_).run(objects, {});
    EXPECT_TRUE(counts) << counts.error().text();
    return counts ? *counts : AssessmentCounts{};
  }

  store::Assignment assigned(const std::string& object, const std::string& id) {
    std::optional<store::Assignment> found;
    EXPECT_TRUE(ledger_->read([&](store::sql::Connection& reader) -> Result<void> {
      FLIT_TRY(one, books_.assignments.find(reader, object, id, "primary"));
      found = std::move(one);
      return {};
    }));
    EXPECT_TRUE(found.has_value()) << object << " " << id;
    return found.value_or(store::Assignment{});
  }

  std::vector<std::string> findings() {
    std::vector<std::string> all;
    EXPECT_TRUE(ledger_->read([&](store::sql::Connection& reader) -> Result<void> {
      FLIT_TRY(found, store::findings(reader, "S-05"));
      for (const store::Finding& one : found)
        all.push_back(one.object + " " + one.code + " " + std::to_string(one.count));
      return {};
    }));
    return all;
  }

  /// The row of a record, as "column=value" texts.
  std::map<std::string, std::string> row(const std::string& object, const std::string& id,
                                         std::size_t route = 0) {
    const Identities identities("m", 1);
    const LedgerLookups lookups(*ledger_, books_, owners_);
    RowBuilder builder({*map_, *ledger_, books_, lookups, identities}, object, route);
    model::Arena arena;
    std::vector<model::Value> cells(builder.columns().size());
    BuiltRow built;
    for (const model::Record& record : records_) {
      if (record.key != model::SourceKey{object, id}) continue;
      EXPECT_TRUE(builder.build(record, arena, cells, built));
    }
    std::map<std::string, std::string> shown;
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!cells[i].is_absent()) shown[builder.columns()[i]] = cells[i].display();
    return shown;
  }

  std::optional<MigrationMap> map_;
  OwnerTable owners_;

 private:
  test::TemporaryDirectory folder_;
  RealClock clock_;
  ThreadExecutor executor_{clock_};
  EventHub events_;
  std::unique_ptr<store::Ledger> ledger_;
  store::Books books_;
  std::vector<model::Record> records_;
  std::vector<model::Edge> edges_;
};

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
  EXPECT_EQ(findings(), std::vector<std::string>{"companies hierarchy_cycle 1"});
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
