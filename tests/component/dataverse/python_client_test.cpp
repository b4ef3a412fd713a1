// Microsoft's Dataverse SDK for Python (PY): its requests as they were seen on the wire, one story
// from making a table to dropping it. Blanks come as plus or %20, dollars as %24 or bare.

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

const Headers odata_headers() {
  return {{"Accept", "application/json"},
          {"OData-Version", "4.0"},
          {"OData-MaxVersion", "4.0"},
          {"x-ms-client-request-id", "0f2d3c1e-7b1c-4f6e-8f3a-5a2f4d6c7e81"},
          {"User-Agent", "DataverseSvcPythonClient:0.1.0b11"}};
}

Headers with(std::string name, std::string value) {
  Headers headers = odata_headers();
  headers.add(std::move(name), std::move(value));
  return headers;
}

std::string label(const std::string& text) {
  return R"j({"@odata.type": "Microsoft.Dynamics.CRM.Label", "LocalizedLabels": [{"@odata.type": "Microsoft.Dynamics.CRM.LocalizedLabel", "Label": ")j" +
         text + R"j(", "LanguageCode": 1033}]})j";
}

std::string attribute(const std::string& type, const std::string& schema,
                      const std::string& members) {
  return R"j({"@odata.type": "Microsoft.Dynamics.CRM.)j" + type +
         R"j(AttributeMetadata", "SchemaName": ")j" + schema + R"j(", "DisplayName": )j" +
         label(schema.substr(4)) + R"j(, "RequiredLevel": {"Value": "None"}, )j" + members + "}";
}

std::string option(int value, const std::string& text) {
  return R"j({"@odata.type": "Microsoft.Dynamics.CRM.OptionMetadata", "Value": )j" +
         std::to_string(value) + R"j(, "Label": )j" + label(text) + "}";
}

std::string demo_table() {
  return R"j({"@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata", "SchemaName": "new_Demo", "DisplayName": )j" +
         label("new_Demo") + R"j(, "DisplayCollectionName": )j" + label("new_Demos") +
         R"j(, "Description": )j" + label("Custom entity for new_Demo") +
         R"j(, "OwnershipType": "UserOwned", "HasActivities": false, "HasNotes": true, "IsActivity": false, "Attributes": [)j" +
         attribute(
             "String", "new_Name",
             R"j("MaxLength": 200, "FormatName": {"Value": "Text"}, "IsPrimaryName": true)j") +
         "," +
         attribute(
             "String", "new_Title",
             R"j("MaxLength": 200, "FormatName": {"Value": "Text"}, "IsPrimaryName": false)j") +
         "," +
         attribute("Integer", "new_Qty",
                   R"j("Format": "None", "MinValue": -2147483648, "MaxValue": 2147483647)j") +
         "," +
         attribute("DateTime", "new_Due", R"j("Format": "DateOnly", "ImeMode": "Inactive")j") +
         "," +
         attribute(
             "Picklist", "new_Pri",
             R"j("IsPrimaryName": false, "OptionSet": {"@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", "IsGlobal": false, "Options": [)j" +
                 option(1, "LOW") + "," + option(2, "HIGH") + "]}") +
         "]}";
}

/// What the client asks before nearly every call.
Answered find_table(Simulated& sim, const std::string& name) {
  return sim.send("GET",
                  "EntityDefinitions?%24select=MetadataId%2CLogicalName%2CSchemaName%2C"
                  "EntitySetName%2CPrimaryNameAttribute%2CPrimaryIdAttribute&%24filter="
                  "LogicalName+eq+%27" +
                      name + "%27",
                  "", with("Consistency", "Strong"));
}

std::string member(Answered& answer, std::string_view name) {
  return std::string(item(answer.json()["value"], 0)[name].string_or(""));
}

