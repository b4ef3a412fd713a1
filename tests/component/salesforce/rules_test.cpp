// Records with special rules (fact sheet §7), deletes (§8), validation and duplicate rules (§2.9).

#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

std::string with(std::string body, const std::string& id) {
  const std::size_t at = body.find('$');
  return body.replace(at, 1, id);
}

TEST(People, AContactsAccountIsADirectRelationAndMoves) {
  Simulated sim;
  const std::string a = sim.create("Account", R"j({"Name":"a"})j");
  const std::string b = sim.create("Account", R"j({"Name":"b"})j");
  const std::string contact =
      sim.create("Contact", with(R"j({"LastName":"c","AccountId":"$"})j", a));
  const std::string lonely = sim.create("Contact", R"j({"LastName":"d"})j");

  sim.send("PATCH", "sobjects/Contact/" + contact, with(R"j({"AccountId":"$"})j", b));
  Answered relations =
      sim.query("SELECT Account.Name, IsDirect FROM AccountContactRelation ORDER BY Account.Name");

  ASSERT_EQ(relations.json()["records"].size(), 2U);
  EXPECT_FALSE(element(relations.json()["records"], 0)["IsDirect"].as_boolean().value_or(true));
  EXPECT_TRUE(element(relations.json()["records"], 1)["IsDirect"].as_boolean().value_or(false));
  EXPECT_EQ(sim.refused("AccountContactRelation",
                        R"j({"AccountId":")j" + a + R"j(","ContactId":")j" + contact + "\"}"),
            "DUPLICATE_VALUE");
  EXPECT_EQ(sim.refused("AccountContactRelation",
                        R"j({"AccountId":")j" + a + R"j(","ContactId":")j" + lonely + "\"}"),
            "FIELD_INTEGRITY_EXCEPTION");
}

TEST(People, AConvertedLeadIsReadOnly) {
  Simulated sim;
  const std::string lead =
      sim.create("Lead", R"j({"LastName":"l","Company":"c","IsConverted":true})j");
  const std::string open =
      sim.create("Lead", R"j({"FirstName":"F","LastName":"l","Company":"c"})j");

  EXPECT_EQ(sim.send("PATCH", "sobjects/Lead/" + lead, R"j({"Phone":"1"})j").code(),
            "CANNOT_UPDATE_CONVERTED_LEAD");
  EXPECT_EQ(sim.value("Lead", open, "Status"), "\"Open - Not Contacted\"");
  EXPECT_EQ(sim.value("Lead", open, "Name"), "\"F l\"");
}

TEST(People, InactiveUsersOwnNothingUnlessAllowed) {
  SimulatorSettings settings;
  settings.organization.users = {
      {.last_name = "Gone", .username = "gone@example.com", .active = false}};
  Simulated strict(settings);
  settings.organization.permissions.update_with_inactive_owner = true;
  Simulated lenient(settings);
  const std::string gone = RecordId(RecordId::prefix_of("005"), 2).text();

  Answered refused =
      strict.send("POST", "sobjects/Account", with(R"j({"Name":"a","OwnerId":"$"})j", gone));

  EXPECT_EQ(refused.code(), "INACTIVE_OWNER_OR_USER");
  EXPECT_EQ(refused.message(), "operation performed with inactive user [" + gone.substr(0, 15) +
                                   "] as owner of account");
  EXPECT_EQ(lenient.send("POST", "sobjects/Account", with(R"j({"Name":"a","OwnerId":"$"})j", gone))
                .status,
            201);
}

TEST(People, AuditFieldsNeedTheirPermissionAndTheirOrder) {
  SimulatorSettings settings;
  settings.organization.permissions.create_audit_fields = true;
  Simulated sim(settings);

  const std::string id = sim.create(
      "Account",
      R"j({"Name":"a","CreatedDate":"2020-01-01T10:00:00Z","LastModifiedDate":"2021-01-01T10:00:00+01:00"})j");

  EXPECT_EQ(sim.value("Account", id, "CreatedDate"), "\"2020-01-01T10:00:00.000+0000\"");
  EXPECT_EQ(sim.value("Account", id, "LastModifiedDate"), "\"2021-01-01T09:00:00.000+0000\"");
  EXPECT_EQ(sim.value("Account", id, "SystemModstamp"), "\"2026-11-02T00:00:00.000+0000\"");
  EXPECT_EQ(sim.refused("Account", R"j({"Name":"a","CreatedDate":"2030-01-01T10:00:00Z"})j"),
            "FIELD_INTEGRITY_EXCEPTION");
  EXPECT_EQ(sim.refused("Campaign", R"j({"Name":"a","CreatedDate":"2020-01-01T10:00:00Z"})j"),
            "INVALID_FIELD_FOR_INSERT_UPDATE");
}

