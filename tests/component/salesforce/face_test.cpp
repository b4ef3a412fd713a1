// The /__sim/ face and the files that options name (contract.md).

#include "tests/component/salesforce/simulated.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::sim::salesforce {
namespace {

void load(Simulated& sim, bool backwards) {
  const char* names[] = {"a", "b", "c"};
  for (int i = 0; i < 3; ++i) {
    const std::string name = names[backwards ? 2 - i : i];
    const std::string account = sim.create("Account", "{\"Name\":\"" + name + "\"}");
    sim.create("Contact",
               R"j({"LastName":"of )j" + name + R"j(","AccountId":")j" + account + "\"}");
  }
}

TEST(Digest, DependsOnWhatClientsWroteAndNotOnOrderOrTime) {
  Simulated forwards, backwards;
  load(forwards, false);
  backwards.machine.advance(std::chrono::hours(5));
  load(backwards, true);
  const std::string same = forwards.simulator.digest().digest();

  EXPECT_EQ(backwards.simulator.digest().digest(), same);
  const std::string id = forwards.create("Account", R"j({"Name":"d"})j");
  EXPECT_NE(forwards.simulator.digest().digest(), same);
  forwards.send("DELETE", "sobjects/Account/" + id);
  EXPECT_EQ(forwards.simulator.digest().digest(), same);
  forwards.send("PATCH", "sobjects/Contact/003000000000001AAA", R"j({"Phone":"1"})j");
  EXPECT_NE(forwards.simulator.digest().digest(), same);
}

TEST(Edit, ActsAsAPersonAllOrNone) {
  SimulatorSettings settings;
  settings.organization.users = {
      {.first_name = "Ada", .last_name = "Berg", .username = "ada@example.com"}};
  Simulated sim(settings);
  const std::string id = sim.create("Account", R"j({"Name":"a"})j");
  sim.machine.advance(std::chrono::minutes(1));
  const auto edit = [&](const std::string& text) {
    const auto document = json::parse(text);
    return sim.simulator.edit(document->root());
  };

  EXPECT_TRUE(edit(R"j({"op":"update","table":"Account","id":")j" + id +
                   R"j(","values":{"Phone":"9"},"as":"ada@example.com"})j"));
  EXPECT_FALSE(edit(
      R"j([{"op":"create","table":"Account","values":{"Name":"b"}},{"op":"create","table":"Account","values":{}}])j"));

  Answered read = sim.query("SELECT Phone, LastModifiedBy.Name, LastModifiedDate FROM Account");
  EXPECT_EQ(read.json()["totalSize"].dump(), "1");
  EXPECT_EQ(element(read.json()["records"], 0).at_path("LastModifiedBy.Name").string_or(""),
            "Ada Berg");
  EXPECT_EQ(element(read.json()["records"], 0)["LastModifiedDate"].string_or(""),
            "2026-11-02T00:01:00.000+0000");
}

TEST(Reset, GoesBackToTheStartWithItsSchema) {
  Simulated sim(with_schema());
  const std::string before = sim.simulator.digest().digest();
  sim.create("Account", R"j({"Name":"a","Ext__c":"1"})j");

  sim.simulator.reset();

  EXPECT_EQ(sim.simulator.digest().digest(), before);
  EXPECT_EQ(sim.create("Account", R"j({"Name":"a","Ext__c":"1"})j"), "001000000000001AAA");
}

TEST(Snapshot, KeepsSchemaRecordsFilesAndIds) {
  const test::TemporaryDirectory folder;
  SimulatorSettings settings = with_schema();
  settings.snapshot = folder / "org.snapshot";
  Simulated before(settings);
  load(before, false);
  before.create("ContentVersion", R"j({"PathOnClient":"a.txt","VersionData":"YWJj"})j");
  before.create("Project__c", R"j({"Account__c":"001000000000001AAA"})j");
  ASSERT_TRUE(before.simulator.save());

  Simulated after(settings);

  EXPECT_EQ(after.simulator.digest().digest(), before.simulator.digest().digest());
  EXPECT_EQ(after.simulator.digest().schema.hex(), before.simulator.digest().schema.hex());
  EXPECT_EQ(after.get("sobjects/ContentVersion/068000000000001AAA/VersionData").body, "abc");
  EXPECT_EQ(after.create("Account", R"j({"Name":"z"})j"),
            before.create("Account", R"j({"Name":"z"})j"));
  EXPECT_EQ(after.query("SELECT Name, Account__r.Name FROM Project__c").body,
            before.query("SELECT Name, Account__r.Name FROM Project__c").body);
}

TEST(SchemaFile, WhatIsWrongIsNamed) {
  SimulatorSettings settings;
  settings.schema = R"j({"fields":[{"object":"Acount","name":"X__c"}]})j";
  ManualClock machine{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};
  SimClock clock{machine};
  Stats stats;
  SalesforceSimulator simulator(settings, Surroundings{clock, stats});

  const auto loaded = simulator.load();

  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message, "field 'X__c': there is no object 'Acount'");
}

}  // namespace
}  // namespace flit::sim::salesforce
