// The partner API over SOAP (fact sheet §1.2, §7, §8).

#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

Answered call(Simulated& sim, const std::string& body, const std::string& version = "64.0") {
  const std::string envelope =
      "<?xml version=\"1.0\"?><se:Envelope xmlns:se=\"http://schemas.xmlsoap.org/soap/envelope/\" "
      "xmlns=\"urn:partner.soap.sforce.com\"><se:Header><SessionHeader><sessionId>" +
      sim.token + "</sessionId></SessionHeader></se:Header><se:Body>" + body +
      "</se:Body></se:Envelope>";
  return sim.send("POST", "/services/Soap/u/" + version, envelope,
                  {{"Authorization", ""}, {"SOAPAction", "\"\""}, {"Content-Type", "text/xml"}});
}

std::string between(const std::string& text, const std::string& name) {
  const std::size_t from = text.find("<" + name + ">") + name.size() + 2;
  return text.substr(from, text.find("</" + name + ">") - from);
}

TEST(Soap, LoginOpensASessionUpToVersion64) {
  Simulated sim;
  const std::string body =
      "<login><username>flit@example.com</username><password>flitTOKEN</password></login>";

  Answered granted = call(sim, body);
  Answered wrong =
      call(sim, "<login><username>flit@example.com</username><password>no</password></login>");
  Answered late = call(sim, body, "65.0");
  sim.token = between(granted.body, "sessionId");

  EXPECT_EQ(granted.status, 200) << granted.body;
  EXPECT_EQ(between(granted.body, "serverUrl"),
            "http://sim.example/services/Soap/u/64.0/00D000000000001EAA");
  EXPECT_EQ(sim.get("limits").status, 200);
  EXPECT_EQ(wrong.status, 500);
  EXPECT_EQ(between(wrong.body, "sf:exceptionCode"), "INVALID_LOGIN");
  EXPECT_EQ(late.status, 500);
  call(sim, "<logout/>");
  EXPECT_EQ(sim.get("limits").status, 401);
}

TEST(Soap, UndeleteBringsBackAndAnEmptiedBinDoesNot) {
  Simulated sim;
  const std::string account = sim.create("Account", R"j({"Name":"a"})j");
  const std::string contact =
      sim.create("Contact", R"j({"LastName":"c","AccountId":")j" + account + "\"}");
  sim.send("DELETE", "sobjects/Account/" + account);

  Answered child = call(sim, "<undelete><ids>" + contact + "</ids></undelete>");
  Answered parent = call(sim, "<undelete><ids>" + account + "</ids></undelete>");
  EXPECT_EQ(between(child.body, "success"), "false");
  EXPECT_EQ(between(parent.body, "success"), "true");
  EXPECT_EQ(sim.get("sobjects/Contact/" + contact).status, 200);

  sim.send("DELETE", "sobjects/Account/" + account);
  EXPECT_EQ(between(call(sim, "<emptyRecycleBin><ids>" + account + "</ids></emptyRecycleBin>").body,
                    "success"),
            "true");
  EXPECT_EQ(between(call(sim, "<undelete><ids>" + account + "</ids></undelete>").body, "success"),
            "false");
  EXPECT_EQ(sim.get("sobjects/Account/" + account).code(), "NOT_FOUND");
}

TEST(Soap, AConvertedLeadBecomesThreeRecords) {
  Simulated sim;
  const std::string lead = sim.create(
      "Lead", R"j({"FirstName":"Ada","LastName":"Berg","Company":"Acme","City":"Oslo"})j");
  const std::string open =
      "<convertLead><leadConverts><leadId>" + lead + "</leadId><convertedStatus>";
  const std::string close = "</convertedStatus></leadConverts></convertLead>";

  Answered refused = call(sim, open + "Open - Not Contacted" + close);
  Answered done = call(sim, open + "Closed - Converted" + close);
  Answered again = call(sim, open + "Closed - Converted" + close);

  EXPECT_EQ(between(refused.body, "statusCode"), "INVALID_STATUS");
  EXPECT_EQ(between(done.body, "success"), "true") << done.body;
  EXPECT_EQ(sim.value("Account", between(done.body, "accountId"), "BillingCity"), "\"Oslo\"");
  EXPECT_EQ(sim.value("Contact", between(done.body, "contactId"), "Name"), "\"Ada Berg\"");
  EXPECT_EQ(sim.value("Opportunity", between(done.body, "opportunityId"), "Name"), "\"Acme-\"");
  EXPECT_EQ(sim.value("Lead", lead, "ConvertedContactId"),
            "\"" + between(done.body, "contactId") + "\"");
  EXPECT_EQ(between(again.body, "statusCode"), "CANNOT_UPDATE_CONVERTED_LEAD");
}

