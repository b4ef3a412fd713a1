// Roles, privileges, own rows, shares, impersonation, merge (fact sheet §2, §9, §10, §14).

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

/// The first application user is an administrator, the second has just what is listed.
SimulatorSettings second_user(std::vector<std::string> privileges,
                              std::vector<std::string> roles = {}) {
  SimulatorSettings settings;
  settings.organization.users = {
      {.full_name = "Admin", .email = "admin@x.example", .application = true},
      {.full_name = "Second",
       .email = "second@x.example",
       .application = true,
       .roles = roles,
       .privileges = std::move(privileges)},
      {.full_name = "Ada Berg", .email = "ada@x.example"}};
  return settings;
}

class Security : public ::testing::Test {
 protected:
  /// Requests of `as("…")` go out with the second user's token.
  Answered second(const std::string& method, const std::string& path, std::string body = "",
                  Headers headers = {}) {
    headers.add("Authorization", "Bearer " + second_token);
    return sim->send(method, path, std::move(body), std::move(headers));
  }
  void start(SimulatorSettings settings) {
    sim = std::make_unique<Simulated>(std::move(settings));
    second_token = sim->token_of("flit2");
  }
  std::string user_id(const std::string& email) {
    Answered found = sim->send(
        "GET",
        "systemusers?$select=domainname,azureactivedirectoryobjectid&$filter=domainname eq '" +
            email + "'");
    entra_id = found.first()["azureactivedirectoryobjectid"].string_or("");
    return std::string(found.first()["systemuserid"].string_or(""));
  }
  static std::string row(const std::string& table, const std::string& id) {
    return R"j({"@odata.type":"Microsoft.Dynamics.CRM.)j" + table + R"j(",")j" + table +
           R"j(id":")j" + id + "\"}";
  }

  std::unique_ptr<Simulated> sim;
  std::string second_token, entra_id;
};

TEST_F(Security, WhoLacksThePrivilegeIsToldWhichOne) {
  start(second_user({"prvReadAccount"}));

  Answered refused = second("POST", "accounts", R"j({"name":"A"})j");

  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.code(), "0x80040220");
  const std::string message(refused.json().at_path("error.message").string_or(""));
  EXPECT_NE(message.find("is missing prvCreateAccount privilege (Id="), std::string::npos)
      << message;
  EXPECT_NE(message.find("roleCount=1, privilegeCount=1, accessMode=4"), std::string::npos)
      << message;
  EXPECT_NE(message.find("on OTC=1 for entity 'account'"), std::string::npos) << message;
  EXPECT_EQ(second("GET", "accounts").status, 200);
  EXPECT_EQ(second("GET", "contacts").code(), "0x80040220");
  EXPECT_EQ(second("GET", "accounts?$expand=primarycontactid($select=fullname)").code(),
            "0x80040220");
  EXPECT_EQ(second("POST", "EntityDefinitions", "{}").code(), "0x80040220");
}

TEST_F(Security, WhoHasNoRoleMayNothing) {
  start(second_user({}));

  EXPECT_EQ(second("GET", "WhoAmI").status, 403);
  EXPECT_EQ(second("GET", "WhoAmI").code(), "0x80042f09");
}

TEST_F(Security, ARoleThatIsGivenCountsFromTheNextRequestOn) {
  start(second_user({"prvReadUser"}));
  const std::string id = user_id("second@x.example");
  const std::string role(sim->send("GET", "roles?$select=name&$filter=name eq 'Salesperson'")
                             .first()["roleid"]
                             .string_or(""));
  const std::string link = "systemusers(" + id + ")/systemuserroles_association";

  Answered by_oneself =
      second("POST", link + "/$ref", R"j({"@odata.id":"roles()j" + role + R"j()"})j");
  EXPECT_NE(by_oneself.body.find("prvAssignRole"), std::string::npos) << by_oneself.body;
  EXPECT_EQ(second("POST", "accounts", R"j({"name":"A"})j").status, 403);
  EXPECT_EQ(
      sim->send("POST", link + "/$ref", R"j({"@odata.id":"roles()j" + role + R"j()"})j").status,
      204);
  EXPECT_EQ(second("POST", "accounts", R"j({"name":"A"})j").status, 204);
  EXPECT_EQ(sim->send("DELETE", link + "(" + role + ")/$ref").status, 204);
  EXPECT_EQ(second("POST", "accounts", R"j({"name":"A"})j").status, 403);
}

