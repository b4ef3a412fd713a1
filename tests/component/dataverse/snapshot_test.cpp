// What `--snapshot FILE` brings back: rows, links, definitions, tables of process flows, what roles
// may.

#include "base/json_writer.hpp"
#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

class Snapshot : public testing::Test {
 public:
  ~Snapshot() override { std::remove(settings.snapshot.c_str()); }

 protected:
  /// What the environment is like after it was saved and loaded.
  Simulated& reloaded(Simulated& sim) {
    EXPECT_TRUE(sim.simulator.save());
    again = std::make_unique<Simulated>(settings);
    const auto loaded = again->simulator.load();
    EXPECT_TRUE(loaded) << loaded.error().text();
    EXPECT_EQ(again->simulator.digest().digest(), sim.simulator.digest().digest());
    return *again;
  }

  static SimulatorSettings with_file() {
    SimulatorSettings made;
    made.snapshot = ::testing::TempDir() + "dataverse_" +
                    ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".jsonl";
    return made;
  }

  SimulatorSettings settings = with_file();
  std::unique_ptr<Simulated> again;
};

TEST_F(Snapshot, BringsRowsSchemaAndLinksBack) {
  Simulated sim(settings);
  sim.send(
      "POST", "EntityDefinitions(LogicalName='account')/Attributes",
      R"j({"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"new_ExtId","MaxLength":50})j");
  sim.create("accounts", R"j({"name":"A","new_extid":"1"})j");

  Simulated& loaded = reloaded(sim);

  EXPECT_EQ(loaded.send("GET", "accounts?$filter=new_extid eq '1'").json()["value"].size(), 1U);
}

TEST_F(Snapshot, BringsTheTableOfAProcessFlowBackWithItsInstances) {
  Simulated sim(settings);
  const std::string id = "22222222-0000-4000-8000-000000000001";
  std::string xaml;
  json::append_quoted(
      xaml,
      R"j(<Activity xmlns:mxswa="a" xmlns:x="c"><mxswa:ActivityReference AssemblyQualifiedName="Microsoft.Crm.Workflow.Activities.EntityComposite, M" DisplayName="EntityStep1: account"><mxswa:ActivityReference AssemblyQualifiedName="Microsoft.Crm.Workflow.Activities.StageComposite, M" DisplayName="StageStep2: Only"><mxswa:ActivityReference.Properties><x:String x:Key="StageId">11111111-0000-4000-8000-000000000001</x:String><x:String x:Key="StageCategory">0</x:String></mxswa:ActivityReference.Properties></mxswa:ActivityReference></mxswa:ActivityReference></Activity>)j");
  sim.create(
      "workflows",
      R"j({"workflowid":")j" + id +
          R"j(","name":"Loan","uniquename":"new_loan","category":4,"type":1,"scope":4,"businessprocesstype":0,"primaryentity":"account","xaml":)j" +
          xaml + "}");
  sim.send("PATCH", "workflows(" + id + ")", R"j({"statecode":1,"statuscode":2})j");
  sim.create("accounts", R"j({"name":"Borrower"})j");
  ASSERT_EQ(sim.send("GET", "new_loans/$count").body, "1");

  Simulated& loaded = reloaded(sim);
  loaded.create("accounts", R"j({"name":"Second"})j");

  EXPECT_EQ(loaded.send("GET", "new_loans/$count").body, "2");
}

TEST_F(Snapshot, WhatARoleLostStaysLost) {
  Simulated sim(settings);
  const std::string role(sim.send("GET", "roles?$select=name&$filter=name eq 'Salesperson'")
                             .first()["roleid"]
                             .string_or(""));
  const std::string privileges = "roles(" + role + ")/roleprivileges_association";
  const std::string read = privileges + "?$select=name&$filter=name eq 'prvReadAccount'";
  ASSERT_EQ(sim.send("GET", read).json()["value"].size(), 1U);
  sim.send("POST", "roles(" + role + ")/Microsoft.Dynamics.CRM.RemovePrivilegeRole",
           R"j({"PrivilegeName":"prvReadAccount"})j");

  Simulated& loaded = reloaded(sim);

  EXPECT_EQ(loaded.send("GET", read).json()["value"].size(), 0U);
  EXPECT_GT(loaded.send("GET", privileges + "?$select=name").json()["value"].size(), 50U);
}

}  // namespace
}  // namespace flit::sim::dataverse
