// What real clients send, call by call (fact sheet §9); headers and odd paths as they send them.

#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

std::string query(std::string_view version, std::string_view soql, std::string_view more = "") {
  return "/services/data/v" + std::string(version) + "/query?q=" + percent::encode(soql) +
         std::string(more);
}

TEST(SalesforceCli, LoginWithAnAccessTokenFindsUserVersionsAndOrganization) {
  Simulated sim;

  const std::string user(sim.get("/services/oauth2/userinfo").json()["user_id"].string_or(""));
  Answered read = sim.get("/services/data/v51.0/sobjects/User/" + user);
  Answered hub = sim.get(query("51.0", "SELECT Id FROM ScratchOrgInfo limit 1"));
  Answered versions = sim.get("/services/data");
  Answered org = sim.get(query("66.0",
                               "SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, "
                               "NamespacePrefix, OrganizationType FROM Organization"));
  const json::Value row = element(org.json()["records"], 0);

  EXPECT_EQ(read.json()["Username"].string_or(""), "flit@example.com");
  EXPECT_EQ(hub.status, 400);
  EXPECT_EQ(hub.code(), "INVALID_TYPE");
  EXPECT_GT(versions.json().size(), 10U);
  EXPECT_TRUE(row["IsSandbox"].as_boolean().value_or(false));
  EXPECT_TRUE(row["NamespacePrefix"].is_null());
}

TEST(SalesforceCli, AQueryIsAskedForItsColumnsAfterwards) {
  Simulated sim;
  sim.create("Contact", R"j({"LastName":"x"})j");
  const std::string soql =
      "SELECT Id, Account.Name, COUNT(Id) n FROM Contact GROUP BY Id, Account.Name";

  Answered rows = sim.get(query("66.0", "SELECT Id, LastName, Account.Name FROM Contact"));
  Answered columns =
      sim.get(query("66.0", "SELECT Id, LastName, Account.Name FROM Contact", "&columns=true"));
  Answered groups = sim.get(query("66.0", soql, "&columns=true"));
  const json::Value list = columns.json()["columnMetadata"];

  EXPECT_EQ(rows.json()["totalSize"].dump(), "1");
  EXPECT_EQ(list.size(), 3U);
  EXPECT_EQ(element(list, 0)["columnName"].string_or(""), "Id");
  EXPECT_EQ(element(element(list, 2)["joinColumns"], 0)["columnName"].string_or(""), "Name");
  EXPECT_EQ(columns.json()["entityName"].string_or(""), "Contact");
  EXPECT_TRUE(
      element(groups.json()["columnMetadata"], 2)["aggregate"].as_boolean().value_or(false));
}

TEST(SalesforceCli, CreateFileSendsTheBytesFirst) {
  Simulated sim;
  const std::string account = sim.create("Account", R"j({"Name":"a"})j");
  const std::string form =
      "--x\r\nContent-Disposition: form-data; name=\"VersionData\"; "
      "filename=\"a.txt\"\r\nContent-Type: "
      "application/octet-stream\r\n\r\nabc\r\n--x\r\nContent-Disposition: form-data; "
      "name=\"entity_content\"\r\n"
      "Content-Type: application/json\r\n\r\n{\"PathOnClient\":\"a.txt\",\"Title\":\"A\"}\r\n--x--";

  Answered made = sim.send("POST", "sobjects/ContentVersion", form,
                           {{"Content-Type", "multipart/form-data; boundary=x"}});
  const std::string id(made.json()["id"].string_or(""));
  Answered version = sim.query(
      "Select Id, ContentDocumentId, Title, FileExtension from ContentVersion where Id='" + id +
      "'");
  const json::Value row = element(version.json()["records"], 0);
  const std::string document(row["ContentDocumentId"].string_or(""));

  EXPECT_EQ(row["FileExtension"].string_or(""), "txt");
  EXPECT_EQ(sim.send("POST", "sobjects/ContentDocumentLink",
                     R"j({"ContentDocumentId":")j" + document + R"j(","LinkedEntityId":")j" +
                         account + R"j(","ShareType":"V"})j")
                .status,
            201);
}

