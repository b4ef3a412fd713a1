// Tables with rules of their own: activities, notes, connections, sales (fact sheet §12, §14).

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

std::string bound(const std::string& navigation, const std::string& set, const std::string& id) {
  return "\"" + navigation + "@odata.bind\":\"/" + set + "(" + id + ")\"";
}

std::size_t rows(Simulated& sim, const std::string& query) {
  return sim.send("GET", query).json()["value"].size();
}

TEST(Rules, AnActivityHasAPointerAndItsParties) {
  Simulated sim;
  const std::string contact = sim.create("contacts", R"j({"lastname":"B"})j");
  const std::string call = sim.create(
      "phonecalls",
      R"j({"subject":"c",)j" + bound("regardingobjectid_contact_phonecall", "contacts", contact) +
          R"j(,"phonecall_activity_parties":[{)j" + bound("partyid_contact", "contacts", contact) +
          R"j(,"participationtypemask":2}]})j");

  EXPECT_EQ(rows(sim, "activitypointers?$filter=activityid eq " + call), 1U);
  EXPECT_EQ(rows(sim, "activityparties?$filter=_activityid_value eq " + call), 3U);
  EXPECT_EQ(sim.send("POST", "activitypointers", R"j({"subject":"x"})j").code(), "0x80040800");
  EXPECT_EQ(sim.send("POST", "tasks",
                     R"j({"subject":"t","task_activity_parties":[{)j" +
                         bound("partyid_contact", "contacts", contact) +
                         R"j(,"participationtypemask":2}]})j")
                .code(),
            "0x80043515");
  EXPECT_EQ(sim.send("DELETE", "phonecalls(" + call + ")").status, 204);
  EXPECT_EQ(sim.send("GET", "activityparties").json()["value"].size(), 0U);
  EXPECT_EQ(rows(sim, "activityparties?$select=activitypartyid"), 0U);
}

TEST(Rules, ACompletedActivityIsReadOnly) {
  Simulated sim;
  const std::string task = sim.create("tasks", R"j({"subject":"t"})j");

  EXPECT_EQ(sim.send("PATCH", "tasks(" + task + ")", R"j({"statecode":1,"statuscode":5})j").status,
            204);

  EXPECT_EQ(sim.send("PATCH", "tasks(" + task + ")", R"j({"subject":"u"})j").code(), "0x80040230");
  EXPECT_TRUE(
      sim.send("GET", "tasks(" + task + ")?$select=actualend").json()["actualend"].is_string());
}

TEST(Rules, ANoteTakesFilesUpToTheLimitAndNoPrograms) {
  SimulatorSettings settings;
  settings.organization.max_upload_bytes = 100;
  Simulated sim(settings);

  EXPECT_EQ(sim.send("POST", "annotations",
                     R"j({"subject":"s","filename":"a.exe","documentbody":"QUJD"})j")
                .code(),
            "0x80043e09");
  EXPECT_EQ(
      sim.send("POST", "annotations",
               R"j({"filename":"a.txt","documentbody":")j" + std::string(104, 'A') + R"j("})j")
          .code(),
      "0x80044a02");
  const std::string note = sim.create(
      "annotations", R"j({"filename":"a.txt","mimetype":"text/plain","documentbody":"QUJD"})j");
  EXPECT_EQ(sim.send("GET", "annotations(" + note + ")/documentbody/$value").body, "QUJD");
  EXPECT_EQ(
      sim.send("GET", "annotations(" + note + ")?$select=filesize").json()["filesize"].as_integer(),
      3);
}

TEST(Rules, AConnectionIsTwoRowsThatLiveAndDieTogether) {
  Simulated sim;
  const std::string a = sim.create("accounts", R"j({"name":"A"})j");
  const std::string b = sim.create("contacts", R"j({"lastname":"B"})j");
  const std::string body = "{" + bound("record1id_account", "accounts", a) + "," +
                           bound("record2id_contact", "contacts", b) + "}";

  const std::string made = sim.create("connections", body);

  EXPECT_EQ(rows(sim, "connections"), 2U);
  EXPECT_EQ(rows(sim, "connections?$filter=ismaster eq true"), 1U);
  EXPECT_EQ(sim.send("POST", "connections", body).code(), "0x80048208");
  EXPECT_EQ(sim.send("DELETE", "connections(" + made + ")").status, 204);
  EXPECT_EQ(rows(sim, "connections"), 0U);
}

