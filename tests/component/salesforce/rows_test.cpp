// One record at a time: fact sheet §2.3, §2.5, §2.9.

#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

TEST(Rows, ARecordIsCreatedReadChangedAndDeletedOnce) {
  Simulated sim;
  const std::string id =
      sim.create("Account", R"j({"Name":"Acme","BillingCity":"Oslo","AnnualRevenue":12})j");
  const std::string row = "sobjects/Account/" + id;

  EXPECT_EQ(sim.send("PATCH", row, R"j({"phone":"1"})j").status, 204);
  Answered read = sim.get(row);
  EXPECT_EQ(sim.send("DELETE", row).status, 204);
  Answered again = sim.send("DELETE", row);

  EXPECT_EQ(id.size(), 18U);
  EXPECT_EQ(read.json()["Phone"].string_or(""), "1");
  EXPECT_EQ(read.json()["AnnualRevenue"].dump(), "12.0");
  EXPECT_EQ(read.json().at_path("BillingAddress.city").string_or(""), "Oslo");
  EXPECT_TRUE(read.json()["ShippingAddress"].is_null());
  EXPECT_EQ(read.json()["CreatedDate"].string_or(""), "2026-11-02T00:00:00.000+0000");
  EXPECT_EQ(again.status, 404);
  EXPECT_EQ(again.code(), "ENTITY_IS_DELETED");
  EXPECT_EQ(sim.get("sobjects/Account/001000000000999AAA").code(), "NOT_FOUND");
}

TEST(Rows, IdsOfFifteenCharactersDoAsWellAndAWrongChecksumDoesNot) {
  Simulated sim;
  const std::string id = sim.create("Account", R"j({"Name":"Acme"})j");

  EXPECT_EQ(sim.get("sobjects/Account/" + id.substr(0, 15)).status, 200);
  EXPECT_EQ(sim.get("sobjects/Account/" + id.substr(0, 17) + "B").status, 404);
  EXPECT_EQ(sim.refused("Contact", R"j({"LastName":"x","AccountId":"001000000000001AAB"})j"),
            "MALFORMED_ID");
}

TEST(Rows, UpsertByKeyCreatesThenChanges) {
  Simulated sim(with_schema());

  Answered made = sim.send("PATCH", "sobjects/Account/Ext__c/A%2F1", R"j({"Name":"One"})j");
  Answered changed = sim.send("PATCH", "sobjects/Account/Ext__c/A%2F1", R"j({"Phone":"1"})j");
  Answered old_way = sim.send("PATCH", "/services/data/v45.0/sobjects/Account/Ext__c/A%2F1", "{}");
  Answered repeated = sim.send("PATCH", "sobjects/Account/Ext__c/A%2F1", R"j({"Ext__c":"A/1"})j");

  EXPECT_EQ(made.status, 201);
  EXPECT_TRUE(made.json()["created"].as_boolean().value_or(false));
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.json()["id"].string_or("?"), made.json()["id"].string_or(""));
  EXPECT_EQ(old_way.status, 404);  // v45 is not served; v46 answers as v66
  EXPECT_EQ(repeated.code(), "INVALID_FIELD");
  EXPECT_EQ(
      sim.send("PATCH", "sobjects/Account/Ext__c/none?updateOnly=true", R"j({"Name":"x"})j").status,
      404);
  EXPECT_EQ(sim.get("sobjects/Account/Ext__c/A%2F1").status, 200);
}

TEST(Rows, OnlyAUniqueFieldThatIgnoresCaseMatchesWithoutCase) {
  Simulated sim(with_schema());
  sim.create("Account", R"j({"Name":"a","Ext__c":"K","Loose__c":"K","Folded__c":"K"})j");

  EXPECT_EQ(sim.get("sobjects/Account/Ext__c/k").status, 404);
  EXPECT_EQ(sim.get("sobjects/Account/Loose__c/k").status, 404);
  EXPECT_EQ(sim.get("sobjects/Account/Folded__c/k").status, 200);
  EXPECT_EQ(sim.refused("Account", R"j({"Name":"b","Folded__c":"k"})j"), "DUPLICATE_VALUE");
}

