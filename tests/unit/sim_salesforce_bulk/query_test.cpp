// Bulk API 2.0 query jobs (fact sheet §4).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sim_salesforce_bulk/bulk_world.hpp"

namespace flit::test {
namespace {

using testing::HasSubstr;

std::string query(const std::string& soql, const std::string& operation = "query") {
  return R"({"operation":")" + operation + R"(","query":")" + soql + "\"}";
}

TEST(BulkQuery, AnswersPageByPageAndEndsWithNull) {
  BulkFixture org;
  const auto created =
      org.send("POST", "jobs/query", query("SELECT Name, Account.Name, Birthdate FROM Contact"));
  EXPECT_EQ(created.status, 200);
  EXPECT_EQ(org.member(created.body, "state"), "UploadComplete");
  EXPECT_EQ(org.member(created.body, "object"), "Contact");
  const std::string job = "jobs/query/" + org.member(created.body, "id");
  EXPECT_EQ(org.member(org.get(job), "numberRecordsProcessed"), "3");
  const auto first = org.send("GET", job + "/results?maxRecords=2");
  EXPECT_EQ(first.body,
            "\"Name\",\"Account.Name\",\"Birthdate\"\n\"Jane\",\"Acme\",\"\"\n"
            "\"Joe\",\"bolt & Söhne\",\"2026-05-27\"\n");
  EXPECT_EQ(first.headers.value_or("Sforce-NumberOfRecords", ""), "2");
  const std::string locator(first.headers.value_or("Sforce-Locator", ""));
  const auto last = org.send("GET", job + "/results?maxRecords=2&locator=" + locator);
  EXPECT_EQ(last.body, "\"Name\",\"Account.Name\",\"Birthdate\"\n\"Kim\",\"Acme\",\"\"\n");
  EXPECT_EQ(last.headers.value_or("Sforce-Locator", ""), "null");
}

TEST(BulkQuery, ShowsValuesAsCsvDoes) {
  BulkFixture org;
  const auto created = org.send("POST", "jobs/query",
                                query("SELECT Employees, Revenue, Active, CreatedDate, Tags__c "
                                      "FROM Account WHERE Active = true"));
  const std::string job = "jobs/query/" + org.member(created.body, "id");
  EXPECT_EQ(org.get(job + "/results"),
            "\"Employees\",\"Revenue\",\"Active\",\"CreatedDate\",\"Tags__c\"\n"
            "\"50\",\"1500.0\",\"true\",\"2026-05-27T00:00:00.001Z\",\"A;B\"\n");
}

TEST(BulkQuery, OfNothingIsAHeader) {
  BulkFixture org;
  const auto created =
      org.send("POST", "jobs/query", query("SELECT Id FROM Account WHERE Name = 'nobody'"));
  const auto results = org.send("GET", "jobs/query/" + org.member(created.body, "id") + "/results");
  EXPECT_EQ(results.body, "\"Id\"\n");
  EXPECT_EQ(results.headers.value_or("Sforce-NumberOfRecords", ""), "0");
  EXPECT_EQ(results.headers.value_or("Sforce-Locator", ""), "null");
}

TEST(BulkQuery, RefusesWhatItCannotDo) {
  BulkFixture org;
  for (const char* soql :
       {"SELECT Name, COUNT(Id) FROM Account GROUP BY Name", "SELECT Id FROM Account OFFSET 1",
        "SELECT TYPEOF Who WHEN Lead THEN Name END FROM Task",
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account", "SELECT COUNT() FROM Account"}) {
    const auto answer = org.send("POST", "jobs/query", query(soql));
    EXPECT_EQ(answer.status, 400) << soql;
    EXPECT_THAT(answer.body, HasSubstr("API_ERROR")) << soql;
  }
  const auto answer = org.send("POST", "jobs/query", query("SELECT Nope FROM Account"));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("INVALID_FIELD"));
}

TEST(BulkQuery, KeepsItsMomentAndItsVersion) {
  BulkFixture org;
  const auto created = org.send("POST", "jobs/query", query("SELECT Name FROM Lead", "queryAll"));
  const std::string job = "jobs/query/" + org.member(created.body, "id");
  EXPECT_EQ(org.member(org.get(job), "operation"), "queryAll");
  org.reader.org.lead.insert({{"Name", text("later")}});
  EXPECT_EQ(org.get(job + "/results"), "\"Name\"\n\"Lea\"\n");
  const auto request = sim::Request::make("GET", "/jobs/x");
  const auto other = org.bulk.handle(
      {.request = *request, .version = "60.0", .path = {"query", job.substr(11), "results"}});
  EXPECT_EQ(other.status, 409);
}

TEST(BulkQuery, NamesPagesForParallelDownload) {
  BulkSettings settings;
  settings.page_rows = 1;
  BulkFixture org(settings);
  const auto created = org.send("POST", "jobs/query", query("SELECT Name FROM Contact"));
  const std::string pages =
      org.get("jobs/query/" + org.member(created.body, "id") + "/resultPages");
  EXPECT_EQ(org.member(pages, "done"), "true");
  EXPECT_EQ(org.member(pages, "nextRecordsUrl"), "null");
  const auto document = json::parse(pages);
  EXPECT_EQ(document->root()["resultPages"].size(), 3);
}

}  // namespace
}  // namespace flit::test
