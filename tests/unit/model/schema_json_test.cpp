#include "model/schema_json.hpp"

#include <gtest/gtest.h>

namespace flit::model {
namespace {

Schema a_schema() {
  Field amount{.name = "amount", .label = "Betrag \"€\"", .type = FieldType::money};
  amount.max_length = 12;
  amount.scale = 4;
  amount.min = Decimal::parse("-1.50").value();
  amount.required = Requirement::system;
  amount.options = {{.value = "1", .label = "One", .archived = true, .state = "0"}};
  amount.targets = {"account", "contact"};
  amount.updatable = false;
  amount.evidence = Evidence{.values = 7, .empty = 2, .share = 0.5, .examples = {"decimal"}};
  Object deal{.name = "deals", .label = "Deal", .activity = true, .owned = false};
  deal.fields = {amount, {.name = "plain"}};
  deal.keys = {{.name = "by_ref", .fields = {"ref"}, .active = false}};
  return {.platform = "interactive",
          .objects = {deal},
          .relationships = {{.name = "r",
                             .child = "contact",
                             .field = "parentcustomerid",
                             .parent = "account",
                             .navigation = "parentcustomerid_account",
                             .on_delete = Cascade::restrict,
                             .on_assign = Cascade::cascade}},
          .associations = {{.name = "deals→contacts",
                            .from = "deals",
                            .to = "contacts",
                            .labels = {{.value = "billing", .label = "Billing"}},
                            .attributes = {{.name = "share"}},
                            .has_primary = true}}};
}

TEST(SchemaJson, GivesBackWhatWasWritten) {
  const std::string text = to_json(a_schema());

  const auto read = schema_of_json(text);

  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(to_json(*read), text);
  const Field* amount = read->find_object("deals")->find_field("amount");
  ASSERT_NE(amount, nullptr);
  EXPECT_EQ(amount->min->text(), "-1.50");
  EXPECT_EQ(amount->scale, 4);
  EXPECT_EQ(amount->options.at(0).state, "0");
  EXPECT_FALSE(amount->updatable);
  EXPECT_EQ(amount->evidence->examples.at(0), "decimal");
  EXPECT_EQ(read->relationships.at(0).on_delete, Cascade::restrict);
  EXPECT_TRUE(read->associations.at(0).has_primary);
}

TEST(SchemaJson, ANumberThatDoesNotFitIsNotThere) {
  const auto read = schema_of_json(
      R"({"objects":[{"fields":[{"scale":300,"max_length":-1,"evidence":{"empty":-2}}]}]})");

  ASSERT_TRUE(read) << read.error().text();
  const Field& field = read->objects.at(0).fields.at(0);
  EXPECT_FALSE(field.scale);
  EXPECT_FALSE(field.max_length);
  EXPECT_EQ(field.evidence->empty, 0U);
}

TEST(SchemaJson, LeavesOutWhatSaysNothing) {
  const std::string text = to_json({.platform = "p", .objects = {{.name = "o"}}});

  EXPECT_EQ(text, R"({"platform":"p","objects":[{"name":"o"}]})");
}

TEST(SchemaJson, RefusesWhatIsNoSchema) {
  EXPECT_FALSE(schema_of_json("[]"));
  EXPECT_FALSE(schema_of_json("{"));
}

}  // namespace
}  // namespace flit::model
