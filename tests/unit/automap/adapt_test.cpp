#include "automap/adapt.hpp"

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

TEST(Adapt, TakesTypesChoicesAndWritabilityOver) {
  model::Schema schema;
  schema.platform = "interactive";
  model::Object object{"contacts", "Contacts"};
  model::Field stage{"lifecycle_stage", "Lifecycle"};
  stage.type = model::FieldType::choice;
  stage.options = {{"lead", "Lead"}, {"old", "Old", true}};
  model::Field full_name{"full_name", "Full name"};
  full_name.type = model::FieldType::text;
  full_name.calculated = true;
  object.fields = {stage, full_name};
  schema.objects = {object};

  const Schema adapted = adapt(schema, {{{"contacts", "full_name"}, {"Anna Lund"}}});

  ASSERT_EQ(adapted.objects[0].fields.size(), 2U);
  EXPECT_EQ(adapted.objects[0].fields[0].kind, Kind::choice);
  EXPECT_EQ(adapted.objects[0].fields[0].choices.size(), 1U);
  EXPECT_TRUE(adapted.objects[0].fields[1].readonly);
  EXPECT_EQ(adapted.objects[0].fields[1].samples.front(), "Anna Lund");
}

TEST(Adapt, ASchemaOfTheHouseCanBeProposed) {
  model::Schema schema;
  model::Object object{"people", "People"};
  model::Field name{"surname", "Surname"};
  name.type = model::FieldType::text;
  object.fields = {name};
  schema.objects = {object};

  const Proposal proposal =
      propose(adapt(schema), testing::sales_tables(), testing::lexicon(), shipped_model());

  EXPECT_EQ(testing::choice(proposal, "people", "surname"), "contact.lastname");
}

}  // namespace
}  // namespace flit::automap
