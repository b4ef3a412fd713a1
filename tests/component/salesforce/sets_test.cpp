// Many records in one call: collections, trees, composites (fact sheet §2.6, §2.7).

#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

std::string accounts(std::size_t count) {
  std::string records;
  for (std::size_t i = 0; i < count; ++i)
    records += std::string(i == 0 ? "" : ",") + R"j({"attributes":{"type":"Account"},"Name":"n"})j";
  return records;
}

TEST(Collections, EachRecordIsSavedForItselfOrAllAreRolledBack) {
  Simulated sim;
  const std::string two =
      R"j("records":[{"attributes":{"type":"Account"},"Name":"x"},{"attributes":{"type":"Account"}}]})j";

  Answered some = sim.send("POST", "composite/sobjects", R"j({"allOrNone":false,)j" + two);
  Answered none = sim.send("POST", "composite/sobjects", R"j({"allOrNone":true,)j" + two);

  EXPECT_EQ(some.status, 200);
  EXPECT_TRUE(element(some.json(), 0)["success"].as_boolean().value_or(false));
  EXPECT_EQ(element(element(some.json(), 1)["errors"], 0)["statusCode"].string_or(""),
            "REQUIRED_FIELD_MISSING");
  EXPECT_FALSE(element(some.json(), 1)["id"].exists());
  EXPECT_EQ(element(element(none.json(), 0)["errors"], 0)["statusCode"].string_or(""),
            "ALL_OR_NONE_OPERATION_ROLLED_BACK");
  EXPECT_EQ(sim.query("SELECT COUNT() FROM Account").json()["totalSize"].dump(), "1");
}

TEST(Collections, MoreThanTwoHundredAreRefusedAsAWhole) {
  Simulated sim;

  Answered most = sim.send("POST", "composite/sobjects", "{\"records\":[" + accounts(200) + "]}");
  Answered more = sim.send("POST", "composite/sobjects", "{\"records\":[" + accounts(201) + "]}");

  EXPECT_EQ(most.status, 200);
  EXPECT_EQ(more.status, 400);
  EXPECT_EQ(more.code(), "EXCEEDED_ID_LIMIT");
  EXPECT_EQ(more.message(),
            "record limit reached. cannot submit more than 200 records into this call");
}

TEST(Collections, UpsertTellsWhatWasCreatedAndRefusesAKeyThatStandsTwice) {
  Simulated sim(with_schema());
  sim.create("Account", R"j({"Name":"old","Ext__c":"1"})j");

  Answered done =
      sim.send("PATCH", "composite/sobjects/Account/Ext__c",
               R"j({"records":[{"attributes":{"type":"Account"},"Ext__c":"1","Phone":"5"},
                                           {"attributes":{"type":"Account"},"Ext__c":"2","Name":"new"},
                                           {"attributes":{"type":"Account"},"Ext__c":"3","Name":"a"},
                                           {"attributes":{"type":"Account"},"Ext__c":"3","Name":"b"}]})j");

  EXPECT_EQ(done.status, 200);
  EXPECT_FALSE(element(done.json(), 0)["created"].as_boolean().value_or(true));
  EXPECT_TRUE(element(done.json(), 1)["created"].as_boolean().value_or(false));
  for (const std::size_t i : {2U, 3U})
    EXPECT_EQ(element(element(done.json(), i)["errors"], 0)["message"].string_or(""),
              "Duplicate external id specified: 3");
  EXPECT_EQ(sim.query("SELECT COUNT() FROM Account").json()["totalSize"].dump(), "2");
}

TEST(Collections, ReadingKeepsTheOrderAndAnswersNullForWhatIsMissing) {
  Simulated sim;
  const std::string id = sim.create("Account", R"j({"Name":"a"})j");

  Answered read =
      sim.send("POST", "composite/sobjects/Account",
               R"j({"ids":["001000000000999AAA",")j" + id + R"j("],"fields":["Name"]})j");
  Answered gone = sim.send("DELETE", "composite/sobjects?ids=" + id + ",001000000000999AAA");

  EXPECT_TRUE(element(read.json(), 0).is_null());
  EXPECT_EQ(element(read.json(), 1)["Name"].string_or(""), "a");
  EXPECT_TRUE(element(gone.json(), 0)["success"].as_boolean().value_or(false));
  EXPECT_FALSE(element(gone.json(), 1)["success"].as_boolean().value_or(true));
}