TEST(Rows, SeveralMatchesAnswerTheirAddresses) {
  Simulated sim(with_schema());
  sim.create("Account", R"j({"Name":"a","Loose__c":"same"})j");
  sim.create("Account", R"j({"Name":"b","Loose__c":"same"})j");

  Answered several = sim.send("PATCH", "sobjects/Account/Loose__c/same", R"j({"Name":"c"})j");

  EXPECT_EQ(several.status, 300);
  EXPECT_EQ(several.json().size(), 2U);
}

TEST(Rows, WrongValuesAreRefusedInThePlatformsWords) {
  Simulated sim(with_schema());
  const std::string long_name(256, 'n');
  const auto answer = [&](const std::string& object, const std::string& body) {
    Answered refused = sim.send("POST", "sobjects/" + object, body);
    return refused.code() + ": " + refused.message();
  };

  EXPECT_EQ(answer("Account", "{}"), "REQUIRED_FIELD_MISSING: Required fields are missing: [Name]");
  EXPECT_EQ(answer("Account", R"j({"Foo":1})j"),
            "INVALID_FIELD: No such column 'Foo' on sobject of type Account");
  EXPECT_EQ(
      answer("Account", "{\"Name\":\"" + long_name + "\"}"),
      "STRING_TOO_LONG: Account Name: data value too large: " + long_name + " (max length=255)");
  EXPECT_EQ(answer("Contact", R"j({"LastName":"x","Email":"123"})j"),
            "INVALID_EMAIL_ADDRESS: Email: invalid email address: 123");
  EXPECT_EQ(answer("Account", R"j({"Name":"x","Kind__c":"abc"})j"),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: Kind: bad value for restricted picklist "
            "field: abc");
  EXPECT_EQ(
      answer("Opportunity", R"j({"Name":"x","StageName":"y","CloseDate":"31/12/2025"})j"),
      "JSON_PARSER_ERROR: Cannot deserialize instance of date from VALUE_STRING value 31/12/2025");
  EXPECT_EQ(
      answer("Contact", R"j({"LastName":"x","Account":{"Ext__c":"A1"}})j"),
      "INVALID_FIELD: Foreign key external ID: A1 not found for field Ext__c in entity Account");
  EXPECT_EQ(answer("Account", R"j({"Name":"x","CreatedDate":"2020-01-01T00:00:00Z"})j"),
            "INVALID_FIELD_FOR_INSERT_UPDATE: Unable to create/update fields: CreatedDate. Please "
            "check the security "
            "settings of this field and verify that it is read/write for your profile or "
            "permission set.");
  EXPECT_EQ(answer("Contact", R"j({"LastName":"x","AccountId":"001000000000999AAA"})j"),
            "INVALID_CROSS_REFERENCE_KEY: invalid cross reference id");
  EXPECT_EQ(sim.refused("Contact", R"j({"LastName":"x","AccountId":"003000000000001AAA"})j"),
            "MALFORMED_ID");
  EXPECT_EQ(sim.refused("Account", R"j({"Name":"x","AnnualRevenue":1e20})j"),
            "NUMBER_OUTSIDE_VALID_RANGE");
  EXPECT_EQ(sim.refused("Account", R"j({"Name":)j"), "JSON_PARSER_ERROR");
  EXPECT_EQ(sim.send("POST", "sobjects/Foo", "{}").code(), "NOT_FOUND");
  EXPECT_EQ(sim.send("PUT", "sobjects/Account", "{}").status, 405);
}

TEST(Rows, TextIsTrimmedAndMultiSelectsAreOrdered) {
  Simulated sim(with_schema());
  const std::string id = sim.create(
      "Account", R"j({"Name":"  a\r\nb ","Tags__c":"z;x","NumberOfEmployees":"7","Industry":""})j");

  EXPECT_EQ(sim.value("Account", id, "Name"), R"j("a\nb")j");
  EXPECT_EQ(sim.value("Account", id, "Tags__c"), R"j("x;z")j");
  EXPECT_EQ(sim.value("Account", id, "NumberOfEmployees"), "7");
  EXPECT_EQ(sim.value("Account", id, "Industry"), "null");
}

