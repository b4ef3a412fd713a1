// Microsoft's JavaScript Web API samples (PS JS/SPASample): their requests as a browser sends them:
// quotes as %27, blanks as %20 or plus, "//" behind the service root, Content-ID from 0.

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

const Headers browser_headers(std::string prefer) {
  Headers headers{
      {"accept", "application/json"}, {"odata-version", "4.0"}, {"odata-maxversion", "4.0"}};
  if (!prefer.empty()) headers.add("prefer", std::move(prefer));
  return headers;
}

const char* const annotated = "odata.include-annotations=\"*\"";
const char* const paged = "odata.maxpagesize=4,odata.include-annotations=\"*\"";

class JavaScriptClient : public testing::Test {
 protected:
  Answered send(const std::string& method, const std::string& path, const std::string& body = "",
                const std::string& prefer = "") {
    return sim.send(method, path, body, browser_headers(prefer));
  }
  Answered get(const std::string& path, const std::string& prefer = annotated) {
    return send("GET", path, "", prefer);
  }

  /// An account with a primary contact and six contacts, each with a task.
  void make_contoso() {
    contoso = sim.create(
        "accounts",
        R"j({"name":"Contoso, Ltd. (sample)","primarycontactid":{"firstname":"Yvonne","lastname":"McKay (sample)","jobtitle":"Coffee Master","annualincome":45000}})j");
    for (int i = 1; i <= 6; ++i)
      sim.create("contacts",
                 R"j({"firstname":"C)j" + std::to_string(i) +
                     R"j(","lastname":"Berg (sample)","jobtitle":"Senior","annualincome":)j" +
                     std::to_string(40'000 + 5000 * i) +
                     R"j(,"parentcustomerid_account@odata.bind":"accounts()j" + contoso +
                     R"j()","Contact_Tasks":[{"subject":"Task )j" + std::to_string(i) +
                     R"j("}]})j");
  }

  Simulated sim;
  std::string contoso;
};

TEST_F(JavaScriptClient, RefreshesOnlyWhatChanged) {
  Answered made = send("POST", "accounts?$select=name,telephone1",
                       R"j({"name":"Contoso Ltd","telephone1":"555-0000"})j",
                       std::string("return=representation,") + annotated);
  const std::string etag(made.json()["@odata.etag"].string_or(""));
  const std::string row = "accounts(" + std::string(made.json()["accountid"].string_or("")) + ")";
  const auto refresh = [&] {
    Headers headers = browser_headers("");
    headers.add("if-none-match", etag);
    return sim.send("GET", row + "?$select=name,telephone1", "", headers);
  };

  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_NE(made.json()["@odata.context"].string_or("").find("#accounts(name,telephone1"),
            std::string_view::npos)
      << made.body;
  EXPECT_EQ(refresh().status, 304);
  EXPECT_EQ(send("PUT", row + "/telephone1", R"j({"value":"555-0001"})j").status, 204);
  EXPECT_EQ(get(row + "/telephone1").json()["value"].string_or(""), "555-0001");
  EXPECT_EQ(refresh().status, 200);
}

