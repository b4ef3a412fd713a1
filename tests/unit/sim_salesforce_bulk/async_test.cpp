// Bulk API 1.0 (fact sheet §5).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/salesforce/metadata/zip.hpp"
#include "sim/salesforce/xml/xml.hpp"
#include "tests/unit/sim_salesforce_bulk/bulk_world.hpp"

namespace flit::test {
namespace {

using testing::HasSubstr;

std::string xml_value(const std::string& body, std::string_view name) {
  const auto root = sim::salesforce::xml::read(body);
  return root ? std::string(root->value(name)) : root.error().text();
}

std::string job_xml(const std::string& operation, const std::string& content) {
  return "<?xml version=\"1.0\"?><jobInfo "
         "xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"><operation>" +
         operation + "</operation><object>Account</object><contentType>" + content +
         "</contentType></jobInfo>";
}

std::string create(BulkFixture& org, const std::string& operation, const std::string& content,
                   sim::Headers headers = {{"Content-Type", "application/xml"}}) {
  const auto answer =
      org.send("POST", "async/job", job_xml(operation, content), std::move(headers));
  EXPECT_EQ(answer.status, 201);
  return "async/job/" + xml_value(answer.body, "id");
}

TEST(Async, LoadsABatchInInputOrder) {
  BulkFixture org;
  const std::string job = create(org, "insert", "CSV");
  const auto added = org.send("POST", job + "/batch", "Name,Phone\r\nx,1\r\n,2\r\ny,3\r\n",
                              {{"Content-Type", "text/csv"}});
  EXPECT_EQ(added.status, 201);
  EXPECT_EQ(xml_value(added.body, "state"), "Queued");
  const std::string batch = job + "/batch/" + xml_value(added.body, "id");
  EXPECT_EQ(xml_value(org.get(batch), "state"), "Completed");
  EXPECT_EQ(xml_value(org.get(batch), "numberRecordsFailed"), "1");
  EXPECT_EQ(org.get(batch + "/result"),
            "\"Id\",\"Success\",\"Created\",\"Error\"\n"
            "\"001000000000001AAA\",\"true\",\"true\",\"\"\n"
            "\"\",\"false\",\"false\",\"REQUIRED_FIELD_MISSING:Required fields are missing: "
            "[Name]:Name --\"\n\"001000000000001AAA\",\"true\",\"true\",\"\"\n");
  EXPECT_EQ(org.get(batch + "/request"), "Name,Phone\r\nx,1\r\n,2\r\ny,3\r\n");
  const auto closed = org.send("POST", job, "<jobInfo><state>Closed</state></jobInfo>");
  EXPECT_EQ(xml_value(closed.body, "state"), "Closed");
  EXPECT_EQ(xml_value(closed.body, "numberBatchesCompleted"), "1");
  EXPECT_EQ(org.send("POST", job + "/batch", "Name\nz\n").status, 400);
}

TEST(Async, ReadsXmlAndJsonRecords) {
  BulkFixture org;
  const std::string job = create(org, "insert", "XML");
  const auto added = org.send("POST", job + "/batch",
                              "<sObjects><sObject><Name>x &amp; y</Name></sObject><sObject>"
                              "<Phone>1</Phone><Name>z</Name></sObject></sObjects>");
  const std::string batch = job + "/batch/" + xml_value(added.body, "id");
  EXPECT_THAT(org.get(batch + "/result"), HasSubstr("<success>true</success>"));
  EXPECT_EQ(org.writer.saved[0]["Name"], "x & y");
  const auto created = org.send("POST", "async/job",
                                R"({"operation":"insert","object":"Account","contentType":"JSON"})",
                                {{"Content-Type", "application/json"}});
  const std::string json_job = "async/job/" + org.member(created.body, "id");
  const auto json_batch =
      org.send("POST", json_job + "/batch", R"([{"Name":"a","Phone":null},{"Name":""}])",
               {{"Content-Type", "application/json"}});
  const std::string at = json_job + "/batch/" + org.member(json_batch.body, "id");
  EXPECT_EQ(org.member(org.get(at), "state"), "Completed");
  EXPECT_EQ(org.writer.saved[2]["Phone"], "#N/A");
  EXPECT_THAT(org.get(at + "/result"), HasSubstr(R"("statusCode":"REQUIRED_FIELD_MISSING")"));
}

TEST(Async, QueriesGiveAListOfResults) {
  BulkFixture org;
  const std::string job = create(org, "query", "CSV");
  const auto added = org.send("POST", job + "/batch", "SELECT Name FROM Account");
  const std::string batch = job + "/batch/" + xml_value(added.body, "id");
  const std::string result = xml_value(org.get(batch + "/result"), "result");
  EXPECT_EQ(result.substr(0, 3), "752");
  EXPECT_EQ(org.get(batch + "/result/" + result),
            "\"Name\"\n\"Acme\"\n\"bolt & Söhne\"\n\"Corp_1\"\n");
}

TEST(Async, CutsQueriesIntoChunks) {
  BulkFixture org;
  const std::string job =
      create(org, "query", "CSV",
             {{"Content-Type", "application/xml"}, {"Sforce-Enable-PKChunking", "chunkSize=2"}});
  const auto added = org.send("POST", job + "/batch", "SELECT Name FROM Account");
  EXPECT_EQ(xml_value(org.get(job + "/batch/" + xml_value(added.body, "id")), "state"),
            "NotProcessed");
  const auto list = sim::salesforce::xml::read(org.get(job + "/batch"));
  ASSERT_TRUE(list);
  ASSERT_EQ(list->children.size(), 3);
  EXPECT_EQ(list->children[1].value("numberRecordsProcessed"), "2");
  EXPECT_EQ(list->children[2].value("numberRecordsProcessed"), "1");
}

TEST(Async, TellsOfAJobAsItWasCreatedAndOfBatchesAsTheirContent) {
  BulkFixture org;
  const sim::Headers as_json{{"Content-Type", "application/json"}};
  const auto created =
      org.send("POST", "async/job",
               R"({"operation":"queryAll","object":"Account","contentType":"CSV"})", as_json);
  const std::string job = "async/job/" + org.member(created.body, "id");
  const auto added =
      org.send("POST", job + "/batch", "SELECT Name FROM Account", {{"Content-Type", "text/csv"}});
  EXPECT_EQ(xml_value(added.body, "state"), "Queued") << added.body;
  EXPECT_EQ(org.member(org.send("POST", job, R"({"state":"Closed"})", as_json).body, "state"),
            "Closed");
  const auto missing = org.send("GET", "async/job/750000000000099AAA", {}, as_json);
  EXPECT_EQ(missing.headers.value_or("Content-Type", ""), "application/json");
  EXPECT_EQ(org.member(missing.body, "exceptionCode"), "InvalidJob");
}

TEST(Async, PutsFilesOfAZipIntoTheirCells) {
  BulkFixture org;
  const std::string job = create(org, "insert", "ZIP_CSV");
  const auto add = [&](const std::string& request) {
    const auto zip = sim::salesforce::metadata::write_zip(
        {{"request.txt", request}, {"photos/a.jpg", std::string(200'000, 'x')}});
    return org.send("POST", job + "/batch", *zip, {{"Content-Type", "zip/csv"}}).body;
  };
  EXPECT_EQ(xml_value(org.get(job), "contentType"), "ZIP_CSV");
  const std::string batch = xml_value(add("Name,Phone\none,#photos/a.jpg\ntwo,#N/A\n"), "id");
  EXPECT_EQ(xml_value(org.get(job + "/batch/" + batch), "numberRecordsFailed"), "0");
  EXPECT_EQ(org.writer.saved[0]["Phone"].substr(0, 8), "eHh4eHh4");
  EXPECT_EQ(org.writer.saved[1]["Phone"], "#N/A");
  EXPECT_THAT(xml_value(add("Name,Phone\none,#missing.jpg\n"), "stateMessage"),
              HasSubstr("Missing file missing.jpg"));
  EXPECT_THAT(xml_value(org.send("POST", job + "/batch", "no zip").body, "stateMessage"),
              HasSubstr("not a zip archive"));
}

TEST(Async, SaysWhatIsWrong) {
  BulkFixture org;
  EXPECT_EQ(xml_value(org.send("POST", "async/job", "<jobInfo").body, "exceptionCode"),
            "InvalidJob");
  EXPECT_EQ(
      xml_value(org.send("POST", "async/job", job_xml("hardDelete", "CSV")).body, "exceptionCode"),
      "FeatureNotEnabled");
  const std::string job = create(org, "insert", "CSV");
  const auto added = org.send("POST", job + "/batch", "Nope\n1\n");
  EXPECT_EQ(xml_value(added.body, "state"), "Failed");
  EXPECT_EQ(xml_value(added.body, "stateMessage"), "InvalidBatch : Field name not found : Nope");
  std::string many = "Name\n";
  for (int i = 0; i < 10'001; ++i) many += "n\n";
  EXPECT_EQ(xml_value(org.send("POST", job + "/batch", many).body, "state"), "Failed");
  EXPECT_EQ(org.send("GET", "async/job/750000000000099AAA").status, 400);
}

}  // namespace
}  // namespace flit::test
