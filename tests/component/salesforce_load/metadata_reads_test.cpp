// The Metadata API tells what the org has: types, lists, components, retrieves (fact sheet §6.1).

#include <gmock/gmock.h>

#include "sim/salesforce/metadata/zip.hpp"
#include "sim/salesforce/xml/xml.hpp"
#include "tests/component/salesforce_load/org.hpp"

namespace flit::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace xml = sim::salesforce::xml;
namespace metadata = sim::salesforce::metadata;

sim::Response call(Org& org, const std::string& body) {
  return org.send("POST", "/services/Soap/m/66.0",
                  "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                  "xmlns=\"http://soap.sforce.com/2006/04/metadata\"><soapenv:Header>"
                  "<SessionHeader><sessionId>" +
                      org.token + "</sessionId></SessionHeader></soapenv:Header><soapenv:Body>" +
                      body + "</soapenv:Body></soapenv:Envelope>",
                  {{"Content-Type", "text/xml"}});
}

/// What stands inside the response's element.
xml::Node answer(Org& org, const std::string& body) {
  const sim::Response response = call(org, body);
  EXPECT_EQ(response.status, 200) << response.body;
  const auto root = xml::read(response.body);
  return root ? root->child("Body")->children.front() : xml::Node{};
}

std::vector<std::string> names(const xml::Node& list) {
  std::vector<std::string> out;
  for (const xml::Node* result : list.all("result")) out.emplace_back(result->value("fullName"));
  return out;
}

class MetadataReads : public testing::Test {
 protected:
  MetadataReads() {
    org.add_field("Account.Legacy__c",
                  R"({"label":"Legacy","type":"Text","length":64,"externalId":true})");
    call(
        org,
        "<createMetadata xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        "<metadata xsi:type=\"CustomObject\"><fullName>Gadget__c</fullName><label>Gadget</label>"
        "<pluralLabel>Gadgets</pluralLabel><nameField><label>Name</label><type>Text</type>"
        "</nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite"
        "</sharingModel><fields><fullName>Size__c</fullName><label>Size</label><type>Number</type>"
        "<precision>9</precision><scale>2</scale></fields></metadata>"
        "<metadata xsi:type=\"GlobalValueSet\"><fullName>Colours</fullName><masterLabel>Colours"
        "</masterLabel><customValue><fullName>Red</fullName><default>false</default></customValue>"
        "</metadata><metadata xsi:type=\"PermissionSet\"><fullName>Mig</fullName><label>Mig</label>"
        "<fieldPermissions><field>Account.Legacy__c</field><readable>true</readable><editable>true"
        "</editable></fieldPermissions></metadata></createMetadata>");
  }
  Org org;
};

TEST_F(MetadataReads, ListsWhatIsThere) {
  const auto list = [&](const std::string& type) {
    return names(
        answer(org, "<listMetadata><queries><type>" + type + "</type></queries></listMetadata>"));
  };
  EXPECT_THAT(list("CustomField"), ElementsAre("Account.Legacy__c", "Gadget__c.Size__c"));
  EXPECT_THAT(list("CustomObject"), testing::IsSupersetOf({"Account", "Gadget__c"}));
  EXPECT_THAT(list("GlobalValueSet"), ElementsAre("Colours__gvs"));
  EXPECT_THAT(list("PermissionSet"), ElementsAre("Mig"));
  EXPECT_THAT(list("Profile"), testing::Contains("Admin"));
  EXPECT_THAT(list("Layout"), ElementsAre());
  const auto unknown =
      call(org, "<listMetadata><queries><type>Foo</type></queries></listMetadata>");
  EXPECT_EQ(unknown.status, 500);
  EXPECT_THAT(unknown.body, HasSubstr("INVALID_TYPE: Unknown type:Foo"));
}

TEST_F(MetadataReads, DescribesTheTypes) {
  const xml::Node described =
      answer(org, "<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>");
  const xml::Node* result = described.child("result");
  ASSERT_NE(result, nullptr);
  EXPECT_EQ(result->all("metadataObjects").front()->value("directoryName"), "objects");
  EXPECT_EQ(result->value("partialSaveAllowed"), "true");
}

