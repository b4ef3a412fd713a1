// Schema set-up by Tooling, deploys and SOAP (fact sheet §6).

#include <gmock/gmock.h>

#include "sim/salesforce/metadata/zip.hpp"
#include "tests/component/salesforce_load/org.hpp"

namespace flit::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A zip archive of texts.
std::string zipped(const std::vector<sim::salesforce::metadata::ZipFile>& files) {
  return sim::salesforce::metadata::write_zip(files).value();
}

std::string manifest(const std::string& types) {
  return "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">" + types +
         "<version>66.0</version></Package>";
}
std::string members(const std::string& type, const std::string& names) {
  return "<types><members>" + names + "</members><name>" + type + "</name></types>";
}

constexpr const char* project =
    "<CustomObject><label>Project</label><pluralLabel>Projects</pluralLabel><nameField><label>Name"
    "</label><type>AutoNumber</type><displayFormat>P-{0000}</displayFormat></nameField>"
    "<deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel><fields>"
    "<fullName>Account__c</fullName><label>Account</label><type>Lookup</type><referenceTo>Account"
    "</referenceTo><relationshipName>Projects</relationshipName></fields><fields><fullName>Sum__c"
    "</fullName><label>Sum</label><required>true</required><type>Currency</type><precision>18"
    "</precision><scale>2</scale></fields></CustomObject>";

/// Deploys and gives the finished result.
std::string deploy(Org& org, const std::string& zip, const std::string& options = "{}") {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"json\"\r\nContent-Type: "
      "application/json\r\n\r\n"
      "{\"deployOptions\":" +
      options +
      "}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"deploy.zip\"\r\nContent-Type: application/zip\r\n\r\n" +
      zip + "\r\n--b--\r\n";
  const auto started = org.send("POST", "metadata/deployRequest", body,
                                {{"Content-Type", "multipart/form-data; boundary=b"}});
  EXPECT_EQ(started.status, 201) << started.body;
  EXPECT_EQ(org.member(started.body, "deployResult.status"), "Pending");
  return org.get("metadata/deployRequest/" + org.member(started.body, "id") +
                 "?includeDetails=true");
}

TEST(Deploy, MakesObjectsFieldsAndGrantsThem) {
  Org org;
  const std::string user = org.simulator.organization().known.user.text();
  const std::string result = deploy(
      org,
      zipped({{"package.xml", manifest(members("CustomObject", "Project__c") +
                                       members("PermissionSet", "Migration"))},
              {"objects/Project__c.object", project},
              {"permissionsets/Migration.permissionset",
               "<PermissionSet><label>Migration</label><fieldPermissions><editable>true</editable>"
               "<field>Project__c.Account__c</field><readable>true</readable></fieldPermissions>"
               "</PermissionSet>"}}));
  EXPECT_EQ(org.member(result, "deployResult.status"), "Succeeded") << result;
  EXPECT_EQ(org.member(result, "deployResult.numberComponentsDeployed"), "4");
  EXPECT_EQ(org.send("GET", "sobjects/Project__c/describe").status, 200);
  EXPECT_THAT(org.get("sobjects/Project__c/describe"), HasSubstr("Sum__c"))
      << "required: always there";
  EXPECT_THAT(org.get("sobjects/Project__c/describe"), Not(HasSubstr("Account__c")));
  const std::string set =
      org.member(org.query("SELECT Id FROM PermissionSet WHERE Name = 'Migration'"), "totalSize");
  EXPECT_EQ(set, "1");
  const auto found =
      json::parse(org.query("SELECT Id FROM PermissionSet WHERE Name = 'Migration'"));
  const std::string id((*found->root()["records"].elements().begin())["Id"].string_or(""));
  org.send("POST", "sobjects/PermissionSetAssignment",
           R"({"AssigneeId":")" + user + R"(","PermissionSetId":")" + id + "\"}");
  EXPECT_THAT(org.get("sobjects/Project__c/describe"), HasSubstr("Account__c"));
  const auto made = org.send("POST", "sobjects/Project__c", R"({"Sum__c":1.5})");
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(org.member(org.get("sobjects/Project__c/" + org.member(made.body, "id")), "Name"),
            "P-0001");
}

TEST(Deploy, RollsBackOrKeepsWhatIsFine) {
  const std::string zip =
      zipped({{"package.xml", manifest(members("CustomField", "Account.Good__c") +
                                       members("CustomField", "Account.Bad__c"))},
              {"objects/Account.object",
               "<CustomObject><fields><fullName>Good__c</fullName><label>G</label><type>Date</"
               "type><required>true</required></fields>"
               "<fields><fullName>Bad__c</fullName><label>B</label><type>Text</type></fields></"
               "CustomObject>"}});
  Org org;
  std::string result = deploy(org, zip, R"({"rollbackOnError":true})");
  EXPECT_EQ(org.member(result, "deployResult.status"), "Failed");
  EXPECT_THAT(result, HasSubstr("Must specify 'length' for a CustomField of type Text"));
  EXPECT_THAT(org.get("sobjects/Account/describe"), Not(HasSubstr("Good__c")));
  result = deploy(org, zip, R"({"rollbackOnError":false})");
  EXPECT_EQ(org.member(result, "deployResult.status"), "SucceededPartial");
  EXPECT_THAT(org.get("sobjects/Account/describe"), HasSubstr("Good__c"));
}

TEST(Deploy, ChecksOnlyWhenAsked) {
  Org org;
  const std::string result =
      deploy(org,
             zipped({{"package.xml", manifest(members("CustomObject", "Project__c"))},
                     {"objects/Project__c.object", project}}),
             R"({"checkOnly":true})");
  EXPECT_EQ(org.member(result, "deployResult.status"), "Succeeded") << result;
  EXPECT_EQ(org.send("GET", "sobjects/Project__c/describe").status, 404);
  EXPECT_EQ(org.member(deploy(org, "no zip"), "deployResult.status"), "Failed");
}

