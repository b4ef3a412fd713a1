#include <map>

#include <gtest/gtest.h>

#include "destinations/dataverse/definitions.hpp"
#include "destinations/dataverse/metadata.hpp"
#include "destinations/dataverse/schema_writer.hpp"
#include "tests/unit/destinations_dataverse/world.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::FieldType;

/// What the parts of a table's batch hold, by a piece of their target; "value": [] for the rest.
using Answers = std::map<std::string, std::string>;

http::Response answer_batch(const http::Request& request, const Answers& answers) {
  std::vector<std::string> parts;
  const std::string& body = request.body;
  for (std::size_t at = body.find("GET /"); at != std::string::npos;
       at = body.find("GET /", at + 1)) {
    const std::string line = body.substr(at, body.find("\r\n", at) - at);
    std::string found = R"({"value":[]})";
    for (const auto& [piece, json] : answers)
      if (line.find(piece) != std::string::npos) found = json;
    parts.push_back(json_part(200, found));
  }
  return batch_answer(parts);
}

const Answers account{
    {"?$select=LogicalName,SchemaName,EntitySetName",
     R"({"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid",
         "PrimaryNameAttribute":"name","OwnershipType":"UserOwned","Attributes":[
         {"LogicalName":"name","AttributeType":"String","RequiredLevel":{"Value":"ApplicationRequired"}},
         {"LogicalName":"primarycontactid","AttributeType":"Lookup"},
         {"LogicalName":"primarycontactidname","AttributeType":"String","IsValidForCreate":false},
         {"LogicalName":"statuscode","AttributeType":"Status"},
         {"LogicalName":"flit_tags","AttributeType":"Virtual","AttributeTypeName":{"Value":"MultiSelectPicklistType"}},
         {"LogicalName":"primarycontactidyominame","AttributeType":"Virtual","AttributeTypeName":{"Value":"VirtualType"}},
         {"LogicalName":"revenue","AttributeType":"Money"},
         {"LogicalName":"birthdate","AttributeType":"DateTime","IsValidForUpdate":false}]})"},
    {"StringAttributeMetadata",
     R"({"value":[{"LogicalName":"name","MaxLength":160,"FormatName":{"Value":"Text"}}]})"},
    {"MoneyAttributeMetadata",
     R"({"value":[{"LogicalName":"revenue","Precision":2,"MinValue":0.0,"MaxValue":100000000000.0}]})"},
    {"DateTimeAttributeMetadata",
     R"({"value":[{"LogicalName":"birthdate","DateTimeBehavior":{"Value":"DateOnly"}}]})"},
    {"StatusAttributeMetadata",
     R"({"value":[{"LogicalName":"statuscode","OptionSet":{"Options":[
         {"Value":2,"State":1,"Label":{"UserLocalizedLabel":{"Label":"Inactive"}}}]}}]})"},
    {"ManyToOneRelationships",
     R"({"value":[{"SchemaName":"account_primary_contact","ReferencingAttribute":"primarycontactid",
         "ReferencedEntity":"contact","ReferencingEntity":"account",
         "ReferencingEntityNavigationPropertyName":"primarycontactid",
         "CascadeConfiguration":{"Delete":"RemoveLink","Assign":"NoCascade"}}]})"},
    {"Keys?",
     R"({"value":[{"LogicalName":"flit_key","SchemaName":"flit_Key","KeyAttributes":["name"],
         "EntityKeyIndexStatus":"InProgress"}]})"},
    {"@m='CreateMultiple'", R"({"value":[{"sdkmessagefilterid":"1"}]})"}};

constexpr std::string_view sets =
    R"({"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"},
        {"LogicalName":"contact","EntitySetName":"contacts","PrimaryIdAttribute":"contactid"}]})";

bool asks(const http::Request& request, std::string_view piece) {
  return request.url.text().find(piece) != std::string::npos;
}

