// What the platform refuses before it looks at rows, and the forms it answers in (fact sheet §2,
// §3, §4, §9, §15).

#include "base/encoding.hpp"
#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

struct Unknown {
  std::string method;
  std::string path;
  int status;
  std::string body{};
};

class UnknownNames : public ::testing::TestWithParam<Unknown> {};

TEST_P(UnknownNames, GetThePlatformsOwnErrorAndNever200) {
  Simulated sim;

  Answered answer = sim.send(GetParam().method, GetParam().path, GetParam().body);

  EXPECT_EQ(answer.status, GetParam().status) << answer.body;
  EXPECT_EQ(answer.code().substr(0, 2), "0x") << answer.body;
}

INSTANTIATE_TEST_SUITE_P(
    Table, UnknownNames,
    testing::Values(Unknown{"GET", "nothings", 404}, Unknown{"GET", "NoFunction()", 404},
                    Unknown{"POST", "NoAction", 404, "{}"}, Unknown{"GET", "accounts?$skip=1", 400},
                    Unknown{"GET", "accounts?$nope=1", 400}, Unknown{"GET", "accounts?nope=1", 400},
                    Unknown{"GET", "accounts?$select=nope", 400},
                    Unknown{"GET", "accounts?$filter=nope%20eq%201", 400},
                    Unknown{"GET", "accounts?$filter=name%20eq", 400},
                    Unknown{"GET", "accounts?$orderby=nope", 400},
                    Unknown{"GET", "accounts?$expand=nope", 400},
                    Unknown{"GET", "accounts?$select=owneridname", 400},
                    Unknown{"GET", "accounts?$top=x", 400}, Unknown{"PUT", "accounts", 405, "{}"},
                    Unknown{"DELETE", "accounts", 405}, Unknown{"GET", "WinOpportunity", 405},
                    Unknown{"POST", "WhoAmI", 405, "{}"}, Unknown{"GET", "accounts(nonsense)", 400},
                    Unknown{"POST", "accounts", 400, "not json"},
                    Unknown{"POST", "accounts", 400, "[]"}, Unknown{"POST", "accounts", 400, "1"},
                    Unknown{"POST", "accounts", 400, R"({"nope":1})"},
                    Unknown{"POST", "accounts", 400, R"j({"name@odata.bind":"/contacts(1)"})j"},
                    Unknown{"PATCH", "EntityDefinitions(LogicalName='account')", 405, "{}"},
                    Unknown{"GET", "EntityDefinitions(LogicalName='nope')", 404}),
    [](const auto& name) {
      return test_name(name.param.method + "_" + name.param.path + "_" + name.param.body);
    });

TEST(Protocol, AnotherVersionOrServiceIsNotThere) {
  Simulated sim;
  const auto get = [&](const std::string& url) {
    return sim.simulator
        .handle(*Request::make("GET", url, {{"Authorization", "Bearer " + sim.token}}))
        .status;
  };

  EXPECT_EQ(get("/api/data/v9.0/WhoAmI"), 200);
  EXPECT_EQ(get("/api/data/v9.1/WhoAmI"), 200);
  EXPECT_EQ(get("/api/data/v8.2/WhoAmI"), 404);
  EXPECT_EQ(get("/XRMServices/2011/Organization.svc"), 404);
}

TEST(Protocol, ABodyIsJson) {
  Simulated sim;

  Answered xml = sim.send("POST", "accounts", "<a/>", {{"Content-Type", "application/xml"}});
  Answered named =
      sim.send("POST", "accounts", R"({"name":"A"})",
               {{"Content-Type", "application/json; charset=utf-8; odata.metadata=minimal"}});

  EXPECT_EQ(xml.code(), "0x80060888");
  EXPECT_EQ(named.status, 204);
}

TEST(Protocol, WithoutATokenNothingIsToldBut401AndWhereToGo) {
  Simulated sim;
  const Response answer = sim.simulator.handle(*Request::make("GET", "/api/data/v9.2/WhoAmI"));

  EXPECT_EQ(answer.status, 401);
  EXPECT_NE(answer.headers.value_or("WWW-Authenticate", "").find("authorization_uri="),
            std::string_view::npos);
  EXPECT_EQ(sim.send("GET", "WhoAmI", "", {{"Authorization", "Bearer nonsense"}}).status, 401);
}

