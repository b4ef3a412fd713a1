#include "automap/object_map.hpp"

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

using testing::field;
using testing::sales_tables;

std::string table_of(const Schema& source, std::size_t object = 0) {
  const Lexicon& lexicon = testing::lexicon();
  const Schema tables = sales_tables();
  const Destination destination(tables, lexicon);
  const auto guesses = map_objects(source, destination, lexicon);
  return destination.tables()[static_cast<std::size_t>(guesses[object].tables.front().table)].key;
}

Schema one_object(std::string name, std::vector<Field> fields) {
  Schema schema;
  schema.objects = {Object{std::move(name), ""}};
  schema.objects[0].fields = std::move(fields);
  return schema;
}

TEST(ObjectMap, NamesOfManySystemsLeadToTheSameTable) {
  const std::vector<Field> person{field("last_name", "", "string"), field("email", "", "string")};

  for (const char* name : {"people", "Contacts", "persons", "Kontakte", "contactos"})
    EXPECT_EQ(table_of(one_object(name, person)), "contact") << name;
  for (const char* name : {"organizations", "companies", "Firmen", "vendors"})
    EXPECT_EQ(
        table_of(one_object(name, {field("name", "", "string"), field("website", "", "string")})),
        "account")
        << name;
  EXPECT_EQ(
      table_of(one_object("deals", {field("name", "", "string"), field("amount", "", "number")})),
      "opportunity");
}

TEST(ObjectMap, FieldsDecideWhereTheNameSaysNothing) {
  const Schema source =
      one_object("tbl_4711", {field("first_name", "", "string"), field("surname", "", "string"),
                              field("birthday", "", "date")});

  EXPECT_EQ(table_of(source), "contact");
}

TEST(ObjectMap, AFlatRowFallsIntoItsRecords) {
  const Lexicon& lexicon = testing::lexicon();
  const Schema tables = sales_tables();
  const Destination destination(tables, lexicon);
  std::vector<Field> row;
  for (const char* name :
       {"Contact1_First_Name", "Contact1_Last_Name", "Contact1_Email", "Contact1_Birthdate",
        "Account1_Name", "Account1_Website", "Account1_Phone", "Account1_Employees",
        "Donation_Name", "Donation_Amount", "Donation_Date", "Donation_Description"})
    row.push_back(field(name, "", "string"));
  const Schema source = one_object("DataImport", row);

  const auto guesses = map_objects(source, destination, lexicon);

  ASSERT_EQ(guesses[0].shape, Shape::flat_row);
  ASSERT_EQ(guesses[0].parts.size(), 3U);
  EXPECT_EQ(
      destination.tables()[static_cast<std::size_t>(guesses[0].parts[1].tables.front().table)].key,
      "account");
  EXPECT_EQ(
      destination.tables()[static_cast<std::size_t>(guesses[0].parts[2].tables.front().table)].key,
      "opportunity");
}

TEST(ObjectMap, RecordsThatPeoplePointAtAreCompaniesWhateverTheirName) {
  Schema source;
  source.objects = {Object{"leads", "Leads"}, Object{"contacts", "Contacts"}};
  source.objects[0].fields = {field("name", "Company Name", "string"), field("url", "URL", "url"),
                              field("employees", "Employees", "number")};
  source.objects[1].fields = {field("name", "Name", "string"), field("email", "Email", "string"),
                              field("lead_id", "Lead", "reference")};
  source.objects[1].fields[2].targets = {"leads"};

  EXPECT_EQ(table_of(source, 0), "account");
  EXPECT_EQ(testing::choice(propose(source, sales_tables(), testing::lexicon(), shipped_model()),
                            "contacts", "lead_id"),
            "contact.parentcustomerid");
}

TEST(ObjectMap, OrdersThatMayStillBeLostAreDeals) {
  Schema source =
      one_object("orders", {field("description", "", "string"), field("probability", "", "integer"),
                            field("stage", "", "string"), field("lostReason", "", "string"),
                            field("value", "", "number"), field("closeDate", "", "date")});

  EXPECT_EQ(table_of(source), "opportunity");
}

TEST(ObjectMap, WhatOthersCallARecordNamesItWhereItsOwnNameSaysNothing) {
  Schema source;
  source.objects = {Object{"zq_records", ""}, Object{"tasks", "Tasks"}};
  source.objects[0].fields = {field("title", "", "string"), field("note", "", "text")};
  source.objects[1].fields = {field("subject", "", "string"), field("deal_id", "", "reference")};
  source.objects[1].fields[1].targets = {"zq_records"};

  EXPECT_EQ(table_of(source, 0), "opportunity");
}

TEST(ObjectMap, ProspectsOfACompanyAreContactsWhereNobodyElseIs) {
  const std::vector<Field> person{field("last_name", "", "string"), field("email", "", "string"),
                                  field("account_id", "", "reference")};
  Schema source;
  source.objects = {Object{"prospects", ""}, Object{"accounts", ""}};
  source.objects[0].fields = person;
  source.objects[0].fields[2].targets = {"accounts"};
  source.objects[1].fields = {field("name", "", "string")};

  EXPECT_EQ(table_of(source, 0), "contact");
}

}  // namespace
}  // namespace flit::automap