TEST(People, UsersAreUniqueAndStay) {
  Simulated sim;
  const std::string body =
      R"j({"Username":"Ada@Example.com","LastName":"Ada","Email":"a@b.co","Alias":"ada","CommunityNickname":"ada",
      "TimeZoneSidKey":"GMT","LocaleSidKey":"en_US","EmailEncodingKey":"UTF-8","LanguageLocaleKey":"en_US","ProfileId":"$"})j";
  const std::string profile = RecordId(RecordId::prefix_of("00e"), 2).text();

  const std::string user = sim.create("User", with(body, profile));

  EXPECT_EQ(sim.value("User", user, "Username"), "\"ada@example.com\"");
  EXPECT_EQ(sim.refused("User", with(body, profile)), "DUPLICATE_USERNAME");
  EXPECT_EQ(sim.send("DELETE", "sobjects/User/" + user).status, 400);
}

TEST(Sales, AStageBringsItsProbabilityAndAnUnknownOneIsOpen) {
  Simulated sim;
  const std::string won = sim.create(
      "Opportunity",
      R"j({"Name":"a","StageName":"Closed Won","CloseDate":"2026-05-31","Amount":200})j");
  const std::string own = sim.create(
      "Opportunity",
      R"j({"Name":"b","StageName":"Our own","CloseDate":"2026-05-31","Probability":30,"Amount":200})j");

  EXPECT_EQ(sim.value("Opportunity", won, "Probability"), "100.0");
  EXPECT_EQ(sim.value("Opportunity", won, "IsWon"), "true");
  EXPECT_EQ(sim.value("Opportunity", won, "Fiscal"), "\"2026 2\"");
  EXPECT_EQ(sim.value("Opportunity", won, "ForecastCategory"), "\"Closed\"");
  EXPECT_EQ(sim.value("Opportunity", own, "IsClosed"), "false");
  EXPECT_EQ(sim.value("Opportunity", own, "ExpectedRevenue"), "60.0");
}

TEST(Sales, OneContactRoleIsPrimary) {
  Simulated sim;
  const std::string first = sim.create("Contact", R"j({"LastName":"1"})j");
  const std::string second = sim.create("Contact", R"j({"LastName":"2"})j");
  const std::string deal = sim.create(
      "Opportunity",
      with(R"j({"Name":"a","StageName":"x","CloseDate":"2026-05-31","ContactId":"$"})j", first));

  sim.create("OpportunityContactRole", R"j({"OpportunityId":")j" + deal + R"j(","ContactId":")j" +
                                           second + R"j(","IsPrimary":true})j");
  Answered primary =
      sim.query("SELECT ContactId FROM OpportunityContactRole WHERE IsPrimary = true");

  EXPECT_EQ(primary.json()["totalSize"].dump(), "1");
  EXPECT_EQ(element(primary.json()["records"], 0)["ContactId"].string_or(""), second);
}

TEST(Sales, CampaignMembersAreUniqueAndOfAKnownStatus) {
  Simulated sim;
  const std::string campaign = sim.create("Campaign", R"j({"Name":"c"})j");
  const std::string contact = sim.create("Contact", R"j({"LastName":"1"})j");
  const std::string body =
      R"j({"CampaignId":")j" + campaign + R"j(","ContactId":")j" + contact + "\"";

  EXPECT_EQ(sim.refused("CampaignMember", body + R"j(,"Status":"Dreaming"})j"),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
  const std::string member = sim.create("CampaignMember", body + "}");
  EXPECT_EQ(sim.value("CampaignMember", member, "Status"), "\"Sent\"");
  EXPECT_EQ(sim.refused("CampaignMember", body + "}"), "DUPLICATE_VALUE");
}

