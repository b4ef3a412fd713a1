// BulkDelete, QualifyLead, elastic tables, the daily entitlement (fact sheet §6, §8, §12, §14).

#include "base/json_writer.hpp"
#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

std::string bulk_delete(const std::string& table, const std::string& conditions,
                        const std::string& more = "") {
  return R"({"JobName":"rollback","SendEmailNotification":false,"ToRecipients":[],"CCRecipients":[],
    "RecurrencePattern":"","StartDateTime":"2025-01-01T00:00:00Z","QuerySet":[{
    "@odata.type":"Microsoft.Dynamics.CRM.QueryExpression","EntityName":")" +
         table + R"(","Criteria":{"FilterOperator":"And","Conditions":[)" + conditions + "]" +
         more + "}}]}";
}

std::string condition(const std::string& column, const std::string& op,
                      const std::string& values = "") {
  return R"({"AttributeName":")" + column + R"(","Operator":")" + op + R"(","Values":[)" + values +
         "]}";
}

TEST(BulkDelete, DeletesWhatTheQueryFindsAndShowsAFinishedJob) {
  Simulated sim;
  for (const char* name : {"A1", "A2", "B1"})
    sim.create("accounts", std::string(R"({"importsequencenumber":17,"name":")") + name + "\"}");
  sim.create("accounts", R"({"importsequencenumber":18,"name":"A3"})");

  Answered started = sim.send(
      "POST", "BulkDelete",
      bulk_delete(
          "account",
          condition("importsequencenumber", "Equal", R"({"Value":"17","Type":"System.Int32"})") +
              "," + condition("name", "BeginsWith", R"({"Value":"A","Type":"System.String"})")));

  const std::string job(started.json()["JobId"].string_or(""));
  Answered state = sim.send("GET", "asyncoperations(" + job + ")?$select=statecode,statuscode");
  EXPECT_EQ(state.json()["statecode"].as_integer(), 3) << started.body;
  EXPECT_EQ(state.json()["statuscode"].as_integer(), 30);
  Answered counts =
      sim.send("GET", "bulkdeleteoperations?$filter=_asyncoperationid_value eq " + job);
  EXPECT_EQ(counts.first()["successcount"].as_integer(), 2);
  EXPECT_EQ(sim.send("GET", "accounts/$count").body, "2");
}

TEST(BulkDelete, ARowThatIsHeldIsAFailureOfItsOwn) {
  Simulated sim;
  const std::string held = sim.create("accounts", R"({"name":"held"})");
  sim.create("accounts", R"({"name":"free"})");
  sim.create("salesorders",
             R"({"name":"o","customerid_account@odata.bind":"/accounts()" + held + ")\"}");

  Answered started =
      sim.send("POST", "BulkDelete", bulk_delete("account", condition("name", "NotNull")));
  const std::string job(started.json()["JobId"].string_or(""));
  Answered failures = sim.send("GET", "bulkdeletefailures?$filter=_asyncoperationid_value eq " +
                                          job + "&$select=errornumber,_regardingobjectid_value");

  EXPECT_EQ(failures.json()["value"].size(), 1U) << failures.body;
  EXPECT_EQ(failures.first()["_regardingobjectid_value"].string_or(""), held);
  EXPECT_EQ(sim.send("GET", "accounts?$select=name").first()["name"].string_or(""), "held");
}

TEST(BulkDelete, UnderstandsNestedFiltersAndRefusesUnknownNames) {
  Simulated sim;
  for (const char* name : {"A", "B", "C"})
    sim.create("accounts", std::string(R"({"name":")") + name + "\"}");
  const auto text = [](const char* value) { return std::string(R"({"Value":")") + value + "\"}"; };
  const std::string either = R"(,"Filters":[{"FilterOperator":"Or","Conditions":[)" +
                             condition("name", "Equal", text("A")) + "," +
                             condition("name", "Equal", text("C")) + "]}]";

  EXPECT_EQ(sim.send("POST", "BulkDelete", bulk_delete("account", "", either)).status, 200);
  EXPECT_EQ(sim.send("GET", "accounts/$count").body, "1");
  EXPECT_EQ(
      sim.send("POST", "BulkDelete", bulk_delete("account", condition("nope", "Null"))).code(),
      "0x80041103");
  EXPECT_EQ(sim.send("POST", "BulkDelete", bulk_delete("nope", "")).code(), "0x80041102");
  EXPECT_EQ(
      sim.send("POST", "BulkDelete", bulk_delete("account", condition("name", "Nope"))).code(),
      "0x80041120");
}

TEST(QualifyLead, CarriesTheLeadsValuesOverAndPointsAtWhatWasMade) {
  Simulated sim;
  const std::string lead = sim.create(
      "leads", R"({"subject":"Deal","companyname":"Contoso","firstname":"Ann","lastname":"Lee",
                   "jobtitle":"CEO","telephone1":"123","emailaddress1":"a@x.example",
                   "address1_city":"Bergen","estimatedamount":100})");

  Answered made = sim.send(
      "POST", "leads(" + lead + ")/Microsoft.Dynamics.CRM.QualifyLead",
      R"({"CreateAccount":true,"CreateContact":true,"CreateOpportunity":true,"Status":3})");

  ASSERT_EQ(made.json()["value"].size(), 3U) << made.body;
  Answered account = sim.send("GET", "accounts?$select=name,telephone1,address1_city");
  EXPECT_EQ(account.first()["name"].string_or(""), "Contoso");
  EXPECT_EQ(account.first()["address1_city"].string_or(""), "Bergen");
  Answered contact = sim.send("GET", "contacts?$select=fullname,jobtitle,_parentcustomerid_value");
  EXPECT_EQ(contact.first()["fullname"].string_or(""), "Ann Lee");
  EXPECT_EQ(contact.first()["jobtitle"].string_or(""), "CEO");
  Answered opportunity = sim.send(
      "GET",
      "opportunities?$select=name,estimatedvalue,_customerid_value,_originatingleadid_value");
  EXPECT_EQ(opportunity.first()["name"].string_or(""), "Deal");
  EXPECT_EQ(opportunity.first()["_originatingleadid_value"].string_or(""), lead);
  Answered closed =
      sim.send("GET", "leads(" + lead +
                          ")?$select=statecode,statuscode,_qualifyingopportunityid_value,"
                          "_parentaccountid_value,_parentcontactid_value");
  EXPECT_EQ(closed.json()["statecode"].as_integer(), 1);
  EXPECT_EQ(closed.json()["_qualifyingopportunityid_value"].string_or(""),
            opportunity.first()["opportunityid"].string_or("-"));
  EXPECT_EQ(
      sim.send("POST", "leads(" + lead + ")/Microsoft.Dynamics.CRM.QualifyLead", R"({"Status":3})")
          .code(),
      "0x80040519");
}