TEST(Protocol, EtagsAreRowVersionsThatGrow) {
  Simulated sim;
  const std::string path = "accounts(" + sim.create("accounts", R"({"name":"A"})") + ")";
  const auto version = [&] {
    Answered read = sim.send("GET", path + "?$select=name,versionnumber");
    const std::int64_t number = read.json()["versionnumber"].as_integer().value_or(0);
    const std::string tag = "W/\"" + std::to_string(number) + "\"";
    EXPECT_EQ(read.json()["@odata.etag"].string_or(""), tag);
    EXPECT_EQ(read.headers.value_or("ETag", ""), tag);
    return number;
  };

  const std::int64_t before = version();
  sim.send("PATCH", path, R"({"name":"B"})");

  EXPECT_GT(version(), before);
}

TEST(Protocol, ARowCreatesItsRelativesInOneTransaction) {
  Simulated sim;
  const std::string deep =
      R"({"name":"A","primarycontactid":{"firstname":"P","lastname":"C"},
          "opportunity_customer_accounts":[{"name":"O",
            "Opportunity_Tasks":[{"subject":"T"}]}]})";

  EXPECT_EQ(sim.send("POST", "accounts", deep).status, 204);
  Answered read = sim.send("GET",
                           "accounts?$select=name&$expand=primarycontactid($select=fullname),"
                           "opportunity_customer_accounts($select=name)");
  const json::Value row = read.first();
  EXPECT_EQ(row.at_path("primarycontactid.fullname").string_or(""), "P C") << read.body;
  EXPECT_EQ(row["opportunity_customer_accounts"].size(), 1U);
  EXPECT_EQ(
      sim.send("GET", "tasks?$filter=_regardingobjectid_value ne null").json()["value"].size(), 1U);

  const std::string bad = R"({"name":"B","primarycontactid":{"lastname":"D","nope":1}})";
  EXPECT_EQ(sim.send("POST", "accounts", bad).code(), "0x80048d19");
  EXPECT_EQ(sim.send("GET", "accounts/$count").body, "1");
}

TEST(Protocol, RawValuesArePlainText) {
  Simulated sim;
  const std::string path =
      "accounts(" + sim.create("accounts", R"({"name":"Müller","numberofemployees":7})") + ")";

  Answered name = sim.send("GET", path + "/name/$value");
  EXPECT_EQ(name.body, "Müller");
  EXPECT_TRUE(name.headers.value_or("Content-Type", "").starts_with("text/plain"));
  EXPECT_EQ(sim.send("GET", path + "/numberofemployees/$value").body, "7");
  EXPECT_EQ(sim.send("GET", path + "/description/$value").status, 204);
  EXPECT_EQ(sim.send("GET", path + "/name").json()["value"].string_or(""), "Müller");
}

TEST(Protocol, RefsOfBothKindsAreReadMadeAndRemoved) {
  Simulated sim;
  const std::string account = sim.create("accounts", R"({"name":"A"})");
  const std::string contact = sim.create("contacts", R"({"lastname":"C"})");
  const std::string path = "accounts(" + account + ")";
  const std::string named =
      R"({"@odata.id":"http://sim.example/api/data/v9.2/contacts()" + contact + ")\"}";
  const auto members = [&] {
    return sim.send("GET", path + "/contact_customer_accounts?$select=fullname")
        .json()["value"]
        .size();
  };

  EXPECT_EQ(sim.send("PUT", path + "/primarycontactid/$ref", named).status, 204);
  EXPECT_EQ(sim.send("GET", path + "/primarycontactid/$ref").json()["@odata.id"].string_or(""),
            "http://sim.example/api/data/v9.2/contacts(" + contact + ")");
  EXPECT_EQ(sim.send("DELETE", path + "/primarycontactid/$ref").status, 204);
  EXPECT_EQ(sim.send("GET", path + "/primarycontactid/$ref").status, 204);

  EXPECT_EQ(sim.send("POST", path + "/contact_customer_accounts/$ref", named).status, 204);
  EXPECT_EQ(members(), 1U);
  EXPECT_EQ(
      sim.send("DELETE", path + "/contact_customer_accounts/$ref?$id=contacts(" + contact + ")")
          .status,
      204);
  EXPECT_EQ(members(), 0U);
  EXPECT_EQ(sim.send("POST", path + "/contact_customer_accounts/$ref", named).status, 204);
  EXPECT_EQ(sim.send("DELETE", path + "/contact_customer_accounts(" + contact + ")/$ref").status,
            204);
  EXPECT_EQ(members(), 0U);
  EXPECT_EQ(sim.send("POST", path + "/primarycontactid/$ref",
                     R"({"@odata.id":"accounts()" + account + ")\"}")
                .code(),
            "0x80048d19");
}

