// The truth against the data, by a second and independent reading of the rules.

#include "sim/interactive/truth/truth.hpp"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "sim/interactive/generate/settings.hpp"

namespace flit::sim::interactive {
namespace {

class TruthTest : public testing::TestWithParam<std::uint64_t> {
 protected:
  /// Made once per seed: every test only looks.
  struct World {
    std::unique_ptr<Dataset> data;
    json::Document truth;
    json::Document salesforce;
  };
  static const World& world(std::uint64_t seed) {
    static std::map<std::uint64_t, World> worlds;
    if (const auto found = worlds.find(seed); found != worlds.end()) return found->second;
    auto data = generate({.contacts = 600, .seed = seed});
    auto truth = json::parse(truth_text(*data, {})).value();
    auto salesforce = json::parse(truth_text(*data, {.path = Path::salesforce})).value();
    return worlds[seed] = {std::move(data), std::move(truth), std::move(salesforce)};
  }

  const Dataset* data_ = world(GetParam()).data.get();
  const json::Document& truth_ = world(GetParam()).truth;
  const json::Document& salesforce_ = world(GetParam()).salesforce;

  static json::Value outcome(const json::Document& truth, const std::string& object,
                             const std::string& id) {
    const json::Value of = truth.root()["outcomes"][object];
    const json::Value special = of["except"][id];
    return special ? special : of["default"];
  }
  static std::set<std::string> found(const json::Document& truth, std::string_view code,
                                     std::string_view object) {
    std::set<std::string> ids;
    for (const json::Value one : truth.root()["findings"].elements())
      if (one["code"].string_or("") == code && one["object"].string_or("") == object)
        for (const json::Value id : one["ids"].elements()) ids.emplace(id.string_or(""));
    return ids;
  }
};

TEST_P(TruthTest, RoutesContactsByLifecycle) {
  const std::set<std::string> away{"lead", "prospect", "mql", "Marketing Qualified", " Lead "};
  const RecordTable& contacts = data_->require("contacts");
  std::size_t leads = 0;
  for (const Row& row : contacts.rows()) {
    if (row.is_archived()) continue;
    const bool is_lead = away.contains(contacts.text(row, "lifecycle_stage"));
    const json::Value what = outcome(truth_, "contacts", std::to_string(row.id));
    EXPECT_EQ(what["target"].string_or(""), is_lead ? "lead" : "contact") << row.id;
    EXPECT_EQ(what["routed"].as_boolean().value_or(false), is_lead) << row.id;
    leads += is_lead ? 1 : 0;
  }
  EXPECT_GT(leads, 100U);
}

TEST_P(TruthTest, OnSalesforceAWonDealKeepsAContactFromBeingALead) {
  std::set<std::uint64_t> won;
  const RecordTable& deals = data_->require("deals");
  const std::set<std::string> won_stages{"14", "24", "32"};
  for (const auto& edges : data_->edges) {
    if (edges->type().from != "deals" || edges->type().to != "contacts") continue;
    for (const Edge& edge : edges->edges()) {
      const Row* const deal = deals.find(edge.from);
      if (deal != nullptr && !deal->is_archived() &&
          won_stages.contains(deals.text(*deal, "stage_id")))
        won.insert(edge.to);
    }
  }
  const RecordTable& contacts = data_->require("contacts");
  for (const Row& row : contacts.rows()) {
    if (row.is_archived()) continue;
    const std::string status = contacts.text(row, "status");
    const bool is_lead = (status == "lead" || status == "prospect") && !won.contains(row.id);
    EXPECT_EQ(outcome(salesforce_, "contacts", std::to_string(row.id))["target"].string_or(""),
              is_lead ? "Lead" : "Contact")
        << row.id;
  }
}

TEST_P(TruthTest, ArchivedRecordsAreSkippedAndMergedOnesFollowed) {
  for (const auto& table : data_->tables)
    for (const Row& row : table->rows()) {
      if (!row.is_archived()) continue;
      Cells cells;
      table->read(row, cells);
      const json::Value what = outcome(truth_, table->schema().name, std::to_string(row.id));
      if (cells.merged_into.empty()) {
        EXPECT_EQ(what["reason"].string_or(""), "archived") << row.id;
      } else if (what["outcome"].string_or("") == "merged") {
        const Row* const live = table->find(*parse_id(what["into"].string_or("")));
        ASSERT_NE(live, nullptr);
        EXPECT_FALSE(live->is_archived());
      }
    }
}

TEST_P(TruthTest, ContactsWithoutACompanyAreEightPercentOfTheOrdinaryOnes) {
  std::set<std::uint64_t> with_company;
  for (const auto& edges : data_->edges)
    if (edges->type().from == "contacts" && edges->type().to == "companies")
      for (const Edge& edge : edges->edges()) with_company.insert(edge.from);
  std::set<std::string> without;
  for (const Row& row : data_->require("contacts").rows())
    if (!row.is_archived() && !with_company.contains(row.id))
      without.insert(std::to_string(row.id));

  EXPECT_EQ(found(truth_, "contact_without_company", "contacts"), without);
  EXPECT_GT(without.size(), 20U);
}

TEST_P(TruthTest, EveryCaseAgreesWithTheOutcomesAndFindings) {
  for (const json::Value one : truth_.root()["cases"].elements()) {
    const std::string object(one["object"].string_or(""));
    const json::Value expect = one["expect"];
    for (const json::Value id : one["ids"].elements()) {
      const std::string text(id.string_or(""));
      if (expect["outcome"] && truth_.root()["outcomes"][object]) {
        EXPECT_EQ(outcome(truth_, object, text)["outcome"].string_or(""),
                  expect["outcome"].string_or(""))
            << one.dump();
      }
      if (expect["reason"]) {
        EXPECT_EQ(outcome(truth_, object, text)["reason"].string_or(""),
                  expect["reason"].string_or(""))
            << one.dump();
      }
      const std::string code(expect["finding"].string_or(""));
      if (!code.empty() && !code.starts_with("owner_") && code != "duplicate_email") {
        EXPECT_TRUE(found(truth_, code, object).contains(text)) << one.dump();
      }
    }
  }
}

TEST_P(TruthTest, CyclesOfCompaniesAreFoundAndNothingElse) {
  EXPECT_EQ(found(truth_, "hierarchy_cycle", "companies").size(), 1U + 2U + 5U);
  EXPECT_EQ(found(truth_, "broken_reference", "companies").size(), 1U);
}

TEST_P(TruthTest, SpousesAreTwentyFivePairsOfWhichTwoAreNotLinked) {
  EXPECT_EQ(truth_.root()["spouses"].size(), 23U);
}

TEST_P(TruthTest, EveryAvailableFileHasADigestOfItsBytes) {
  for (const File& file : data_->files)
    if (file.status == FileStatus::available) {
      EXPECT_EQ(truth_.root()["digests"]["files"][std::to_string(file.id)].string_or(""),
                "sha256:" + file.content.sha256());
    }
}

TEST(TruthOfFiles, FollowsTheLimitItIsTold) {
  const auto data = generate({.contacts = 200, .seed = 1});
  const auto truth = json::parse(truth_text(*data, {.file_limit = 5U << 20U})).value();

  std::size_t held = 0;
  for (const json::Member member : truth.root()["outcomes"]["files"]["except"].members())
    held += member.value["reason"].string_or("") == "oversized" ? 1 : 0;
  EXPECT_EQ(held, 1U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TruthTest, testing::Values(1, 42, 99));

}  // namespace
}  // namespace flit::sim::interactive
