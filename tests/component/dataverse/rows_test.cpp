// Single rows: the create, update and upsert rules of fact sheet §3, §4, §5, §9, §10.

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr const char* id1 = "11111111-1111-4111-8111-111111111111";

void add_external_key(Simulated& sim) {
  EXPECT_EQ(sim.send("POST", "EntityDefinitions(LogicalName='account')/Attributes",
                     R"j({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata",
                         "SchemaName":"new_ExtId","MaxLength":50})j")
                .status,
            204);
  EXPECT_EQ(sim.send("POST", "EntityDefinitions(LogicalName='account')/Keys",
                     R"j({"SchemaName":"new_ExtId_Key","KeyAttributes":["new_extid"]})j")
                .status,
            204);
}

TEST(Rows, AClientChosenIdIsTakenOnceAndRefusedTwice) {
  Simulated sim;
  const std::string body = std::string(R"j({"accountid":")j") + id1 + R"j(","name":"Contoso"})j";

  EXPECT_EQ(sim.create("accounts", body), id1);
  Answered again = sim.send("POST", "accounts", body);

  EXPECT_EQ(again.status, 412);
  EXPECT_EQ(again.code(), "0x80040237");
}

TEST(Rows, APlainPatchUpdatesOrCreatesAndEtagsDecide) {
  Simulated sim;
  const std::string row = std::string("accounts(") + id1 + ")";

  EXPECT_EQ(sim.send("PATCH", row, R"j({"name":"A"})j", {{"If-Match", "*"}}).status, 404);
  EXPECT_EQ(sim.send("PATCH", row, R"j({"name":"A"})j").status, 204);
  EXPECT_EQ(sim.send("PATCH", row, R"j({"name":"B"})j", {{"If-None-Match", "*"}}).code(),
            "0x80040237");
  const std::string etag(sim.send("GET", row).headers.value_or("ETag", ""));
  EXPECT_EQ(sim.send("GET", row, "", {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(sim.send("PATCH", row, R"j({"name":"C"})j", {{"If-Match", etag}}).status, 204);
  EXPECT_EQ(sim.send("PATCH", row, R"j({"name":"D"})j", {{"If-Match", etag}}).code(), "0x80060882");
  EXPECT_EQ(sim.send("GET", row + "?$select=name").json()["name"].string_or(""), "C");
}

TEST(Rows, AKeyUrlIsEchoedAndItsValueUnique) {
  Simulated sim;
  add_external_key(sim);

  Answered made = sim.send("PATCH", "accounts(new_extid='AB-1')", R"j({"name":"By key"})j");
  Answered collision = sim.send("POST", "accounts", R"j({"name":"z","new_extid":"ab-1"})j");
  Answered forbidden = sim.send("GET", "accounts(new_extid='a%2Fb')");
  Answered missing = sim.send("GET", "accounts(new_extid='none')");

  EXPECT_EQ(made.headers.value_or("OData-EntityId", ""),
            "http://sim.example/api/data/v9.2/accounts(new_extid='AB-1')");
  EXPECT_EQ(collision.status, 412);
  EXPECT_EQ(collision.code(), "0x80060892");
  EXPECT_EQ(forbidden.status, 400);
  EXPECT_EQ(missing.code(), "0x80060891");
}

TEST(Rows, AKeyWorksOnlyOnceItsIndexIsBuilt) {
  SimulatorSettings settings;
  settings.organization.readings.key_index_delay = std::chrono::seconds(30);
  Simulated sim(settings);
  add_external_key(sim);
  const std::string keys = "EntityDefinitions(LogicalName='account')/Keys";

  EXPECT_EQ(sim.send("GET", keys).json()["value"].dump().find("\"Active\""), std::string::npos);
  EXPECT_EQ(sim.send("GET", "accounts(new_extid='x')").code(), "0x80060890");
  sim.machine.advance(std::chrono::seconds(31));

  EXPECT_NE(sim.send("GET", keys).json()["value"].dump().find("\"Active\""), std::string::npos);
  EXPECT_EQ(sim.send("PATCH", "accounts(new_extid='x')", R"j({"name":"n"})j").status, 204);
}

TEST(Rows, WrongNamesAndValuesGetThePlatformsCodes) {
  Simulated sim;
  sim.create("accounts", std::string(R"j({"accountid":")j") + id1 + R"j(","name":"A"})j");
  const auto refused = [&](const std::string& set, const std::string& body) {
    return sim.send("POST", set, body).code();
  };

  EXPECT_EQ(refused("contacts", R"j({"nope":1})j"), "0x80048d19");
  EXPECT_EQ(
      refused(
          "contacts",
          R"j({"parentcustomerid_Account@odata.bind":"/accounts(11111111-1111-4111-8111-111111111111)"})j"),
      "0x80048d19");
  EXPECT_EQ(refused("contacts",
                    R"j({"_parentcustomerid_value":"11111111-1111-4111-8111-111111111111"})j"),
            "0x80048d19");
  EXPECT_EQ(
      refused(
          "contacts",
          R"j({"parentcustomerid_account@odata.bind":"/accounts(21111111-1111-4111-8111-111111111111)"})j"),
      "0x80040217");
  EXPECT_EQ(refused("accounts", R"j({"name":")j" + std::string(161, 'x') + R"j("})j"),
            "0x80044331");
  EXPECT_EQ(refused("accounts", R"j({"accountcategorycode":9})j"), "0x8004431a");
  EXPECT_EQ(refused("accounts", R"j({"numberofemployees":-1})j"), "0x8004432f");
  EXPECT_EQ(refused("accounts", R"j({"numberofemployees":"7"})j"), "0x80048d19");
  EXPECT_EQ(refused("contacts", R"j({"birthdate":"2020-02-30"})j"), "0x80048d19");
  EXPECT_EQ(refused("contacts", R"j({"birthdate":"1700-01-01"})j"), "0x80040239");
  EXPECT_EQ(refused("accounts", R"j({"statecode":1,"statuscode":2})j"), "0x80048408");
  EXPECT_EQ(refused("nothings", R"j({})j"), "0x80060888");
}

TEST(Rows, StampsCannotBeSentAndTheCreationDateIsSwapped) {
  Simulated sim;
  const std::string id = sim.create(
      "accounts",
      R"j({"name":"A","createdon":"2001-01-01T00:00:00Z","overriddencreatedon":"2015-05-06T07:08:09Z"})j");

  json::Value row;
  Answered read = sim.send("GET", "accounts(" + id + ")?$select=createdon,overriddencreatedon");
  row = read.json();

  EXPECT_EQ(row["createdon"].string_or(""), "2015-05-06T07:08:09Z");
  EXPECT_EQ(row["overriddencreatedon"].string_or("").substr(0, 10), "2026-11-02");
}

TEST(Rows, SinglePropertiesCanBeReadReplacedAndCleared) {
  Simulated sim;
  const std::string row =
      "accounts(" + sim.create("accounts", R"j({"name":"A","telephone1":"1"})j") + ")";

  EXPECT_EQ(sim.send("PUT", row + "/name", R"j({"value":"B"})j").status, 204);
  EXPECT_EQ(sim.send("DELETE", row + "/telephone1").status, 204);

  EXPECT_EQ(sim.send("GET", row + "/name/$value").body, "B");
  EXPECT_EQ(sim.send("GET", row + "/telephone1").status, 204);
}

TEST(Rows, ManyToManyLinksAreMadeOnceAndRemoved) {
  Simulated sim;
  const std::string lead = sim.create("leads", R"j({"subject":"L","lastname":"X"})j");
  const std::string account = sim.create("accounts", R"j({"name":"A"})j");
  const std::string ref = "accounts(" + account + ")/accountleads_association/$ref";
  const std::string body = R"j({"@odata.id":"leads()j" + lead + R"j()"})j";

  EXPECT_EQ(sim.send("POST", ref, body).status, 204);
  EXPECT_EQ(sim.send("POST", ref, body).code(), "0x80040237");
  EXPECT_EQ(
      sim.send("GET", "accounts(" + account + ")/accountleads_association").json()["value"].size(),
      1U);
  EXPECT_EQ(
      sim.send("DELETE", "accounts(" + account + ")/accountleads_association(" + lead + ")/$ref")
          .status,
      204);
  EXPECT_EQ(
      sim.send("GET", "accounts(" + account + ")/accountleads_association").json()["value"].size(),
      0U);
}

TEST(Rows, ALoopInAHierarchyIsRefused) {
  Simulated sim;
  const std::string top = sim.create("accounts", R"j({"name":"top"})j");
  const std::string low = sim.create(
      "accounts", R"j({"name":"low","parentaccountid@odata.bind":"/accounts()j" + top + R"j()"})j");

  Answered loop = sim.send("PATCH", "accounts(" + top + ")",
                           R"j({"parentaccountid@odata.bind":"accounts()j" + low + R"j()"})j");

  EXPECT_EQ(loop.code(), "0x80040507");
}

}  // namespace
}  // namespace flit::sim::dataverse
