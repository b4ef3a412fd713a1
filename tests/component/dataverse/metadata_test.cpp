// Reading definitions (fact sheet §1, §11): $metadata, changes, checks; what odata tools rely on.

#include "base/encoding.hpp"
#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

TEST(Metadata, TheModelDocumentNamesTypesKeysAndSets) {
  Simulated sim;
  Answered model = sim.send("GET", "$metadata", "", {{"Accept", "application/json"}});

  EXPECT_EQ(model.status, 200);
  EXPECT_EQ(model.headers.value_or("Content-Type", ""), "application/xml");
  for (const char* part :
       {"<EntityType Name=\"account\" BaseType=\"mscrm.crmbaseentity\">",
        "<Key><PropertyRef Name=\"accountid\" /></Key>",
        "<Property Name=\"_primarycontactid_value\" Type=\"Edm.Guid\" />",
        "<NavigationProperty Name=\"contact_customer_accounts\" Type=\"Collection(mscrm.contact)\" "
        "Partner=\"parentcustomerid_account\" />",
        "<EntityType Name=\"task\" BaseType=\"mscrm.activitypointer\">",
        "<EntityType Name=\"systemuser\" BaseType=\"mscrm.principal\">",
        "<EntitySet Name=\"accounts\" EntityType=\"Microsoft.Dynamics.CRM.account\">",
        "<FunctionImport Name=\"WhoAmI\" Function=\"Microsoft.Dynamics.CRM.WhoAmI\" />"})
    EXPECT_NE(model.body.find(part), std::string::npos) << part;
}

TEST(Metadata, TheModelDocumentFollowsTheDefinitions) {
  Simulated sim;
  EXPECT_EQ(sim.send("POST", "EntityDefinitions(LogicalName='account')/Attributes",
                     R"j({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata",
                         "SchemaName":"new_ExtId","MaxLength":50})j")
                .status,
            204);
  sim.send("POST", "EntityDefinitions(LogicalName='account')/Keys",
           R"j({"SchemaName":"new_ExtId_Key","KeyAttributes":["new_extid"]})j");

  const std::string model = sim.send("GET", "$metadata").body;

  EXPECT_NE(model.find("<Property Name=\"new_extid\" Type=\"Edm.String\" />"), std::string::npos);
  EXPECT_NE(model.find("PropertyPath=\"new_extid\""), std::string::npos);
}

std::string changes(const std::string& query, const std::string& stamp = "") {
  return "RetrieveMetadataChanges(Query=@q,ClientVersionStamp=@v)?@q=" + percent::encode(query) +
         "&@v=" + (stamp.empty() ? "null" : "'" + stamp + "'");
}

TEST(Metadata, ChangesGiveWhatTheQueryChoosesAndNothingTwice) {
  Simulated sim;
  const std::string query =
      R"j({"Criteria":{"FilterOperator":"And","Conditions":[{"PropertyName":"LogicalName","ConditionOperator":"In","Value":{"Value":"['account','contact']","Type":"System.String[]"}}]},
          "Properties":{"AllProperties":false,"PropertyNames":["SchemaName","Attributes"]},
          "AttributeQuery":{"Criteria":{"FilterOperator":"Or","Conditions":[
              {"PropertyName":"LogicalName","ConditionOperator":"Equals","Value":{"Value":"accountcategorycode","Type":"System.String"}},
              {"PropertyName":"IsPrimaryName","ConditionOperator":"Equals","Value":{"Value":"true","Type":"System.Boolean"}}]},
            "Properties":{"AllProperties":false,"PropertyNames":["AttributeType","OptionSet"]}}})j";

  Answered all = sim.send("GET", changes(query));
  const std::string stamp(all.json()["ServerVersionStamp"].string_or(""));
  Answered none = sim.send("GET", changes(query, stamp));

  ASSERT_EQ(all.json()["EntityMetadata"].size(), 2U) << all.body;
  const json::Value account = item(all.json()["EntityMetadata"], 0);
  EXPECT_EQ(account["SchemaName"].string_or(""), "Account");
  EXPECT_FALSE(account["EntitySetName"].exists());
  ASSERT_EQ(account["Attributes"].size(), 2U) << all.body;
  EXPECT_GT(item(account["Attributes"], 0)["OptionSet"]["Options"].size(), 0U) << all.body;
  EXPECT_EQ(none.json()["EntityMetadata"].size(), 0U);
  EXPECT_EQ(sim.send("GET", changes(query, "bogus")).code(), "0x80044352");
}

TEST(Metadata, ChangesTellWhatWasDeletedSince) {
  Simulated sim;
  const std::string label =
      R"j("DisplayName":{"LocalizedLabels":[{"Label":"X","LanguageCode":1033}]})j";
  const std::string attributes = "EntityDefinitions(LogicalName='account')/Attributes";
  const auto make = [&](const std::string& name) {
    Answered made = sim.send(
        "POST", attributes,
        R"j({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","MaxLength":9,"SchemaName":")j" +
            name + "\"," + label + "}");
    const std::string url(made.headers.value_or("OData-EntityId", ""));
    return url.substr(url.rfind('(') + 1, 36);
  };
  const std::string early = make("new_Early"), late = make("new_Late");
  sim.send("DELETE", attributes + "(LogicalName='new_early')");
  const std::string stamp(
      sim.send("GET", changes("{}")).json()["ServerVersionStamp"].string_or(""));
  const auto told = [&](const std::string& filters) {
    return sim.send("GET",
                    "RetrieveMetadataChanges(Query=@q,ClientVersionStamp=@v,"
                    "DeletedMetadataFilters=@d)?@q=%7B%7D&@v='" +
                        stamp + "'&@d=Microsoft.Dynamics.CRM.DeletedMetadataFilters'" + filters +
                        "'");
  };

  EXPECT_EQ(told("All").json()["DeletedMetadata"]["Count"].as_integer(), 0);
  sim.send("DELETE", attributes + "(LogicalName='new_late')");
  Answered all = told("All");
  const json::Value deleted = all.json()["DeletedMetadata"];

  EXPECT_EQ(item(deleted["Keys"], 0).string_or(""), "Attribute") << all.body;
  ASSERT_EQ(item(deleted["Values"], 0)["Items"].size(), 1U) << all.body;
  EXPECT_EQ(item(item(deleted["Values"], 0)["Items"], 0).string_or(""), late);
  EXPECT_EQ(told("Relationship").json()["DeletedMetadata"]["Count"].as_integer(), 0);
  EXPECT_EQ(told("Nosuch").code(), "0x80060888");
  EXPECT_TRUE(sim.send("GET", changes("{}", stamp)).json()["DeletedMetadata"].is_null());
  EXPECT_NE(early, late);
}

TEST(Metadata, ChecksAnswerForKnownTablesAndRefuseOthers) {
  Simulated sim;
  const auto check = [&](const std::string& name, const std::string& table) {
    return sim.send("POST", name, R"j({"EntityName":")j" + table + "\"}");
  };

  for (const char* name : {"CanBeReferenced", "CanBeReferencing", "CanManyToMany"}) {
    EXPECT_EQ(check(name, "account").json()[name].as_boolean(), true) << name;
    EXPECT_EQ(check(name, "listmember").json()[name].as_boolean(), false) << name;
    EXPECT_EQ(check(name, "nosuch").code(), "0x80041102") << name;
  }
  Answered valid = sim.send("GET", "GetValidReferencingEntities(ReferencedEntityName='account')");
  EXPECT_GT(valid.json()["EntityNames"].size(), 50U) << valid.body;
}

}  // namespace
}  // namespace flit::sim::dataverse