class PythonClient : public testing::Test {
 protected:
  PythonClient() {
    EXPECT_EQ(find_table(sim, "new_demo").json()["value"].size(), 0U);
    EXPECT_EQ(sim.send("POST", "EntityDefinitions", demo_table(), odata_headers()).status, 204);
    Answered found = find_table(sim, "new_demo");
    EXPECT_EQ(member(found, "EntitySetName"), "new_demos");
    table = "EntityDefinitions(" + member(found, "MetadataId") + ")";
  }

  Answered post(const std::string& path, const std::string& body) {
    return sim.send("POST", path, body, odata_headers());
  }
  Answered get(const std::string& path) { return sim.send("GET", path, "", odata_headers()); }

  std::string create(const std::string& body) {
    Answered made = post("new_demos", body);
    EXPECT_EQ(made.status, 204) << made.body;
    const std::string url(made.headers.value_or("OData-EntityId", ""));
    return url.substr(url.rfind('(') + 1, 36);
  }

  void add_key() {
    EXPECT_EQ(
        post(table + "/Attributes",
             attribute(
                 "String", "new_ExtId",
                 R"j("MaxLength": 200, "FormatName": {"Value": "Text"}, "IsPrimaryName": false)j"))
            .status,
        204);
    EXPECT_EQ(
        post("EntityDefinitions(LogicalName='new_demo')/Keys",
             R"j({"SchemaName": "new_ExtKey", "KeyAttributes": ["new_extid"], "DisplayName": )j" +
                 label("new_ExtKey") + "}")
            .status,
        204);
  }

  Simulated sim;
  std::string table;
};

/// PY tests/e2e names the primary column a second time; a refused definition leaves nothing behind.
TEST_F(PythonClient, TheNameColumnMayComeTwiceAndARefusalLeavesNoTable) {
  const auto text = [](const std::string& schema, bool primary) {
    return attribute("String", schema,
                     R"j("MaxLength": 200, "FormatName": {"Value": "Text"}, "IsPrimaryName": )j" +
                         std::string(primary ? "true" : "false"));
  };
  const auto define = [&](const std::string& schema, const std::string& further) {
    return post("EntityDefinitions",
                R"j({"@odata.type": "Microsoft.Dynamics.CRM.EntityMetadata", "SchemaName": ")j" +
                    schema + R"j(", "OwnershipType": "UserOwned", "Attributes": [)j" +
                    text("new_Name", true) + "," + further + "]}");
  };

  EXPECT_EQ(define("new_Twice", text("new_Name", false)).status, 204);
  EXPECT_EQ(define("new_Half", text("new_A", false) + "," + text("new_A", false)).code(),
            "0x80047013");
  EXPECT_EQ(find_table(sim, "new_twice").json()["value"].size(), 1U);
  EXPECT_EQ(find_table(sim, "new_half").json()["value"].size(), 0U);
}

TEST_F(PythonClient, FindsPicklistsByOneCastWithTheirOptions) {
  Answered picklists =
      get("EntityDefinitions(LogicalName='new_demo')/Attributes/"
          "Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand="
          "OptionSet($select=Options)");

  ASSERT_EQ(picklists.json()["value"].size(), 1U) << picklists.body;
  const json::Value options = item(picklists.json()["value"], 0)["OptionSet"]["Options"];
  EXPECT_EQ(item(options, 1)["Value"].as_integer(), 2);
  EXPECT_EQ(item(item(options, 1)["Label"]["LocalizedLabels"], 0)["Label"].string_or(""), "HIGH");
}

