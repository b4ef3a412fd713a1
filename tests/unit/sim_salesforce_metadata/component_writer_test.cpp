// What is written is what was read; archives come back as they went in (fact sheet §6.1).

#include "sim/salesforce/metadata/component_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/salesforce/metadata/field_definition.hpp"
#include "sim/salesforce/metadata/zip.hpp"

namespace flit::test {
namespace {

using namespace sim::salesforce::metadata;  // NOLINT(google-build-using-namespace)
using sim::salesforce::Field;
using sim::salesforce::FieldType;
namespace xml = sim::salesforce::xml;

class RoundTrip : public testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, KeepsTheField) {
  const std::string body = GetParam();
  const auto given = xml::read("<fields><label>Label</label>" + body + "</fields>");
  const auto made = read_field("X__c", *given);
  ASSERT_TRUE(made) << made.error().message;
  const xml::Node written = node_of(made->field, "fields", "X__c");
  EXPECT_EQ(written.value("fullName"), "X__c");
  EXPECT_EQ(written.value("type"), given->value("type"));

  const auto again = read_field("X__c", written);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->field.type, made->field.type);
  EXPECT_EQ(again->field.length, made->field.length);
  EXPECT_EQ(again->field.precision, made->field.precision);
  EXPECT_EQ(again->field.scale, made->field.scale);
  EXPECT_EQ(again->field.nillable, made->field.nillable);
  EXPECT_EQ(again->field.unique, made->field.unique);
  EXPECT_EQ(again->field.case_sensitive, made->field.case_sensitive);
  EXPECT_EQ(again->field.external_id, made->field.external_id);
  EXPECT_EQ(again->field.display_format, made->field.display_format);
  EXPECT_EQ(again->field.default_value, made->field.default_value);
  EXPECT_EQ(again->field.html, made->field.html);
  EXPECT_EQ(again->field.restricted_picklist, made->field.restricted_picklist);
  EXPECT_EQ(again->value_set, made->value_set);
  EXPECT_EQ(again->master, made->master);
  ASSERT_EQ(again->field.values.size(), made->field.values.size());
  for (std::size_t i = 0; i < made->field.values.size(); ++i) {
    EXPECT_EQ(again->field.values[i].value, made->field.values[i].value);
    EXPECT_EQ(again->field.values[i].active, made->field.values[i].active);
  }
  ASSERT_EQ(again->field.parents.size(), made->field.parents.size());
  for (std::size_t i = 0; i < made->field.parents.size(); ++i) {
    EXPECT_EQ(again->field.parents[i].child_relationship,
              made->field.parents[i].child_relationship);
    EXPECT_EQ(again->field.parents[i].restricted, made->field.parents[i].restricted);
    EXPECT_EQ(again->field.parents[i].cascade, made->field.parents[i].cascade);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Fields, RoundTrip,
    testing::Values(
        "<type>Text</type><length>64</length><externalId>true</externalId><unique>true</unique>"
        "<caseSensitive>true</caseSensitive>",
        "<type>Text</type><length>10</length><required>true</required>",
        "<type>Checkbox</type><defaultValue>true</defaultValue>",
        "<type>Currency</type><precision>18</precision><scale>2</scale>",
        "<type>AutoNumber</type><displayFormat>P-{0000}</displayFormat>",
        "<type>LongTextArea</type><length>32768</length><visibleLines>3</visibleLines>",
        "<type>Html</type><length>32768</length><visibleLines>9</visibleLines>",
        "<type>TextArea</type>", "<type>DateTime</type>", "<type>Email</type>",
        "<type>Lookup</type><referenceTo>Account</referenceTo><relationshipName>Xs</"
        "relationshipName><deleteConstraint>Restrict</deleteConstraint>",
        "<type>MasterDetail</type><referenceTo>Account</referenceTo><relationshipName>Xs</"
        "relationshipName>",
        "<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><value>"
        "<fullName>A</fullName><default>true</default></value><value><fullName>B</fullName>"
        "<isActive>false</isActive></value></valueSetDefinition></valueSet>"));

TEST(Zip, ComesBackAsItWentIn) {
  const std::vector<ZipFile> files{{"a/b.txt", "hello"}, {"æ.bin", std::string("\0\1\2", 3)}};
  const auto archive = write_zip(files);
  ASSERT_TRUE(archive);
  EXPECT_EQ(*archive, *write_zip(files)) << "it does not depend on the time";
  const auto back = read_zip(*archive);
  ASSERT_TRUE(back);
  ASSERT_EQ(back->size(), 2U);
  EXPECT_EQ((*back)[0].path, "a/b.txt");
  EXPECT_EQ((*back)[0].bytes, "hello");
  EXPECT_EQ((*back)[1].path, "æ.bin");
  EXPECT_EQ((*back)[1].bytes, files[1].bytes);
  EXPECT_FALSE(read_zip(*archive, {.files = 1}));
  EXPECT_FALSE(read_zip(*archive, {.unzipped_bytes = 4}));
}

}  // namespace
}  // namespace flit::test
