// Single rows: the create, update and upsert rules of fact sheet §3, §4, §5, §9, §10.

#include "simulated.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr const char* id1 = "11111111-1111-4111-8111-111111111111";

void add_external_key(Simulated& sim) {
  EXPECT_EQ(sim.send("POST", "EntityDefinitions(LogicalName='account')/Attributes",
                     R"({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata",
                         "SchemaName":"new_ExtId","MaxLength":50})").status, 204);
  EXPECT_EQ(sim.send("POST", "EntityDefinitions(LogicalName='account')/Keys",
                     R"({"SchemaName":"new_ExtId_Key","KeyAttributes":["new_extid"]})").status, 204);
}

TEST(Rows, AClientChosenIdIsTakenOnceAndRefusedTwice) {
  Simulated sim;
  const std::string body = std::string(R"({"accountid":")") + id1 + R"(","name":"Contoso"})";

  EXPECT_EQ(sim.create("accounts", body), id1);
  Answered again = sim.send("POST", "accounts", body);

  EXPECT_EQ(again.status, 412);
  EXPECT_EQ(again.code(), "0x80040237");
}

TEST(Rows, APlainPatchUpdatesOrCreatesAndEtagsDecide) {
  Simulated sim;
  const std::string row = std::string("accounts(") + id1 + ")";

  EXPECT_EQ(sim.send("PATCH", row, R"({"name":"A"})", {{"If-Match", "*"}}).status, 404);
  EXPECT_EQ(sim.send("PATCH", row, R"({"name":"A"})").status, 204);
  EXPECT_EQ(sim.send("PATCH", row, R"({"name":"B"})", {{"If-None-Match", "*"}}).code(), "0x80040237");
  const std::string etag(sim.send("GET", row).headers.value_or("ETag", ""));
  EXPECT_EQ(sim.send("GET", row, "", {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(sim.send("PATCH", row, R"({"name":"C"})", {{"If-Match", etag}}).status, 204);
  EXPECT_EQ(sim.send("PATCH", row, R"({"name":"D"})", {{"If-Match", etag}}).code(), "0x80060882");
  EXPECT_EQ(sim.send("GET", row + "?$select=name").json()["name"].string_or(""), "C");
}

TEST(Rows, AKeyUrlIsEchoedAndItsValueUnique) {
  Simulated sim;
  add_external_key(sim);

  Answered made = sim.send("PATCH", "accounts(new_extid='AB-1')", R"({"name":"By key"})");
  Answered collision = sim.send("POST", "accounts", R"({"name":"z","new_extid":"ab-1"})");
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
  EXPECT_EQ(sim.send("PATCH", "accounts(new_extid='x')", R"({"name":"n"})").status, 204);
}

TEST(Rows, WrongNamesAndValuesGetThePlatformsCodes) {
  Simulated sim;
  sim.create("accounts", std::string(R"({"accountid":")") + id1 + R"(","name":"A"})");
  const auto refused = [&](const std::string& set, const std::string& body) {
    return sim.send("POST", set, body).code();
  };

  EXPECT_EQ(refused("contacts", R"({"nope":1})"), "0x80048d19");
  EXPECT_EQ(refused("contacts", R"({"parentcustomerid_Account@odata.bind":"/accounts(11111111-1111-4111-8111-111111111111)"})"), "0x80048d19");
  EXPECT_EQ(refused("contacts", R"({"_parentcustomerid_value":"11111111-1111-4111-8111-111111111111"})"), "0x80048d19");
  EXPECT_EQ(refused("contacts", R"({"parentcustomerid_account@odata.bind":"/accounts(21111111-1111-4111-8111-111111111111)"})"), "0x80040217");
  EXPECT_EQ(refused("accounts", R"({"name":")" + std::string(161, 'x') + R"("})"), "0x80044331");
  EXPECT_EQ(refused("accounts", R"({"accountcategorycode":9})"), "0x8004431a");
  EXPECT_EQ(refused("accounts", R"({"numberofemployees":-1})"), "0x8004432f");
  EXPECT_EQ(refused("accounts", R"({"numberofemployees":"7"})"), "0x80048d19");
  EXPECT_EQ(refused("contacts", R"({"birthdate":"2020-02-30"})"), "0x80048d19");
  EXPECT_EQ(refused("contacts", R"({"birthdate":"1700-01-01"})"), "0x80040239");
  EXPECT_EQ(refused("accounts", R"({"statecode":1,"statuscode":2})"), "0x80048408");
  EXPECT_EQ(refused("nothings", R"({})"), "0x80060888");
}

TEST(Rows, StampsCannotBeSentAndTheCreationDateIsSwapped) {
  Simulated sim;
  const std::string id = sim.create(
      "accounts", R"({"name":"A","createdon":"2001-01-01T00:00:00Z","overriddencreatedon":"2015-05-06T07:08:09Z"})");

  json::Value row;
  Answered read = sim.send("GET", "accounts(" + id + ")?$select=createdon,overriddencreatedon");
  row = read.json();

  EXPECT_EQ(row["createdon"].string_or(""), "2015-05-06T07:08:09Z");
  EXPECT_EQ(row["overriddencreatedon"].string_or("").substr(0, 10), "2026-11-02");
}

TEST(Rows, SinglePropertiesCanBeReadReplacedAndCleared) {
  Simulated sim;
  const std::string row = "accounts(" + sim.create("accounts", R"({"name":"A","telephone1":"1"})") + ")";

  EXPECT_EQ(sim.send("PUT", row + "/name", R"({"value":"B"})").status, 204);
  EXPECT_EQ(sim.send("DELETE", row + "/telephone1").status, 204);

  EXPECT_EQ(sim.send("GET", row + "/name/$value").body, "B");
  EXPECT_EQ(sim.send("GET", row + "/telephone1").status, 204);
}

TEST(Rows, ManyToManyLinksAreMadeOnceAndRemoved) {
  Simulated sim;
  const std::string lead = sim.create("leads", R"({"subject":"L","lastname":"X"})");
  const std::string account = sim.create("accounts", R"({"name":"A"})");
  const std::string ref = "accounts(" + account + ")/accountleads_association/$ref";
  const std::string body = R"({"@odata.id":"leads()" + lead + R"()"})";

  EXPECT_EQ(sim.send("POST", ref, body).status, 204);
  EXPECT_EQ(sim.send("POST", ref, body).code(), "0x80040237");
  EXPECT_EQ(sim.send("GET", "accounts(" + account + ")/accountleads_association").json()["value"].size(), 1U);
  EXPECT_EQ(sim.send("DELETE", "accounts(" + account + ")/accountleads_association(" + lead + ")/$ref").status, 204);
  EXPECT_EQ(sim.send("GET", "accounts(" + account + ")/accountleads_association").json()["value"].size(), 0U);
}

TEST(Rows, ALoopInAHierarchyIsRefused) {
  Simulated sim;
  const std::string top = sim.create("accounts", R"({"name":"top"})");
  const std::string low = sim.create("accounts", R"({"name":"low","parentaccountid@odata.bind":"/accounts()" + top + R"()"})");

  Answered loop = sim.send("PATCH", "accounts(" + top + ")", R"({"parentaccountid@odata.bind":"accounts()" + low + R"()"})");

  EXPECT_EQ(loop.code(), "0x80040507");
}

}  // namespace
}  // namespace flit::sim::dataverse
