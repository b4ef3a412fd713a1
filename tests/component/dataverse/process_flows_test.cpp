// Business process flows (fact sheet §12): definitions, default instances, the rules of the path,
// a flow made by XAML and one that comes in a solution file.

#include "base/encoding.hpp"
#include "tests/component/dataverse/simulated.hpp"
#include "tests/component/dataverse/solution_file.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr const char* stage_1 = "11111111-0000-4000-8000-000000000001";
constexpr const char* stage_2 = "11111111-0000-4000-8000-000000000002";
constexpr const char* stage_3 = "11111111-0000-4000-8000-000000000003";
constexpr const char* flow_id = "22222222-0000-4000-8000-000000000001";

std::string quoted(const std::string& text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

/// The ids of the shipped opportunity flow's stages, Qualify first.
std::vector<std::string> opportunity_stages(Simulated& sim) {
  Answered stages = sim.send("GET",
                             "processstages?$select=processstageid,stagename&$filter=processid/"
                             "uniquename%20eq%20'opportunitysalesprocess'&$orderby=stagecategory");
  std::vector<std::string> ids;
  for (const json::Value stage : stages.json()["value"].elements())
    ids.emplace_back(stage["processstageid"].string_or(""));
  return ids;
}

json::Value instances_of(Answered& answer) {
  return answer.json()["value"];
}

Answered instances(Simulated& sim, const std::string& opportunity) {
  return sim.send("GET",
                  "opportunitysalesprocesses?$select=traversedpath,_activestageid_value,statecode,"
                  "statuscode,completedon&$filter=_opportunityid_value%20eq%20" +
                      opportunity);
}

std::string opportunity(Simulated& sim, const std::string& more = "") {
  return sim.create("opportunities", R"j({"name":"Deal")j" + more + "}");
}

TEST(ProcessFlows, ANewRowGetsAnInstanceOfTheDefaultFlow) {
  Simulated sim;
  const auto stages = opportunity_stages(sim);
  ASSERT_EQ(stages.size(), 4U);

  Answered found = instances(sim, opportunity(sim));

  ASSERT_EQ(instances_of(found).size(), 1U) << found.body;
  EXPECT_EQ(item(instances_of(found), 0)["_activestageid_value"].string_or(""), stages[0]);
  EXPECT_EQ(item(instances_of(found), 0)["traversedpath"].string_or(""), stages[0]);
}

TEST(ProcessFlows, AnEmptyProcessIdSuppressesTheInstance) {
  Simulated sim;

  Answered found =
      instances(sim, opportunity(sim, R"j(,"processid":"00000000-0000-0000-0000-000000000000")j"));

  EXPECT_EQ(instances_of(found).size(), 0U) << found.body;
}

TEST(ProcessFlows, TheInstanceGoesWithItsRow) {
  Simulated sim;
  const std::string id = opportunity(sim);

  EXPECT_EQ(sim.send("DELETE", "opportunities(" + id + ")").status, 204);

  EXPECT_EQ(sim.send("GET", "opportunitysalesprocesses/$count").body, "0");
}

/// §12: the path ends with the active stage, begins with the first; other flows' stages are
/// unknown.
TEST(ProcessFlows, AnInstanceIsCreatedAtAnyStageWithItsPath) {
  Simulated sim;
  const auto stages = opportunity_stages(sim);
  const std::string id =
      opportunity(sim, R"j(,"processid":"00000000-0000-0000-0000-000000000000")j");
  const auto create = [&](const std::string& stage, const std::string& path) {
    return sim.send("POST", "opportunitysalesprocesses",
                    R"j({"opportunityid@odata.bind":"/opportunities()j" + id +
                        R"j()","activestageid@odata.bind":"/processstages()j" + stage + ")\"" +
                        (path.empty() ? "" : ",\"traversedpath\":\"" + path + "\"") + "}");
  };

  EXPECT_EQ(create(stages[1], "").code(), "0x80060455");
  EXPECT_EQ(create(stages[1], stages[0]).code(), "0x80060455");
  EXPECT_EQ(create(stages[1], stages[1]).code(), "0x80060456");
  EXPECT_EQ(create(stages[1], "nonsense," + stages[1]).code(), "0x80060458");
  EXPECT_EQ(create(stages[1], std::string(stage_1) + "," + stages[1]).code(), "0x80060450");
  EXPECT_EQ(sim.send("POST", "opportunitysalesprocesses", "{}").code(), "0x80060453");
  EXPECT_EQ(create(stages[1], stages[0] + "," + stages[1]).status, 204);
}

TEST(ProcessFlows, AnInstanceMovesToANeighbourAndFinishesAtTheEnd) {
  Simulated sim;
  const auto stages = opportunity_stages(sim);
  Answered found = instances(sim, opportunity(sim));
  const std::string row =
      "opportunitysalesprocesses(" +
      std::string(item(instances_of(found), 0)["businessprocessflowinstanceid"].string_or("")) +
      ")";
  const auto move = [&](const std::string& stage) {
    return sim.send("PATCH", row,
                    R"j({"activestageid@odata.bind":"/processstages()j" + stage + ")\"}");
  };
  const std::string finish = R"j({"statecode":1,"statuscode":2})j";

  EXPECT_EQ(move(stages[2]).code(), "0x80060452");
  EXPECT_EQ(sim.send("PATCH", row, finish).code(), "0x80060452");
  EXPECT_EQ(move(stages[1]).status, 204);
  EXPECT_EQ(sim.send("GET", row + "/traversedpath").json()["value"].string_or(""),
            stages[0] + "," + stages[1]);
  EXPECT_EQ(move(stages[0]).status, 204);
  EXPECT_EQ(sim.send("GET", row + "/traversedpath").json()["value"].string_or(""), stages[0]);
  for (const std::size_t next : {1U, 2U, 3U}) EXPECT_EQ(move(stages[next]).status, 204);
  EXPECT_EQ(sim.send("PATCH", row, finish).status, 204);
  EXPECT_EQ(sim.send("GET", row + "?$select=completedon").json()["completedon"].string_or(""),
            "2026-11-02T00:00:00Z");
  EXPECT_EQ(sim.send("PATCH", row, R"j({"statecode":0,"statuscode":1})j").status, 204);
  EXPECT_EQ(sim.send("PATCH", row, R"j({"statecode":1,"statuscode":3})j").status, 204);
}

