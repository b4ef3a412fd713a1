// What a CustomField says, and what is wrong with one (fact sheet §6.1, §6.2).

#include "sim/salesforce/metadata/field_definition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/salesforce/metadata/naming.hpp"
#include "sim/salesforce/metadata/node_of_json.hpp"
#include "sim/salesforce/metadata/object_definition.hpp"

namespace flit::test {
namespace {

using namespace sim::salesforce::metadata;  // NOLINT(google-build-using-namespace)
using sim::salesforce::FieldType;
namespace xml = sim::salesforce::xml;

Result<FieldDefinition> field(std::string_view body, std::string_view name = "Legacy_Id__c") {
  const auto node = xml::read("<fields><label>Label</label>" + std::string(body) + "</fields>");
  return read_field(name, *node);
}

TEST(Definition, OfAKey) {
  const auto made = field(
      "<type>Text</type><length>64</length><externalId>true</externalId><unique>true</unique>"
      "<caseSensitive>true</caseSensitive>");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->field.type, FieldType::string);
  EXPECT_EQ(made->field.length, 64);
  EXPECT_TRUE(made->field.external_id && made->field.unique && made->field.case_sensitive);
  EXPECT_TRUE(made->field.nillable && made->is_permissionable());
}

TEST(Definition, OfALookupAndAMasterDetail) {
  const auto lookup = field(
      "<type>Lookup</type><referenceTo>Account</referenceTo><relationshipName>Projects</"
      "relationshipName><deleteConstraint>Restrict</deleteConstraint>",
      "Account__c");
  ASSERT_TRUE(lookup);
  EXPECT_EQ(lookup->field.relationship, "Account__r");
  EXPECT_EQ(lookup->field.parents[0].child_relationship, "Projects__r");
  EXPECT_TRUE(lookup->field.parents[0].restricted);
  const auto detail = field(
      "<type>MasterDetail</type><referenceTo>Account</referenceTo><relationshipName>P</"
      "relationshipName>",
      "Account__c");
  ASSERT_TRUE(detail);
  EXPECT_TRUE(detail->field.parents[0].cascade);
  EXPECT_FALSE(detail->field.nillable || detail->is_permissionable());
}

TEST(Definition, OfAPicklist) {
  const auto made = field(
      "<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition>"
      "<value><fullName>A</fullName><default>true</default><label>Ah</label></value>"
      "<value><fullName>B</fullName><default>false</default></value></valueSetDefinition></"
      "valueSet>");
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->field.restricted_picklist);
  EXPECT_EQ(made->field.values.size(), 2);
  EXPECT_EQ(made->field.values[0].label, "Ah");
  EXPECT_EQ(made->field.default_value, "A");
  const auto global = field(
      "<type>MultiselectPicklist</type><valueSet><valueSetName>Tags</valueSetName></valueSet>");
  ASSERT_TRUE(global);
  EXPECT_EQ(global->value_set, "Tags");
}

TEST(Definition, FromTooling) {
  const auto document = json::parse(
      R"({"label":"Sum","type":"Currency","precision":18,"scale":2,"required":true,"formula":null})");
  const auto made = read_field("Sum__c", node_of_json("Metadata", document->root()));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->field.type, FieldType::currency);
  EXPECT_EQ(made->field.scale, 2);
  EXPECT_TRUE(made->required && !made->is_permissionable());
}

struct Wrong {
  const char* body;
  const char* part;
};
class Problems : public testing::TestWithParam<Wrong> {};

TEST_P(Problems, AreNamed) {
  const auto made = field(GetParam().body);
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, testing::HasSubstr(GetParam().part));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, Problems,
    testing::Values(Wrong{"<type>Nope</type>", "Invalid field type"},
                    Wrong{"<type>Text</type>", "'length'"},
                    Wrong{"<type>Text</type><length>256</length>", "between 1 and 255"},
                    Wrong{"<type>LongTextArea</type><length>255</length>", "between 256"},
                    Wrong{"<type>Number</type><precision>19</precision><scale>0</scale>", "18"},
                    Wrong{"<type>Checkbox</type>", "defaultValue"},
                    Wrong{"<type>Lookup</type>", "referenceTo"},
                    Wrong{"<type>Picklist</type>", "valueSet"},
                    Wrong{"<type>Date</type><unique>true</unique>", "cannot be an external id"}));

TEST(Names, FollowThePlatformsRules) {
  for (const char* name : {"A", "a1_b", "Legacy_Id"}) EXPECT_FALSE(name_problem("X", name)) << name;
  for (const char* name : {"", "1a", "_a", "a_", "a__b", "a-b", "ä"})
    EXPECT_TRUE(name_problem("X", name)) << name;
  EXPECT_FALSE(name_problem("X", std::string(40, 'a')));
  EXPECT_TRUE(name_problem("X", std::string(41, 'a')));
  EXPECT_FALSE(field("<type>Date</type>", "Legacy_Id"));
}

TEST(Object, NeedsItsParts) {
  const std::string whole =
      "<label>P</label><pluralLabel>Ps</pluralLabel><nameField><label>N</label><type>AutoNumber</"
      "type>"
      "<displayFormat>P-{0000}</displayFormat></nameField><deploymentStatus>Deployed</"
      "deploymentStatus><sharingModel>ReadWrite</sharingModel>";
  const auto made = read_object("Project__c", *xml::read("<o>" + whole + "</o>"));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->auto_number, "P-{0000}");
  EXPECT_EQ(made->name_label, "N");
  EXPECT_FALSE(read_object("Project", *xml::read("<o>" + whole + "</o>")));
  EXPECT_FALSE(read_object("Project__c", *xml::read("<o><label>P</label></o>")));
}

}  // namespace
}  // namespace flit::test
