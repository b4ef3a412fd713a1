// Bulk API 2.0 ingest jobs (fact sheet §3).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sim_salesforce_bulk/bulk_world.hpp"

namespace flit::test {
namespace {

using testing::HasSubstr;

TEST(Ingest, LoadsRowsAndEchoesThem) {
  BulkFixture org;
  const std::string id = org.load("Phone,Name\n\"01,\"\"2\"\"\",Kite\n03,\n");
  const std::string job = "jobs/ingest/" + id;
  const std::string info = org.get(job);
  EXPECT_EQ(org.member(info, "state"), "JobComplete");
  EXPECT_EQ(org.member(info, "numberRecordsProcessed"), "2");
  EXPECT_EQ(org.member(info, "numberRecordsFailed"), "1");
  EXPECT_EQ(org.get(job + "/successfulResults"),
            "\"sf__Id\",\"sf__Created\",Phone,Name\n"
            "\"001000000000001AAA\",\"true\",\"01,\"\"2\"\"\",\"Kite\"\n");
  EXPECT_EQ(
      org.get(job + "/failedResults/"),
      "\"sf__Id\",\"sf__Error\",Phone,Name\n"
      "\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --\",\"03\",\"\"\n");
  EXPECT_EQ(org.get(job + "/unprocessedrecords"), "Phone,Name\n");
  EXPECT_EQ(org.get(job + "/unprocessedRecords"), "Phone,Name\n") << "as simple-salesforce asks";
}

TEST(Ingest, ShowsAJobAsThePlatformDoes) {
  BulkFixture org;
  const auto created =
      org.send("POST", "jobs/ingest", R"({"object":"Account","operation":"insert"})");
  EXPECT_EQ(created.status, 200);
  EXPECT_EQ(org.member(created.body, "state"), "Open");
  EXPECT_EQ(org.member(created.body, "apiVersion"), "66.0");
  EXPECT_EQ(org.member(created.body, "concurrencyMode"), "Parallel");
  const std::string id = org.member(created.body, "id");
  EXPECT_EQ(org.member(created.body, "contentUrl"),
            "services/data/v66.0/jobs/ingest/" + id + "/batches");
  EXPECT_EQ(org.member(created.body, "jobType"), "(none)");
  EXPECT_EQ(org.member(org.get("jobs/ingest/" + id), "jobType"), "V2Ingest");
  EXPECT_EQ(org.get("jobs/ingest/" + id.substr(0, 15)), org.get("jobs/ingest/" + id));
  EXPECT_THAT(org.get("jobs/ingest"), HasSubstr(R"("done":true,"records":[{"id":")" + id));
}

TEST(Ingest, TakesOneUploadAJob) {
  BulkFixture org;
  const std::string id = org.create(R"({"object":"Account","operation":"insert"})");
  const std::string batches = "jobs/ingest/" + id + "/batches";
  EXPECT_EQ(org.send("PUT", batches, "Name\nx\n", {{"Content-Type", "text/csv"}}).status, 201);
  const auto second = org.send("PUT", batches, "Name\nx\n", {{"Content-Type", "text/csv"}});
  EXPECT_EQ(second.status, 400);
  EXPECT_THAT(second.body, HasSubstr("Found multiple contents for job"));
}

TEST(Ingest, FailsAsAWholeForItsHeader) {
  BulkFixture org;
  std::string info = org.get("jobs/ingest/" + org.load("Name,Nope\nx,y\n"));
  EXPECT_EQ(org.member(info, "state"), "Failed");
  EXPECT_EQ(org.member(info, "errorMessage"), "InvalidBatch : Field name not found : Nope");
  EXPECT_EQ(org.member(info, "numberRecordsProcessed"), "0");
  info = org.get("jobs/ingest/" + org.load("Name\r\nx\r\n"));
  EXPECT_EQ(
      org.member(info, "errorMessage"),
      "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF");
  info = org.get("jobs/ingest/" + org.load("\xEF\xBB\xBFName\nx\n"));
  EXPECT_THAT(org.member(info, "errorMessage"), HasSubstr("Field name not found"));
}

TEST(Ingest, FailsRowsThatAreNoCsv) {
  BulkFixture org;
  const std::string id = org.load("Name,Phone\nx, \"1\"\ny,2,3\nz,4\n");
  EXPECT_EQ(org.member(org.get("jobs/ingest/" + id), "numberRecordsFailed"), "2");
  EXPECT_EQ(org.writer.saved.size(), 1);
}

TEST(Ingest, SavesInChunksOf200) {
  BulkFixture org;
  std::string csv = "Name\n";
  for (int i = 0; i < 10'450; ++i) csv += "n\n";
  const std::string id = org.load(csv);
  EXPECT_EQ(org.member(org.get("jobs/ingest/" + id), "numberRecordsProcessed"), "10450");
  EXPECT_EQ(org.writer.saved.size(), 10'450);
  EXPECT_EQ(org.writer.largest_chunk, 200);
}

TEST(Ingest, TakesJobAndRowsInOneRequest) {
  BulkFixture org;
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"c\"\r\n"
      "Content-Type: text/csv\r\n\r\nName\nx\n\r\n--b\r\nContent-Disposition: form-data; "
      "name=\"job\"\r\nContent-Type: application/json\r\n\r\n"
      R"({"object":"Account","operation":"insert"})"
      "\r\n--b--\r\n";
  const auto answer =
      org.send("POST", "jobs/ingest", body, {{"Content-Type", "multipart/form-data; boundary=b"}});
  EXPECT_EQ(org.member(answer.body, "state"), "UploadComplete");
  EXPECT_EQ(org.member(org.get("jobs/ingest/" + org.member(answer.body, "id")), "state"),
            "JobComplete");
}

TEST(Ingest, TakesItsTimeAndCanBeAborted) {
  BulkSettings settings;
  settings.schedule.cost_per_row = std::chrono::milliseconds(10);
  settings.schedule.lanes = 1;
  BulkFixture org(settings);
  std::string csv = "Name\n";
  for (int i = 0; i < 500; ++i) csv += "n\n";
  const std::string job = "jobs/ingest/" + org.load(csv);
  EXPECT_EQ(org.member(org.get(job), "state"), "InProgress");
  org.machine.advance(std::chrono::seconds(2));  // the second chunk of 200 starts
  EXPECT_EQ(org.member(org.get(job), "numberRecordsProcessed"), "400");
  EXPECT_EQ(org.send("DELETE", job).status, 400);
  EXPECT_EQ(org.member(org.send("PATCH", job, R"({"state":"Aborted"})").body, "state"), "Aborted");
  org.machine.advance(std::chrono::hours(1));
  EXPECT_EQ(org.member(org.get(job), "numberRecordsProcessed"), "400");
  const std::string rest = org.get(job + "/unprocessedrecords");
  EXPECT_EQ(std::count(rest.begin(), rest.end(), '\n'), 101);
  const auto again = org.send("PATCH", job, R"({"state":"Aborted"})");
  EXPECT_EQ(again.status, 400);
  EXPECT_THAT(again.body, HasSubstr("Aborting already Completed Job not allowed"));
  EXPECT_EQ(org.send("DELETE", job).status, 204);
  EXPECT_EQ(org.send("GET", job).status, 404);
}

TEST(Ingest, LanesWaitForEachOthersParents) {
  BulkSettings settings;
  settings.schedule.cost_per_row = std::chrono::milliseconds(100);  // a chunk takes 20 s
  BulkFixture org(settings);
  std::string csv = "Name,Parent\n";
  for (int i = 0; i < 200; ++i) csv += "n,7\n";
  const std::string first = org.load(csv);
  const std::string second = org.load("Name,Parent\nother,7\nfree,8\n");
  org.get("jobs/ingest");
  org.machine.advance(std::chrono::seconds(9));
  EXPECT_EQ(org.member(org.get("jobs/ingest/" + second), "numberRecordsProcessed"), "0");
  org.machine.advance(std::chrono::minutes(1));
  EXPECT_EQ(org.member(org.get("jobs/ingest/" + second), "numberRecordsFailed"), "1");
  EXPECT_THAT(org.get("jobs/ingest/" + second + "/failedResults"),
              HasSubstr("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 "
                        "records: "));
  EXPECT_EQ(org.member(org.get("jobs/ingest/" + first), "numberRecordsFailed"), "0");
}

struct Refused {
  const char* body;
  const char* code;
};
class Refusals : public testing::TestWithParam<Refused> {};

TEST_P(Refusals, OfCreation) {
  BulkFixture org;
  const auto answer = org.send("POST", "jobs/ingest", GetParam().body);
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr(std::string(R"("errorCode":")") + GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    Ingest, Refusals,
    testing::Values(Refused{"{", "JSON_PARSER_ERROR"},
                    Refused{R"({"operation":"insert"})", "INVALIDJOB"},
                    Refused{R"({"object":"Account","operation":"Insert"})", "INVALIDOPERATION"},
                    Refused{R"({"object":"Nope","operation":"insert"})", "INVALIDENTITY"},
                    Refused{R"({"object":"Account","operation":"upsert"})", "INVALIDJOB"},
                    Refused{R"({"object":"Account","operation":"hardDelete"})",
                            "FEATURENOTENABLED"},
                    Refused{R"({"object":"Account","operation":"insert","columnDelimiter":"X"})",
                            "INVALIDJOB"}));

TEST(Refusals, OfUnknownJobsAndEarlyResults) {
  BulkFixture org;
  EXPECT_EQ(org.send("GET", "jobs/ingest/750000000000099AAA").status, 404);
  const std::string id = org.create(R"({"object":"Account","operation":"insert"})");
  EXPECT_EQ(org.send("GET", "jobs/ingest/" + id + "/successfulResults").status, 400);
  EXPECT_EQ(org.send("PUT", "jobs/ingest/" + id).status, 405);
}

TEST(Jobs, AreForgottenInTime) {
  BulkFixture org;
  const std::string open =
      "jobs/ingest/" + org.create(R"({"object":"Account","operation":"insert"})");
  const std::string done = "jobs/ingest/" + org.load("Name\nx\n");
  org.machine.advance(std::chrono::hours(25));
  EXPECT_EQ(org.send("GET", open).status, 404);
  EXPECT_EQ(org.send("GET", done).status, 200);
  org.machine.advance(std::chrono::hours(24 * 7));
  EXPECT_EQ(org.send("GET", done).status, 404);
}

}  // namespace
}  // namespace flit::test