TEST(Activities, TasksKnowTheirAccountAndEventsTheirLength) {
  Simulated sim;
  const std::string account = sim.create("Account", R"j({"Name":"a"})j");
  const std::string contact =
      sim.create("Contact", with(R"j({"LastName":"c","AccountId":"$"})j", account));
  const std::string lead = sim.create("Lead", R"j({"LastName":"l","Company":"c"})j");

  const std::string task =
      sim.create("Task", with(R"j({"Subject":"s","WhoId":"$","Status":"Completed"})j", contact));
  const std::string event =
      sim.create("Event", R"j({"StartDateTime":"2026-05-01T10:00:00Z","DurationInMinutes":90})j");
  const std::string day =
      sim.create("Event", R"j({"IsAllDayEvent":true,"ActivityDate":"2026-05-01"})j");

  EXPECT_EQ(sim.value("Task", task, "AccountId"), "\"" + account + "\"");
  EXPECT_EQ(sim.value("Task", task, "IsClosed"), "true");
  EXPECT_EQ(sim.value("Task", task, "Priority"), "\"Normal\"");
  EXPECT_EQ(sim.value("Event", event, "EndDateTime"), "\"2026-05-01T11:30:00.000+0000\"");
  EXPECT_EQ(sim.value("Event", day, "DurationInMinutes"), "1440");
  EXPECT_EQ(sim.refused("Task", R"j({"WhoId":")j" + lead + R"j(","WhatId":")j" + account + "\"}"),
            "FIELD_INTEGRITY_EXCEPTION");
  EXPECT_EQ(sim.refused("Event", R"j({"StartDateTime":"2026-05-01T10:00:00Z"})j"),
            "REQUIRED_FIELD_MISSING");
  EXPECT_EQ(
      sim.refused(
          "Event",
          R"j({"StartDateTime":"2026-05-01T10:00:00Z","EndDateTime":"2026-05-01T11:00:00Z","DurationInMinutes":90})j"),
      "FIELD_INTEGRITY_EXCEPTION");
}

TEST(Activities, SentMailIsFrozenAndShowsAsATask) {
  Simulated sim;
  const std::string mail =
      sim.create("EmailMessage", R"j({"Subject":"hello","Status":"3","TextBody":"t"})j");

  EXPECT_EQ(sim.send("PATCH", "sobjects/EmailMessage/" + mail, R"j({"Subject":"x"})j").code(),
            "INSUFFICIENT_ACCESS_OR_READONLY");
  EXPECT_EQ(
      sim.query("SELECT Subject FROM Task WHERE TaskSubtype = 'Email'").json()["totalSize"].dump(),
      "1");
  EXPECT_EQ(sim.refused("EmailMessage", R"j({"Subject":"hello","Status":"1"})j"),
            "FIELD_INTEGRITY_EXCEPTION");
}

TEST(Deletes, ChildrenGoAlongCasesHoldAndUndoBringsBack) {
  Simulated sim(with_schema());
  const std::string account = sim.create("Account", R"j({"Name":"a"})j");
  const std::string contact =
      sim.create("Contact", with(R"j({"LastName":"c","AccountId":"$"})j", account));
  sim.create("Project__c", with(R"j({"Account__c":"$"})j", account));
  const std::string child =
      sim.create("Account", with(R"j({"Name":"b","ParentId":"$"})j", account));
  const std::string held = sim.create("Case", with(R"j({"AccountId":"$"})j", account));

  EXPECT_EQ(sim.send("DELETE", "sobjects/Account/" + account).code(), "DELETE_FAILED");
  sim.send("DELETE", "sobjects/Case/" + held);
  EXPECT_EQ(sim.send("DELETE", "sobjects/Account/" + account).status, 204);

  EXPECT_EQ(sim.get("sobjects/Contact/" + contact).code(), "ENTITY_IS_DELETED");
  EXPECT_EQ(sim.query("SELECT COUNT() FROM Project__c").json()["totalSize"].dump(), "0");
  EXPECT_EQ(sim.value("Account", child, "ParentId"), "null");
  EXPECT_EQ(
      sim.get("queryAll?q=" + percent::encode("SELECT Id FROM Contact WHERE IsDeleted = true"))
          .json()["totalSize"]
          .dump(),
      "1");
  Answered window =
      sim.get("sobjects/Contact/deleted?start=2026-11-01T00:00:00Z&end=2026-11-03T00:00:00Z");
  EXPECT_EQ(element(window.json()["deletedRecords"], 0)["id"].string_or(""), contact);
  EXPECT_EQ(sim.get("sobjects/Contact/deleted?start=2026-01-01T00:00:00Z&end=2026-11-03T00:00:00Z")
                .code(),
            "INVALID_REPLICATION_DATE");
}

TEST(Deletes, UpdatedTellsTheIdsOfAWindow) {
  Simulated sim;
  const std::string id = sim.create("Account", R"j({"Name":"a"})j");
  sim.machine.advance(std::chrono::minutes(10));
  sim.create("Account", R"j({"Name":"b"})j");

  Answered window =
      sim.get("sobjects/Account/updated/?start=2026-11-02T00:00:00Z&end=2026-11-02T00:05:59Z");

  EXPECT_EQ(window.json()["ids"].dump(), "[\"" + id + "\"]");
  EXPECT_EQ(window.json()["latestDateCovered"].string_or(""), "2026-11-02T00:05:00.000+0000");
}

