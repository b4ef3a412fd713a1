#include "automap/map_draft.hpp"

#include <gmock/gmock.h>

#include "automap/adapt.hpp"
#include "automap/propose.hpp"
#include "mapping/compiled_also.hpp"
#include "worlds.hpp"

namespace flit::automap {
namespace {

using model::FieldType;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

model::Field field(std::string name, FieldType type, std::string label = {}) {
  model::Field made{.name = std::move(name), .label = std::move(label), .type = type};
  if (type == FieldType::text) made.max_length = 100;
  return made;
}

model::Field pointing(model::Field made, std::vector<std::string> targets) {
  made.type = FieldType::reference;
  made.targets = std::move(targets);
  return made;
}

model::Field offering(model::Field made, std::vector<model::Option> options) {
  made.type = FieldType::choice;
  made.options = std::move(options);
  return made;
}

/// Tables in the manner of Dataverse.
model::Schema sales() {
  const model::Field owner = pointing(field("ownerid", {}, "Owner"), {"systemuser", "team"});
  model::Object account{.name = "account", .label = "Account"};
  account.fields = {field("name", FieldType::text, "Account Name"),
                    field("websiteurl", FieldType::url, "Website"), owner};
  model::Object contact{.name = "contact", .label = "Contact"};
  contact.fields = {field("firstname", FieldType::text, "First Name"),
                    field("lastname", FieldType::text, "Last Name"),
                    field("emailaddress1", FieldType::email, "Email"),
                    pointing(field("parentcustomerid", {}, "Company Name"), {"account", "contact"}),
                    owner};
  model::Object lead{.name = "lead", .label = "Lead"};
  lead.fields = {field("firstname", FieldType::text, "First Name"),
                 field("lastname", FieldType::text, "Last Name"),
                 field("emailaddress1", FieldType::email, "Email"),
                 field("companyname", FieldType::text, "Company Name"), owner};
  model::Object task{.name = "task", .label = "Task"};
  model::Field state = offering(field("statecode", {}, "Activity Status"),
                                {{"0", "Open"}, {"1", "Completed"}, {"2", "Canceled"}});
  state.native_type = "State";
  model::Field status =
      offering(field("statuscode", {}, "Status Reason"), {{"2", "Not Started", false, "0"},
                                                          {"3", "In Progress", false, "0"},
                                                          {"5", "Completed", false, "1"},
                                                          {"6", "Canceled", false, "2"}});
  task.fields = {
      field("subject", FieldType::text, "Subject"),
      field("scheduledend", FieldType::instant, "Due Date"),
      offering(field("prioritycode", {}, "Priority"),
               {{"0", "Low"}, {"1", "Normal"}, {"2", "High"}}),
      pointing(field("regardingobjectid", {}, "Regarding"), {"account", "contact", "lead"}),
      state,
      status,
      owner};
  model::Schema schema{.platform = "dynamics365", .objects = {account, contact, lead, task}};
  return schema;
}

/// People with their companies in the same row.
model::Schema flat_source() {
  model::Object people{.name = "people", .label = "People"};
  people.fields = {field("given_name", FieldType::text, "First name"),
                   field("surname", FieldType::text, "Last name"),
                   field("mail", FieldType::email, "E-mail"),
                   pointing(field("owner_id", {}, "Owner"), {"users"}),
                   field("company_name", FieldType::text, "Company name"),
                   field("company_website", FieldType::url, "Company website"),
                   field("company_cheese", FieldType::text, "Company cheese")};
  return {.platform = "acme", .objects = {people}};
}

model::Schema people_source() {
  model::Object people{.name = "people", .label = "People"};
  people.fields = {
      field("given_name", FieldType::text, "First name"),
      field("surname", FieldType::text, "Last name"),
      field("mail", FieldType::email, "E-mail"),
      offering(field("lifecycle", {}, "Lifecycle"),
               {{"lead", "Lead"}, {"mql", "Marketing qualified"}, {"customer", "Customer"}}),
      pointing(field("owner_id", {}, "Owner"), {"users"}),
      field("favourite_cheese", FieldType::text, "Favourite cheese")};
  return {.platform = "acme", .objects = {people}};
}

MapDraft draft_of(const model::Schema& source, const model::Schema& destination,
                  const model::MapDocument* known = nullptr) {
  const Proposal proposal =
      propose(adapt(source), adapt(destination), testing::lexicon(), shipped_model());
  return to_map({.proposal = proposal,
                 .source = source,
                 .destination = destination,
                 .path = "acme-to-dynamics365",
                 .known = known});
}

const model::FieldRule* rule_for(const model::ObjectMap& map, std::string_view from,
                                 bool preserved = false) {
  for (const model::FieldRule& rule : map.fields)
    if (rule.from == from && rule.preserved == preserved) return &rule;
  return nullptr;
}

/// The columns of a draft, made.
model::Schema with_columns(model::Schema destination, const MapDraft& draft) {
  for (const ColumnToMake& column : draft.columns)
    for (model::Object& table : destination.objects)
      if (table.name == column.create.table) table.fields.push_back(column.create.column);
  return destination;
}

void expect_compiles(const model::Schema& source, const model::Schema& destination,
                     const MapDraft& draft) {
  const model::Schema made = with_columns(destination, draft);
  const mapping::Locale locale{Zone::find("UTC").value()};
  std::vector<mapping::MapProblem> problems;
  for (const model::ObjectMap& map : draft.map.objects) {
    if (!map.held.empty()) continue;
    const auto compiled = mapping::CompiledObject::compile(
        {map, *source.find_object(map.object), made, locale}, problems);
    EXPECT_TRUE(compiled.has_value());
    for (const model::AlsoRule& also : map.also)
      EXPECT_TRUE(mapping::CompiledAlso::compile(
          {map, *source.find_object(map.object), made, locale}, also, problems));
  }
  for (const mapping::MapProblem& problem : problems)
    ADD_FAILURE() << problem.where << ": " << problem.message;
}

TEST(MapDraft, ASplitObjectGetsOneRouteForLeadsAndOneForTheRest) {
  const MapDraft draft = draft_of(people_source(), sales());

  const model::ObjectMap& map = draft.map.objects.at(0);
  ASSERT_EQ(map.routes.size(), 2U);
  EXPECT_EQ(map.routes[0].table, "lead");
  EXPECT_EQ(map.routes[0].when.field, "lifecycle");
  EXPECT_THAT(map.routes[0].when.values, ElementsAre("lead", "mql"));
  EXPECT_EQ(map.routes[1].table, "contact");
  EXPECT_EQ(map.routes[1].when, model::Condition{});
}

TEST(MapDraft, ACompanyInAPersonsRowBecomesARowOfItsOwnThatPeopleShare) {
  const model::Schema source = flat_source();
  const MapDraft draft = draft_of(source, sales());

  const model::ObjectMap& map = draft.map.objects.at(0);
  ASSERT_EQ(map.also.size(), 1U);
  const model::AlsoRule& company = map.also[0];
  EXPECT_EQ(company.table, "account");
  EXPECT_EQ(company.name, "company");
  EXPECT_THAT(company.key, ElementsAre("company_name"));
  EXPECT_EQ(company.lookup, "parentcustomerid");
  ASSERT_EQ(company.fields.size(), 4U);
  EXPECT_EQ(company.fields[0].to, "name");
  EXPECT_EQ(company.fields[1].to, "websiteurl");
  EXPECT_EQ(company.fields[2].from, "company_cheese");
  EXPECT_TRUE(company.fields[2].preserved);
  EXPECT_EQ(company.fields[3].convert, "owner");
  EXPECT_THAT(company.why.reason, HasSubstr("2 of its fields speak of one account"));
  EXPECT_EQ(rule_for(map, "company_name"), nullptr);
  EXPECT_EQ(rule_for(map, "company_cheese", true), nullptr);
  expect_compiles(source, sales(), draft);
}

TEST(MapDraft, ASourceThatKnowsItsCompaniesNeedsNoRowsOfTheirNames) {
  model::Schema source = flat_source();
  source.objects[0].fields.push_back(pointing(field("company_id", {}, "Company"), {"companies"}));
  model::Object companies{.name = "companies", .label = "Companies"};
  companies.fields = {field("name", FieldType::text, "Name"),
                      field("website", FieldType::url, "Website")};
  source.objects.push_back(companies);

  const MapDraft draft = draft_of(source, sales());

  EXPECT_THAT(draft.map.objects.at(0).also, IsEmpty());
}

TEST(MapDraft, ALeadKeepsTheNameOfItsCompanyAsText) {
  model::Schema source = flat_source();
  source.objects[0].fields.push_back(
      offering(field("lifecycle", {}, "Lifecycle"),
               {{"lead", "Lead"}, {"mql", "Marketing qualified"}, {"customer", "Customer"}}));

  const MapDraft draft = draft_of(source, sales());

  const model::ObjectMap& map = draft.map.objects.at(0);
  ASSERT_EQ(map.also.size(), 1U);
  EXPECT_THAT(map.also[0].tables, ElementsAre("contact"));
  const model::FieldRule* text = rule_for(map, "company_name");
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->to, "companyname");
  EXPECT_THAT(text->tables, ElementsAre("lead"));
  expect_compiles(source, sales(), draft);
}

TEST(MapDraft, AFieldThatBothTablesHaveIsOneLineWithItsReason) {
  const MapDraft draft = draft_of(people_source(), sales());

  const model::FieldRule* rule = rule_for(draft.map.objects.at(0), "surname");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->to, "lastname");
  EXPECT_THAT(rule->tables, IsEmpty());
  EXPECT_GT(rule->why.confidence.value_or(0), 0.9);
  EXPECT_THAT(rule->why.reason, HasSubstr("Last name"));
}