TEST_F(Security, OwnRowsAreChangedAndOthersAreNot) {
  start(second_user({}, {"Salesperson"}));
  const std::string theirs = sim->create("accounts", R"j({"name":"Theirs"})j");
  Answered made =
      second("POST", "accounts", R"j({"name":"Own"})j", {{"Prefer", "return=representation"}});
  const std::string own(made.json()["accountid"].string_or(""));

  EXPECT_EQ(second("PATCH", "accounts(" + own + ")", R"j({"name":"x"})j").status, 204);
  Answered refused = second("PATCH", "accounts(" + theirs + ")", R"j({"name":"x"})j");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.code(), "0x80048306");
  EXPECT_EQ(second("DELETE", "accounts(" + theirs + ")").code(), "0x80048306");
  EXPECT_EQ(second("GET", "accounts?$select=name").json()["value"].size(), 2U);
}

TEST_F(Security, NamingARowNeedsAppendAndAppendTo) {
  const std::vector<std::string> plain{"prvReadAccount", "prvReadContact", "prvCreateContact",
                                       "prvWriteContact"};
  const auto with = [&](const char* more) {
    auto all = plain;
    all.emplace_back(more);
    if (std::string_view(more) == "prvAppendToAccount") all.emplace_back("prvAppendContact");
    return second_user(all);
  };
  const auto refusal = [&](const SimulatorSettings& settings) {
    start(settings);
    const std::string account = sim->create("accounts", R"j({"name":"A"})j");
    const std::string body =
        R"j({"lastname":"B","parentcustomerid_account@odata.bind":"/accounts()j" + account +
        R"j()"})j";
    const std::string contact = sim->create("contacts", R"j({"lastname":"C"})j");
    Answered created = second("POST", "contacts", body);
    Answered updated = second("PATCH", "contacts(" + contact + ")", body);
    EXPECT_EQ(created.status, updated.status) << updated.body;
    EXPECT_EQ(second("POST", "contacts", R"j({"lastname":"D"})j").status, 204);
    return created.status == 204 ? std::string("none") : created.body;
  };

  EXPECT_NE(refusal(second_user(plain)).find("prvAppendContact"), std::string::npos);
  EXPECT_NE(refusal(with("prvAppendContact")).find("prvAppendToAccount"), std::string::npos);
  EXPECT_EQ(refusal(with("prvAppendToAccount")), "none");
}