TEST_F(JavaScriptClient, AssociatesThroughADoubledSlash) {
  make_contoso();
  const std::string contact = sim.create("contacts", R"j({"lastname":"Shillo"})j");
  const std::string reference = "accounts(" + contoso + ")/contact_customer_accounts";

  Answered linked =
      send("POST", reference + "/$ref",
           R"j({"@odata.id":"http://sim.example/api/data/v9.2//contacts()j" + contact + R"j()"})j");

  EXPECT_EQ(linked.status, 204) << linked.body;
  EXPECT_EQ(get(reference + "/$count").body, "7");
  EXPECT_EQ(send("DELETE", reference + "(" + contact + ")/$ref").status, 204);
  EXPECT_EQ(get(reference + "/$count").body, "6");
}

TEST_F(JavaScriptClient, QueriesWithFunctionsAliasesAndPages) {
  make_contoso();
  const std::string filter =
      "contains(fullname,%27(sample)%27)%20and%20_parentcustomerid_value%20eq%20" + contoso;

  Answered hour =
      get("contacts?$select=fullname&$filter=Microsoft.Dynamics.CRM.LastXHours("
          "PropertyName=@p1,PropertyValue=@p2)%20and%20_parentcustomerid_value%20eq%20" +
          contoso + "&@p1=%27createdon%27&@p2=%271%27");
  Answered aliases =
      get("contacts?$select=fullname,jobtitle,annualincome&$filter=contains(@p1,%27(sample)%27)%20"
          "and%20@p2%20eq%20@p3&$orderby=@p4%20asc,@p5%20desc&@p1=fullname&@p2="
          "_parentcustomerid_value&@p3=" +
          contoso + "&@p4=jobtitle&@p5=annualincome");
  Answered page = get("contacts?$select=fullname&$filter=" + filter, paged);
  const std::string link(page.json()["@odata.nextLink"].string_or(""));
  ASSERT_NE(link.find("contacts?"), std::string::npos) << page.body;
  Answered next = get(link.substr(link.find("contacts?")), paged);

  EXPECT_EQ(hour.json()["value"].size(), 6U) << hour.body;
  EXPECT_EQ(item(aliases.json()["value"], 0)["annualincome"].as_double(), 70'000.0) << aliases.body;
  EXPECT_EQ(page.json()["value"].size(), 4U);
  EXPECT_EQ(next.json()["value"].size(), 2U) << next.body;
}

TEST_F(JavaScriptClient, ExpandsOverSeveralLevelsAndAggregatesACollection) {
  make_contoso();

  Answered tasks =
      get("tasks?$select=subject&$expand=regardingobjectid_contact_task($select=fullname;$expand="
          "parentcustomerid_account($select=name;$expand=createdby($select=fullname)))&$filter="
          "regardingobjectid_contact_task/_accountid_value%20eq%20" +
          contoso);
  Answered totals = get(
      "accounts(" + contoso +
      ")/contact_customer_accounts?$apply=aggregate(annualincome%20with%20average%20as%20average"
      ",annualincome%20with%20sum%20as%20total,annualincome%20with%20min%20as%20minimum,"
      "annualincome%20with%20max%20as%20maximum)");

  ASSERT_EQ(tasks.json()["value"].size(), 6U) << tasks.body;
  const json::Value contact = item(tasks.json()["value"], 0)["regardingobjectid_contact_task"];
  EXPECT_EQ(contact["parentcustomerid_account"]["createdby"]["fullname"].string_or(""),
            "Flit Loader");
  EXPECT_EQ(item(totals.json()["value"], 0)["total"].as_double(), 345'000.0) << totals.body;
  EXPECT_EQ(item(totals.json()["value"], 0)["average"].as_double(), 57'500.0);
}

TEST_F(JavaScriptClient, FetchXmlWithPlusesAndPages) {
  make_contoso();
  const std::string fetch =
      "contacts?fetchXml=%3Cfetch+count%3D'3'+page%3D'1'%3E%0A+%3Centity+name%3D'contact'%3E%3C"
      "attribute+name%3D'fullname'+%2F%3E%3Corder+descending%3D'true'+attribute%3D'fullname'+%2F%3E"
      "%3Cfilter+type%3D'and'%3E%3Ccondition+value%3D'%25(sample)%25'+attribute%3D'fullname'+"
      "operator%3D'like'+%2F%3E%3Ccondition+value%3D'" +
      contoso +
      "'+attribute%3D'parentcustomerid'+operator%3D'eq'+%2F%3E%3C%2Ffilter%3E%3C%2Fentity%3E%3C%2F"
      "fetch%3E";

  Answered found = get(fetch);

  EXPECT_EQ(found.json()["value"].size(), 3U) << found.body;
  EXPECT_EQ(item(found.json()["value"], 0)["fullname"].string_or(""), "C6 Berg (sample)");
  EXPECT_NE(found.json()["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"].string_or("").find(
                "pagenumber=\"2\""),
            std::string_view::npos)
      << found.body;
}

TEST_F(JavaScriptClient, BatchesWithContentIdsFromZeroAmongTheInnerHeaders) {
  const std::string part =
      "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
  const auto create = [&](const std::string& id, const std::string& more) {
    return part + "POST /api/data/v9.2/accounts HTTP/1.1\r\n" +
           (id.empty() ? "" : "content-id: " + id + "\r\n") +
           "content-type: application/json;type=entry\r\n" + more + "\r\n{\"name\":\"B" + id +
           "\"}";
  };
  const std::string body =
      "--batch_a\r\nContent-Type: multipart/mixed; boundary=changeset_b\r\n\r\n--changeset_b\r\n" +
      create("0", "") + "\r\n--changeset_b\r\n" + create("1", "") +
      "\r\n--changeset_b--\r\n\r\n--batch_a\r\n" + create("", "prefer: return=representation\r\n") +
      "\r\n--batch_a\r\n" + part + "GET /api/data/v9.2/WhoAmI HTTP/1.1\r\n\r\n--batch_a--\r\n";
  Headers headers = browser_headers("odata.continue-on-error");
  headers.add("content-type", "multipart/mixed; boundary=batch_a");
  headers.add("if-none-match", "null");

  Answered batch = sim.send("POST", "$batch", body, headers);

  EXPECT_EQ(batch.status, 200) << batch.body;
  EXPECT_NE(batch.body.find("Content-ID: 0"), std::string::npos) << batch.body;
  EXPECT_NE(batch.body.find("HTTP/1.1 201 Created"), std::string::npos) << batch.body;
  EXPECT_NE(batch.body.find("WhoAmIResponse"), std::string::npos) << batch.body;
  EXPECT_EQ(get("accounts/$count").body, "3");
}

TEST_F(JavaScriptClient, CallsFunctionsWithAliasesAndSingleQuotedJson) {
  const std::string account = sim.create(
      "accounts",
      R"j({"name":"Contoso Consulting","accountcategorycode":1,"address1_city":"Seattle","paymenttermscode":1})j");

  Answered address =
      get("FormatAddress(Line1=@p1,City=@p2,StateOrProvince=@p3,PostalCode=@p4,Country=@p5)?@p1=%"
          "27123%20"
          "Maple%20St.%27&@p2=%27Seattle%27&@p3=%27WA%27&@p4=%2798007%27&@p5=%27USA%27",
          "");
  Answered counts =
      get("RetrieveTotalRecordCount(EntityNames=@p1)?@p1=[%27account%27,%27contact%27]", "");
  Answered start =
      get("InitializeFrom(EntityMoniker=@p1,TargetEntityName=@p2,TargetFieldType=@p3)?"
          "@p1={%27@odata.id%27:%27accounts(" +
              account +
              ")%27}&@p2=%27account%27&@p3=Microsoft.Dynamics.CRM.TargetFieldType%27"
              "ValidForCreate%27",
          "");

  EXPECT_EQ(address.json()["Address"].string_or(""), "123 Maple St.\r\nSeattle, WA 98007\r\nUSA");
  EXPECT_EQ(item(counts.json()["EntityRecordCountCollection"]["Values"], 0).as_integer(), 1)
      << counts.body;
  EXPECT_EQ(start.json()["address1_city"].string_or(""), "Seattle") << start.body;
  EXPECT_FALSE(start.json()["name"].exists());
  EXPECT_EQ(start.json()["parentaccountid@odata.bind"].string_or(""), "accounts(" + account + ")");
  EXPECT_EQ(send("POST", "accounts", start.body).status, 204);
}

}  // namespace
}  // namespace flit::sim::dataverse