TEST(MapDraft, OwnersGoThroughTheOwnersList) {
  const MapDraft draft = draft_of(people_source(), sales());

  const model::FieldRule* rule = rule_for(draft.map.objects.at(0), "owner_id");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->to, "ownerid");
  EXPECT_EQ(rule->convert, "owner");
}

TEST(MapDraft, RealDataWithoutAHomeGetsAColumnOnEveryTableItsRecordsGoTo) {
  const MapDraft draft = draft_of(people_source(), sales());

  const model::FieldRule* rule = rule_for(draft.map.objects.at(0), "favourite_cheese", true);
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->to, "flit_favourite_cheese");
  std::vector<std::string> tables;
  for (const ColumnToMake& column : draft.columns)
    if (column.field == "favourite_cheese") tables.push_back(column.create.table);
  EXPECT_THAT(tables, ElementsAre("lead", "contact"));
}

TEST(MapDraft, WhatComesOutCompilesOnceItsColumnsAreMade) {
  const model::Schema source = people_source();

  expect_compiles(source, sales(), draft_of(source, sales()));
}

TEST(MapDraft, KnownLinesStayWordForWordAndOnlyUnnamedFieldsAreAdded) {
  model::ObjectMap people{.object = "people"};
  people.routes = {{.table = "contact", .row = "ID-01"}};
  people.fields = {{.from = "given_name", .to = "firstname", .row = "ID-01"},
                   {.from = "surname", .to = "lastname"}};
  people.ignored = {{"lifecycle", "asked for"}};
  const model::MapDocument known{.path = "acme-to-dynamics365", .objects = {people}};

  const MapDraft draft = draft_of(people_source(), sales(), &known);

  const model::ObjectMap& map = draft.map.objects.at(0);
  EXPECT_EQ(map.routes, people.routes);
  EXPECT_EQ(map.fields.at(0), people.fields.at(0));
  EXPECT_EQ(map.fields.at(1), people.fields.at(1));
  EXPECT_EQ(map.ignored, people.ignored);
  EXPECT_NE(rule_for(map, "mail"), nullptr);
  EXPECT_EQ(std::count_if(map.fields.begin(), map.fields.end(),
                          [](const auto& rule) { return rule.from == "surname"; }),
            1);
}