/// PS JS FunctionsAndActions, section 8, and the functions that tell the outcome.
TEST_F(Security, ARoleGetsPrivilegesAndLosesThem) {
  start(second_user({}, {"Delegate"}));
  const std::string me = user_id("second@x.example");
  const std::string unit(
      sim->send("GET", "businessunits?$select=name").first()["businessunitid"].string_or(""));
  const std::string role =
      sim->create("roles", R"j({"name":"Test Role","businessunitid@odata.bind":"businessunits()j" +
                               unit + R"j()"})j");
  const std::string id(
      sim->send("GET", "privileges?$select=name&$filter=name eq 'prvCreateAccount'")
          .first()["privilegeid"]
          .string_or(""));
  const auto added = [&](const std::string& depth) {
    return sim
        ->send("POST", "roles(" + role + ")/Microsoft.Dynamics.CRM.AddPrivilegesRole",
               R"j({"Privileges":[{"BusinessUnitId":")j" + unit + R"j(","Depth":")j" + depth +
                   R"j(","PrivilegeId":")j" + id + R"j(","PrivilegeName":"prvCreateAccount"}]})j")
        .status;
  };
  const auto names = [&] {
    return sim->send("GET", "roles(" + role + ")/roleprivileges_association?$select=name");
  };
  sim->send("POST", "systemusers(" + me + ")/systemuserroles_association/$ref",
            R"j({"@odata.id":"roles()j" + role + R"j()"})j");

  EXPECT_EQ(names().json()["value"].size(), 0U);
  EXPECT_EQ(added("Basic"), 204);
  EXPECT_EQ(names().first()["name"].string_or(""), "prvCreateAccount");
  EXPECT_EQ(second("POST", "accounts", R"j({"name":"A"})j").status, 204);
  EXPECT_EQ(added("Global"), 204);
  Answered told = sim->send("GET", "RetrieveRolePrivilegesRole(RoleId=" + role + ")");
  EXPECT_EQ(item(told.json()["RolePrivileges"], 0)["Depth"].string_or(""), "Global") << told.body;
  EXPECT_EQ(
      sim->send("GET", "systemusers(" + me + ")/Microsoft.Dynamics.CRM.RetrieveUserPrivileges")
          .json()["RolePrivileges"]
          .size(),
      2U);
  EXPECT_EQ(sim->send("POST", "roles(" + role + ")/Microsoft.Dynamics.CRM.RemovePrivilegeRole",
                      R"j({"PrivilegeId":")j" + id + "\"}")
                .status,
            204);
  EXPECT_EQ(second("POST", "accounts", R"j({"name":"A"})j").status, 403);
  EXPECT_EQ(sim->send("POST", "roles(" + role + ")/roleprivileges_association/$ref",
                      R"j({"@odata.id":"privileges()j" + id + R"j()"})j")
                .code(),
            "0x80040800");
  EXPECT_EQ(sim->send("DELETE", "privileges(" + id + ")").code(), "0x80040800");
}

TEST_F(Security, ATableOfOnesOwnBringsItsPrivileges) {
  start(second_user({}, {"Salesperson"}));
  const auto count = [&] {
    return sim->send("GET", "privileges/$count?$filter=endswith(name,'acme_Thing')").body;
  };
  const auto label = [](const std::string& text) {
    return R"j({"LocalizedLabels":[{"Label":")j" + text + R"j(","LanguageCode":1033}]})j";
  };

  EXPECT_EQ(count(), "0");
  Answered made = sim->send(
      "POST", "EntityDefinitions",
      R"j({"SchemaName":"acme_Thing","DisplayName":)j" + label("Thing") +
          R"j(,"DisplayCollectionName":)j" + label("Things") +
          R"j(,"OwnershipType":"UserOwned","HasNotes":false,"HasActivities":false,"Attributes":[{"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"acme_Name","MaxLength":100,"IsPrimaryName":true,"DisplayName":)j" +
          label("Name") + "}]}");
  EXPECT_EQ(made.status, 204) << made.body;
  EXPECT_EQ(count(), "8");
  EXPECT_EQ(second("GET", "acme_things").status, 200);
  EXPECT_EQ(second("POST", "acme_things", "{}").status, 403);
  EXPECT_EQ(sim->send("DELETE", "EntityDefinitions(LogicalName='acme_thing')").status, 204);
  EXPECT_EQ(count(), "0");
}

TEST_F(Security, RowsThatMayNotBeReadAreNotThere) {
  start(second_user({"prvReadAccount:own", "prvCreateAccount", "prvWriteAccount:own"}));
  const std::string theirs = sim->create("accounts", R"j({"name":"Theirs"})j");
  second("POST", "accounts", R"j({"name":"Own"})j");

  EXPECT_EQ(second("GET", "accounts?$select=name").json()["value"].size(), 1U);
  EXPECT_EQ(second("GET", "accounts/$count").body, "1");
  EXPECT_EQ(second("GET", "accounts(" + theirs + ")").code(), "0x80048306");
  EXPECT_EQ(sim->send("GET", "accounts/$count").body, "2");
}

