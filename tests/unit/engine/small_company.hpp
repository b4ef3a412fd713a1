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
#include "engine/preflight.hpp"
#include "store/notebook.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/unit/engine/tables_in_memory.hpp"

namespace flit::engine {

inline model::Schema source_schema() {
  using model::FieldType;
  model::Schema schema{.platform = "interactive"};
  schema.objects = {
      {.name = "companies", .fields = {{.name = "name"}, {.name = "parent_company_id"}}},
      {.name = "contacts",
       .fields = {{.name = "last_name"}, {.name = "lifecycle_stage"}, {.name = "owner_id"}}},
      {.name = "deals", .fields = {{.name = "name"}, {.name = "amount"}, {.name = "is_won"}}},
      {.name = "matters"}};
  schema.associations = {
      {.name = "contacts→companies", .from = "contacts", .to = "companies", .has_primary = true},
      {.name = "deals→companies", .from = "deals", .to = "companies", .has_primary = true},
      {.name = "deals→contacts", .from = "deals", .to = "contacts", .has_primary = true}};
  return schema;
}

inline model::Schema destination_schema() {
  using model::FieldType;
  model::Schema schema{.platform = "dynamics365"};
  schema.objects = {
      {.name = "account",
       .primary_id = "accountid",
       .fields = {{.name = "name", .max_length = 10},
                  {.name = "parentaccountid", .type = FieldType::reference, .targets = {"account"}},
                  {.name = "tag"}}},
      {.name = "connection",
       .primary_id = "connectionid",
       .fields = {{.name = "one", .type = FieldType::reference},
                  {.name = "other", .type = FieldType::reference},
                  {.name = "role", .type = FieldType::reference},
                  {.name = "label"}}},
      {.name = "connectionrole", .primary_id = "roleid", .fields = {{.name = "name"}}},
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
           {.name = "statecode",
            .type = FieldType::choice,
            .options = {{.value = "0", .label = "Open"}, {.value = "1", .label = "Won"}},
            .creatable = false},
           {.name = "statuscode",
            .type = FieldType::choice,
            .options = {{.value = "3", .label = "Won", .state = "1"}}},
           {.name = "actualvalue", .type = FieldType::money, .scale = 2},
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
                   .arguments = {{"object", "companies"}, {"archived", "placeholder"}}}}},
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
                  .fallback = "unassigned account",
                  .further = "connection",
                  .roles = {{"", "role further"}}}}},
      {.object = "deals",
       .routes = {{.table = "opportunity"}},
       .fields = {{.from = "name", .to = "name"}, {.from = "amount", .to = "estimatedvalue"}},
       .links = {{.associations = {"deals→companies", "deals→contacts"},
                  .lookup = "customerid",
                  .fallback = "unassigned account"},
                 {.associations = {"deals→contacts"}, .lookup = "parentcontactid"}},
       .states = {{.table = "opportunity",
                   .when = {.kind = Condition::Kind::equals, .field = "is_won", .values = {"true"}},
                   .state = "Won",
                   .status = "Won",
                   .fields = {{.from = "amount", .to = "actualvalue"}}}}},
      {.object = "matters", .held = "custom tables are not yet made"}};
  return map;
}

inline packs::PathPack path() {
  packs::PathPack pack;
  pack.path = "interactive-to-dynamics365";
  pack.records = {{"unassigned account", "account", {{"name", "Unassigned"}}, true},
                  {"role further", "connectionrole", {{"name", "Further"}}, true},
                  {"role of nobody", "connectionrole", {{"name", "Nobody"}}, true}};
  pack.placeholders = {{"companies", {"name"}, {{"tag", "placeholder"}}}};
  pack.link_tables = {{"connection", "one", "other", "role", "label", {}}};
  pack.phases = {{"roles", {"connectionrole"}},
                 {"accounts", {"account"}},
                 {"contacts and leads", {"contact", "lead"}},
                 {"opportunities", {"opportunity"}},
                 {"relationships", {"connection"}}};
  return pack;
}

class SmallCompany : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = store::Ledger::create(folder_ / "flitstack.db", {.id = "m", .path = "p"}, executor_,
                                      {.sync = false});
    ASSERT_TRUE(made);
    ledger_ = std::move(*made);
    environment_.emplace(Environment{executor_, events_, *ledger_, books_});
    auto compiled = MigrationMap::compile(document(), source_schema(), destination_schema(),
                                          {Zone::find("UTC").value()});
    ASSERT_TRUE(compiled) << compiled.error().text();
    map_.emplace(std::move(*compiled));
    begin();
    owners_[""] = {
        .source_id = "", .target_id = "u-fallback", .target_kind = "systemuser", .fallback = true};
    owners_["31"] = {.source_id = "31", .target_id = "u-31", .target_kind = "systemuser"};
  }

  /// A process of its own: everything but the ledger and the destination is new.
  void begin() {
    pacer_ = std::make_unique<Pacer>(executor_, "destination",
                                     Pacer::Settings{.retry = {.attempts = 1}});
    migration_.emplace(Migration{*environment_, path_, *map_, owners_, faces_, *pacer_});
  }

  void stage(const std::string& object, const std::string& id, const std::string& payload) {
    records_.push_back({.key = {object, id}, .payload = payload});
  }
  void stage_archived(const std::string& object, const std::string& id,
                      const std::string& payload) {
    records_.push_back({.key = {object, id}, .payload = payload, .archived = true});
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
    const auto counts = Preflight(*migration_).run({});
    EXPECT_TRUE(counts) << counts.error().text();
    return counts ? counts->assessed : AssessmentCounts{};
  }

  store::Assignment assigned(const std::string& object, const std::string& id,
                             const std::string& role = "primary") {
    std::optional<store::Assignment> found;
    EXPECT_TRUE(ledger_->read([&](store::sql::Connection& reader) -> Result<void> {
      FLIT_TRY(one, books_.assignments.find(reader, object, id, role));
      found = std::move(one);
      return {};
    }));
    EXPECT_TRUE(found.has_value()) << object << " " << id << " " << role;
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
    RowBuilder builder({*map_, *ledger_, books_, lookups, identities, &path_}, object, route);
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
  packs::PathPack path_ = path();
  TablesInMemory destination;
  OnlyTables only_tables_{destination};
  model::Destination faces_ = only_tables_.destination();
  std::optional<Environment> environment_;
  std::unique_ptr<Pacer> pacer_;
  std::optional<Migration> migration_;
};

}  // namespace flit::engine
