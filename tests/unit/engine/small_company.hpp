#pragma once
/// @file A small company in a ledger: contacts, companies and deals with a map to accounts,
/// contacts, leads and opportunities. Tests of the stages stage records into it and look at what
/// became of them.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/thread_executor.hpp"
#include "engine/assessment.hpp"
#include "engine/routing.hpp"
#include "store/notebook.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::engine {

inline model::Schema source_schema() {
  using model::FieldType;
  model::Schema schema{.platform = "interactive"};
  schema.objects = {
      {.name = "companies", .fields = {{.name = "name"}, {.name = "parent_company_id"}}},
      {.name = "contacts",
       .fields = {{.name = "last_name"}, {.name = "lifecycle_stage"}, {.name = "owner_id"}}},
      {.name = "deals", .fields = {{.name = "name"}, {.name = "amount"}}}};
  return schema;
}

inline model::Schema destination_schema() {
  using model::FieldType;
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

inline model::MapDocument document() {
  using model::Condition;
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

class SmallCompany : public ::testing::Test {
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

  test::TemporaryDirectory folder_;
  RealClock clock_;
  ThreadExecutor executor_{clock_};
  EventHub events_;
  std::unique_ptr<store::Ledger> ledger_;
  store::Books books_;
  std::vector<model::Record> records_;
  std::vector<model::Edge> edges_;
};

}  // namespace flit::engine
