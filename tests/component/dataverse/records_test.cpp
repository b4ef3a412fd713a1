// More of the tables with rules of their own, the values of §10, the bin of §14 and the limits of
// §8.

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

std::string bound(const std::string& navigation, const std::string& set, const std::string& id) {
  return "\"" + navigation + "@odata.bind\":\"/" + set + "(" + id + ")\"";
}

TEST(Duplicates, AreLookedForOnlyWhenTheHeaderAsks) {
  Simulated sim;
  const Headers detect{{"MSCRM.SuppressDuplicateDetection", "false"}};
  sim.create("contacts", R"j({"lastname":"A","emailaddress1":"a@x.example"})j");
  const std::string again = R"j({"lastname":"B","emailaddress1":"A@x.example"})j";

  Answered refused = sim.send("POST", "contacts", again, detect);

  EXPECT_EQ(refused.status, 412);
  EXPECT_EQ(refused.code(), "0x80040333");
  EXPECT_EQ(sim.send("POST", "contacts", again).status, 204);
}

TEST(Sales, AnOpportunityIsLostAndOpenedAgain) {
  Simulated sim;
  const std::string id = sim.create("opportunities", R"j({"name":"O"})j");
  const std::string path = "opportunities(" + id + ")";
  const std::string lose =
      R"j({"Status":4,"OpportunityClose":{"subject":"Lost","actualend":"2020-05-01T00:00:00Z",)j" +
      bound("opportunityid", "opportunities", id) + "}}";
  const auto state = [&] {
    return sim.send("GET", path + "?$select=statecode").json()["statecode"].as_integer();
  };

  EXPECT_EQ(sim.send("POST", "LoseOpportunity", lose).status, 204);
  EXPECT_EQ(state(), 2);
  EXPECT_EQ(
      sim.send("GET", path + "?$select=actualclosedate").json()["actualclosedate"].string_or(""),
      "2020-05-01");
  EXPECT_EQ(sim.send("POST", "LoseOpportunity", lose).code(), "0x80040515");
  EXPECT_EQ(sim.send("PATCH", path, R"j({"name":"x"})j").code(), "0x80040230");
  EXPECT_EQ(sim.send("PATCH", path, R"j({"statecode":0,"statuscode":1})j").status, 204);
  EXPECT_EQ(state(), 0);
}

TEST(Sales, ALeadIsClosedByAPlainChangeOfState) {
  Simulated sim;
  const std::string path =
      "leads(" + sim.create("leads", R"j({"subject":"s","lastname":"l"})j") + ")";

  EXPECT_EQ(sim.send("PATCH", path, R"j({"statecode":1,"statuscode":3})j").status, 204);
  EXPECT_EQ(sim.send("PATCH", path, R"j({"statecode":2,"statuscode":4})j").code(), "0x80040519");
}

TEST(States, OfANewRowAreTheDefaultAndAForeignStatusIsRefused) {
  Simulated sim;

  Answered made = sim.send("POST", "accounts", R"j({"name":"A","statecode":1})j",
                           {{"Prefer", "return=representation"}});
  Answered refused = sim.send("POST", "accounts", R"j({"name":"A","statecode":1,"statuscode":2})j");

  EXPECT_EQ(made.json()["statecode"].as_integer(), 0);
  EXPECT_EQ(refused.code(), "0x80048408");
  EXPECT_NE(
      refused.body.find(
          "2 is not a valid status code for state code AccountState.Active on account with Id"),
      std::string::npos);
}

TEST(Customers, HaveAddressRowsThatFollowThem) {
  Simulated sim;
  const std::string account = sim.create("accounts", R"j({"name":"A","address1_city":"Bergen"})j");
  const std::string contact = sim.create("contacts", R"j({"lastname":"C"})j");
  const auto addresses = [&](const std::string& parent) {
    return sim.send(
        "GET", "customeraddresses?$select=city&$orderby=addressnumber&$filter=_parentid_value eq " +
                   parent);
  };

  EXPECT_EQ(addresses(account).json()["value"].size(), 2U);
  EXPECT_EQ(addresses(contact).json()["value"].size(), 3U);
  EXPECT_EQ(addresses(account).first()["city"].string_or(""), "Bergen");
  sim.send("PATCH", "accounts(" + account + ")", R"j({"address1_city":"Oslo"})j");
  EXPECT_EQ(addresses(account).first()["city"].string_or(""), "Oslo");
}

