// Changes that must not change the answer: order, prefixes, case, labels, junk columns, strangers.

#include <algorithm>

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

using testing::choice;
using testing::field;
using testing::sales_tables;

Schema world() {
  Schema source;
  source.system = "Somewhere";
  source.objects = {Object{"contacts", "Contacts"}, Object{"companies", "Companies"},
                    Object{"deals", "Deals"}};
  source.objects[0].fields = {field("firstName", "First Name", "string", {"Anna", "Noah"}),
                              field("lastName", "Last Name", "string", {"Khan", "Silva"}),
                              field("emailAddress", "Email Address", "string", {"a@b.example"}),
                              field("jobTitle", "Job Title", "string", {"CEO"}),
                              field("mobilePhone", "Mobile Phone", "string", {"+49 30 5550 117"}),
                              field("mailingStreet", "Mailing Street", "string", {"12 Main St"}),
                              field("mailingCity", "Mailing City", "string", {"Leeds"}),
                              field("leadScore", "Lead Score", "number", {"12", "77"})};
  source.objects[1].fields = {field("companyName", "Company Name", "string", {"Globex GmbH"}),
                              field("website", "Website", "string", {"https://globex.example"}),
                              field("employeeCount", "Number of Employees", "number", {"12"})};
  source.objects[2].fields = {field("dealName", "Deal Name", "string", {"Globex - Pilot"}),
                              field("amount", "Amount", "number", {"1500.5"}),
                              field("closeDate", "Close Date", "date", {"2025-01-18"})};
  return source;
}

Proposal propose_world(const Schema& source, const Schema& tables = sales_tables()) {
  return propose(source, tables, testing::lexicon(), shipped_model());
}

// Every field that was proposed before has the same first choice now; `renamed` tells its new name.
void expect_same_choices(const Proposal& before, const Proposal& after,
                         const std::function<std::string(const std::string&)>& renamed) {
  int compared = 0;
  for (const FieldProposal& entry : before.fields) {
    if (entry.band == Band::decide) continue;
    const Target& target = entry.candidates.front();
    EXPECT_EQ(choice(after, entry.object, renamed(entry.field)), target.table + "." + target.column)
        << entry.field;
    ++compared;
  }
  EXPECT_GE(compared, 12);
}

std::string same(const std::string& name) {
  return name;
}

TEST(Metamorphic, TheOrderOfFieldsAndObjectsDoesNotMatter) {
  Schema shuffled = world();
  std::reverse(shuffled.objects.begin(), shuffled.objects.end());
  for (Object& object : shuffled.objects) std::reverse(object.fields.begin(), object.fields.end());

  expect_same_choices(propose_world(world()), propose_world(shuffled), same);
}

TEST(Metamorphic, AVendorsPrefixOnEveryFieldDoesNotMatter) {
  Schema prefixed = world();
  for (Object& object : prefixed.objects)
    for (Field& entry : object.fields) entry.name = "xqz_" + entry.name;

  expect_same_choices(propose_world(world()), propose_world(prefixed),
                      [](const std::string& name) { return "xqz_" + name; });
}

TEST(Metamorphic, LowerCaseDoesNotMatter) {
  Schema lower = world();
  for (Object& object : lower.objects)
    for (Field& entry : object.fields) {
      entry.name = lower_case(entry.name);
      entry.label = lower_case(entry.label);
    }

  expect_same_choices(propose_world(world()), propose_world(lower),
                      [](const std::string& name) { return lower_case(name); });
}

TEST(Metamorphic, LabelsAreAHelpNotANeed) {
  Schema bare = world();
  for (Object& object : bare.objects) {
    object.label.clear();
    for (Field& entry : object.fields) entry.label.clear();
  }

  expect_same_choices(propose_world(world()), propose_world(bare), same);
}

TEST(Metamorphic, TypesAreReadFromValuesWhereTheSourceHasNone) {
  Schema typeless = world();
  for (Object& object : typeless.objects)
    for (Field& entry : object.fields) {
      entry.native_type.clear();
      entry.kind = Kind::unknown;
    }

  expect_same_choices(propose_world(world()), propose_world(typeless), same);
}

TEST(Metamorphic, TwoHundredJunkColumnsDoNotDistract) {
  Schema crowded = sales_tables();
  for (int i = 0; i < 200; ++i) {
    Field junk = testing::column("new_junk" + std::to_string(i) + "__c",
                                 "Junk Attribute " + std::to_string(i), "string");
    junk.custom = true;
    crowded.objects[static_cast<std::size_t>(i % 3)].fields.push_back(junk);
  }

  expect_same_choices(propose_world(world()), propose_world(world(), crowded), same);
}

TEST(Metamorphic, OneMoreFieldLeavesStrangersAlone) {
  Schema more = world();
  more.objects[0].fields.push_back(
      field("favouriteColour", "Favourite Colour", "string", {"blue"}));

  const Proposal before = propose_world(world());
  const Proposal after = propose_world(more);

  for (const FieldProposal& entry : before.fields) {
    const auto found =
        std::find_if(after.fields.begin(), after.fields.end(), [&](const FieldProposal& other) {
          return other.object == entry.object && other.field == entry.field;
        });
    ASSERT_NE(found, after.fields.end());
    if (entry.candidates.empty()) continue;
    EXPECT_NEAR(found->candidates.front().confidence, entry.candidates.front().confidence, 0.02)
        << entry.field;
  }
}

}  // namespace
}  // namespace flit::automap