TEST(Sfdmu, StartsUpComparesAndWritesThroughCollections) {
  Simulated sim;

  EXPECT_EQ(sim.query("SELECT OrganizationType, IsSandbox FROM Organization LIMIT 1").status, 200);
  EXPECT_EQ(sim.query("SELECT IsPersonAccount FROM Account LIMIT 1").code(), "INVALID_FIELD");
  EXPECT_EQ(sim.get("sobjects/Contact/describe").status, 200);
  EXPECT_EQ(sim.query("SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinitionId = "
                      "'Task' AND IsPolymorphicForeignKey = true")
                .json()["totalSize"]
                .dump(),
            "3");
  EXPECT_EQ(
      element(sim.query("SELECT COUNT(Id) CNT FROM Contact").json()["records"], 0)["CNT"].dump(),
      "0");
  Answered made = sim.send(
      "POST", "composite/sobjects",
      R"j({"allOrNone":false,"records":[{"attributes":{"type":"Contact"},"LastName":"a"}]})j");
  const std::string id(element(made.json(), 0)["id"].string_or(""));
  Answered changed =
      sim.send("PATCH", "composite/sobjects",
               R"j({"allOrNone":false,"records":[{"attributes":{"type":"Contact"},"id":")j" + id +
                   R"j(","LastName":"b"}]})j");

  EXPECT_TRUE(element(changed.json(), 0)["success"].as_boolean().value_or(false)) << changed.body;
  EXPECT_EQ(sim.value("Contact", id, "LastName"), "\"b\"");
}

TEST(Sfdmu, TheOlderOneReadsTheIdentityAndTheListOfObjects) {
  Simulated sim;

  Answered resources = sim.get("/services/data/v47.0");
  Answered objects = sim.get(query("47.0",
                                   "SELECT QualifiedApiName, Label FROM EntityDefinition WHERE "
                                   "IsDeprecatedAndHidden = false ORDER BY QualifiedApiName"));

  EXPECT_TRUE(resources.json()["identity"].string_or("").starts_with("http://sim.example/id/00D"));
  EXPECT_EQ(element(objects.json()["records"], 0)["QualifiedApiName"].string_or(""), "Account");
}

TEST(SimpleSalesforce, PagesAreFollowedByTheLastPartOfTheirAddress) {
  Simulated sim;
  for (int batch = 0; batch < 3; ++batch) {
    std::string records;
    for (int i = 0; i < 100; ++i)
      records +=
          std::string(i == 0 ? "" : ",") + R"j({"attributes":{"type":"Account"},"Name":"n"})j";
    sim.send("POST", "composite/sobjects/", "{\"records\":[" + records + "]}");
  }

  Answered first = sim.send("GET", "query/?q=SELECT+Id+FROM+Account", "",
                            {{"Sforce-Query-Options", "batchSize=200"}});
  const std::string next(first.json()["nextRecordsUrl"].string_or(""));
  Answered second = sim.get(next);
  sim.machine.advance(std::chrono::hours(49));
  Answered late = sim.get(next);

  EXPECT_EQ(first.json()["totalSize"].dump(), "300");
  EXPECT_FALSE(first.json()["done"].as_boolean().value_or(true));
  EXPECT_EQ(first.json()["records"].size(), 200U);
  EXPECT_EQ(second.json()["records"].size(), 100U);
  EXPECT_TRUE(second.json()["done"].as_boolean().value_or(false));
  EXPECT_EQ(late.code(), "INVALID_QUERY_LOCATOR");
}

TEST(SingerTap, ReadsChangesInTheOrderOfTheirStamp) {
  Simulated sim;
  sim.create("Account", R"j({"Name":"a"})j");
  sim.machine.advance(std::chrono::hours(1));
  const std::string later = sim.create("Account", R"j({"Name":"b"})j");

  Answered global = sim.get("sobjects");
  Answered described = sim.get("sobjects/Account/describe");
  Answered changes = sim.get(
      "queryAll?q=" +
      percent::encode("SELECT Id,Name,SystemModstamp,IsDeleted FROM Account WHERE SystemModstamp "
                      ">= 2026-11-02T00:30:00Z ORDER BY SystemModstamp ASC"));

  EXPECT_GT(global.json()["sobjects"].size(), 40U);
  EXPECT_TRUE(described.json()["replicateable"].as_boolean().value_or(false));
  EXPECT_EQ(element(changes.json()["records"], 0)["Id"].string_or(""), later);
  EXPECT_EQ(changes.json()["totalSize"].dump(), "1");
}

}  // namespace
}  // namespace flit::sim::salesforce