TEST(Activities, TakeUnresolvedAddressesAndHaveTheirPartiesReplaced) {
  Simulated sim;
  const std::string email = sim.create(
      "emails",
      R"j({"subject":"s","email_activity_parties":[{"addressused":"x@y.example","participationtypemask":2}]})j");
  const auto parties = [&] {
    return sim.send("GET", "activityparties?$filter=_activityid_value eq " + email +
                               " and participationtypemask eq 2&$select=addressused");
  };

  EXPECT_EQ(parties().first()["addressused"].string_or(""), "x@y.example");
  EXPECT_EQ(
      sim.send(
             "PUT", "emails(" + email + ")/email_activity_parties",
             R"j({"value":[{"addressused":"a@b.example","participationtypemask":2},{"addressused":"c@d.example","participationtypemask":2}]})j")
          .status,
      204);
  EXPECT_EQ(parties().json()["value"].size(), 2U);
  EXPECT_EQ(
      sim.send(
             "POST", "emails",
             R"j({"subject":"s","email_activity_parties":[{"addressused":"nonsense","participationtypemask":2}]})j")
          .code(),
      "0x80043518");
  EXPECT_EQ(sim.send("POST", "activityparties", "{}").code(), "0x80040800");
}

TEST(Activities, OfThePastAreClosedAsSent) {
  Simulated sim;
  const std::string path =
      "emails(" + sim.create("emails", R"j({"subject":"s","directioncode":true})j") + ")";

  EXPECT_EQ(sim.send("PATCH", path, R"j({"statecode":1,"statuscode":3})j").status, 204);
  EXPECT_EQ(sim.send("GET", path + "?$select=statuscode").json()["statuscode"].as_integer(), 3);
}

TEST(Connections, CheckTheRolesOfBothSides) {
  Simulated sim;
  const std::string account = sim.create("accounts", R"j({"name":"A"})j");
  const std::string contact = sim.create("contacts", R"j({"lastname":"C"})j");
  const std::string boss = sim.create("connectionroles", R"j({"name":"Boss","category":1})j");
  const std::string aide = sim.create("connectionroles", R"j({"name":"Aide","category":1})j");
  sim.create("connectionroleobjecttypecodes",
             R"j({"associatedobjecttypecode":"contact",)j" +
                 bound("connectionroleid", "connectionroles", boss) + "}");
  const auto connect = [&](const std::string& role1, const std::string& role2) {
    return sim.send(
        "POST", "connections",
        "{" + bound("record1id_account", "accounts", account) + "," +
            bound("record2id_contact", "contacts", contact) +
            (role1.empty() ? "" : "," + bound("record1roleid", "connectionroles", role1)) +
            (role2.empty() ? "" : "," + bound("record2roleid", "connectionroles", role2)) + "}");
  };

  EXPECT_EQ(connect(boss, "").code(), "0x80048215");
  EXPECT_EQ(connect(aide, boss).code(), "0x80048216");
  EXPECT_EQ(
      sim.send("POST", "connectionroles(" + aide + ")/connectionroleassociation_association/$ref",
               R"j({"@odata.id":"connectionroles()j" + boss + R"j()"})j")
          .status,
      204);
  EXPECT_EQ(connect(aide, boss).status, 204);
}

TEST(Owners, AccessTeamsCannotOwnAndOwnerTeamsCan) {
  Simulated sim;
  const auto owned_by = [&](const std::string& team) {
    Answered found = sim.send("GET", "teams?$select=name&$filter=name eq '" + team + "'");
    return sim.send(
        "POST", "accounts",
        R"j({"name":"A",)j" +
            bound("ownerid", "teams", std::string(found.first()["teamid"].string_or(""))) + "}");
  };

  EXPECT_EQ(owned_by("Access Team").code(), "0x80048340");
  EXPECT_EQ(owned_by("Sales Team").status, 204);
}