TEST(Rows, ADescribeHasEveryKeyAndHidesWhatMayNotBeRead) {
  SimulatorSettings settings = with_schema();
  settings.schema.insert(settings.schema.find("{\"object\": \"Account\", \"name\": \"Ext__c\""),
                         R"j({"object": "Account", "name": "Secret__c", "readable": false},)j");
  Simulated sim(settings);

  Answered described = sim.get("sobjects/Account/describe");
  bool secret = false, ext = false;
  for (const json::Value field : described.json()["fields"].elements()) {
    secret = secret || field["name"].string_or("") == "Secret__c";
    ext = ext || (field["name"].string_or("") == "Ext__c" &&
                  field["externalId"].as_boolean().value_or(false));
  }

  EXPECT_FALSE(secret);
  EXPECT_TRUE(ext);
  EXPECT_EQ(described.json()["recordTypeInfos"].size(), 2U);
  EXPECT_EQ(sim.refused("Account", R"j({"Name":"x","Secret__c":"y"})j"), "INVALID_FIELD");
  EXPECT_EQ(sim.send("GET", "sobjects/Account/describe", "",
                     {{"If-Modified-Since", "Wed, 04 Nov 2026 00:00:00 GMT"}})
                .status,
            304);
}

TEST(Rows, FilesGoInAsBase64OrAsAFormAndComeBackAsBytes) {
  Simulated sim;
  const std::string account = sim.create("Account", R"j({"Name":"a"})j");
  const std::string form =
      "--b\r\nContent-Disposition: form-data; name=\"VersionData\"; "
      "filename=\"a.pdf\"\r\nContent-Type: "
      "application/pdf\r\n\r\n\x01\x02%PDF\r\n--b\r\nContent-Disposition: form-data; "
      "name=\"entity_content\"\r\n"
      "Content-Type: application/json\r\n\r\n{\"PathOnClient\":\"a.pdf\"}\r\n--b--\r\n";

  const std::string plain = sim.create(
      "ContentVersion",
      R"j({"PathOnClient":"b.txt","VersionData":"aGVsbG8=","FirstPublishLocationId":")j" + account +
          "\"}");
  Answered made = sim.send("POST", "sobjects/ContentVersion", form,
                           {{"Content-Type", "multipart/form-data; boundary=b"}});
  const std::string id(made.json()["id"].string_or(""));

  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(sim.get("sobjects/ContentVersion/" + id + "/VersionData").body, "\x01\x02%PDF");
  EXPECT_EQ(sim.get("sobjects/ContentVersion/" + plain + "/VersionData").body, "hello");
  EXPECT_EQ(sim.value("ContentVersion", plain, "Title"), "\"b\"");
  EXPECT_EQ(sim.query("SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '" + account + "'")
                .json()["totalSize"]
                .dump(),
            "1");
  EXPECT_EQ(sim.query("SELECT Id FROM ContentDocumentLink").code(), "MALFORMED_QUERY");
}

TEST(Bodies, ThatAreNoJsonAreToldWhere) {
  Simulated sim;
  const auto told = [&](const std::string& body) {
    Answered refused = sim.send("POST", "sobjects/Account", body);
    EXPECT_EQ(refused.status, 400) << body;
    EXPECT_EQ(refused.code(), "JSON_PARSER_ERROR") << body;
    return refused.message();
  };

  EXPECT_EQ(told("{\"Name\":"), "Unexpected end-of-input at [line:1, column:9]");
  EXPECT_EQ(told(""), "Unexpected end-of-input at [line:1, column:1]");
  EXPECT_EQ(told("{\"a\":1,\n \"b\":x}"),
            "Unexpected character ('x' (code 120)) at [line:2, column:6]");
  EXPECT_EQ(told("{a:1}"), "Unexpected character ('a' (code 97)) at [line:1, column:2]");
  EXPECT_EQ(told("{\"a\":[1,2}"), "Unexpected character ('}' (code 125)) at [line:1, column:10]");
  EXPECT_EQ(told("{\"a\":tru}"), "Unexpected character ('}' (code 125)) at [line:1, column:9]");
  EXPECT_EQ(told("{} x"), "Unexpected character ('x' (code 120)) at [line:1, column:4]");
}

}  // namespace
}  // namespace flit::sim::salesforce