TEST(Protocol, ErrorsCarryAnnotationsOnlyWhenAskedFor) {
  Simulated sim;
  const Headers all{{"Prefer", "odata.include-annotations=\"*\""}};

  EXPECT_EQ(sim.send("POST", "accounts", R"({"nope":1})").body.find("@Microsoft"),
            std::string::npos);
  EXPECT_NE(sim.send("POST", "accounts", R"({"nope":1})", all)
                .body.find("@Microsoft.PowerApps.CDS.InnerError.Message"),
            std::string::npos);
}

TEST(Protocol, ProfessionalMayBeHeldToFifteenTables) {
  SimulatorSettings settings;
  settings.organization.licence = Licence::professional;
  settings.organization.readings.enforce_custom_table_cap = true;
  Simulated sim(settings);
  const auto create = [&](int number) {
    return sim
        .send("POST", "EntityDefinitions",
              R"({"SchemaName":"new_T)" + std::to_string(number) +
                  R"(","OwnershipType":"UserOwned","Attributes":[{"@odata.type":)"
                  R"("Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"new_Name",)"
                  R"("IsPrimaryName":true,"MaxLength":100}]})")
        .status;
  };

  for (int i = 0; i < 15; ++i) EXPECT_EQ(create(i), 204) << i;
  EXPECT_EQ(create(15), 400);
}

/// Issue 3: what is not understood is never answered with a silent 200 (§2).
TEST(Protocol, OtherVersionsAndTypesAreRefused) {
  Simulated sim;
  const auto with = [&](const char* name, const char* value) {
    return sim.send("GET", "accounts", "", {{name, value}});
  };

  EXPECT_EQ(with("OData-Version", "3.0").code(), "0x80060888");
  EXPECT_EQ(with("OData-MaxVersion", "3.0").status, 400);
  EXPECT_EQ(with("Accept", "application/xml").status, 415);
  EXPECT_EQ(with("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8").status, 200);
  EXPECT_EQ(with("Accept", "application/json;odata.metadata=minimal").status, 200);
  EXPECT_EQ(with("OData-MaxVersion", "4.01").status, 200);
}

TEST(Protocol, ANameThatComesTwiceIsRefusedWhateverStoodThereBefore) {
  Simulated sim;
  const auto targets = [&](const std::string& second) {
    return sim.send(
        "POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple",
        R"j({"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"A","fax":"1"},{"@odata.type":"Microsoft.Dynamics.CRM.account",)j" +
            second + "}]}");
  };

  EXPECT_EQ(sim.send("POST", "accounts", R"j({"name":"A","name":"B"})j").code(), "0x80048d19");
  EXPECT_EQ(targets(R"j("fax":"1","fax":"2")j").code(), "0x80048d19");
  EXPECT_EQ(targets(R"j("name":"A","name":"B")j").code(), "0x80048d19");
  EXPECT_EQ(targets(R"j("fax":"1","name":"B")j").status, 200);
}

TEST(Protocol, AFunctionHasItsParametersOnly) {
  Simulated sim;

  EXPECT_EQ(sim.send("GET", "WhoAmI(x=1)").status, 404);
  EXPECT_EQ(sim.send("GET", "WhoAmI()").status, 200);
  EXPECT_EQ(sim.send("GET", "RetrieveTotalRecordCount(EntityName='account')").status, 404);
}

TEST(Protocol, ASolutionThatIsNamedMustExist) {
  Simulated sim;
  const std::string column =
      R"j({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"new_X","MaxLength":10,"DisplayName":{"LocalizedLabels":[{"Label":"X","LanguageCode":1033}]}})j";
  const std::string attributes = "EntityDefinitions(LogicalName='account')/Attributes";

  EXPECT_EQ(sim.send("POST", attributes, column, {{"MSCRM.SolutionUniqueName", "nosuch"}}).code(),
            "0x80040217");
  EXPECT_EQ(
      sim.send(
             "POST", "InsertOptionValue",
             R"j({"EntityLogicalName":"account","AttributeLogicalName":"industrycode","Label":{"LocalizedLabels":[{"Label":"X","LanguageCode":1033}]},"SolutionUniqueName":"nosuch"})j")
          .code(),
      "0x80040217");
  EXPECT_EQ(sim.send("POST", attributes, column, {{"MSCRM.SolutionUniqueName", "Default"}}).status,
            204);
  EXPECT_EQ(sim.send("DELETE", attributes + "(LogicalName='new_x')").status, 204);
  EXPECT_EQ(sim.send("POST", attributes + "?SolutionUniqueName=MySolution", column).status, 204);
}

}  // namespace
}  // namespace flit::sim::dataverse