TEST(Files, ADocumentShowsItsLatestVersionAndTakesThemAllAlong) {
  Simulated sim;
  const std::string first =
      sim.create("ContentVersion", R"j({"PathOnClient":"a.txt","VersionData":"YQ=="})j");
  const std::string document = sim.value("ContentVersion", first, "ContentDocumentId");
  const std::string second = sim.create(
      "ContentVersion",
      R"j({"PathOnClient":"a.txt","VersionData":"YmI=","ContentDocumentId":)j" + document + "}");
  const std::string id = document.substr(1, 18);

  EXPECT_EQ(sim.value("ContentVersion", first, "IsLatest"), "false");
  EXPECT_EQ(sim.value("ContentDocument", id, "LatestPublishedVersionId"), "\"" + second + "\"");
  EXPECT_EQ(sim.value("ContentDocument", id, "ContentSize"), "2");
  EXPECT_EQ(sim.send("DELETE", "sobjects/ContentVersion/" + first).status, 400);
  EXPECT_EQ(sim.send("DELETE", "sobjects/ContentDocument/" + id).status, 204);
  EXPECT_EQ(sim.query("SELECT COUNT() FROM ContentVersion").json()["totalSize"].dump(), "0");
}

TEST(Files, NotesAreEscapedHtmlAndLinkOnce) {
  Simulated sim;
  const std::string account = sim.create("Account", R"j({"Name":"a"})j");
  const std::string note = sim.create(
      "ContentNote", R"j({"Title":"n","Content":")j" + base64::encode("a &lt; b<br>c") + "\"}");
  const std::string link = R"j({"ContentDocumentId":")j" + note + R"j(","LinkedEntityId":")j" +
                           account + R"j(","ShareType":"V"})j";

  EXPECT_EQ(sim.get("sobjects/ContentNote/" + note + "/Content").body, "a &lt; b<br>c");
  EXPECT_EQ(
      sim.refused("ContentNote", R"j({"Title":"n","Content":")j" + base64::encode("a < b") + "\"}"),
      "FIELD_INTEGRITY_EXCEPTION");
  EXPECT_EQ(sim.send("POST", "sobjects/ContentDocumentLink", link).status, 201);
  EXPECT_EQ(sim.refused("ContentDocumentLink", link), "DUPLICATE_VALUE");
}

TEST(BusinessRules, ValidationAndDuplicateRulesRefuseInTheirOwnWords) {
  SimulatorSettings settings;
  const auto document = json::parse(R"j({
      "validation_rules": [{"object": "Account", "message": "No fax", "field": "Fax", "when": {"field": "Fax", "is": "not_null"}}],
      "duplicate_rules": [{"object": "Account", "name": "Same name", "match": ["Name"]},
                          {"object": "Lead", "match": ["Email"], "action": "block"}]})j");
  ASSERT_TRUE(document);
  settings.rules = *BusinessRules::read(document->root());
  Simulated sim(settings);
  const std::string id = sim.create("Account", R"j({"Name":"Acme"})j");
  sim.create("Lead", R"j({"LastName":"l","Company":"c","Email":"a@b.co"})j");

  Answered fax = sim.send("POST", "sobjects/Account", R"j({"Name":"x","Fax":"1"})j");
  Answered again = sim.send("POST", "sobjects/Account", R"j({"Name":"acme"})j");
  const Headers allow{{"Sforce-Duplicate-Rule-Header", "allowSave=true"}};
  Answered allowed = sim.send("POST", "sobjects/Account", R"j({"Name":"acme"})j", allow);
  Answered blocked = sim.send("POST", "sobjects/Lead",
                              R"j({"LastName":"m","Company":"c","Email":"A@b.co"})j", allow);

  EXPECT_EQ(
      fax.body,
      R"j([{"message":"No fax","errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","fields":["Fax"]}])j");
  EXPECT_EQ(again.code(), "DUPLICATES_DETECTED");
  EXPECT_NE(again.body.find("\"duplicateResut\""), std::string::npos);
  EXPECT_NE(again.body.find(id), std::string::npos);
  EXPECT_EQ(allowed.status, 201);
  EXPECT_EQ(blocked.code(), "DUPLICATES_DETECTED");
}

TEST(Storage, AFullOrgTakesNothingMore) {
  SimulatorSettings settings;
  settings.organization.data_storage_mb = 1;
  Simulated sim(settings);
  std::string refused;

  for (int i = 0; i < 520 && refused.empty(); ++i) {
    Answered made = sim.send("POST", "sobjects/Account", R"j({"Name":"a"})j");
    if (made.status != 201) refused = made.code();
  }

  EXPECT_EQ(refused, "STORAGE_LIMIT_EXCEEDED");
}

}  // namespace
}  // namespace flit::sim::salesforce