TEST(ProcessFlows, BulkMessagesAreRefusedAndTheMetadataNamesTheTables) {
  Simulated sim;

  Answered bulk = sim.send(
      "POST", "opportunitysalesprocesses/Microsoft.Dynamics.CRM.CreateMultiple",
      R"j({"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.opportunitysalesprocess"}]})j");
  Answered tables =
      sim.send("GET", "EntityDefinitions?$select=LogicalName&$filter=IsBPFEntity%20eq%20true");

  EXPECT_EQ(bulk.code(), "0x80040800");
  EXPECT_EQ(tables.json()["value"].size(), 2U) << tables.body;
}

/// A data step, and a condition's way to another stage, as public exports have them.
std::string step_xaml(const std::string& column, bool required) {
  return R"j(<mxswa:ActivityReference AssemblyQualifiedName="Microsoft.Crm.Workflow.Activities.StepComposite, Microsoft.Crm.Workflow" DisplayName="StepStep5: s"><mxswa:ActivityReference.Properties><sco:Collection x:Key="Activities"><Sequence DisplayName="ControlStep6"><mcwb:Control ControlId="c" DataFieldName=")j" +
         column +
         R"j(" SystemStepType="0" /></Sequence></sco:Collection><sco:Collection x:Key="StepLabels"><mcwo:StepLabel Description="A step" LanguageCode="1033" /></sco:Collection><x:Boolean x:Key="IsProcessRequired">)j" +
         (required ? "True" : "False") +
         "</x:Boolean></mxswa:ActivityReference.Properties></mxswa:ActivityReference>";
}

std::string branch_xaml(const std::string& from, const std::string& to) {
  return R"j(<mxswa:ActivityReference AssemblyQualifiedName="Microsoft.Crm.Workflow.Activities.ConditionSequence, Microsoft.Crm.Workflow"><Sequence DisplayName="SetNextStageStep7"><mcwc:SetNextStage ParentStageId=")j" +
         from + R"j(" StageId=")j" + to + R"j(" /></Sequence></mxswa:ActivityReference>)j";
}

std::string stage_xaml(const std::string& table, const std::string& name, const std::string& id,
                       const std::string& next, const std::string& steps = "") {
  return R"j(<mxswa:ActivityReference AssemblyQualifiedName="Microsoft.Crm.Workflow.Activities.EntityComposite, Microsoft.Crm.Workflow" DisplayName="EntityStep1: )j" +
         table + R"j("><mxswa:ActivityReference.Properties><sco:Collection x:Key="Activities">
