// Bulk jobs against the org's records (fact sheet §3, §4, §5).

#include <gmock/gmock.h>

#include "sim/salesforce/load/record_loader.hpp"
#include "tests/component/salesforce_load/org.hpp"

namespace flit::test {
namespace {

using testing::HasSubstr;

constexpr const char* insert_accounts = R"({"object":"Account","operation":"insert"})";

/// An org whose accounts have a key that the API's user sees.
class Keyed : public Org {
 public:
  Keyed() {
    add_field("Account.Ext__c", std::string(text_key));
    grant(assigned_set(), "Account.Ext__c");
  }
};

TEST(BulkLoad, InsertsUpdatesAndDeletes) {
  Org org;
  std::string job =
      org.load(insert_accounts, "Name,AnnualRevenue,Industry\nAcme,1500,Energy\n,1,\n");
  EXPECT_EQ(org.member(org.get(job), "numberRecordsFailed"), "1");
  EXPECT_THAT(
      org.get(job + "/failedResults"),
      HasSubstr(
          R"("REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","1","")"));
  const std::string ok = org.get(job + "/successfulResults");
  const std::string id = ok.substr(ok.find("\n\"001") + 2, 18);
  EXPECT_EQ(org.member(org.query("SELECT AnnualRevenue FROM Account WHERE Id = '" + id + "'"),
                       "totalSize"),
            "1");
  org.load(R"({"object":"Account","operation":"update"})",
           "Id,Industry,AnnualRevenue\n" + id + ",#N/A,\n");
  const std::string row = org.get("sobjects/Account/" + id);
  EXPECT_EQ(org.member(row, "Industry"), "null") << "#N/A sets null";
  EXPECT_EQ(org.member(row, "AnnualRevenue"), "1500.0") << "an empty cell is ignored";
  org.load(R"({"object":"Account","operation":"delete"})", "Id\n" + id + "\n");
  EXPECT_EQ(org.send("GET", "sobjects/Account/" + id).status, 404);
}

TEST(BulkLoad, UpsertsByKeyAndFindsParentsByKey) {
  Keyed org;
  const std::string upsert =
      R"({"object":"Account","operation":"upsert","externalIdFieldName":"Ext__c"})";
  std::string job = org.load(upsert, "Ext__c,Name\nA-1,Acme\nA-2,Bolt\n");
  EXPECT_THAT(org.get(job + "/successfulResults"), HasSubstr("\"true\",\"A-1\",\"Acme\""));
  job = org.load(upsert, "Ext__c,Name\nA-1,Acme Inc\nA-3,x\nA-3,y\n");
  EXPECT_THAT(org.get(job + "/successfulResults"), HasSubstr("\"false\",\"A-1\",\"Acme Inc\""));
  const std::string failed = org.get(job + "/failedResults");
  EXPECT_EQ(org.member(org.get(job), "numberRecordsFailed"), "2");
  EXPECT_THAT(failed, HasSubstr("Duplicate external id specified: A-3"));
  job = org.load(R"({"object":"Contact","operation":"insert"})",
                 "LastName,Account.Ext__c\nDoe,A-2\nRoe,none\n");
  EXPECT_THAT(org.get(job + "/failedResults"),
              HasSubstr("INVALID_FIELD:Foreign key external ID: none not found for field Ext__c in "
                        "entity Account"));
  EXPECT_EQ(
      org.member(org.query("SELECT Id FROM Contact WHERE Account.Name = 'Bolt'"), "totalSize"),
      "1");
}

TEST(BulkLoad, NamesPolymorphicParentsWithTheirType) {
  Org org;
  org.load(R"({"object":"Contact","operation":"insert"})", "LastName,Email\nDoe,d@example.com\n");
  const std::string job = org.load(R"({"object":"Task","operation":"insert"})",
                                   "Subject,Contact:Who.Email\nCall,d@example.com\n");
  EXPECT_EQ(org.member(org.get(job), "numberRecordsFailed"), "0")
      << org.get(job + "/failedResults");
  EXPECT_EQ(org.member(org.query("SELECT Id FROM Task WHERE Who.Type = 'Contact'"), "totalSize"),
            "1");
}

TEST(BulkLoad, FailsForHeadersThePlatformRefuses) {
  Org org;
  const auto error = [&](const std::string& object, const std::string& header) {
    const auto created =
        org.send("POST", "jobs/ingest", R"({"object":")" + object + R"(","operation":"insert"})");
    const std::string path = "jobs/ingest/" + org.member(created.body, "id");
    org.send("PUT", path + "/batches", header + "\nx\n", {{"Content-Type", "text/csv"}});
    org.send("PATCH", path, R"({"state":"UploadComplete"})");
    return org.member(org.get(path), "errorMessage");
  };
  EXPECT_EQ(error("Account", "Nope__c"), "InvalidBatch : Field name not found : Nope__c");
  EXPECT_EQ(error("Contact", "Nope.Name"), "InvalidBatch : Unable to find relationship: Nope");
  EXPECT_EQ(error("Account", "Account:Parent.Ext__c"),
            "InvalidBatch : type is not needed for non polymorphic foreign key references: Parent");
}

TEST(BulkLoad, HidesNewFieldsUntilGranted) {
  Org org;
  org.add_field("Account.Ext__c", std::string(text_key));
  const auto created = org.send("POST", "jobs/ingest", insert_accounts);
  const std::string path = "jobs/ingest/" + org.member(created.body, "id");
  org.send("PUT", path + "/batches", "Name,Ext__c\nx,1\n", {{"Content-Type", "text/csv"}});
  org.send("PATCH", path, R"({"state":"UploadComplete"})");
  EXPECT_EQ(org.member(org.get(path), "errorMessage"),
            "InvalidBatch : Field name not found : Ext__c");
  const std::string set = org.assigned_set();
  org.grant(set, "Account.Ext__c");
  org.load(insert_accounts, "Name,Ext__c\nx,1\n");
  EXPECT_EQ(org.member(org.query("SELECT Id FROM Account WHERE Ext__c = '1'"), "totalSize"), "1");
}

TEST(BulkLoad, RefusesHardDeleteWithoutPermission) {
  Org org;
  EXPECT_EQ(
      org.member(
          org.send("POST", "jobs/ingest", R"({"object":"Account","operation":"hardDelete"})").body,
          "errorCode"),
      "FEATURENOTENABLED");
  EXPECT_EQ(org.send("POST", "jobs/ingest", R"({"object":"Nope","operation":"insert"})").status,
            400);
}

TEST(BulkQuery, ReadsWhatWasLoaded) {
  Org org;
  org.load(insert_accounts, "Name,NumberOfEmployees\nAcme,5\nBolt,\n");
  const auto created = org.send(
      "POST", "jobs/query",
      R"({"operation":"query","query":"SELECT Name, NumberOfEmployees FROM Account ORDER BY Name"})");
  ASSERT_EQ(created.status, 200) << created.body;
  const auto results = org.send("GET", "jobs/query/" + org.member(created.body, "id") + "/results");
  EXPECT_EQ(results.body, "\"Name\",\"NumberOfEmployees\"\n\"Acme\",\"5\"\n\"Bolt\",\"\"\n");
  EXPECT_EQ(results.headers.value_or("Sforce-Locator", ""), "null");
}

TEST(BulkIngest, AResetEndsWhatWasUnderWay) {
  Org org;
  auto& organization = org.simulator.organization();
  sim::salesforce::RecordLoader loader(organization, [](const auto&, auto) { ADD_FAILURE(); });
  const std::string header[] = {"Name"};
  auto load = loader.bind({.object = "Account"}, header);
  ASSERT_TRUE(load);

  org.simulator.reset();
  const std::string_view cells[] = {"late"};
  std::vector<sim::salesforce::bulk::RowOutcome> outcomes;
  (*load)->apply(cells, outcomes);

  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_FALSE(outcomes[0].success);
  EXPECT_EQ(Org::member(org.query("SELECT COUNT() FROM Account"), "totalSize"), "0");
}

TEST(BulkQuery, ReadingResultsIsCountedAgainstTheDay) {
  Org org;
  org.load(R"({"object":"Account","operation":"insert"})", "Name\na\n");
  const auto left = [&] {
    return Org::member(org.get("limits"), "DailyBulkV2QueryFileStorageMB.Remaining");
  };
  const std::string before = left();
  const auto created =
      org.send("POST", "jobs/query", R"({"operation":"query","query":"SELECT Name FROM Account"})");
  org.get("jobs/query/" + Org::member(created.body, "id") + "/results");
  EXPECT_EQ(std::stoi(left()), std::stoi(before) - 1) << "a megabyte begun is a megabyte";
}

TEST(AsyncApi, LoadsWithTheSessionHeader) {
  Org org;
  const auto created = org.send("POST", "/services/async/66.0/job",
                                "<jobInfo xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">"
                                "<operation>insert</operation><object>Account</object>"
                                "<contentType>CSV</contentType></jobInfo>",
                                {{"Content-Type", "application/xml"}});
  ASSERT_EQ(created.status, 201) << created.body;
  const std::size_t at = created.body.find("<id>") + 4;
  const std::string job = "/services/async/66.0/job/" + created.body.substr(at, 18);
  const auto batch =
      org.send("POST", job + "/batch", "Name\nAcme\n", {{"Content-Type", "text/csv"}});
  const std::size_t id = batch.body.find("<id>") + 4;
  EXPECT_THAT(org.get(job + "/batch/" + batch.body.substr(id, 18) + "/result"),
              HasSubstr("\"true\",\"true\",\"\"\n"));
  org.token = "expired";
  EXPECT_THAT(org.send("GET", job).body,
              HasSubstr("<exceptionCode>InvalidSessionId</exceptionCode>"));
}

}  // namespace
}  // namespace flit::test
