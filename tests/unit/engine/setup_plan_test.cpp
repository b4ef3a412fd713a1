// What must exist over there: found from the map, the path, both schemas and the data.

#include "engine/setup_plan.hpp"

#include <gtest/gtest.h>

#include "engine/schema_change_json.hpp"
#include "engine/setup_manifest.hpp"

namespace flit::engine {
namespace {

using model::FieldType;

/// Contacts with a lifecycle stage that may go to contact or lead; everything else is laid over.
class Plan : public testing::Test {
 protected:
  Plan() {
    source.objects = {
        {.name = "contacts",
         .fields = {
             {.name = "lifecycle_stage",
              .type = FieldType::choice,
              .options = {{"lead", "Lead"},
                          {"mql", "Marketing qualified"},
                          {"evangelist", "Evangelist", true},
                          {"old", "Old", true}}},
             {.name = "@id", .type = FieldType::text},
             {.name = "c_fee", .label = "Referral fee", .type = FieldType::money, .scale = 2},
             {.name = "c_note", .label = "Note", .type = FieldType::text}}}};
    destination.objects = {{.name = "contact", .fields = {{.name = "lastname"}}},
                           {.name = "lead", .fields = {{.name = "lastname"}}}};
    path.columns = {{.tables = {"contact", "lead", "account"},
                     .name = "flit_lifecycle_stage",
                     .label = "Lifecycle stage",
                     .type = FieldType::choice,
                     .options_from = "contacts.lifecycle_stage",
                     .row = "ID-07"},
                    {.tables = {"contact", "lead"}, .name = "flit_source_id", .label = "Source id"},
                    {.tables = {"contact"}, .name = "flit_unused", .label = "Unused"}};
    path.keys = {{.tables = {"contact"}, .name = "flit_source_key", .columns = {"flit_source_id"}}};
    map.objects = {{.object = "contacts",
                    .routes = {{.table = "lead"}, {.table = "contact"}},
                    .fields = {{.from = "lifecycle_stage",
                                .to = "flit_lifecycle_stage",
                                .values = model::ValueMap{.other = model::OtherValues::null}},
                               {.from = "@id", .to = "flit_source_id"}}},
                   {.object = "matters", .held = "not yet"}};
  }

  SetupPlan plan() const {
    return plan_setup({path, map, source, observed, destination, facts, ours});
  }

  void apply(const SetupPlan& made) {
    destination = with_plan(destination, made);
    for (const PlannedChange& one : made.changes) ours.insert(name_of(one.change));
  }

  static std::vector<std::string> names(const SetupPlan& plan) {
    std::vector<std::string> all;
    for (const PlannedChange& one : plan.changes)
      all.push_back((one.there ? "= " : "+ ") + name_of(one.change));
    return all;
  }
  static const model::Field& column(const SetupPlan& plan, const std::string& name) {
    for (const PlannedChange& one : plan.changes)
      if (name_of(one.change) == name) return std::get<model::CreateColumn>(one.change).column;
    throw std::runtime_error("no step " + name);
  }
  static std::vector<std::string> labels(const model::Field& field) {
    std::vector<std::string> all;
    for (const model::Option& option : field.options) all.push_back(option.label);
    return all;
  }