<mxswa:ActivityReference AssemblyQualifiedName="Microsoft.Crm.Workflow.Activities.StageComposite, Microsoft.Crm.Workflow" DisplayName="StageStep2: )j" +
         name + R"j("><mxswa:ActivityReference.Properties><sco:Collection x:Key="Activities">)j" +
         steps + R"j(</sco:Collection>
<sco:Collection x:Key="StepLabels"><mcwo:StepLabel Description=")j" +
         name + R"j(" LanguageCode="1033" /></sco:Collection>
<x:String x:Key="StageId">)j" +
         id + R"j(</x:String><x:String x:Key="StageCategory">0</x:String>)j" +
         (next.empty() ? R"j(<x:Null x:Key="NextStageId" />)j"
                       : R"j(<x:String x:Key="NextStageId">)j" + next + "</x:String>") +
         R"j(</mxswa:ActivityReference.Properties></mxswa:ActivityReference></sco:Collection></mxswa:ActivityReference.Properties></mxswa:ActivityReference>)j";
}

std::string flow_xaml(const std::string& stages) {
  return R"j(<?xml version="1.0" encoding="utf-16"?><Activity xmlns:mxswa="a" xmlns:sco="b" xmlns:x="c" xmlns:mcwo="d" xmlns:mcwb="e" xmlns:mcwc="f"><mxswa:Workflow>)j" +
         stages + "</mxswa:Workflow></Activity>";
}

/// Three stages on accounts; the text has them out of order, NextStageId puts them right.
std::string loan_xaml() {
  return flow_xaml(stage_xaml("account", "Apply", stage_1, stage_2) +
                   stage_xaml("account", "Close", stage_3, "") +
                   stage_xaml("account", "Underwrite", stage_2, stage_3));
}

std::string loan_flow(const std::string& xaml = loan_xaml()) {
  return std::string(R"j({"workflowid":")j") + flow_id +
         R"j(","name":"Loan Process","uniquename":"new_loanprocess","category":4,"type":1,"scope":4,"businessprocesstype":0,"primaryentity":"account","xaml":)j" +
         quoted(xaml) + "}";
}

/// A flow of that XAML, activated, with an account in its first stage: the URL of its instance.
struct Loan {
  explicit Loan(const std::string& xaml) {
    sim.create("workflows", loan_flow(xaml));
    sim.send("PATCH", std::string("workflows(") + flow_id + ")",
             R"j({"statecode":1,"statuscode":2})j");
    account = sim.create("accounts", R"j({"name":"Borrower"})j");
    instance = "new_loanprocesses(" +
               std::string(sim.send("GET", "new_loanprocesses?$select=traversedpath")
                               .first()["businessprocessflowinstanceid"]
                               .string_or("")) +
               ")";
  }
  Answered move(const std::string& stage, const std::string& more = "") {
    return sim.send(
        "PATCH", instance,
        R"j({"activestageid@odata.bind":"/processstages()j" + stage + ")\"" + more + "}");
  }

  Simulated sim;
  std::string account, instance;
};

/// §9, §12: 0x8006041a.
TEST(ProcessFlows, RequiredStepsMustBeDoneBeforeTheStageIsLeftForward) {
  Loan loan(flow_xaml(stage_xaml("account", "Apply", stage_1, stage_2,
                                 step_xaml("telephone1", true) + step_xaml("fax", false)) +
                      stage_xaml("account", "Underwrite", stage_2, stage_3) +
                      stage_xaml("account", "Close", stage_3, "")));

  EXPECT_EQ(loan.move(stage_2).code(), "0x8006041a");
  loan.sim.send("PATCH", "accounts(" + loan.account + ")", R"j({"telephone1":"1"})j");
  EXPECT_EQ(loan.move(stage_2).status, 204);
  loan.sim.send("PATCH", "accounts(" + loan.account + ")", R"j({"telephone1":null})j");
  EXPECT_EQ(loan.move(stage_1).status, 204);
}

