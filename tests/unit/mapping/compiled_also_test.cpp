#include "mapping/compiled_also.hpp"

#include <gtest/gtest.h>

namespace flit::mapping {
namespace {

using model::FieldType;

class CompiledAlsoTest : public ::testing::Test {
 protected:
  CompiledAlsoTest() {
    source.name = "contacts";
    source.fields = {{.name = "last_name"}, {.name = "company"}, {.name = "city"}};
    destination.objects = {
        {.name = "account", .primary_id = "accountid", .fields = {{.name = "name"}}},
        {.name = "contact",
         .primary_id = "contactid",
         .fields = {
             {.name = "lastname"},
             {.name = "parentcustomerid", .type = FieldType::reference, .targets = {"account"}}}}};
    map.object = "contacts";
    map.routes = {{.table = "contact"}};
    map.fields = {{.from = "last_name", .to = "lastname"}};
    rule = {.name = "company",
            .table = "account",
            .key = {"company", "city"},
            .fields = {{.from = "company", .to = "name"}},
            .lookup = "parentcustomerid"};
  }

  std::optional<CompiledAlso> compile() {
    map.also = {rule};
    return CompiledAlso::compile({map, source, destination, locale}, rule, problems);
  }

  std::string key_of(std::string_view payload) {
    const auto compiled = compile();
    EXPECT_TRUE(compiled) << (problems.empty() ? "" : problems.front().message);
    RecordView record(compiled->object().numbers());
    EXPECT_TRUE(record.open(payload));
    return compiled->key_of(record, payload);
  }

  std::string first_problem() {
    EXPECT_FALSE(compile());
    return problems.empty() ? "" : problems.front().where + ": " + problems.front().message;
  }

  model::Object source;
  model::Schema destination{.platform = "dataverse"};
  model::ObjectMap map;
  model::AlsoRule rule;
  Locale locale{Zone::find("UTC").value()};
  std::vector<MapProblem> problems;
};

TEST_F(CompiledAlsoTest, RecordsThatReadTheSameShareTheRow) {
  const std::string key = key_of(R"({"company":"Acme Ltd","city":"Bonn"})");

  EXPECT_EQ(key_of(R"({"company":"  ACME   ltd ","city":"bonn"})"), key);
  EXPECT_EQ(key_of(R"({"city":"Bonn","company":"Acme Ltd","last_name":"x"})"), key);
  EXPECT_NE(key_of(R"({"company":"Acme Ltd","city":"Köln"})"), key);
  EXPECT_NE(key_of(R"({"company":"Acme Ltd"})"), key);
}

TEST_F(CompiledAlsoTest, PartsOfAKeyAreNeverRunTogether) {
  EXPECT_NE(key_of(R"({"company":"ab","city":"c"})"), key_of(R"({"company":"a","city":"bc"})"));
}

TEST_F(CompiledAlsoTest, WithoutTheFirstFieldOfTheKeyThereIsNoRow) {
  EXPECT_EQ(key_of(R"({"city":"Bonn"})"), "");
  EXPECT_EQ(key_of(R"({"company":"  ","city":"Bonn"})"), "");
}

TEST_F(CompiledAlsoTest, ItsConditionDecidesToo) {
  rule.when = {.kind = model::Condition::Kind::equals, .field = "city", .values = {"Bonn"}};

  EXPECT_NE(key_of(R"({"company":"Acme","city":"Bonn"})"), "");
  EXPECT_EQ(key_of(R"({"company":"Acme","city":"Ulm"})"), "");
}

TEST_F(CompiledAlsoTest, NamesThatDoNotExistAreFoundBeforeAnythingMoves) {
  rule.key = {"compny"};
  EXPECT_EQ(first_problem(), "contacts › also company: contacts has no field compny");
}

TEST_F(CompiledAlsoTest, ALookUpLeadsToItsTableAndIsFilledByNothingElse) {
  rule.lookup = "lastname";
  EXPECT_EQ(first_problem(), "contacts › also company: contact.lastname does not lead to account");
  problems.clear();
  rule.lookup = "parentcustomerid";
  map.links = {{.associations = {"contacts→companies"}, .lookup = "parentcustomerid"}};
  EXPECT_EQ(
      first_problem(),
      "contacts › also company: contact.parentcustomerid is filled by an association already");
}

TEST_F(CompiledAlsoTest, AColumnOfItsTableThatDoesNotExistIsNamedWithThePlace) {
  rule.fields = {{.from = "company", .to = "name"}, {.from = "company", .to = "nme"}};
  EXPECT_EQ(first_problem().rfind("contacts › also company › fields › nme", 0), 0U);
}

TEST_F(CompiledAlsoTest, ItIsOfTheTablesItNamesOrOfAll) {
  EXPECT_TRUE(compile()->is_of("contact"));
  rule.tables = {"contact"};
  EXPECT_FALSE(compile()->is_of("lead"));
}

}  // namespace
}  // namespace flit::mapping