TEST(QualifyLead, AnExistingCustomerIsTakenForTheOpportunity) {
  Simulated sim;
  const std::string account = sim.create("accounts", R"({"name":"Known"})");
  const std::string lead = sim.create("leads", R"({"subject":"Deal","lastname":"Lee"})");

  Answered made =
      sim.send("POST", "leads(" + lead + ")/Microsoft.Dynamics.CRM.QualifyLead",
               R"({"CreateAccount":false,"CreateContact":false,"CreateOpportunity":true,"Status":3,
          "OpportunityCustomerId":{"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":")" +
                   account + "\"}}");

  EXPECT_EQ(made.json()["value"].size(), 1U) << made.body;
  EXPECT_EQ(sim.send("GET", "opportunities?$select=_customerid_value")
                .first()["_customerid_value"]
                .string_or(""),
            account);
}

class Elastic : public ::testing::Test {
 protected:
  Elastic() {
    EXPECT_EQ(
        sim.send("POST", "EntityDefinitions",
                 R"({"SchemaName":"new_Reading","TableType":"Elastic","OwnershipType":"UserOwned",
                           "Attributes":[{"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata",
                           "SchemaName":"new_Name","IsPrimaryName":true,"MaxLength":10}]})")
            .status,
        204);
    Answered read = sim.send(
        "GET", "EntityDefinitions(LogicalName='new_reading')?$select=TableType,EntitySetName");
    EXPECT_EQ(read.json()["TableType"].string_or(""), "Elastic");
    set = read.json()["EntitySetName"].string_or("");
  }
  std::string target(const std::string& rest) const {
    return R"({"@odata.type":"Microsoft.Dynamics.CRM.new_reading",)" + rest + "}";
  }
  Answered bulk(const std::string& message, const std::string& targets, Headers headers = {}) {
    return sim.send("POST", set + "/Microsoft.Dynamics.CRM." + message,
                    R"({"Targets":[)" + targets + "]}", std::move(headers));
  }

  Simulated sim;
  std::string set;
};

