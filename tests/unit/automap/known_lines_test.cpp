// What a path knows, laid under a proposal: kept where it applies, noted where it does not, and
// everything else placed beside it.

#include "automap/known_lines.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "automap/map_draft.hpp"

namespace flit::automap {
namespace {

using model::Condition;
using model::FieldType;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

model::Field field(std::string name, FieldType type = FieldType::text) {
  model::Field made{.name = std::move(name), .type = type};
  made.max_length = 100;
  return made;
}

model::Schema destination() {
  model::Object contact{.name = "contact", .label = "Contact"};
  contact.fields = {field("firstname"), field("jobtitle"), field("flit_colour")};
  model::Object account{.name = "account", .label = "Account"};
  account.fields = {field("name")};
  return {.platform = "dynamics365", .objects = {contact, account}};
}

model::Schema source() {
  model::Object people{.name = "people", .label = "People"};
  people.fields = {field("first"), field("role"), field("colour"), field("@archived"),
                   field("stage")};
  people.fields.back().calculated = true;
  model::Object extras{.name = "extras", .label = "Extras"};
  extras.fields = {field("what")};
  return {.platform = "acme", .objects = {people, extras}};
}

model::MapDocument known() {
  model::ObjectMap people{.object = "people"};
  people.routes = {{.table = "moon"}, {.table = "contact"}};
  people.fields = {{.from = "first", .to = "firstname"},
                   {.from = "gone", .to = "jobtitle"},
                   {.from = "first", .to = "flit_own"},
                   {.from = "first", .to = "nowhere"}};
  people.states = {{.table = "contact",
                    .when = {.kind = Condition::Kind::equals, .field = "stage", .values = {"x"}},
                    .state = "Inactive"}};
  model::ObjectMap held{.object = "orders", .held = "not yet"};
  return {.path = "acme-to-dynamics365", .objects = {people, held}};
}

FieldProposal proposing(std::string name, std::string column, double confidence) {
  FieldProposal made{.object = "people", .field = std::move(name)};
  made.band = confidence >= 0.97 ? Band::ready : Band::check;
  made.candidates = {{.table = "contact", .column = std::move(column), .confidence = confidence}};
  return made;
}

Proposal proposal(double confidence = 0.99, std::string column = "jobtitle") {
  Proposal made;
  made.objects = {{.object = "people", .tables = {{"contact", 0.99}}, .shape = "one table"},
                  {.object = "extras", .tables = {{"account", 0.99}}, .shape = "one table"}};
  made.fields = {proposing("role", std::move(column), confidence)};
  for (const char* name : {"colour", "@archived", "stage"})
    made.fields.push_back({.object = "people",
                           .field = name,
                           .refusal = "custom",
                           .refusal_text = "real data without a column"});
  return made;
}

MapDraft drafted(const Proposal& made) {
  static const model::Schema from = source();
  static const model::Schema to = destination();
  static const model::MapDocument map = known();
  return to_map({.proposal = made,
                 .source = from,
                 .destination = to,
                 .path = "acme-to-dynamics365",
                 .known = &map,
                 .known_columns = {{{"contact"}, "flit_own"}},
                 .only_known_objects = true,
                 .accept = 0.97});
}

const model::FieldRule* rule_for(const model::ObjectMap& map, std::string_view from) {
  const auto found = std::find_if(map.fields.begin(), map.fields.end(),
                                  [&](const auto& rule) { return rule.from == from; });
  return found == map.fields.end() ? nullptr : &*found;
}

TEST(KnownLines, WhatDoesNotApplyIsTakenOutAndNoted) {
  model::ObjectMap map = known().objects[0];
  std::vector<std::string> notes;

  keep_usable(map, *source().find_object("people"), {destination(), {{{"contact"}, "flit_own"}}},
              notes);

  ASSERT_EQ(map.routes.size(), 1U);
  EXPECT_EQ(map.routes[0].table, "contact");
  ASSERT_EQ(map.fields.size(), 2U);
  EXPECT_EQ(map.fields[1].to, "flit_own");
  EXPECT_THAT(notes, ElementsAre(HasSubstr("route to moon"), HasSubstr("gone → jobtitle"),
                                 HasSubstr("first → nowhere")));
}

TEST(KnownLines, ASureProposalFillsAFreeColumn) {
  const MapDraft draft = drafted(proposal());

  const model::FieldRule* rule = rule_for(draft.map.objects[0], "role");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->to, "jobtitle");
  EXPECT_FALSE(rule->preserved);
}

TEST(KnownLines, AnUnsureProposalIsKeptBesideItsAlternative) {
  const MapDraft draft = drafted(proposal(0.8));

  const model::FieldRule* rule = rule_for(draft.map.objects[0], "role");
  ASSERT_NE(rule, nullptr);
  EXPECT_TRUE(rule->preserved);
  EXPECT_EQ(rule->to, "flit_role");
  ASSERT_EQ(rule->why.alternatives.size(), 1U);
  EXPECT_EQ(rule->why.alternatives[0].first, "contact.jobtitle");
  EXPECT_THAT(rule->why.reason, HasSubstr("until a person confirms"));
}

TEST(KnownLines, AColumnThatThePathFillsIsNotFilledTwice) {
  const MapDraft draft = drafted(proposal(0.99, "firstname"));

  const model::FieldRule* rule = rule_for(draft.map.objects[0], "role");
  ASSERT_NE(rule, nullptr);
  EXPECT_TRUE(rule->preserved);
  EXPECT_THAT(rule->why.reason, HasSubstr("firstname is filled by first"));
}

TEST(KnownLines, NamesOfColumnsThatAreThereAreNotTaken) {
  const MapDraft draft = drafted(proposal());

  EXPECT_EQ(rule_for(draft.map.objects[0], "colour")->to, "flit_colour_2");
}

TEST(KnownLines, WhatMovesOtherwiseIsIgnoredWithItsReason) {
  const MapDraft draft = drafted(proposal());

  const auto& ignored = draft.map.objects[0].ignored;
  EXPECT_THAT(ignored, Contains(::testing::Field(&model::IgnoredField::from, "@archived")));
  // The state rule looks at it, so its state says the same.
  EXPECT_THAT(ignored, Contains(::testing::Field(&model::IgnoredField::from, "stage")));
}

TEST(KnownLines, ObjectsThatThePathDoesNotNameWaitAndHeldOnesStay) {
  const MapDraft draft = drafted(proposal());

  ASSERT_EQ(draft.map.objects.size(), 3U);
  EXPECT_THAT(draft.map.objects[1].held, HasSubstr("says nothing"));
  EXPECT_EQ(draft.map.objects[2].object, "orders");
  EXPECT_EQ(draft.map.objects[2].held, "not yet");
}

TEST(KnownLines, AFieldOfAFlatRowThatBelongsElsewhereSaysSo) {
  Proposal made = proposal();
  made.objects[0].shape = "flat row";
  made.fields[0].candidates[0].table = "account";
  made.fields[0].candidates[0].column = "name";
  const model::Schema from = source();
  const model::Schema to = destination();

  const MapDraft draft = to_map({.proposal = made, .source = from, .destination = to});

  const model::FieldRule* rule = rule_for(draft.map.objects[0], "role");
  ASSERT_NE(rule, nullptr);
  EXPECT_TRUE(rule->preserved);
  EXPECT_THAT(rule->why.reason, HasSubstr("belongs on account"));
  EXPECT_THAT(draft.notes, IsEmpty());
}

}  // namespace
}  // namespace flit::automap
