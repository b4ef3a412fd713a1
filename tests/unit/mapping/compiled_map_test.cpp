#include "mapping/compiled_map.hpp"

#include <gtest/gtest.h>

namespace flit::mapping {
namespace {

using model::Condition;
using model::FieldType;

class Nobody final : public Lookups {
 public:
  Lookup record(std::string_view, std::string_view) const override { return {}; }
  Lookup owner(std::string_view) const override { return {}; }
};

class CompiledMapTest : public ::testing::Test {
 protected:
  CompiledMapTest() {
    source.name = "contacts";
    source.fields = {{.name = "email", .type = FieldType::email},
                     {.name = "first_name"},
                     {.name = "lifecycle_stage",
                      .type = FieldType::choice,
                      .options = {{.value = "mql", .label = "Marketing qualified"},
                                  {.value = "customer", .label = "Customer"}}}};
    destination.objects = {
        {.name = "contact",
         .primary_id = "contactid",
         .fields = {{.name = "emailaddress1", .type = FieldType::email, .max_length = 20},
                    {.name = "firstname", .type = FieldType::text, .max_length = 5},
                    {.name = "lastname",
                     .type = FieldType::text,
                     .required = model::Requirement::system},
                    {.name = "fullname", .creatable = false}}},
        {.name = "lead",
         .primary_id = "leadid",
         .fields = {{.name = "emailaddress1", .type = FieldType::email},
                    {.name = "leadsourcecode"}}}};
    map.object = "contacts";
    map.routes = {{.table = "lead",
                   .when = {.kind = Condition::Kind::in,
                            .field = "lifecycle_stage",
                            .values = {"lead", "marketing qualified"}}},
                  {.table = "contact"}};
    map.fields = {{.from = "email", .to = "emailaddress1"},
                  {.from = "first_name", .to = "firstname"},
                  {.to = "leadsourcecode", .tables = {"lead"}, .fallback = "8"}};
  }

  std::optional<CompiledObject> compile() {
    return CompiledObject::compile({map, source, destination, locale}, problems);
  }

  std::optional<std::string> table_for(std::string_view payload) {
    const auto compiled = compile();
    EXPECT_TRUE(compiled);
    RecordView record(compiled->numbers());
    EXPECT_TRUE(record.open(payload));
    const auto route = compiled->route_of(record, payload);
    if (!route) return {};
    return compiled->table(*route);
  }

  model::Object source;
  model::Schema destination{.platform = "dataverse"};
  model::ObjectMap map;
  Locale locale{Zone::find("UTC").value()};
  std::vector<MapProblem> problems;
};

TEST_F(CompiledMapTest, ARecordLandsOnExactlyOneTableByValueOrLabel) {
  EXPECT_EQ(table_for(R"({"lifecycle_stage":"mql"})"), "lead");
  EXPECT_EQ(table_for(R"({"lifecycle_stage":" Lead "})"), "lead");
  EXPECT_EQ(table_for(R"({"lifecycle_stage":"Marketing Qualified"})"), "lead");
  EXPECT_EQ(table_for(R"({"lifecycle_stage":"partner"})"), "contact");
  EXPECT_EQ(table_for(R"({"lifecycle_stage":null})"), "contact");
  EXPECT_EQ(table_for("{}"), "contact");
}

TEST_F(CompiledMapTest, AnExpressionMayDecideWhatConditionsCannotSay) {
  map.routes[0].when = {.kind = Condition::Kind::expression,
                        .expression = ".email | test(\"@lead\")"};

  EXPECT_EQ(table_for(R"({"email":"a@lead.example"})"), "lead");
  EXPECT_EQ(table_for(R"({"email":"a@b.example"})"), "contact");
  EXPECT_EQ(table_for(R"({"email":null})"), "contact");
}

TEST_F(CompiledMapTest, ARowHasTheColumnsThatItsTableTakes) {
  const auto compiled = compile();
  ASSERT_TRUE(compiled);
  EXPECT_EQ(compiled->columns(0), (std::vector<std::string>{"emailaddress1", "leadsourcecode"}));
  EXPECT_EQ(compiled->columns(1), (std::vector<std::string>{"emailaddress1", "firstname"}));

  RecordView record(compiled->numbers());
  model::Arena arena;
  const Nobody nobody;
  std::vector<model::Value> cells(2);
  std::vector<FieldNote> notes;
  ASSERT_TRUE(record.open(R"({"first_name":"Anna","email":"a@b.example"})"));
  compiled->transform(record, 0, {arena, nobody}, cells, notes);

  EXPECT_EQ(cells[0].display(), "a@b.example");
  EXPECT_EQ(cells[1].display(), "8");
  EXPECT_TRUE(notes.empty());
}

TEST_F(CompiledMapTest, WhatTheDestinationWouldRefuseIsKnownBefore) {
  map.fields.push_back({.from = "first_name", .to = "lastname"});
  const auto compiled = compile();
  ASSERT_TRUE(compiled);
  RecordView record(compiled->numbers());
  model::Arena arena;
  const Nobody nobody;
  std::vector<model::Value> cells(3);
  std::vector<FieldNote> notes;

  ASSERT_TRUE(record.open(R"({"first_name":"Bartholomew"})"));
  compiled->transform(record, 1, {arena, nobody}, cells, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].code, "too_long");
  EXPECT_EQ(notes[0].column, "firstname");

  notes.clear();
  cells.assign(3, {});
  ASSERT_TRUE(record.open(R"({"first_name":""})"));
  compiled->transform(record, 1, {arena, nobody}, cells, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].code, "missing_required");
}

TEST_F(CompiledMapTest, EveryLineThatCannotWorkIsNamedAtOnce) {
  map.routes.push_back({.table = "contcat"});
  map.fields.push_back({.from = "emial", .to = "firstname"});
  map.fields.push_back({.from = "email", .to = "telephone9"});
  map.fields.push_back({.from = "email", .to = "fullname"});

  EXPECT_FALSE(compile());

  std::string all;
  for (const MapProblem& problem : problems)
    all += problem.where + ": " + problem.message + ". " + problem.remedy + "\n";
  EXPECT_NE(all.find("did you mean 'contact'"), std::string::npos) << all;
  EXPECT_NE(all.find("did you mean 'email'"), std::string::npos) << all;
  EXPECT_NE(all.find("no table of this object has the column telephone9"), std::string::npos)
      << all;
  EXPECT_NE(all.find("fullname cannot be written"), std::string::npos) << all;
}

TEST_F(CompiledMapTest, FieldsAreFoundInAnyOrderAndUnknownOnesAreSeen) {
  const FieldNumbers numbers(source);
  RecordView record(numbers);
  for (const char* payload :
       {R"({"email":"e","first_name":"f"})", R"({"first_name":"f","email":"e"})",
        R"({"new_field":1,"first_name":"f","email":"e"})", R"({"email":"e","first_name":"f"})"}) {
    ASSERT_TRUE(record.open(payload));
    EXPECT_EQ(record.field(0).as_string(), "e") << payload;
    EXPECT_EQ(record.field(1).as_string(), "f") << payload;
  }
  ASSERT_TRUE(record.open(R"({"new_field":1})"));
  EXPECT_EQ(record.unknown().size(), 1U);
  EXPECT_FALSE(record.open("[]"));
}

}  // namespace
}  // namespace flit::mapping