TEST_F(Security, AGrantReachesOneRowUntilItIsRevoked) {
  start(second_user({"prvReadAccount:own", "prvWriteAccount:own"}));
  const std::string id = sim->create("accounts", R"j({"name":"A"})j");
  const std::string user = user_id("second@x.example");
  const std::string target = R"j("Target":)j" + row("account", id);
  const std::string principal = row("systemuser", user);
  const auto rename = [&] {
    return second("PATCH", "accounts(" + id + ")", R"j({"name":"B"})j").status;
  };
  const auto rights = [&] {
    return std::string(
        sim->send("GET", "systemusers(" + user +
                             ")/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t="
                             "{'@odata.id':'accounts(" +
                             id + ")'}")
            .body);
  };

  EXPECT_EQ(rename(), 403);
  EXPECT_EQ(
      sim->send("POST", "GrantAccess",
                "{" + target +
                    R"j(,"PrincipalAccess":{"AccessMask":"ReadAccess,WriteAccess","Principal":)j" +
                    principal + "}}")
          .status,
      204);
  EXPECT_EQ(rename(), 204);
  EXPECT_EQ(second("DELETE", "accounts(" + id + ")").status, 403);
  Answered shared = sim->send(
      "GET",
      "RetrieveSharedPrincipalsAndAccess(Target=@t)?@t={\"@odata.id\":\"accounts(" + id + ")\"}");
  EXPECT_EQ(item(shared.json()["PrincipalAccesses"], 0)["AccessMask"].string_or(""),
            "ReadAccess, WriteAccess")
      << shared.body;
  EXPECT_EQ(
      sim->send("POST", "RevokeAccess", "{" + target + R"j(,"Revokee":)j" + principal + "}").status,
      204);
  EXPECT_EQ(rename(), 403);
  EXPECT_NE(rights().find("None"), std::string::npos) << rights();
}

TEST_F(Security, ImpersonationNeedsItsPrivilegeAndShowsBothUsers) {
  start(second_user({"prvReadAccount", "prvCreateAccount"}));
  const std::string ada = user_id("ada@x.example");
  const std::string second_id = user_id("second@x.example");

  Answered refused = second("POST", "accounts", R"j({"name":"A"})j", {{"MSCRMCallerID", ada}});
  EXPECT_EQ(refused.code(), "0x80040220");
  EXPECT_NE(refused.body.find("prvActOnBehalfOfAnotherUser"), std::string::npos);

  user_id("ada@x.example");
  Answered made = sim->send("POST", "accounts", R"j({"name":"A"})j",
                            {{"CallerObjectId", entra_id}, {"Prefer", "return=representation"}});
  EXPECT_EQ(made.json()["_createdby_value"].string_or(""), ada) << made.body;
  EXPECT_EQ(made.json()["_ownerid_value"].string_or(""), ada);
  EXPECT_EQ(made.json()["_createdonbehalfby_value"].string_or(""), user_id("admin@x.example"));
  const std::string path = "accounts(" + std::string(made.json()["accountid"].string_or("")) + ")";
  EXPECT_EQ(sim->send("PATCH", path, R"j({"name":"B"})j").status, 204);
  Answered read = sim->send("GET", path + "?$select=_modifiedonbehalfby_value,_modifiedby_value");
  EXPECT_TRUE(read.json()["_modifiedonbehalfby_value"].is_null()) << read.body;
}

TEST_F(Security, AnImpersonatorMayWhatBothMay) {
  start(second_user({"prvReadAccount", "prvActOnBehalfOfAnotherUser"}));
  const Headers as_ada{{"MSCRMCallerID", user_id("ada@x.example")}};

  EXPECT_EQ(second("GET", "accounts", "", as_ada).status, 200);
  EXPECT_EQ(second("POST", "accounts", R"j({"name":"A"})j", as_ada).code(), "0x80040220");
}