TEST_F(MetadataReads, ReadsComponents) {
  const auto read = [&](const std::string& type, const std::string& name) {
    return answer(org, "<readMetadata><type>" + type + "</type><fullNames>" + name +
                           "</fullNames></readMetadata>")
        .child("result")
        ->children.front();
  };
  const xml::Node field = read("CustomField", "Account.Legacy__c");
  EXPECT_EQ(field.type, "CustomField");
  EXPECT_EQ(field.value("fullName"), "Account.Legacy__c");
  EXPECT_EQ(field.value("externalId"), "true");
  EXPECT_EQ(read("CustomObject", "Gadget__c").child("fields")->value("precision"), "9");
  EXPECT_EQ(read("PermissionSet", "Mig").child("fieldPermissions")->value("field"),
            "Account.Legacy__c");
  EXPECT_EQ(read("GlobalValueSet", "Colours__gvs").child("customValue")->value("fullName"), "Red");
  const xml::Node stages = read("StandardValueSet", "OpportunityStage");
  EXPECT_EQ(stages.all("standardValue").size(), 10U);
  EXPECT_EQ(stages.all("standardValue").back()->value("closed"), "true");
  EXPECT_TRUE(read("CustomField", "Account.Nope__c").nil);
}

TEST_F(MetadataReads, WhatIsRetrievedCanBeDeployedElsewhere) {
  const xml::Node started = answer(
      org,
      "<retrieve><retrieveRequest><apiVersion>66.0</apiVersion><singlePackage>true</singlePackage>"
      "<unpackaged><types><members>Gadget__c</members><name>CustomObject</name></types>"
      "<types><members>Account.Legacy__c</members><members>Account.Nope__c</members>"
      "<name>CustomField</name></types><types><members>*</members><name>GlobalValueSet</name>"
      "</types><types><members>Mig</members><name>PermissionSet</name></types>"
      "<version>66.0</version></unpackaged></retrieveRequest></retrieve>");
  const std::string id(started.child("result")->value("id"));
  const xml::Node status = answer(org, "<checkRetrieveStatus><asyncProcessId>" + id +
                                           "</asyncProcessId><includeZip>true</includeZip>"
                                           "</checkRetrieveStatus>");
  const xml::Node& result = *status.child("result");
  EXPECT_EQ(result.value("status"), "Succeeded");
  EXPECT_EQ(result.child("messages")->value("problem"),
            "Entity of type 'CustomField' named 'Account.Nope__c' cannot be found");
  const auto zip = base64::decode(result.value("zipFile"));
  ASSERT_TRUE(zip);
  std::vector<std::string> paths;
  const auto files = metadata::read_zip(*zip);
  ASSERT_TRUE(files);
  for (const metadata::ZipFile& file : *files) paths.push_back(file.path);
  EXPECT_THAT(paths, ElementsAre("globalValueSets/Colours__gvs.globalValueSet",
                                 "objects/Account.object", "objects/Gadget__c.object",
                                 "permissionsets/Mig.permissionset", "package.xml"));
  EXPECT_THAT((*files)[1].bytes, Not(HasSubstr("Industry"))) << "only what was named";

  Org elsewhere;
  const xml::Node deployed =
      answer(elsewhere, "<deploy><ZipFile>" + base64::encode(*zip) +
                            "</ZipFile><DeployOptions><allowMissingFiles>true</allowMissingFiles>"
                            "<singlePackage>true</singlePackage></DeployOptions></deploy>");
  const xml::Node checked =
      answer(elsewhere, "<checkDeployStatus><asyncProcessId>" +
                            std::string(deployed.child("result")->value("id")) +
                            "</asyncProcessId><includeDetails>true</includeDetails>"
                            "</checkDeployStatus>");
  EXPECT_EQ(checked.child("result")->value("status"), "Succeeded");
  EXPECT_EQ(elsewhere.send("GET", "sobjects/Gadget__c/describe").status, 200);
}

TEST_F(MetadataReads, AProductionOrgDeploysWithTestsAndAsAWhole) {
  sim::salesforce::SimulatorSettings settings;
  settings.organization.features.sandbox = false;
  Org production(std::move(settings));
  const auto deploy = [&](const std::string& options) {
    return call(production, "<deploy><ZipFile>UEs=</ZipFile><DeployOptions>" + options +
                                "</DeployOptions></deploy>");
  };
  EXPECT_THAT(deploy("<rollbackOnError>false</rollbackOnError>").body,
              HasSubstr("rollbackOnError must be true"));
  EXPECT_THAT(
      deploy("<rollbackOnError>true</rollbackOnError><testLevel>NoTestRun</testLevel>").body,
      HasSubstr("NoTestRun"));
  EXPECT_EQ(deploy("<rollbackOnError>true</rollbackOnError>").status, 200);
}

}  // namespace
}  // namespace flit::test