TEST(Metadata, DescribesATableWithTwoRequests) {
  World world([](const http::Request& request, int number) -> Result<http::Response> {
    if (number == 0) return answer(200, std::string(sets));
    return answer_batch(request, account);
  });
  Metadata metadata(world.api);
  const std::vector<std::string> tables{"account", "no_such_table"};

  const auto schema = metadata.describe(tables, {});

  ASSERT_TRUE(schema) << schema.error().text();
  EXPECT_EQ(world.transport.requests().size(), 2U);
  ASSERT_EQ(schema->objects.size(), 1U);
  const model::Object& found = schema->objects[0];
  EXPECT_EQ(found.find_field("name")->max_length, 160U);
  EXPECT_EQ(found.find_field("name")->required, model::Requirement::application);
  EXPECT_EQ(found.find_field("revenue")->type, FieldType::money);
  EXPECT_EQ(found.find_field("revenue")->scale, 2);
  EXPECT_EQ(found.find_field("birthdate")->type, FieldType::date);
  EXPECT_FALSE(found.find_field("birthdate")->updatable);
  EXPECT_EQ(found.find_field("flit_tags")->type, FieldType::choices);
  EXPECT_EQ(found.find_field("statuscode")->options.at(0).state, "1");
  EXPECT_EQ(found.find_field("statuscode")->options.at(0).label, "Inactive");
  EXPECT_EQ(found.find_field("primarycontactid")->targets, std::vector<std::string>{"contact"});
  EXPECT_EQ(found.find_field("primarycontactidname"), nullptr);
  EXPECT_EQ(found.find_field("primarycontactidyominame"), nullptr);
  EXPECT_FALSE(found.keys.at(0).active);
  EXPECT_EQ(schema->relationships.at(0).on_delete, model::Cascade::remove_link);
  EXPECT_TRUE(metadata.known("account")->bulk.create);
  EXPECT_FALSE(metadata.known("account")->bulk.update);
}

/// Reads answer as `account` stands; writes answer as each test says.
class SchemaWriting : public testing::Test {
 protected:
  Result<http::Response> respond(const http::Request& request) {
    if (request.url.path().ends_with("/$batch")) return answer_batch(request, account);
    if (asks(request, "publishers?")) {
      const std::string now = publishers.front();
      if (publishers.size() > 1) publishers.erase(publishers.begin());
      return answer(200, now);
    }
    if (asks(request, "/publishers")) return scaffold;
    if (asks(request, "solutions?")) return answer(200, R"({"value":[{"solutionid":"s"}]})");
    if (asks(request, "$select=LogicalName,EntitySetName")) return answer(200, std::string(sets));
    if (asks(request, "/Keys?")) return answer(200, keys);
    if (asks(request, "LogicalName='account')?")) return answer(200, "{}");
    if (request.method == http::Method::get) return answer(404);
    return written;
  }
  Result<void> apply(const model::SchemaChange& change) { return writer.apply(change, {}); }
  http::Request last() const { return world.transport.requests().back(); }

  std::string keys = R"({"value":[]})";
  http::Response written = answer(204);
  std::vector<std::string> publishers{
      R"({"value":[{"publisherid":"p","customizationprefix":"flit"}]})"};  ///< one look after
                                                                           ///< another
  http::Response scaffold = answer(204);
  World world{[this](const http::Request& request, int) { return respond(request); }};
  Metadata metadata{world.api};
  SchemaWriter writer{world.api, metadata};
};

model::CreateColumn text_column(std::string name, std::uint32_t length) {
  model::Field column{.name = std::move(name), .label = "L", .type = FieldType::text};
  column.max_length = length;
  return {.table = "account", .column = std::move(column)};
}

TEST_F(SchemaWriting, ANewColumnGoesIntoTheSolution) {
  const auto done = apply(text_column("flit_source_id", 100));

  ASSERT_TRUE(done) << done.error().text();
  EXPECT_TRUE(asks(last(), "EntityDefinitions(LogicalName='account')/Attributes"));
  EXPECT_EQ(last().headers.find("MSCRM.SolutionUniqueName"), "flitstack_migration");
  EXPECT_NE(last().body.find(R"("SchemaName":"flit_source_id")"), std::string::npos);
  EXPECT_NE(last().body.find(R"("MaxLength":100,"FormatName":{"Value":"Text"})"),
            std::string::npos);
}

/// A request that arrives twice: the first made it, and only the second's answer is seen.
TEST_F(SchemaWriting, APublisherThatIsThereByNowIsTheOneThatWasToBeMade) {
  publishers = {R"({"value":[]})",
                R"({"value":[{"publisherid":"p","customizationprefix":"flit"}]})"};
  scaffold =
      answer(412, refusal("0x80040237", "A record with matching key values already exists."));

  const auto done = apply(text_column("flit_source_id", 100));

  EXPECT_TRUE(done) << done.error().text();
}