TEST(Soap, AMergeMovesWhatHangsOnTheOthers) {
  Simulated sim;
  const std::string master = sim.create("Account", R"j({"Name":"Master"})j");
  const std::string loser = sim.create("Account", R"j({"Name":"Loser"})j");
  const std::string lead = sim.create("Lead", R"j({"LastName":"x","Company":"y"})j");
  const std::string contact =
      sim.create("Contact", R"j({"LastName":"c","AccountId":")j" + loser + "\"}");
  const auto merge = [&](const std::string& kept, const std::string& gone) {
    return call(sim,
                "<merge><request><masterRecord xmlns:xsi=\"http://www.w3.org/2001/"
                "XMLSchema-instance\" xsi:type=\"Account\"><Id>" +
                    kept + "</Id><Phone>+47 1</Phone></masterRecord><recordToMergeIds>" + gone +
                    "</recordToMergeIds></request></merge>");
  };

  const Answered wrong = merge(master, lead);
  const Answered itself = merge(master, master);
  const Answered done = merge(master, loser);
  const Answered again = merge(master, loser);

  EXPECT_EQ(between(wrong.body, "success"), "false");
  EXPECT_EQ(between(itself.body, "statusCode"), "INVALID_CROSS_REFERENCE_KEY");
  EXPECT_EQ(between(done.body, "success"), "true") << done.body;
  EXPECT_EQ(between(done.body, "id"), master);
  EXPECT_EQ(between(done.body, "mergedRecordIds"), loser);
  EXPECT_NE(done.body.find("<updatedRelatedIds>" + contact), std::string::npos) << done.body;
  EXPECT_EQ(between(again.body, "statusCode"), "ENTITY_IS_DELETED");
  EXPECT_EQ(sim.value("Account", master, "Phone"), "\"+47 1\"");
  EXPECT_EQ(sim.value("Contact", contact, "AccountId"), "\"" + master + "\"");
  Answered relations = sim.query("SELECT AccountId FROM AccountContactRelation");
  EXPECT_EQ(relations.json()["totalSize"].dump(), "1");
  Answered bin = sim.get("queryAll?q=" + percent::encode("SELECT MasterRecordId FROM Account WHERE "
                                                         "IsDeleted = true"));
  EXPECT_EQ(element(bin.json()["records"], 0)["MasterRecordId"].string_or(""), master);

  // Brought back, it stands for itself; what was moved stays with the master (§8).
  EXPECT_EQ(between(call(sim, "<undelete><ids>" + loser + "</ids></undelete>").body, "success"),
            "true");
  EXPECT_EQ(sim.value("Account", loser, "MasterRecordId"), "null");
  EXPECT_EQ(sim.value("Contact", contact, "AccountId"), "\"" + master + "\"");
}

TEST(Soap, AMergeLeavesOneOfEachPair) {
  Simulated sim;
  const std::string account = sim.create("Account", R"j({"Name":"a"})j");
  const std::string other = sim.create("Account", R"j({"Name":"b"})j");
  std::string contacts[2];
  for (std::string& contact : contacts) {
    contact = sim.create("Contact", R"j({"LastName":"c","AccountId":")j" + account + "\"}");
    sim.create("AccountContactRelation",
               R"j({"AccountId":")j" + other + R"j(","ContactId":")j" + contact + "\"}");
  }

  const Answered done = call(sim, "<merge><request><masterRecord><Id>" + contacts[0] +
                                      "</Id></masterRecord><recordToMergeIds>" + contacts[1] +
                                      "</recordToMergeIds></request></merge>");

  EXPECT_EQ(between(done.body, "success"), "true") << done.body;
  EXPECT_EQ(sim.query("SELECT COUNT() FROM AccountContactRelation").json()["totalSize"].dump(),
            "2");
}

TEST(Soap, CallsCountAndFailLikeAnyOther) {
  Simulated sim;
  call(sim, "<getServerTimestamp/>");
  EXPECT_EQ(sim.get("limits").headers.value_or("Sforce-Limit-Info", ""), "api-usage=2/15000");
}

TEST(Soap, WhatIsNotThereIsAFault) {
  Simulated sim;
  EXPECT_EQ(call(sim, "<describeTabs/>").status, 500);
  EXPECT_EQ(between(call(sim, "<getServerTimestamp/>").body, "timestamp"),
            "2026-11-02T00:00:00.000Z");
  sim.token = "nobody";
  EXPECT_EQ(between(call(sim, "<getServerTimestamp/>").body, "faultcode"), "sf:INVALID_SESSION_ID");
  EXPECT_EQ(sim.send("POST", "/services/Soap/u/60.0", "<a").status, 500);
}

}  // namespace
}  // namespace flit::sim::salesforce