TEST(ProcessFlows, ABranchLeadsPastAStageAndBackTheWayItCame) {
  Loan loan(
      flow_xaml(stage_xaml("account", "Apply", stage_1, stage_2, branch_xaml(stage_1, stage_3)) +
                stage_xaml("account", "Underwrite", stage_2, stage_3) +
                stage_xaml("account", "Close", stage_3, "")));

  EXPECT_EQ(loan.move(stage_3).status, 204);
  EXPECT_EQ(loan.sim.send("GET", loan.instance + "/traversedpath").json()["value"].string_or(""),
            std::string(stage_1) + "," + stage_3);
  EXPECT_EQ(loan.move(stage_2).code(), "0x80060452");
  EXPECT_EQ(loan.move(stage_1).status, 204);
  EXPECT_EQ(loan.move(stage_2).status, 204);
}

TEST(ProcessFlows, AStageOfAnotherTableNeedsARowOfIt) {
  Loan loan(flow_xaml(stage_xaml("account", "Apply", stage_1, stage_2) +
                      stage_xaml("contact", "Sign", stage_2, "")));
  const std::string contact = loan.sim.create("contacts", R"j({"lastname":"Signer"})j");

  Answered alone = loan.move(stage_2);
  Answered both =
      loan.move(stage_2, R"j(,"bpf_contactid@odata.bind":"/contacts()j" + contact + R"j()")j");

  EXPECT_EQ(alone.code(), "0x80040216");
  EXPECT_NE(alone.body.find("Participating entity record"), std::string::npos) << alone.body;
  EXPECT_EQ(both.status, 204) << both.body;
}

TEST(ProcessFlows, AFlowMadeByXamlHasStagesAtOnceAndInstancesOnceActivated) {
  Simulated sim;
  sim.create("workflows", loan_flow());

  Answered stages =
      sim.send("GET", std::string("processstages?$filter=processid/workflowid%20eq%20") + flow_id);
  EXPECT_EQ(stages.json()["value"].size(), 3U) << stages.body;
  EXPECT_EQ(sim.send("GET", "new_loanprocesses").status, 404);
  EXPECT_EQ(sim.send("PATCH", std::string("workflows(") + flow_id + ")",
                     R"j({"statecode":1,"statuscode":2})j")
                .status,
            204);
  const std::string account = sim.create("accounts", R"j({"name":"Borrower"})j");
  Answered found = sim.send("GET", "new_loanprocesses?$select=traversedpath,_bpf_accountid_value");

  ASSERT_EQ(found.json()["value"].size(), 1U) << found.body;
  EXPECT_EQ(item(found.json()["value"], 0)["traversedpath"].string_or(""), stage_1);
  EXPECT_EQ(item(found.json()["value"], 0)["_bpf_accountid_value"].string_or(""), account);
  EXPECT_EQ(sim.send("DELETE", std::string("workflows(") + flow_id + ")").code(), "0x8004500f");
  Answered other = sim.send("POST", "new_loanprocesses",
                            R"j({"bpf_accountid@odata.bind":"/accounts()j" + account +
                                R"j()","activestageid@odata.bind":"/processstages()j" + stage_2 +
                                R"j()","traversedpath":")j" + stage_1 + "," + stage_2 + "\"}");
  EXPECT_EQ(other.status, 204) << other.body;
}

TEST(ProcessFlows, AnIncompleteDefinitionIsRefusedWithItsCode) {
  Simulated sim;
  const auto create = [&](const std::string& members) {
    return sim
        .send("POST", "workflows",
              R"j({"name":"n","uniquename":"new_n","category":4)j" + members + "}")
        .code();
  };

  EXPECT_EQ(create(""), "0x80060401");
  EXPECT_EQ(create(R"j(,"primaryentity":"account")j"), "0x80060402");
  EXPECT_EQ(create(R"j(,"primaryentity":"account","type":1)j"), "0x80060403");
  EXPECT_EQ(create(R"j(,"primaryentity":"account","type":1,"scope":4)j"), "0x80060417");
  EXPECT_EQ(create(R"j(,"primaryentity":"account","type":1,"scope":4,"xaml":"<Activity")j"),
            "0x8004802c");
}

std::string solution_xml(const std::string& components) {
  return R"j(<ImportExportXml version="9.2" SolutionPackageVersion="9.2"><SolutionManifest><UniqueName>acme_migration</UniqueName><LocalizedNames><LocalizedName description="Acme migration" languagecode="1033" /></LocalizedNames><Version>1.0.0.0</Version><Managed>0</Managed><Publisher><UniqueName>acme</UniqueName><LocalizedNames><LocalizedName description="Acme" languagecode="1033" /></LocalizedNames><CustomizationPrefix>acme</CustomizationPrefix><CustomizationOptionValuePrefix>72700</CustomizationOptionValuePrefix></Publisher><RootComponents>)j" +
         components + "</RootComponents></SolutionManifest></ImportExportXml>";
}