  packs::PathPack path;
  model::MapDocument map;
  model::Schema source;
  Observed observed;
  model::Schema destination;
  model::DestinationFacts facts;
  std::set<std::string> ours;
};

TEST_F(Plan, HoldsWhatTheMapUsesAndNothingElse) {
  EXPECT_EQ(names(plan()),
            (std::vector<std::string>{"+ contact.flit_lifecycle_stage",
                                      "+ lead.flit_lifecycle_stage", "+ contact.flit_source_id",
                                      "+ lead.flit_source_id", "+ key contact.flit_source_key"}));
}

TEST_F(Plan, OffersEveryChoiceThatIsOfferedOrWasFound) {
  observed["contacts.lifecycle_stage"].values = {
      {" Lead ", 2}, {"evangelist", 1}, {"marketing qualified", 3}, {"partner", 4}};

  const auto made = plan();
  const auto& stage = column(made, "lead.flit_lifecycle_stage");

  EXPECT_EQ(labels(stage),
            (std::vector<std::string>{"Lead", "Marketing qualified", "Evangelist", "partner"}));
  EXPECT_EQ(stage.options[3].value, "727000003");
  EXPECT_EQ(labels(column(made, "contact.flit_lifecycle_stage")), labels(stage));
  EXPECT_NE(made.changes[0].reason.find("1 of them only found in the data"), std::string::npos);
}

TEST_F(Plan, TwoOptionsWithOneLabelStayTwo) {
  source.objects[0].fields[0].options = {{"a", "Other"}, {"b", "Other"}};

  EXPECT_EQ(labels(column(plan(), "lead.flit_lifecycle_stage")),
            (std::vector<std::string>{"Other", "Other (b)"}));
}

TEST_F(Plan, TwoFieldsWithOneLabelMakeColumnsThatPeopleCanTellApart) {
  source.objects[0].fields.push_back(
      {.name = "c_remark", .label = "note", .type = FieldType::text});
  map.objects[0].fields.push_back({.from = "c_note", .to = "flit_c_note"});
  map.objects[0].fields.push_back({.from = "c_remark", .to = "flit_c_remark"});

  const SetupPlan made = plan();

  EXPECT_EQ(column(made, "contact.flit_c_note").label, "Note");
  EXPECT_EQ(column(made, "contact.flit_c_remark").label, "note (c_remark)");
  EXPECT_EQ(column(made, "lead.flit_c_note").label, "Note");
}

TEST_F(Plan, TooManyChoicesBecomeText) {
  observed["contacts.lifecycle_stage"].more_values = true;
  observed["contacts.lifecycle_stage"].longest = 120;

  const model::Field stage = column(plan(), "lead.flit_lifecycle_stage");

  EXPECT_EQ(stage.type, FieldType::text);
  EXPECT_EQ(stage.max_length, 255U);
}

TEST_F(Plan, ATextHoldsTheLongestValueThatWasFound) {
  observed["contacts.@id"].longest = 130;
  EXPECT_EQ(column(plan(), "lead.flit_source_id").max_length, 255U);

  observed["contacts.@id"].longest = 5000;
  const model::Field long_one = column(plan(), "lead.flit_source_id");
  EXPECT_EQ(long_one.type, FieldType::long_text);
  EXPECT_EQ(long_one.max_length, 10'000U);
}

TEST_F(Plan, AColumnThatOnlyTheMapNamesIsMadeAsItsSourceFieldIs) {
  map.objects[0].fields.push_back(
      {.from = "c_fee", .to = "flit_referral_fee", .tables = {"contact"}, .preserved = true});
  observed["contacts.c_fee"].scale = 3;

  const auto made = plan();
  const auto& fee = column(made, "contact.flit_referral_fee");

  EXPECT_EQ(fee.type, FieldType::decimal);
  EXPECT_EQ(fee.scale, 3);
  EXPECT_EQ(fee.label, "Referral fee");
}

TEST_F(Plan, ANameThatNoColumnMayHaveIsAProblem) {
  map.objects[0].fields.push_back({.from = "c_note", .to = "flit_Größe", .tables = {"contact"}});

  const auto made = plan();

  ASSERT_EQ(made.problems.size(), 1U);
  EXPECT_EQ(made.problems[0].where, "contact.flit_Größe");
  EXPECT_FALSE(made.problems[0].remedy.empty());
}

TEST_F(Plan, WhatIsThereInAnotherKindIsAProblem) {
  destination.objects[1].fields.push_back(
      {.name = "flit_lifecycle_stage", .type = FieldType::integer});

  const auto made = plan();

  ASSERT_EQ(made.problems.size(), 1U);
  EXPECT_EQ(made.problems[0].message, "is there already as integer, expected choice");
}

TEST_F(Plan, AnAppliedPlanHasNothingMissingAndTheSameFingerprint) {
  const auto before = plan();

  apply(before);
  const auto after = plan();

  EXPECT_EQ(before.missing(), before.changes.size());
  EXPECT_EQ(after.missing(), 0U);
  EXPECT_EQ(fingerprint_of(before), fingerprint_of(after));
}

TEST_F(Plan, AChoiceThatIsThereKeepsItsNumbersAndGetsWhatItLacks) {
  destination.objects[1].fields.push_back({.name = "flit_lifecycle_stage",
                                           .type = FieldType::choice,
                                           .options = {{"727000040", "marketing Qualified"}}});

  const auto made = plan();

  EXPECT_EQ(names(made)[1], "= lead.flit_lifecycle_stage");
  EXPECT_EQ(names(made)[2], "+ option lead.flit_lifecycle_stage 727000041");
  apply(made);
  EXPECT_EQ(plan().missing(), 0U);
  EXPECT_EQ(fingerprint_of(plan()), fingerprint_of(made));
}

TEST_F(Plan, AnotherValueInTheDataChangesTheFingerprint) {
  const std::string before = fingerprint_of(plan());
  observed["contacts.lifecycle_stage"].values = {{"partner", 4}};

  EXPECT_NE(fingerprint_of(plan()), before);
}

TEST_F(Plan, NoKeyOverAColumnThatAnotherMigrationMayHaveFilled) {
  destination.objects[0].fields.push_back(
      {.name = "flit_source_id", .type = FieldType::text, .max_length = 100});

  const auto made = names(plan());

  EXPECT_EQ(std::count(made.begin(), made.end(), "+ key contact.flit_source_key"), 0);
}

TEST_F(Plan, CountsCustomTablesAgainstTheLicence) {
  facts.edition = "Sales Professional";
  facts.custom_tables = 16;

  EXPECT_TRUE(plan().licence.exceeded());
  facts.edition = "Sales Enterprise";
  EXPECT_FALSE(plan().licence.exceeded());
}

TEST_F(Plan, ItsManifestCanBeReadBackStepByStep) {
  const auto made = plan();

  const auto document = json::parse(manifest_json(made));

  ASSERT_TRUE(document) << document.error().text();
  std::size_t at = 0;
  for (const json::Value one : document->root()["changes"].elements()) {
    const auto change = read_change(one["change"]);
    ASSERT_TRUE(change) << change.error().text();
    EXPECT_EQ(change_json(*change), change_json(made.changes[at++].change));
  }
  EXPECT_EQ(at, made.changes.size());
  EXPECT_NE(manifest_text(made).find("+ create column lead.flit_source_id (text 100)"),
            std::string::npos);
}

}  // namespace
}  // namespace flit::engine
