#include "model/schema.hpp"

#include <gtest/gtest.h>

#include "model/schema_change.hpp"

namespace flit::model {
namespace {

TEST(Schema, FindsObjectsAndFieldsByTheirExactName) {
  Schema schema{.platform = "interactive"};
  schema.objects.push_back(
      {.name = "contacts", .fields = {{.name = "email", .type = FieldType::email}}});

  ASSERT_NE(schema.find_object("contacts"), nullptr);
  EXPECT_EQ(schema.find_object("Contacts"), nullptr);
  EXPECT_EQ(schema.find_object("contacts")->find_field("email")->type, FieldType::email);
  EXPECT_EQ(schema.find_object("contacts")->find_field("phone"), nullptr);
}

TEST(FieldType, EveryNameReadsBackAsItsType) {
  for (const FieldType type :
       {FieldType::text, FieldType::money, FieldType::choices, FieldType::unknown})
    EXPECT_EQ(field_type_named(to_string(type)), type);
  EXPECT_FALSE(field_type_named("Text").has_value());
}

TEST(SchemaChange, DescribesItselfInOneLine) {
  const CreateColumn column{
      .table = "account",
      .column = {.name = "flit_source_id", .type = FieldType::text, .max_length = 100}};
  const CreateKey key{.table = "account",
                      .key = {.name = "flit_source_key", .fields = {"flit_source_id"}}};

  EXPECT_EQ(describe(SchemaChange(column)), "create column account.flit_source_id (text 100)");
  EXPECT_EQ(describe(SchemaChange(key)), "create key account.flit_source_key (flit_source_id)");
}

}  // namespace
}  // namespace flit::model