std::string customizations_xml() {
  return std::string(R"j(<ImportExportXml><Workflows><Workflow WorkflowId="{)j") + flow_id +
         R"j(}" Name="Loan Process"><XamlFileName>/Workflows/LoanProcess.xaml</XamlFileName><Type>1</Type><Category>4</Category><Scope>4</Scope><StateCode>1</StateCode><UniqueName>acme_loanprocess</UniqueName><PrimaryEntity>account</PrimaryEntity></Workflow></Workflows></ImportExportXml>)j";
}

std::string archive(const std::string& components) {
  return zip_of({{"[Content_Types].xml", "<Types />"},
                 {"solution.xml", solution_xml(components)},
                 {"customizations.xml", customizations_xml()},
                 {"Workflows/LoanProcess.xaml", loan_xaml()}});
}

std::string import_body(const std::string& bytes) {
  return R"j({"OverwriteUnmanagedCustomizations":false,"PublishWorkflows":true,"CustomizationFile":")j" +
         base64::encode(bytes) + "\"}";
}

TEST(SolutionImport, AFlowInAnArchiveWorksAfterTheJobSucceeded) {
  Simulated sim;

  Answered started = sim.send("POST", "ImportSolutionAsync",
                              import_body(archive(R"j(<RootComponent type="29" />)j")));
  ASSERT_EQ(started.status, 200) << started.body;
  const std::string job(started.json()["AsyncOperationId"].string_or(""));
  const std::string import_job(started.json()["ImportJobKey"].string_or(""));
  Answered state = sim.send("GET", "asyncoperations(" + job + ")?$select=statecode,statuscode");
  Answered progress =
      sim.send("GET", "importjobs(" + import_job + ")?$select=progress,completedon,solutionname");
  Answered solutions =
      sim.send("GET", "solutions?$select=version&$filter=uniquename%20eq%20'acme_migration'");
  sim.create("accounts", R"j({"name":"Borrower"})j");

  EXPECT_EQ(state.json()["statecode"].as_integer(), 3);
  EXPECT_EQ(state.json()["statuscode"].as_integer(), 30) << state.body;
  EXPECT_EQ(progress.json()["progress"].as_double(), 100.0);
  EXPECT_EQ(progress.json()["solutionname"].string_or(""), "acme_migration");
  EXPECT_EQ(item(solutions.json()["value"], 0)["version"].string_or(""), "1.0.0.0");
  EXPECT_EQ(sim.send("GET", "acme_loanprocesses/$count").body, "1");
}

TEST(SolutionImport, AFailedJobSaysWhyAndLeavesNothing) {
  Simulated sim;

  Answered started = sim.send("POST", "ImportSolutionAsync",
                              import_body(archive(R"j(<RootComponent type="91" />)j")));
  ASSERT_EQ(started.status, 200) << started.body;
  const std::string job(started.json()["AsyncOperationId"].string_or(""));
  Answered state = sim.send("GET", "asyncoperations(" + job + ")?$select=statuscode,message");

  EXPECT_EQ(state.json()["statuscode"].as_integer(), 31);
  EXPECT_NE(state.json()["message"].string_or("").find("type 91"), std::string::npos);
  EXPECT_EQ(sim.send("GET", "solutions?$filter=uniquename%20eq%20'acme_migration'")
                .json()["value"]
                .size(),
            0U);
}

TEST(SolutionImport, WhatIsNoSolutionFileIsRefused) {
  Simulated sim;
  const auto import = [&](const std::string& bytes) {
    return sim.send("POST", "ImportSolution", import_body(bytes)).code();
  };

  EXPECT_EQ(import("not a zip"), "0x80048060");
  EXPECT_EQ(import(zip_of({{"solution.xml", "<a />"}})), "0x80048060");
  EXPECT_EQ(
      import(zip_of(
          {{"[Content_Types].xml", ""}, {"solution.xml", "<a>"}, {"customizations.xml", "<a />"}})),
      "0x8004802c");
}

}  // namespace
}  // namespace flit::sim::dataverse