TEST_F(SchemaWriting, AColumnThatIsThereAsAskedIsDoneAndOneThatDiffersIsSaidToDiffer) {
  const auto same = apply(text_column("name", 100));
  const auto shorter = apply(text_column("name", 4000));

  EXPECT_TRUE(same);
  ASSERT_FALSE(shorter);
  EXPECT_EQ(shorter.error().fault, Fault::permanent);
  EXPECT_EQ(shorter.error().message, "is there already with length 160, expected 4000");
}

TEST_F(SchemaWriting, AKeyIsAskedForAgainUntilItsIndexIsActive) {
  const model::SchemaChange key = model::CreateKey{"account", {"flit_key", {"name"}}};
  const auto made = apply(key);
  keys = R"({"value":[{"SchemaName":"flit_key","KeyAttributes":["name"],)"
         R"("EntityKeyIndexStatus":"InProgress"}]})";
  const auto building = apply(key);
  keys = R"({"value":[{"SchemaName":"flit_key","KeyAttributes":["name"],)"
         R"("EntityKeyIndexStatus":"Active"}]})";
  const auto active = apply(key);

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fault, Fault::transient);
  EXPECT_EQ(made.error().retry_after, std::chrono::seconds(5));
  EXPECT_EQ(building.error().fault, Fault::transient);
  EXPECT_TRUE(active);
}

/// The request that made it was answered to nobody: what was read of the table before is past.
TEST_F(SchemaWriting, AKeyThatIsFoundActiveIsSeenByWhoeverLooksNext) {
  ASSERT_TRUE(apply(text_column("name", 100)));
  ASSERT_NE(metadata.known("account"), nullptr);
  keys = R"({"value":[{"SchemaName":"flit_key","KeyAttributes":["name"],)"
         R"("EntityKeyIndexStatus":"Active"}]})";

  ASSERT_TRUE(apply(model::CreateKey{"account", {"flit_key", {"name"}}}));

  EXPECT_EQ(metadata.known("account"), nullptr);
}

/// There are hundreds of tables: the list is read again only when a table has become known.
TEST_F(SchemaWriting, TheListOfTablesIsNotReadAgainForAColumn) {
  ASSERT_TRUE(metadata.set_names({}));

  ASSERT_TRUE(apply(text_column("flit_source_id", 100)));

  std::size_t lists = 0;
  for (const http::Request& request : world.transport.requests())
    if (asks(request, "$select=LogicalName,EntitySetName")) ++lists;
  EXPECT_EQ(lists, 1U);
}

TEST_F(SchemaWriting, WhatIsGoneAlreadyIsTakenBack) {
  written = answer(404, refusal("0x80040217", "gone"));

  EXPECT_TRUE(writer.revert(text_column("flit_source_id", 100), {}));
  EXPECT_EQ(last().method, http::Method::del);
}

TEST_F(SchemaWriting, PublishingNamesTheTables) {
  const std::vector<std::string> tables{"account"};

  EXPECT_TRUE(writer.publish(tables, {}));
  EXPECT_NE(last().body.find("<entity>account</entity>"), std::string::npos);
}

TEST(Definitions, AreThePlatformsOwnForEachType) {
  const auto body = [](FieldType type) {
    model::Field column{.name = "flit_x", .label = "X", .type = type};
    column.options = {{"727000000", "A"}};
    return column_definition({"account", column}, {}, 1033).value();
  };
  EXPECT_NE(
      body(FieldType::date).find(R"("Format":"DateOnly","DateTimeBehavior":{"Value":"DateOnly"})"),
      std::string::npos);
  EXPECT_NE(body(FieldType::instant).find(R"("Format":"DateAndTime")"), std::string::npos);
  EXPECT_NE(body(FieldType::choice).find(R"("Options":[{"Value":727000000,"Label":)"),
            std::string::npos);
  EXPECT_NE(body(FieldType::choices).find("MultiSelectPicklistAttributeMetadata"),
            std::string::npos);
  EXPECT_NE(body(FieldType::boolean).find("BooleanOptionSetMetadata"), std::string::npos);
  EXPECT_NE(body(FieldType::url).find(R"("FormatName":{"Value":"Url"})"), std::string::npos);
  EXPECT_FALSE(
      column_definition({"account", {.name = "x", .type = FieldType::reference}}, {}, 1033));
}

}  // namespace
}  // namespace flit::destinations::dataverse