TEST_F(PythonClient, CreatesReadsUpdatesAndDeletesOneAndMany) {
  const std::string one = create(R"j({"new_title": "One", "new_qty": 3, "new_pri": 2})j");
  Answered many = post(
      "new_demos/Microsoft.Dynamics.CRM.CreateMultiple",
      R"j({"Targets": [{"new_title": "Two", "@odata.type": "Microsoft.Dynamics.CRM.new_demo"}, {"new_title": "Three", "@odata.type": "Microsoft.Dynamics.CRM.new_demo"}]})j");
  const std::string two(item(many.json()["Ids"], 0).string_or(""));
  Answered read = sim.send("GET", "new_demos(" + one + ")?$select=new_title,new_pri", "",
                           with("Prefer", "odata.include-annotations=\"*\""));
  const auto patch = [&](const std::string& id) {
    return sim.send("PATCH", "new_demos(" + id + ")", R"j({"new_qty": 4})j", with("If-Match", "*"))
        .status;
  };
  Answered update =
      post("new_demos/Microsoft.Dynamics.CRM.UpdateMultiple",
           R"j({"Targets": [{"new_demoid": ")j" + two +
               R"j(", "new_qty": 8, "@odata.type": "Microsoft.Dynamics.CRM.new_demo"}]})j");

  EXPECT_EQ(many.json()["Ids"].size(), 2U) << many.body;
  EXPECT_EQ(read.json()["new_pri@OData.Community.Display.V1.FormattedValue"].string_or(""), "HIGH");
  EXPECT_EQ(patch(one), 204);
  EXPECT_EQ(patch("00000000-0000-0000-0000-000000000001"), 404);
  EXPECT_EQ(update.status, 204) << update.body;
  EXPECT_EQ(sim.send("DELETE", "new_demos(" + one + ")", "", with("If-Match", "*")).status, 204);
  EXPECT_EQ(get("new_demos/$count").body, "2");
}

TEST_F(PythonClient, UpsertsByAlternateKeyWithDoubledQuotes) {
  add_key();

  EXPECT_EQ(
      sim.send("PATCH", "new_demos(new_extid='E''1')", R"j({"new_title": "Up"})j", odata_headers())
          .status,
      204);
  EXPECT_EQ(
      post(
          "new_demos/Microsoft.Dynamics.CRM.UpsertMultiple",
          R"j({"Targets": [{"new_title": "Up2", "@odata.type": "Microsoft.Dynamics.CRM.new_demo", "@odata.id": "new_demos(new_extid='E2')"}]})j")
          .status,
      204);

  Answered keys = get("EntityDefinitions(LogicalName='new_demo')/Keys");
  EXPECT_EQ(member(keys, "EntityKeyIndexStatus"), "Active");
  Answered found = get("new_demos?%24select=new_title&%24filter=new_extid+eq+%27E%27%271%27");
  EXPECT_EQ(member(found, "new_title"), "Up");
}

/// The client keeps the first id of the answer's URL as the key's.
TEST_F(PythonClient, DropsAKeyByTheIdOfItsAnswer) {
  add_key();
  Answered made = post("EntityDefinitions(LogicalName='new_demo')/Keys",
                       R"j({"SchemaName": "new_TitleKey", "KeyAttributes": ["new_title"]})j");
  const std::string url(made.headers.value_or("OData-EntityId", ""));
  const std::size_t at = url.find("/Keys(");
  ASSERT_NE(at, std::string::npos) << url;

  EXPECT_NE(url.find("EntityDefinitions(LogicalName='new_demo')/Keys("), std::string::npos) << url;
  EXPECT_EQ(
      sim.send("DELETE",
               "EntityDefinitions(LogicalName='new_demo')/Keys(" + url.substr(at + 6, 36) + ")", "",
               odata_headers())
          .status,
      204);
}