TEST(Bin, ARowComesBackUnlessItsIdIsTakenAgain) {
  SimulatorSettings settings;
  settings.organization.recycle_bin = true;
  Simulated sim(settings);
  const std::string id = sim.create("accounts", R"j({"name":"first"})j");
  const std::string body =
      R"j({"Target":{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":")j" + id + "\"}}";

  EXPECT_EQ(sim.send("DELETE", "accounts(" + id + ")").status, 204);
  EXPECT_EQ(sim.send("POST", "accounts", R"j({"name":"second","accountid":")j" + id + "\"}").status,
            204);
  EXPECT_EQ(sim.send("POST", "Restore", body).code(), "0x80049939");
  EXPECT_EQ(sim.send("DELETE", "accounts(" + id + ")").status, 204);
  EXPECT_EQ(sim.send("POST", "Restore", body).status, 200);
  EXPECT_EQ(sim.send("GET", "accounts(" + id + ")?$select=name").json()["name"].string_or(""),
            "first");
}

TEST(Bin, FetchXmlReadsWhatWasDeleted) {
  SimulatorSettings settings;
  settings.organization.recycle_bin = true;
  Simulated sim(settings);
  const std::string gone = sim.create("accounts", R"j({"name":"gone"})j");
  sim.create("accounts", R"j({"name":"here"})j");
  sim.send("DELETE", "accounts(" + gone + ")");
  const auto names = [&](const std::string& attributes) {
    return sim.send("GET", "accounts?fetchXml=<fetch" + attributes +
                               "><entity%20name='account'><attribute%20name='name'/><filter>"
                               "<condition%20attribute='name'%20operator='not-null'/></filter>"
                               "</entity></fetch>");
  };

  Answered bin = names("%20datasource='bin'");

  ASSERT_EQ(bin.json()["value"].size(), 1U) << bin.body;
  EXPECT_EQ(bin.first()["accountid"].string_or(""), gone);
  EXPECT_EQ(names("").first()["name"].string_or(""), "here");
}

struct Bad {
  std::string table;
  std::string body;
  std::string code;
};

class BadValues : public ::testing::TestWithParam<Bad> {};

TEST_P(BadValues, AreRefusedWithTheirOwnCodes) {
  Simulated sim;

  EXPECT_EQ(sim.send("POST", GetParam().table, GetParam().body).code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadValues,
    testing::Values(
        Bad{"accounts", R"j({"name":")j" + std::string(161, 'x') + "\"}", "0x80044331"},
        Bad{"accounts", R"j({"numberofemployees":-1})j", "0x8004432f"},
        Bad{"accounts", R"j({"numberofemployees":"7"})j", "0x80048d19"},
        Bad{"accounts", R"j({"numberofemployees":99999999999})j", "0x80048d19"},
        Bad{"accounts", R"j({"creditonhold":1})j", "0x80048d19"},
        Bad{"accounts", R"j({"revenue":922337203685478})j", "0x80040317"},
        Bad{"accounts", R"j({"revenue":5,"transactioncurrencyid@odata.bind":null})j", "0x80048cfb"},
        Bad{"contacts", R"j({"birthdate":"1752-12-31"})j", "0x80040239"},
        Bad{"contacts", R"j({"birthdate":"2000-02-30"})j", "0x80048d19"},
        Bad{"accounts", R"j({"accountcategorycode":3})j", "0x8004431a"},
        Bad{"accounts", R"j({"accountid":"nonsense"})j", "0x80048d19"},
        Bad{"accounts", R"j({"overriddencreatedon":"2099-01-01T00:00:00Z"})j", "0x80040203"},
        Bad{"annotations", R"j({"documentbody":"no base64!"})j", "0x80040203"}),
    [](const auto& bad) {
      return test_name(bad.param.code + "_" + bad.param.table + "_" + bad.param.body);
    });