TEST(MapDraft, ANewColumnNeverTakesANameThatExistsOrIsPlanned) {
  model::Schema destination = sales();
  model::Field computed = field("flit_favourite_cheese", FieldType::text);
  computed.creatable = computed.updatable = false;
  destination.objects[1].fields.push_back(computed);

  const MapDraft draft = draft_of(people_source(), destination);

  const model::FieldRule* rule = rule_for(draft.map.objects.at(0), "favourite_cheese", true);
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->to, "flit_favourite_cheese_2");
}

model::Schema task_source() {
  model::Object todo{.name = "todos", .label = "To-dos"};
  todo.fields = {field("title", FieldType::text, "Title"),
                 field("due", FieldType::instant, "Due date"),
                 offering(field("status", {}, "Status"), {{"open", "Not started"},
                                                          {"doing", "In progress"},
                                                          {"done", "Completed"},
                                                          {"dropped", "Canceled"}}),
                 offering(field("prio", {}, "Priority"),
                          {{"1", "Low"}, {"2", "Medium"}, {"3", "High"}, {"4", "Urgent"}})};
  model::Object firms{.name = "firms", .label = "Companies"};
  firms.fields = {field("name", FieldType::text, "Company name"),
                  field("website", FieldType::url, "Website")};
  model::Schema schema{.platform = "acme", .objects = {firms, todo}};
  schema.associations = {{.name = "todos→firms", .from = "todos", .to = "firms"}};
  return schema;
}