TEST_F(PythonClient, QueryBuilderPagesAndCounts) {
  for (const char* title : {"One", "Two", "Three"})
    create(std::string(R"j({"new_title": ")j") + title + R"j(", "new_qty": 5})j");
  const std::string query =
      "new_demos?%24select=new_title%2Cnew_qty&%24filter=Microsoft.Dynamics.CRM.In%28PropertyName"
      "%3D%27new_qty%27%2CPropertyValues%3D%5B%224%22%2C%225%22%5D%29+and+%28new_title+ge+%27A%27+"
      "and+new_title+le+%27Z%27%29&%24orderby=new_title&%24count=true";
  const std::string prefer = "odata.maxpagesize=2,odata.include-annotations=\"*\"";

  Answered first = sim.send("GET", query, "", with("Prefer", prefer));
  const std::string link(first.json()["@odata.nextLink"].string_or(""));
  ASSERT_NE(link.find("new_demos?"), std::string::npos) << first.body;
  Answered second =
      sim.send("GET", link.substr(link.find("new_demos?")), "", with("Prefer", prefer));

  EXPECT_EQ(first.json()["@odata.count"].as_integer(), 3);
  EXPECT_EQ(first.json()["value"].size(), 2U);
  EXPECT_EQ(member(second, "new_title"), "Two");
  Answered negated = get(
      "new_demos?%24filter=%28%28new_qty+gt+3+and+not+%28contains%28new_title%2C+%27o%27%29%29%29+"
      "or+new_title+eq+null%29&%24top=5");
  EXPECT_EQ(member(negated, "new_title"), "Three") << negated.body;
}

/// The client counts pages itself and hands the cookie back inside the query, escaped as XML.
TEST_F(PythonClient, FetchXmlPagesByTheCookieOfTheAnnotation) {
  for (const char* title : {"a", "b", "c"})
    create(std::string(R"j({"new_title": ")j") + title + "\"}");
  const std::string prefer =
      "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,"
      "Microsoft.Dynamics.CRM.morerecords\"";
  const std::string entity =
      "%3Centity+name%3D%22new_demo%22%3E%3Cattribute+name%3D%22new_title%22+%2F%3E%3Corder+"
      "attribute%3D%22new_title%22+%2F%3E%3C%2Fentity%3E%3C%2Ffetch%3E";

  Answered first = sim.send("GET", "new_demos?fetchXml=%3Cfetch+count%3D%222%22%3E" + entity, "",
                            with("Prefer", prefer));
  Answered second = sim.send(
      "GET",
      "new_demos?fetchXml=%3Cfetch+count%3D%222%22+paging-cookie%3D%22%26lt%3Bcookie+page%3D%26quot"
      "%3B1%26quot%3B%26gt%3B%26lt%3B%2Fcookie%26gt%3B%22+page%3D%222%22%3E" +
          entity,
      "", with("Prefer", prefer));

  EXPECT_EQ(first.json()["@Microsoft.Dynamics.CRM.morerecords"].as_boolean(), true);
  EXPECT_TRUE(first.json()["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"].is_string());
  EXPECT_EQ(member(second, "new_title"), "c") << second.body;
  EXPECT_FALSE(second.json()["@Microsoft.Dynamics.CRM.morerecords"].exists());
}

TEST_F(PythonClient, MakesALookupWhoseRelationshipIsNamedAfterItsTables) {
  Answered made = post(
      "RelationshipDefinitions",
      R"j({"@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata", "SchemaName": "account_new_demo_new_AcctId", "ReferencedEntity": "account", "ReferencingEntity": "new_demo", "ReferencedAttribute": "accountid", "CascadeConfiguration": {"Assign": "NoCascade", "Delete": "RemoveLink", "Merge": "NoCascade", "Reparent": "NoCascade", "Share": "NoCascade", "Unshare": "NoCascade"}, "Lookup": {"@odata.type": "Microsoft.Dynamics.CRM.LookupAttributeMetadata", "SchemaName": "new_AcctId", "AttributeType": "Lookup", "AttributeTypeName": {"Value": "LookupType"}, "DisplayName": )j" +
          label("account") +
          R"j(, "RequiredLevel": {"Value": "None", "CanBeChanged": true, "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings"}}})j");
  const std::string account = sim.create("accounts", R"j({"name": "Contoso"})j");
  create(R"j({"new_title": "Bound", "new_AcctId@odata.bind": "/accounts()j" + account + R"j()"})j");

  EXPECT_EQ(made.status, 204) << made.body;
  Answered relationship =
      get("RelationshipDefinitions?%24filter=SchemaName+eq+%27account_new_demo_new_AcctId%27");
  EXPECT_EQ(member(relationship, "ReferencingEntityNavigationPropertyName"), "new_AcctId");
  EXPECT_EQ(item(relationship.json()["value"], 0)["CascadeConfiguration"]["Delete"].string_or(""),
            "RemoveLink");
  Answered expanded =
      get("new_demos?%24select=new_title&%24expand=new_AcctId%28%24select%3Dname%29");
  EXPECT_EQ(item(expanded.json()["value"], 0)["new_AcctId"]["name"].string_or(""), "Contoso");
}

TEST_F(PythonClient, ListsColumnsAndDropsOneByItsId) {
  Answered columns =
      get(table +
          "/Attributes?%24select=LogicalName%2CSchemaName%2CAttributeType%2CIsPrimaryId%2C"
          "IsPrimaryName%2CDisplayName%2CAttributeOf&%24filter=AttributeType+ne+%27Virtual%27");
  Answered found = get(table +
                       "/Attributes?%24select=MetadataId%2CLogicalName%2CSchemaName%2C"
                       "AttributeType&%24filter=LogicalName+eq+%27new_due%27");

  EXPECT_GT(columns.json()["value"].size(), 10U) << columns.body;
  EXPECT_EQ(member(found, "AttributeType"), "DateTime");
  EXPECT_EQ(sim.send("DELETE", table + "/Attributes(" + member(found, "MetadataId") + ")", "",
                     with("If-Match", "*"))
                .status,
            204);
  EXPECT_EQ(get("new_demos?$top=1&$select=new_due").status, 400);
  EXPECT_EQ(sim.send("DELETE", table, "", with("If-Match", "*")).status, 204);
  EXPECT_EQ(get("new_demos").status, 404);
}

/// One batch: absolute URLs with bare blanks, a quoted boundary, UTF-8, a change set that refers
/// to its own first part.
TEST_F(PythonClient, BatchMixesReadsSqlAndAChangeSet) {
  const std::string root = "http://sim.example/api/data/v9.2/";
  const std::string part =
      "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n";
  const std::string json_type = "Content-Type: application/json; type=entry\r\n\r\n";
  const std::string body =
      "--batch_1\r\n" + part + "\r\nPOST " + root + "new_demos HTTP/1.1\r\n" + json_type +
      "{\"new_title\": \"B\xC3\xA4tch\"}\r\n--batch_1\r\n" + part + "\r\nGET " + root +
      "new_demos?$select=new_title&$filter=new_title eq 'B\xC3\xA4tch'&$top=1 HTTP/1.1\r\n\r\n"
      "--batch_1\r\n" +
      part + "\r\nGET " + root +
      "new_demos?sql=SELECT%20new_title%20FROM%20new_demo HTTP/1.1\r\n\r\n--batch_1\r\n"
      "Content-Type: multipart/mixed; boundary=\"changeset_2\"\r\n\r\n--changeset_2\r\n" +
      part + "Content-ID: 1\r\n\r\nPOST " + root + "new_demos HTTP/1.1\r\n" + json_type +
      "{\"new_title\": \"In set\"}\r\n--changeset_2\r\n" + part +
      "Content-ID: 2\r\n\r\nPATCH $1 HTTP/1.1\r\nIf-Match: *\r\n" + json_type +
      "{\"new_qty\": 9}\r\n--changeset_2--\r\n--batch_1--\r\n";

  Answered batch = sim.send("POST", "$batch", body,
                            with("Content-Type", "multipart/mixed; boundary=\"batch_1\""));

  EXPECT_EQ(batch.status, 200) << batch.body;
  EXPECT_EQ(batch.body.find("HTTP/1.1 4"), std::string::npos) << batch.body;
  Answered changed = get("new_demos?%24select=new_qty&%24filter=new_title+eq+%27In+set%27");
  EXPECT_EQ(item(changed.json()["value"], 0)["new_qty"].as_integer(), 9);
}

}  // namespace
}  // namespace flit::sim::dataverse