TEST(Deploy, MakesSalesProcessesAndStages) {
  Org org;
  const std::string result = deploy(
      org,
      zipped(
          {{"package.xml", manifest(members("BusinessProcess", "Opportunity.Renewal Process") +
                                    members("RecordType", "Opportunity.Renewal") +
                                    members("StandardValueSet", "OpportunityStage") +
                                    members("Profile", "Admin"))},
           {"objects/Opportunity.object",
            "<CustomObject><businessProcesses><fullName>Renewal "
            "Process</fullName><isActive>true</isActive>"
            "<values><fullName>Prospecting</fullName><default>false</default></values></"
            "businessProcesses>"
            "<recordTypes><fullName>Renewal</fullName><active>true</active><label>Renewal</label>"
            "<businessProcess>Renewal Process</businessProcess></recordTypes></CustomObject>"},
           {"standardValueSets/OpportunityStage.standardValueSet",
            "<StandardValueSet><standardValue><fullName>Prospecting</fullName><default>false</"
            "default>"
            "<probability>10</probability><forecastCategory>Pipeline</forecastCategory></"
            "standardValue>"
            "<standardValue><fullName>Signed</fullName><default>false</default><closed>true</"
            "closed><won>true</won>"
            "<probability>100</probability><forecastCategory>Closed</forecastCategory></"
            "standardValue></StandardValueSet>"},
           {"profiles/Admin.profile",
            "<Profile><recordTypeVisibilities><recordType>Opportunity.Renewal</recordType>"
            "<visible>true</visible></recordTypeVisibilities></Profile>"}}));
  EXPECT_EQ(org.member(result, "deployResult.status"), "Succeeded") << result;
  EXPECT_THAT(org.query("SELECT MasterLabel FROM OpportunityStage WHERE IsActive = true"),
              HasSubstr("\"totalSize\":2"));
  EXPECT_THAT(org.query("SELECT Id FROM RecordType WHERE DeveloperName = 'Renewal'"),
              HasSubstr("\"totalSize\":1"));
  EXPECT_THAT(org.get("sobjects/Opportunity/describe"), HasSubstr("\"developerName\":\"Renewal\""));
}

TEST(Tooling, MakesFieldsOnceAndTellsOfThem) {
  Org org;
  const std::string id = org.add_field("Account.Ext__c", std::string(text_key));
  EXPECT_EQ(id.substr(0, 3), "00N");
  EXPECT_EQ(org.send("POST", "tooling/sobjects/CustomField",
                     R"({"FullName":"Account.Ext__c","Metadata":)" + std::string(text_key) + "}")
                .status,
            400);
  const std::string found =
      org.get("tooling/query?q=" +
              percent::encode("SELECT Id, DeveloperName, TableEnumOrId FROM CustomField"));
  EXPECT_THAT(found,
              HasSubstr(R"("Id":")" + id + R"(","DeveloperName":"Ext","TableEnumOrId":"Account")"));
  EXPECT_EQ(org.send("DELETE", "tooling/sobjects/CustomField/" + id).status, 204);
  EXPECT_EQ(org.send("DELETE", "tooling/sobjects/CustomField/" + id).status, 404);
  org.add_field("Activity.Code__c", R"({"label":"Code","type":"Text","length":10})");
  org.grant(org.assigned_set(), "Task.Code__c");
  EXPECT_THAT(org.get("sobjects/Task/describe"), HasSubstr("Code__c"));
  EXPECT_THAT(org.get("sobjects/Event/describe"), Not(HasSubstr("Code__c")));
}

TEST(Soap, SavesAndDeploysUnderItsSession) {
  Org org;
  const auto call = [&](const std::string& body) {
    return org.send("POST", "/services/Soap/m/66.0",
                    "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Header>"
                    "<SessionHeader><sessionId>" +
                        org.token +
                        "</sessionId></SessionHeader></soapenv:Header>"
                        "<soapenv:Body>" +
                        body + "</soapenv:Body></soapenv:Envelope>",
                    {{"Content-Type", "text/xml"}});
  };
  const auto made = call(
      "<createMetadata><metadata "
      "xsi:type=\"CustomField\"><fullName>Account.X__c</fullName><label>X</label>"
      "<type>Date</type><required>true</required></metadata><metadata xsi:type=\"CustomField\">"
      "<fullName>Account.Y__c</fullName><label>Y</label><type>Nope</type></metadata></"
      "createMetadata>");
  EXPECT_EQ(made.status, 200);
  EXPECT_THAT(made.body, HasSubstr("<fullName>Account.X__c</fullName><success>true</success>"));
  EXPECT_THAT(made.body, HasSubstr("Invalid field type: 'Nope'"));
  EXPECT_THAT(org.get("sobjects/Account/describe"), HasSubstr("X__c"));
  const auto started =
      call("<deploy><ZipFile>" + base64::encode(zipped({{"package.xml", manifest("")}})) +
           "</ZipFile><DeployOptions><checkOnly>false</checkOnly></DeployOptions></deploy>");
  const std::size_t at = started.body.find("<id>") + 4;
  EXPECT_THAT(call("<checkDeployStatus><asyncProcessId>" + started.body.substr(at, 18) +
                   "</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>")
                  .body,
              HasSubstr("<status>Succeeded</status>"));
  org.token = "other";
  const auto refused = call("<describeMetadata/>");
  EXPECT_EQ(refused.status, 500);
  EXPECT_THAT(refused.body, HasSubstr("<faultcode>sf:INVALID_SESSION_ID</faultcode>"));
}

}  // namespace
}  // namespace flit::test