TEST(Values, MoneyIsConvertedWithTheRateOfItsCurrency) {
  Simulated sim;
  const std::string krone = sim.create(
      "transactioncurrencies",
      R"j({"currencyname":"Krone","isocurrencycode":"NOK","currencysymbol":"kr","currencyprecision":2,"exchangerate":10})j");

  const std::string path =
      "accounts(" +
      sim.create("accounts", R"j({"revenue":125.005,)j" +
                                 bound("transactioncurrencyid", "transactioncurrencies", krone) +
                                 "}") +
      ")";

  Answered read = sim.send("GET", path + "?$select=revenue,revenue_base,exchangerate");
  EXPECT_EQ(read.json()["revenue"].as_number(), "125.0100");
  EXPECT_EQ(read.json()["revenue_base"].as_number(), "12.5010");
  EXPECT_EQ(read.json()["exchangerate"].as_number(), "10");
}

TEST(Values, InstantsKeepTheirOffsetAndDatesTheirDay) {
  Simulated sim;
  const std::string task =
      sim.create("tasks", R"j({"subject":"t","scheduledend":"2020-01-01T12:00:00-08:00"})j");
  const std::string contact =
      sim.create("contacts", R"j({"lastname":"C","birthdate":"1980-02-29"})j");

  EXPECT_EQ(sim.send("GET", "tasks(" + task + ")?$select=scheduledend")
                .json()["scheduledend"]
                .string_or(""),
            "2020-01-01T20:00:00Z");
  EXPECT_EQ(sim.send("GET", "contacts(" + contact + ")?$select=birthdate")
                .json()["birthdate"]
                .string_or(""),
            "1980-02-29");
}

TEST(Values, FullNamesAndAddressesAreComputed) {
  Simulated sim;
  const std::string id = sim.create(
      "contacts",
      R"j({"firstname":"Ann","lastname":"Lee","fullname":"ignored","address1_line1":"Street 1","address1_city":"Bergen","address1_postalcode":"5003","address1_country":"Norway"})j");

  Answered read = sim.send("GET", "contacts(" + id + ")?$select=fullname,address1_composite");

  EXPECT_EQ(read.json()["fullname"].string_or(""), "Ann Lee");
  EXPECT_EQ(read.json()["address1_composite"].string_or(""), "Street 1\r\nBergen 5003\r\nNorway");
}

TEST(Limits, ExecutionTimeAndConcurrencyHaveTheirOwnCodes) {
  SimulatorSettings settings;
  settings.limits = true;
  settings.protection.execution = std::chrono::seconds(1);
  settings.cost.base = std::chrono::seconds(2);
  Simulated slow(settings);
  EXPECT_EQ(slow.send("GET", "WhoAmI").status, 200);

  Answered spent = slow.send("GET", "WhoAmI");
  EXPECT_EQ(spent.status, 429);
  EXPECT_EQ(spent.code(), "0x80072321");

  settings.protection = {.concurrent = 1};
  Simulated busy(settings);  // the first answer leaves two seconds after its request
  EXPECT_EQ(busy.send("GET", "WhoAmI").status, 200);
  EXPECT_EQ(busy.send("GET", "WhoAmI").code(), "0x80072326");
  busy.machine.advance(std::chrono::seconds(3));
  Answered later = busy.send("GET", "WhoAmI");
  EXPECT_EQ(later.status, 200);
  EXPECT_EQ(later.headers.value_or("x-ms-dop-hint", ""), "5");
  EXPECT_TRUE(later.headers.contains("x-ms-ratelimit-time-remaining-xrm-requests"));
}

TEST(Limits, TheBestRateFollowsFromTheCostModel) {
  SimulatorSettings settings;
  settings.limits = true;
  settings.servers = 2;
  Simulated sim(settings);

  // 20 ms + 1,000 × 3.5 ms + 15,000 × 30 µs = 3.97 s for 1,000 rows; 4 s of execution a second.
  EXPECT_NEAR(sim.simulator.best_rows_per_second(), 2 * 4 / 0.00397, 0.01);
}

}  // namespace
}  // namespace flit::sim::dataverse
