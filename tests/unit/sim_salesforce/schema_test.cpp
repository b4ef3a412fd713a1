// Ids, shipped facts, how values are written (fact sheet §2.1, §2.3, §7).

#include <gtest/gtest.h>

#include "sim/salesforce/schema/catalogue.hpp"
#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/schema/custom.hpp"
#include "sim/salesforce/schema/refusal.hpp"

namespace flit::sim::salesforce {
namespace {

TEST(RecordIds, TheChecksumTellsUpperFromLowerCase) {
  EXPECT_EQ(id_checksum("001D000000IRFma"), "IAH");
  EXPECT_EQ(id_checksum("7506g00000DhRA2"), "AAN");
  EXPECT_TRUE(RecordId::parse("001D000000IRFmaIAH"));
  EXPECT_FALSE(RecordId::parse("001D000000IRFmaIAI"));
  EXPECT_FALSE(RecordId::parse("001D000000IRFm"));
  EXPECT_FALSE(RecordId::parse("001D000000IRF-a"));
}

TEST(RecordIds, OursComeBackAndOthersAreForeign) {
  const RecordId id(RecordId::prefix_of("a00"), 62 * 62 + 10);

  EXPECT_EQ(RecordId::parse(id.text()), id);
  EXPECT_EQ(RecordId::parse(id.text15()), id);
  EXPECT_EQ(id.text15(), "a0000000000010A");
  EXPECT_EQ(RecordId::prefix_text(id.prefix()), "a00");
  EXPECT_TRUE(RecordId::parse("001D000000IRFmaIAH")->is_foreign());
  EXPECT_LT(RecordId(1, 5), RecordId(1, 6));
}

TEST(Facts, StandardObjectsAreCompleteAndRelated) {
  const auto catalogue = Catalogue::standard();
  const Object& contact = *catalogue->find("contact");
  const Field& account = *contact.find("accountID");

  EXPECT_EQ(catalogue->size(), 46U);
  EXPECT_EQ(contact.prefix_text(), "003");
  EXPECT_TRUE(account.parent("Account")->cascade);
  EXPECT_EQ(catalogue->child_relationship(*catalogue->find("Account"), "contacts")->field,
            &account);
  EXPECT_TRUE(contact.find("LastName")->is_required());
  EXPECT_FALSE(contact.find("Email")->is_required());
  EXPECT_EQ(contact.find_relationship("Account"), &account);
  EXPECT_GT(catalogue->find("Task")->find("WhatId")->parents.size(), 10U);
  EXPECT_EQ(catalogue->find("Opportunity")->find("StageName")->values.size(), 10U);
  EXPECT_EQ(catalogue->find("Nothing"), nullptr);
}

TEST(Custom, FieldsBringTheirRelationshipsAndLocationsTheirParts) {
  const auto catalogue = Catalogue::standard();
  Object& project = add_custom_object(*catalogue, "Project__c", "Project");
  Field lookup;
  lookup.name = "Account__c";
  lookup.type = FieldType::reference;
  lookup.parents = {{.object = "Account", .child_relationship = "Projects"}};
  add_custom_field(project, lookup);
  Field place;
  place.name = "Place__c";
  place.type = FieldType::location;
  add_custom_field(project, place);
  catalogue->relate();

  EXPECT_EQ(project.prefix_text(), "a00");
  EXPECT_EQ(project.find("Account__c")->relationship, "Account__r");
  EXPECT_NE(catalogue->child_relationship(*catalogue->find("Account"), "Projects__r"), nullptr);
  EXPECT_TRUE(project.find("Place__Latitude__s")->createable);
  EXPECT_FALSE(project.find("Place__c")->createable);
  EXPECT_EQ(add_custom_object(*catalogue, "Other__c", "Other").prefix_text(), "a01");
}

TEST(CellText, ValuesAreWrittenAsThePlatformWritesThem) {
  const auto json = [](const Cell& cell) {
    std::string out;
    append_json(out, cell);
    return out;
  };

  EXPECT_EQ(json(Cell::decimal(-1050, 2)), "-10.5");
  EXPECT_EQ(json(Cell::decimal(5, 3)), "0.005");
  EXPECT_EQ(json(Cell::datetime(-1)), "\"1969-12-31T23:59:59.999+0000\"");
  EXPECT_EQ(json(Cell::time(36'930'000)), "\"10:15:30.000Z\"");
  EXPECT_EQ(text_of(Cell::datetime(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(text_of(Cell::date(-1)), "1969-12-31");
  EXPECT_EQ(json(Cell::of_text("")), "null");
  EXPECT_EQ(compare(Cell::decimal(15, 1), Cell::integer(2)), -1);
}

TEST(Refusals, EachPlaceHasItsOwnForm) {
  const Refusal refusal{.code = "REQUIRED_FIELD_MISSING",
                        .message = "Required fields are missing: [LastName]",
                        .fields = {"LastName"}};
  const Refusal bare{.code = "X", .message = "y"};
  std::string collection;
  refusal.append_collection(collection);

  EXPECT_EQ(refusal.bulk_text(),
            "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --");
  EXPECT_EQ(bare.bulk_text(), "X:y:--");
  EXPECT_EQ(bare.body(), R"j([{"message":"y","errorCode":"X"}])j");
  EXPECT_NE(collection.find("\"statusCode\""), std::string::npos);
}

}  // namespace
}  // namespace flit::sim::salesforce
