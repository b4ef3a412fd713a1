// Bulk messages, batches, limits and the state digest (fact sheet §6, §7, §8).

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr const char* create_many = "accounts/Microsoft.Dynamics.CRM.CreateMultiple";

std::string targets(const std::string& rows) {
  return R"j({"Targets":[)j" + rows + "]}";
}
std::string account(const std::string& rest) {
  return R"j({"@odata.type":"Microsoft.Dynamics.CRM.account",)j" + rest + "}";
}
std::size_t accounts(Simulated& sim) {
  return sim.send("GET", "accounts?$select=name").json()["value"].size();
}

TEST(Bulk, CreateMultipleGivesIdsInOrderOrNothingAtAll) {
  Simulated sim;

  Answered made = sim.send("POST", create_many,
                           targets(account(R"j("name":"A")j") + "," + account(R"j("name":"B")j")));
  Answered failed = sim.send(
      "POST", create_many,
      targets(account(R"j("name":"C")j") + "," + account(R"j("accountcategorycode":99)j")));

  EXPECT_EQ(made.json()["Ids"].size(), 2U);
  EXPECT_EQ(failed.code(), "0x8004431a");
  EXPECT_EQ(accounts(sim), 2U);
}

TEST(Bulk, OnlyTablesThatTakeTheMessageTakeIt) {
  Simulated sim;

  EXPECT_EQ(sim.send("POST", "tasks/Microsoft.Dynamics.CRM.CreateMultiple", targets("")).code(),
            "0x80040800");
  EXPECT_EQ(sim.send("POST", "accounts/Microsoft.Dynamics.CRM.DeleteMultiple", targets("")).status,
            501);
  const std::string probe =
      "sdkmessagefilters?$select=sdkmessagefilterid&$filter=sdkmessageid/name eq @m and "
      "primaryobjecttypecode eq @t&@m='CreateMultiple'&@t=";
  EXPECT_EQ(sim.send("GET", probe + "'account'").json()["value"].size(), 1U);
  EXPECT_EQ(sim.send("GET", probe + "'task'").json()["value"].size(), 0U);
}

TEST(Bulk, UpsertMultipleRefusesARepeatedKeyOnlyForNewRows) {
  Simulated sim;
  sim.send(
      "POST", "EntityDefinitions(LogicalName='account')/Attributes",
      R"j({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"new_ExtId","MaxLength":50})j");
  sim.send("POST", "EntityDefinitions(LogicalName='account')/Keys",
           R"j({"SchemaName":"new_Key","KeyAttributes":["new_extid"]})j");
  const std::string upsert = "accounts/Microsoft.Dynamics.CRM.UpsertMultiple";
  const std::string plain =
      targets(account(R"j("@odata.id":"accounts(new_extid='1')","name":"x")j"));
  const std::string repeated =
      targets(account(R"j("@odata.id":"accounts(new_extid='1')","new_extid":"1","name":"y")j"));

  EXPECT_EQ(sim.send("POST", upsert, repeated).code(), "0x80040216");
  EXPECT_EQ(sim.send("POST", upsert, plain).status, 204);
  EXPECT_EQ(sim.send("POST", upsert, repeated).status, 204);
  EXPECT_EQ(accounts(sim), 1U);
}

TEST(Batch, AChangeSetIsOneTransactionAndKnowsItsContentIds) {
  Simulated sim;
  const auto batch = [](const std::string& second) {
    return std::string(
               "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: "
               "application/http\r\n"
               "Content-Transfer-Encoding: binary\r\nContent-ID: 1\r\n\r\nPOST "
               "/api/data/v9.2/accounts HTTP/1.1\r\n"
               "Content-Type: application/json\r\n\r\n{\"name\":\"A\"}\r\n--c\r\nContent-Type: "
               "application/http\r\n"
               "Content-Transfer-Encoding: binary\r\nContent-ID: 2\r\n\r\nPOST "
               "/api/data/v9.2/tasks HTTP/1.1\r\n"
               "Content-Type: application/json\r\n\r\n") +
           second + "\r\n--c--\r\n--b--\r\n";
  };
  const Headers multipart{{"Content-Type", "multipart/mixed; boundary=b"}};

  Answered good = sim.send(
      "POST", "$batch",
      batch(R"j({"subject":"t","regardingobjectid_account_task@odata.bind":"$1"})j"), multipart);
  Answered bad = sim.send("POST", "$batch", batch(R"j({"nope":1})j"), multipart);

  EXPECT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(accounts(sim), 1U);
  EXPECT_EQ(
      sim.send("GET", "tasks?$filter=_regardingobjectid_value ne null").json()["value"].size(), 1U);
}