TEST(MapDraft, LaterStatesAreEnteredLastAndTheOriginalIsKept) {
  const MapDraft draft = draft_of(task_source(), sales());

  const model::ObjectMap& map = draft.map.objects.at(1);
  std::vector<std::pair<std::string, std::string>> entered;
  for (const model::StateRule& state : map.states)
    entered.emplace_back(state.when.values.at(0), state.state);
  EXPECT_THAT(entered, ElementsAre(Pair("done", "Completed"), Pair("dropped", "Canceled")));
  const model::FieldRule* original = rule_for(map, "status", true);
  ASSERT_NE(original, nullptr);
  EXPECT_EQ(original->to, "flit_status");
}

TEST(MapDraft, AValueMapThatJoinsValuesKeepsTheOriginalBesideIt) {
  const MapDraft draft = draft_of(task_source(), sales());

  const model::ObjectMap& map = draft.map.objects.at(1);
  const model::FieldRule* rule = rule_for(map, "prio");
  ASSERT_NE(rule, nullptr);
  ASSERT_TRUE(rule->values.has_value());
  EXPECT_THAT(rule->values->pairs, ElementsAre(Pair("1", "Low"), Pair("2", "Normal"),
                                               Pair("3", "High"), Pair("4", "High")));
  EXPECT_NE(rule_for(map, "prio", true), nullptr);
}

TEST(MapDraft, AnAssociationBecomesALink) {
  const MapDraft draft = draft_of(task_source(), sales());

  const model::ObjectMap& map = draft.map.objects.at(1);
  ASSERT_EQ(map.links.size(), 1U);
  EXPECT_EQ(map.links[0].lookup, "regardingobjectid");
  EXPECT_THAT(map.links[0].associations, ElementsAre("todos→firms"));
}

TEST(MapDraft, ActivitiesCompileToo) {
  const model::Schema source = task_source();

  expect_compiles(source, sales(), draft_of(source, sales()));
}

TEST(MapDraft, AnObjectThatFitsNoTableIsHeld) {
  model::Object odd{.name = "zzqx", .label = "Zzqx"};
  odd.fields = {field("qqa", FieldType::integer), field("qqb", FieldType::integer)};
  const model::Schema source{.platform = "acme", .objects = {odd}};

  const MapDraft draft = draft_of(source, sales());

  EXPECT_THAT(draft.map.objects.at(0).held, HasSubstr("no table"));
  EXPECT_THAT(draft.columns, IsEmpty());
}

}  // namespace
}  // namespace flit::automap