TEST_F(Security, SomeColumnsHeadersAndActionsHavePrivilegesOfTheirOwn) {
  start(second_user({"prvReadAccount", "prvCreateAccount"}));
  const auto create = [&](const std::string& body, Headers headers = {}) {
    return second("POST", "accounts", body, std::move(headers));
  };

  EXPECT_NE(create(R"j({"name":"A","overriddencreatedon":"2020-01-01T00:00:00Z"})j")
                .body.find("prvOverrideCreatedOnCreatedBy"),
            std::string::npos);
  EXPECT_NE(create(R"j({"name":"A"})j", {{"MSCRM.BypassBusinessLogicExecution", "CustomSync"}})
                .body.find("prvBypassCustomBusinessLogic"),
            std::string::npos);
  EXPECT_NE(create(R"j({"name":"A"})j", {{"MSCRM.BypassCustomPluginExecution", "true"}})
                .body.find("prvBypassCustomPlugins"),
            std::string::npos);
  EXPECT_NE(second("POST", "BulkDelete", R"j({"QuerySet":[]})j").body.find("prvBulkDelete"),
            std::string::npos);
  EXPECT_EQ(sim->send("POST", "accounts", R"j({"name":"A"})j",
                      {{"MSCRM.BypassBusinessLogicExecution", "All"}})
                .status,
            400);
  EXPECT_EQ(sim->send("POST", "accounts?tag=import", R"j({"name":"A"})j",
                      {{"MSCRM.BypassBusinessLogicExecution", "CustomSync,CustomAsync"},
                       {"MSCRM.BypassCustomPluginExecution", "true"},
                       {"MSCRM.SuppressCallbackRegistrationExpanderJob", "true"}})
                .status,
            204);
}

TEST_F(Security, AnOwnerMustBeAbleToReadTheTable) {
  start(second_user({"prvReadContact"}));
  const std::string bind =
      R"j("ownerid@odata.bind":"/systemusers()j" + user_id("second@x.example") + ")\"";

  EXPECT_EQ(sim->send("POST", "accounts", R"j({"name":"A",)j" + bind + "}").code(), "0x80040231");
  EXPECT_EQ(sim->send("POST", "contacts", R"j({"lastname":"A",)j" + bind + "}").status, 204);
}

TEST_F(Security, MergeMovesTheChildrenAndClosesTheOther) {
  start(second_user({"prvRead*"}));
  const std::string winner = sim->create("accounts", R"j({"name":"W"})j");
  const std::string loser = sim->create("accounts", R"j({"name":"L","telephone1":"1"})j");
  const std::string contact = sim->create(
      "contacts", R"j({"lastname":"C","parentcustomerid_account@odata.bind":"/accounts()j" + loser +
                      R"j()"})j");
  const std::string body =
      R"j({"Target":)j" + row("account", winner) + R"j(,"Subordinate":)j" + row("account", loser) +
      R"j(,"UpdateContent":{"@odata.type":"Microsoft.Dynamics.CRM.account","telephone1":"1"},"PerformParentingChecks":false})j";

  EXPECT_EQ(second("POST", "Merge", body).code(), "0x80040220");
  EXPECT_EQ(sim->send("POST", "Merge", body).status, 204);

  Answered merged =
      sim->send("GET", "accounts(" + loser + ")?$select=statecode,merged,_masterid_value");
  EXPECT_EQ(merged.json()["statecode"].as_integer(), 1);
  EXPECT_EQ(merged.json()["merged"].as_boolean(), true);
  EXPECT_EQ(merged.json()["_masterid_value"].string_or(""), winner);
  EXPECT_EQ(sim->send("GET", "accounts(" + winner + ")?$select=telephone1")
                .json()["telephone1"]
                .string_or(""),
            "1");
  EXPECT_EQ(sim->send("GET", "contacts(" + contact + ")?$select=_parentcustomerid_value")
                .json()["_parentcustomerid_value"]
                .string_or(""),
            winner);
  EXPECT_EQ(sim->send("POST", "Merge", body).code(), "0x80045304");
}

TEST_F(Security, ANewOwnerTakesTheWholeTree) {
  start(second_user({"prvRead*"}));
  const std::string parent = sim->create("accounts", R"j({"name":"P"})j");
  const std::string child =
      sim->create("accounts", R"j({"name":"C","parentaccountid@odata.bind":"/accounts()j" + parent +
                                  R"j()"})j");
  const std::string ada = user_id("ada@x.example");

  EXPECT_EQ(sim->send("PATCH", "accounts(" + parent + ")",
                      R"j({"ownerid@odata.bind":"/systemusers()j" + ada + R"j()"})j")
                .status,
            204);
  EXPECT_EQ(sim->send("GET", "accounts(" + child + ")?$select=_ownerid_value")
                .json()["_ownerid_value"]
                .string_or(""),
            ada);
}

}  // namespace
}  // namespace flit::sim::dataverse