TEST(Limits, TheRequestLimitAnswersWithItsCodeAndAGrowingRetryAfter) {
  SimulatorSettings settings;
  settings.limits = true;
  settings.protection.requests = 3;
  Simulated sim(settings);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sim.send("GET", "WhoAmI").status, 200);

  Answered first = sim.send("GET", "WhoAmI");
  sim.machine.advance(std::chrono::seconds(2));
  Answered second = sim.send("GET", "WhoAmI");

  EXPECT_EQ(first.status, 429);
  EXPECT_EQ(first.code(), "0x80072322");
  EXPECT_GE(std::stoi(std::string(second.headers.value_or("Retry-After", "0"))),
            std::stoi(std::string(first.headers.value_or("Retry-After", "0"))));
  sim.machine.advance(std::chrono::seconds(301));
  EXPECT_EQ(sim.send("GET", "WhoAmI").status, 200);
}

TEST(Limits, EachServerHasItsOwnBudgetAndTheCookiePins) {
  SimulatorSettings settings;
  settings.limits = true;
  settings.protection.requests = 2;
  settings.servers = 2;
  Simulated sim(settings);
  const auto pinned = [&] {
    return sim.send("GET", "WhoAmI", "", {{"Cookie", "ARRAffinity=0"}}).status;
  };

  EXPECT_EQ(pinned(), 200);
  EXPECT_EQ(pinned(), 200);
  EXPECT_EQ(pinned(), 429);
  EXPECT_EQ(sim.send("GET", "WhoAmI", "", {{"Cookie", "ARRAffinity=1"}}).status, 200);
}

TEST(Digest, DoesNotDependOnTheOrderOfArrivalButOnEveryCell) {
  Simulated one, other;
  one.create("accounts", R"j({"name":"A"})j");
  one.create("accounts", R"j({"name":"B"})j");
  other.machine.advance(std::chrono::hours(1));
  other.create("accounts", R"j({"name":"B"})j");
  const std::string a = other.create("accounts", R"j({"name":"A"})j");

  EXPECT_EQ(one.simulator.digest().digest(), other.simulator.digest().digest());
  other.send("PATCH", "accounts(" + a + ")", R"j({"telephone1":"1"})j");
  EXPECT_NE(one.simulator.digest().digest(), other.simulator.digest().digest());
}

TEST(Identity, AWrongSecretOrAnExpiredTokenIsRefused) {
  Simulated sim;
  const auto token = [&](const std::string& secret) {
    return sim.simulator.handle(*Request::make(
        "POST", "/t/oauth2/v2.0/token", {},
        "grant_type=client_credentials&client_id=flit&scope=x&client_secret=" + secret));
  };

  EXPECT_EQ(token("wrong").status, 401);
  const Response good = token("flit");
  const auto document = json::parse(good.body);
  const Headers bearer{
      {"Authorization", "Bearer " + std::string(document->root()["access_token"].string_or(""))}};
  EXPECT_EQ(sim.send("GET", "WhoAmI", "", bearer).status, 200);
  sim.machine.advance(std::chrono::seconds(3600));
  EXPECT_EQ(sim.send("GET", "WhoAmI", "", bearer).status, 401);
}

}  // namespace
}  // namespace flit::sim::dataverse