TEST(Rules, AnOpportunityIsWonByItsActionOnly) {
  Simulated sim;
  const std::string id = sim.create("opportunities", R"j({"name":"O","estimatedvalue":100})j");

  EXPECT_EQ(
      sim.send("PATCH", "opportunities(" + id + ")", R"j({"statecode":1,"statuscode":3})j").code(),
      "0x80100005");
  EXPECT_EQ(sim.send("POST", "WinOpportunity",
                     R"j({"Status":3,"OpportunityClose":{"subject":"Won","actualrevenue":90,)j" +
                         bound("opportunityid", "opportunities", id) + "}}")
                .status,
            204);

  json::Value row;
  Answered read = sim.send(
      "GET", "opportunities(" + id + ")?$select=statecode,statuscode,actualvalue,actualclosedate");
  row = read.json();
  EXPECT_EQ(row["statecode"].as_integer(), 1);
  EXPECT_EQ(row["actualvalue"].as_double(), 90.0);
  EXPECT_EQ(row["actualclosedate"].string_or(""), "2026-11-02");
  EXPECT_EQ(rows(sim, "opportunitycloses"), 1U);
}

TEST(Rules, DeletingAnAccountTakesItsContactsAndStopsAtOrders) {
  Simulated sim;
  const std::string a = sim.create("accounts", R"j({"name":"A"})j");
  sim.create("contacts",
             R"j({"lastname":"B",)j" + bound("parentcustomerid_account", "accounts", a) + "}");
  const std::string order =
      sim.create("salesorders", R"j({"name":"S","ordernumber":"1",)j" +
                                    bound("customerid_account", "accounts", a) + "}");

  Answered blocked = sim.send("DELETE", "accounts(" + a + ")");
  EXPECT_EQ(blocked.status, 405);
  EXPECT_EQ(blocked.code(), "0x80040227");
  EXPECT_EQ(rows(sim, "contacts"), 1U);

  EXPECT_EQ(sim.send("DELETE", "salesorders(" + order + ")").status, 204);
  EXPECT_EQ(sim.send("DELETE", "accounts(" + a + ")").status, 204);
  EXPECT_EQ(rows(sim, "contacts"), 0U);
  EXPECT_EQ(rows(sim, "customeraddresses"), 0U);
}

TEST(Rules, ADisabledUserCannotOwnUnlessAllowed) {
  Simulated sim;
  Answered found = sim.send("GET", "systemusers?$select=systemuserid&$filter=lastname eq 'Gone'");
  std::string id;
  for (const json::Value user : found.json()["value"].elements())
    id = std::string(user["systemuserid"].string_or(""));

  EXPECT_EQ(
      sim.send("POST", "accounts", R"j({"name":"A",)j" + bound("ownerid", "systemusers", id) + "}")
          .code(),
      "0x8004022b");
}

TEST(Rules, ANewOwnerOfAnAccountOwnsItsContacts) {
  Simulated sim;
  const std::string a = sim.create("accounts", R"j({"name":"A"})j");
  const std::string c = sim.create(
      "contacts", R"j({"lastname":"B",)j" + bound("parentcustomerid_account", "accounts", a) + "}");
  std::string ada;
  Answered found = sim.send("GET", "systemusers?$select=systemuserid&$filter=lastname eq 'Berg'");
  for (const json::Value user : found.json()["value"].elements())
    ada = std::string(user["systemuserid"].string_or(""));

  EXPECT_EQ(
      sim.send("PATCH", "accounts(" + a + ")", "{" + bound("ownerid", "systemusers", ada) + "}")
          .status,
      204);

  EXPECT_EQ(sim.send("GET", "contacts(" + c + ")?$select=_ownerid_value")
                .json()["_ownerid_value"]
                .string_or(""),
            ada);
}

}  // namespace
}  // namespace flit::sim::dataverse