TEST_F(Elastic, BulkMessagesKeepWhatSucceedsAndListWhatFailed) {
  const std::string targets = target(R"("new_name":"a")") + "," +
                              target(R"("new_name":"far too long a name")") + "," +
                              target(R"("new_name":"c")");

  Answered answer =
      bulk("CreateMultiple", targets, {{"Prefer", "odata.include-annotations=\"*\""}});

  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.code(), "0x80044331");
  const std::string_view list =
      answer.json()["error"]["@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails"]
          .string_or("");
  const auto failed = json::parse(list);
  ASSERT_TRUE(failed && failed->root().size() == 1) << answer.body;
  EXPECT_EQ(item(failed->root(), 0)["RequestIndex"].as_integer(), 1);
  EXPECT_EQ(item(failed->root(), 0)["StatusCode"].as_integer(), 400);
  EXPECT_EQ(sim.send("GET", set + "/$count").body, "2");
}

TEST_F(Elastic, RowsAreFoundInTheirPartitionAndDeletedInBulk) {
  Answered made = sim.send("POST", set, R"({"new_name":"a","partitionid":"p1","ttlinseconds":60})",
                           {{"Prefer", "return=representation"}});
  const std::string id(made.json()["new_readingid"].string_or(""));
  const std::string row = set + "(" + id + ")";

  EXPECT_FALSE(made.headers.value_or("x-ms-session-token", "").empty());
  EXPECT_EQ(sim.send("GET", row + "?partitionId=p1").status, 200);
  EXPECT_EQ(sim.send("GET", row + "?partitionId=p2").status, 404);
  EXPECT_EQ(
      bulk("DeleteMultiple", target(R"("partitionid":"p1","new_readingid":")" + id + "\"")).status,
      204);
  EXPECT_EQ(sim.send("GET", set + "/$count").body, "0");
}

TEST_F(Elastic, TakeNoKeysAndNoManyToMany) {
  EXPECT_EQ(sim.send("POST", "EntityDefinitions(LogicalName='new_reading')/Keys",
                     R"({"SchemaName":"new_K","KeyAttributes":["new_name"]})")
                .status,
            400);
  EXPECT_EQ(sim.send("POST", "RelationshipDefinitions",
                     R"({"@odata.type":"Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata",
                         "SchemaName":"new_a_r","IntersectEntityName":"new_a_r",
                         "Entity1LogicalName":"account","Entity2LogicalName":"new_reading"})")
                .status,
            400);
}

TEST(Entitlement, CountsRowsAndRetrievesButNotMetadata) {
  Simulated sim;
  const auto pool = [&](std::string_view member) {
    json::Writer out;
    out.begin_object();
    sim.simulator.add_stats(out);
    out.end_object();
    const auto read = json::parse(out.take());
    return read->root()["entitlement"]["pool"][member].as_integer();
  };

  sim.send("POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple",
           R"({"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"A"},
                          {"@odata.type":"Microsoft.Dynamics.CRM.account","name":"B"}]})");
  sim.send("GET", "accounts");
  sim.send("GET", "EntityDefinitions(LogicalName='account')?$select=LogicalName");

  EXPECT_EQ(pool("used"), 3);
  EXPECT_EQ(pool("allowed"), 500'000 + 5'000 * 5);
  sim.machine.advance(std::chrono::hours(25));
  EXPECT_EQ(pool("used"), 0);
}

}  // namespace
}  // namespace flit::sim::dataverse
