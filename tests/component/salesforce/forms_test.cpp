// XML in and out, white space, conditions, plans (fact sheet §2.1, §2.4).

#include <gmock/gmock.h>

#include "sim/salesforce/xml/xml.hpp"
#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

using testing::HasSubstr;

const Headers as_xml{{"Accept", "application/xml"}};

xml::Node read(const Answered& answer) {
  EXPECT_EQ(answer.headers.value_or("Content-Type", ""), "application/xml;charset=UTF-8");
  auto root = xml::read(answer.body);
  EXPECT_TRUE(root) << answer.body;
  return root ? *root : xml::Node{};
}

TEST(Xml, AnswersWhoAsksForIt) {
  Simulated sim;
  const std::string id = sim.create("Account", R"j({"Name":"A & B","BillingCity":"Oslo"})j");

  const xml::Node record =
      read(sim.send("GET", "sobjects/Account/" + id + "?fields=Name,Phone", "", as_xml));
  const Answered queried =
      sim.send("GET", "query?q=SELECT+Name,Phone,Owner.Alias+FROM+Account", "", as_xml);
  const xml::Node result = read(queried);
  const Answered refused = sim.send("GET", "query?q=SELEC", "", as_xml);
  const xml::Node errors = read(refused);

  EXPECT_EQ(record.name, "Account");
  EXPECT_EQ(record.value("Name"), "A & B");
  EXPECT_TRUE(record.child("Phone")->nil);
  EXPECT_EQ(result.name, "QueryResult");
  EXPECT_EQ(result.value("totalSize"), "1");
  EXPECT_EQ(result.child("records")->value("Name"), "A & B");
  EXPECT_FALSE(result.child("records")->child("Owner")->value("Alias").empty());
  EXPECT_THAT(queried.body, HasSubstr("<records type=\"Account\" url=\"/services/data/"));
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(errors.name, "Errors");
  EXPECT_EQ(errors.child("Error")->value("errorCode"), "MALFORMED_QUERY");
  EXPECT_THAT(
      sim.send("GET", "limits", "", {{"Accept", "text/html, application/xml;q=0.9, */*"}}).body,
      testing::StartsWith("{"))
      << "a browser gets JSON";
}

TEST(Xml, SavesARecord) {
  Simulated sim;
  const Headers headers{{"Accept", "application/xml"}, {"Content-Type", "application/xml"}};

  const Answered made = sim.send(
      "POST", "sobjects/Account",
      "<?xml version=\"1.0\"?><Account><Name>A</Name><NumberOfEmployees>7</NumberOfEmployees>"
      "</Account>",
      headers);
  const std::string id(read(made).value("id"));
  const Answered changed =
      sim.send("PATCH", "sobjects/Account/" + id,
               "<Account xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
               "<NumberOfEmployees xsi:nil=\"true\"/><Phone>1</Phone></Account>",
               headers);
  const Answered broken = sim.send("POST", "sobjects/Account", "<Account>", headers);

  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(read(made).name, "Result");
  EXPECT_EQ(changed.status, 204) << changed.body;
  EXPECT_EQ(sim.value("Account", id, "NumberOfEmployees"), "null");
  EXPECT_EQ(sim.value("Account", id, "Phone"), "\"1\"");
  EXPECT_EQ(broken.status, 400);
}

TEST(PrettyPrint, OnlyAddsWhiteSpace) {
  Simulated sim;
  sim.create("Account", R"j({"Name":"a \"{,:}\" b"})j");
  const std::string path = "query?q=" + percent::encode("SELECT Name FROM Account");

  Answered plain = sim.get(path);
  Answered pretty = sim.send("GET", path, "", {{"X-PrettyPrint", "1"}});

  EXPECT_THAT(pretty.body, testing::StartsWith("{\n  \"totalSize\" : 1,\n  \"done\" : true,\n"));
  EXPECT_EQ(element(pretty.json()["records"], 0)["Name"].string_or(""), "a \"{,:}\" b");
  EXPECT_EQ(pretty.json()["records"].size(), plain.json()["records"].size());
}

TEST(Conditions, GuardWritesAndSaveReads) {
  Simulated sim;
  const std::string id = sim.create("Account", R"j({"Name":"a"})j");
  const std::string path = "sobjects/Account/" + id;
  const Answered first = sim.get(path);
  const std::string tag(first.headers.value_or("ETag", ""));
  const std::string at(first.headers.value_or("Last-Modified", ""));
  const auto patch = [&](const std::string& header, const std::string& value) {
    return sim.send("PATCH", path, R"j({"Phone":"1"})j", {{header, value}});
  };

  EXPECT_EQ(sim.send("GET", path, "", {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(sim.send("GET", path, "", {{"If-Modified-Since", at}}).status, 304);
  EXPECT_EQ(patch("If-Match", "\"other\"").status, 412);
  EXPECT_EQ(patch("If-Match", "\"other\"").code(), "PRECONDITION_FAILED");
  sim.machine.advance(std::chrono::minutes(1));
  EXPECT_EQ(patch("If-Match", tag).status, 204);
  EXPECT_EQ(patch("If-Match", tag).status, 412) << "it has changed since";
  EXPECT_EQ(patch("If-Unmodified-Since", at).status, 412);
  EXPECT_EQ(sim.send("GET", path, "", {{"If-None-Match", tag}}).status, 200);
  EXPECT_EQ(sim.send("GET", path, "", {{"If-Modified-Since", at}}).status, 200);
  EXPECT_EQ(sim.send("DELETE", path, "", {{"If-Unmodified-Since", at}}).status, 412);
  EXPECT_EQ(patch("If-Match", "*").status, 204);
}

TEST(Explain, TellsWhetherAnIndexHelps) {
  Simulated sim(with_schema());
  for (const char* key : {"1", "2", "3"})
    sim.create("Account", R"j({"Name":"a","Ext__c":")j" + std::string(key) + "\"}");
  const auto plan = [&](const std::string& soql) {
    return sim.get("query?explain=" + percent::encode(soql)).body;
  };

  EXPECT_EQ(
      plan("SELECT Id FROM Account WHERE Ext__c = '2'"),
      R"j({"plans":[{"cardinality":1,"fields":["Ext__c"],"leadingOperationType":"Index",)j"
      R"j("notes":[],"relativeCost":0.3333333333333333,"sobjectCardinality":3,)j"
      R"j("sobjectType":"Account"}],"sourceQuery":"SELECT Id FROM Account WHERE Ext__c = '2'"})j");
  EXPECT_THAT(plan("SELECT Id FROM Account WHERE Phone = '2'"),
              testing::AllOf(HasSubstr(R"j("leadingOperationType":"TableScan")j"),
                             HasSubstr(R"j("fields":["Phone"],"tableEnumOrId":"Account")j")));
  EXPECT_THAT(plan("SELECT Foo FROM Account"), HasSubstr("INVALID_FIELD"));
}

TEST(Distance, IsMeasuredFromAnAddress) {
  Simulated sim;
  sim.create("Account", R"j({"Name":"Oslo","BillingLatitude":59.91,"BillingLongitude":10.75})j");
  sim.create("Account", R"j({"Name":"Rome","BillingLatitude":41.9,"BillingLongitude":12.5})j");
  sim.create("Account", R"j({"Name":"Nowhere"})j");

  Answered near = sim.query(
      "SELECT Name FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(60, 11), 'mi') < 50");

  EXPECT_EQ(near.json()["totalSize"].dump(), "1") << near.body;
  EXPECT_EQ(element(near.json()["records"], 0)["Name"].string_or(""), "Oslo");
}

}  // namespace
}  // namespace flit::sim::salesforce