TEST(Collections, AnInjectedPartialFailureFailsTheSecondHalf) {
  Simulated sim;
  auto request = Request::make("POST", "/services/data/v66.0/composite/sobjects",
                               {{"Authorization", "Bearer " + sim.token}},
                               "{\"records\":[" + accounts(4) + "]}");
  ASSERT_TRUE(request);
  request->injected = InjectedFault{.kind = FaultKind::partial};

  const Response response = sim.simulator.handle(*request);

  EXPECT_NE(response.body.find("UNABLE_TO_LOCK_ROW"), std::string::npos);
  EXPECT_EQ(sim.query("SELECT COUNT() FROM Account").json()["totalSize"].dump(), "2");
}

TEST(Collections, TakeFilesBesideTheirRecords) {
  Simulated sim;
  const auto part = [](const std::string& name, const std::string& type, const std::string& body) {
    return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"f\"\r\n" +
           "Content-Type: " + type + "\r\n\r\n" + body + "\r\n";
  };
  const std::string records =
      R"j({"allOrNone":false,"records":[
        {"attributes":{"type":"ContentVersion","binaryPartName":"one","binaryPartNameAlias":"VersionData"},"PathOnClient":"a.txt"},
        {"attributes":{"type":"ContentVersion","binaryPartName":"two","binaryPartNameAlias":"VersionData"},"PathOnClient":"b.txt"},
        {"attributes":{"type":"ContentVersion","binaryPartName":"three"},"PathOnClient":"c.txt"}]})j";

  Answered made = sim.send("POST", "composite/sobjects",
                           part("two", "text/plain", "second") +
                               part("collection", "application/json", records) +
                               part("one", "text/plain", "first") + "--x--",
                           {{"Content-Type", "multipart/form-data; boundary=x"}});
  const auto bytes = [&](std::size_t i) {
    return sim
        .get("sobjects/ContentVersion/" + std::string(element(made.json(), i)["id"].string_or("")) +
             "/VersionData")
        .body;
  };

  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(bytes(0), "first");
  EXPECT_EQ(bytes(1), "second");
  EXPECT_EQ(element(element(made.json(), 2)["errors"], 0)["statusCode"].string_or(""),
            "INVALID_MULTIPART_REQUEST");
}

TEST(Tree, ParentsAndChildrenAreSavedTogetherOrNotAtAll) {
  Simulated sim;
  const std::string good =
      R"j({"records":[{"attributes":{"type":"Account","referenceId":"a"},"Name":"A","Contacts":
      {"records":[{"attributes":{"type":"Contact","referenceId":"c"},"LastName":"C"}]}}]})j";
  const std::string bad =
      R"j({"records":[{"attributes":{"type":"Account","referenceId":"a"},"Name":"B"},
      {"attributes":{"type":"Account","referenceId":"b"}}]})j";

  Answered saved = sim.send("POST", "composite/tree/Account", good);
  Answered refused = sim.send("POST", "composite/tree/Account", bad);

  EXPECT_EQ(saved.status, 201);
  EXPECT_FALSE(saved.json()["hasErrors"].as_boolean().value_or(true));
  EXPECT_EQ(saved.json()["results"].size(), 2U);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(element(refused.json()["results"], 0)["referenceId"].string_or(""), "b");
  EXPECT_EQ(
      sim.query("SELECT Name FROM Contact WHERE Account.Name = 'A'").json()["totalSize"].dump(),
      "1");
  EXPECT_EQ(sim.query("SELECT COUNT() FROM Account").json()["totalSize"].dump(), "1");
}

TEST(Composite, LaterPartsUseWhatEarlierOnesAnswered) {
  Simulated sim;

  Answered done = sim.send("POST", "composite", R"j({"compositeRequest":[
      {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"C"}},
      {"method":"GET","url":"/services/data/v66.0/query?q=SELECT Id FROM Account","referenceId":"q"},
      {"method":"POST","url":"/services/data/v66.0/sobjects/Contact","referenceId":"c",
       "body":{"LastName":"L","AccountId":"@{q.records[0].Id}"}},
      {"method":"GET","url":"/services/data/v66.0/sobjects/Contact/@{c.id}?fields=AccountId","referenceId":"r"},
      {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"f","body":{}},
      {"method":"PATCH","url":"/services/data/v66.0/sobjects/Account/@{f.id}","referenceId":"h","body":{}}]})j");
  const json::Value parts = done.json()["compositeResponse"];

  EXPECT_EQ(done.status, 200);
  EXPECT_EQ(element(parts, 0)["httpStatusCode"].dump(), "201");
  EXPECT_EQ(element(parts, 3).at_path("body.AccountId").string_or("?"),
            element(parts, 0).at_path("body.id").string_or(""));
  EXPECT_EQ(element(parts, 4)["httpStatusCode"].dump(), "400");
  EXPECT_EQ(element(element(parts, 5)["body"], 0)["errorCode"].string_or(""), "PROCESSING_HALTED");
}

TEST(Composite, AllOrNoneTakesEverythingBack) {
  Simulated sim;

  Answered done = sim.send("POST", "composite", R"j({"allOrNone":true,"compositeRequest":[
      {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"C"}},
      {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"b","body":{}}]})j");

  EXPECT_EQ(
      element(element(done.json()["compositeResponse"], 0)["body"], 0)["errorCode"].string_or(""),
      "PROCESSING_HALTED");
  EXPECT_EQ(sim.query("SELECT COUNT() FROM Account").json()["totalSize"].dump(), "0");
}

TEST(Composite, LimitsAndBadReferencesFailTheWholeCall) {
  Simulated sim;
  std::string parts;
  for (int i = 0; i < 26; ++i)
    parts += std::string(i == 0 ? "" : ",") +
             R"j({"method":"GET","url":"/services/data/v66.0/limits","referenceId":"r)j" +
             std::to_string(i) + "\"}";

  EXPECT_EQ(sim.send("POST", "composite", "{\"compositeRequest\":[" + parts + "]}").status, 400);
  EXPECT_EQ(
      sim.send(
             "POST", "composite",
             R"j({"compositeRequest":[{"method":"GET","url":"/services/data/v66.0/limits","referenceId":"a-b"}]})j")
          .status,
      400);
  EXPECT_EQ(sim.get("composite").status, 405);
}

TEST(Batch, PartsAreIndependentAndGraphsAreAllOrNone) {
  Simulated sim;

  Answered batch = sim.send("POST", "composite/batch", R"j({"batchRequests":[
      {"method":"POST","url":"v66.0/sobjects/Account","richInput":{"Name":"a"}},
      {"method":"POST","url":"v66.0/sobjects/Account","richInput":{}}]})j");
  Answered graphs = sim.send("POST", "composite/graph", R"j({"graphs":[
      {"graphId":"1","compositeRequest":[{"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"x","body":{"Name":"b"}}]},
      {"graphId":"2","compositeRequest":[{"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"x","body":{"Name":"c"}},
                                         {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"y","body":{}}]}]})j");

  EXPECT_TRUE(batch.json()["hasErrors"].as_boolean().value_or(false));
  EXPECT_EQ(element(batch.json()["results"], 0)["statusCode"].dump(), "201");
  EXPECT_TRUE(element(graphs.json()["graphs"], 0)["isSuccessful"].as_boolean().value_or(false));
  EXPECT_FALSE(element(graphs.json()["graphs"], 1)["isSuccessful"].as_boolean().value_or(true));
  EXPECT_EQ(sim.query("SELECT COUNT() FROM Account").json()["totalSize"].dump(), "2");
}

}  // namespace
}  // namespace flit::sim::salesforce
