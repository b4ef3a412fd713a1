// Who may come in: fact sheet §1; versions, limits, faults: §2.1, §2.8.

#include "base/signature.hpp"
#include "tests/component/salesforce/keys.hpp"
#include "tests/component/salesforce/simulated.hpp"

namespace flit::sim::salesforce {
namespace {

Answered token(Simulated& sim, const std::string& form) {
  return sim.send("POST", "/services/oauth2/token", form,
                  {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", ""}});
}

std::string assertion(const std::string& claims) {
  const std::string signed_part =
      base64::encode(R"j({"alg":"RS256","typ":"JWT"})j", base64::url_form) + "." +
      base64::encode(claims, base64::url_form);
  const auto signature = sign_rsa_sha256(test_private_key, signed_part);
  EXPECT_TRUE(signature);
  return "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" +
         signed_part + "." + base64::encode(*signature, base64::url_form);
}

SimulatorSettings with_certificate() {
  SimulatorSettings settings;
  settings.organization.certificate = std::string(test_public_key);
  return settings;
}

TEST(Identity, ClientCredentialsOpenASessionThatEndsWhenIdle) {
  Simulated sim;

  Answered granted = token(sim, "grant_type=client_credentials&client_id=flit&client_secret=flit");
  sim.token = std::string(granted.json()["access_token"].string_or(""));
  Answered before = sim.get("limits");
  sim.machine.advance(std::chrono::hours(3));
  Answered after = sim.get("limits");

  EXPECT_EQ(granted.status, 200);
  EXPECT_EQ(granted.json()["instance_url"].string_or(""), "http://sim.example");
  EXPECT_EQ(granted.json()["issued_at"].string_or(""), "1793577600000");
  EXPECT_EQ(before.status, 200);
  EXPECT_EQ(after.status, 401);
  EXPECT_EQ(after.body,
            R"j([{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}])j");
}

TEST(Identity, EveryFlowRefusesInItsOwnWords) {
  Simulated sim;
  const auto error = [&](const std::string& form) {
    Answered refused = token(sim, form);
    return std::to_string(refused.status) + " " +
           std::string(refused.json()["error"].string_or(""));
  };

  EXPECT_EQ(error("grant_type=client_credentials&client_id=other&client_secret=flit"),
            "400 invalid_client_id");
  EXPECT_EQ(error("grant_type=client_credentials&client_id=flit&client_secret=no"),
            "401 invalid_client");
  EXPECT_EQ(error("grant_type=refresh_token&client_id=flit&refresh_token=x"), "400 invalid_grant");
  EXPECT_EQ(
      error("grant_type=password&client_id=flit&client_secret=flit&username=a@b.c&password=flit"),
      "400 invalid_grant");
  EXPECT_EQ(error("grant_type=magic"), "400 unsupported_grant_type");
  EXPECT_EQ(
      error(assertion(
          R"j({"iss":"flit","sub":"flit@example.com","aud":"https://login.salesforce.com","exp":9999999999})j")),
      "400 invalid_app_access");
}

TEST(Identity, APasswordWithItsSecurityTokenGivesARefreshTokenThatCanBeRevoked) {
  Simulated sim;

  Answered granted = token(sim,
                           "grant_type=password&client_id=flit&client_secret=flit&username=Flit%"
                           "40example.com&password=flitTOKEN");
  const std::string refresh(granted.json()["refresh_token"].string_or(""));
  Answered refreshed =
      token(sim, "grant_type=refresh_token&client_id=flit&refresh_token=" + refresh);
  sim.send("POST", "/services/oauth2/revoke", "token=" + refresh);
  Answered revoked = token(sim, "grant_type=refresh_token&client_id=flit&refresh_token=" + refresh);

  EXPECT_EQ(granted.status, 200) << granted.body;
  EXPECT_EQ(refreshed.status, 200);
  EXPECT_EQ(token(sim, "grant_type=refresh_token&client_id=flit&refresh_token=flit").status, 200)
      << "there from the start";
  EXPECT_EQ(revoked.json()["error_description"].string_or(""), "expired access/refresh token");
}

TEST(Identity, AnAssertionCountsOnlyWhenTheRightKeySignedIt) {
  Simulated sim(with_certificate());
  const std::string claims =
      R"j({"iss":"flit","sub":"flit@example.com","aud":"https://test.salesforce.com/","exp":1793577700})j";
  const std::string milliseconds =
      R"j({"iss":"flit","sub":"flit@example.com","aud":"http://sim.example/","exp":1793577600300})j";
  std::string forged = assertion(claims);
  forged.replace(forged.size() - 8, 4, "AAAA");

  Answered good = token(sim, assertion(claims));
  EXPECT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(token(sim, assertion(milliseconds)).status, 200);
  EXPECT_EQ(token(sim, forged).json()["error"].string_or(""), "invalid_grant");
  EXPECT_EQ(
      token(
          sim,
          assertion(
              R"j({"iss":"flit","sub":"flit@example.com","aud":"https://x.example","exp":1793577700})j"))
          .json()["error_description"]
          .string_or(""),
      "audience is invalid");
  EXPECT_EQ(
      token(
          sim,
          assertion(
              R"j({"iss":"flit","sub":"no@example.com","aud":"https://login.salesforce.com","exp":1793577700})j"))
          .json()["error_description"]
          .string_or(""),
      "user hasn't approved this consumer");
}

TEST(Identity, UserInfoIdentityAndResourcesAgree) {
  Simulated sim;

  Answered info = sim.get("/services/oauth2/userinfo");
  const std::string url(sim.get("/services/data/v47.0").json()["identity"].string_or(""));
  const std::string path = url.substr(std::string("http://sim.example").size());
  Answered identity =
      sim.send("GET", path + "?format=json&oauth_token=" + percent::encode(sim.token), "",
               {{"Authorization", "x"}});
  Answered nobody = sim.send("GET", path, "", {{"Authorization", "Bearer nobody"}});

  EXPECT_EQ(info.json()["preferred_username"].string_or(""), "flit@example.com");
  EXPECT_EQ(info.json()["user_id"].string_or("?"), identity.json()["user_id"].string_or(""));
  EXPECT_EQ(identity.json()["organization_id"].string_or(""), "00D000000000001EAA");
  EXPECT_EQ(nobody.status, 403);
  EXPECT_EQ(nobody.body, "Bad_OAuth_Token");
}

TEST(Service, ManyVersionsAreServedSideBySideAndTheirListIsOpen) {
  Simulated sim;

  Answered versions = sim.send("GET", "/services/data", "", {{"Authorization", ""}});
  const json::Value last = element(versions.json(), versions.json().size() - 1);

  EXPECT_EQ(last["version"].string_or(""), "66.0");
  EXPECT_EQ(last["label"].string_or(""), "Spring '26");
  EXPECT_FALSE(versions.headers.contains("Sforce-Limit-Info"));
  EXPECT_EQ(sim.get("/services/data/v51.0/sobjects").status, 200);
  EXPECT_EQ(sim.get("//services/data/v66.0/limits").status, 200);
  EXPECT_EQ(sim.get("/services/data/v12.0/sobjects").status, 404);
}

TEST(Service, TheDaysRequestsAreCountedAndRefusedWhenLimitsAreReal) {
  SimulatorSettings settings;
  settings.limits = true;
  Simulated sim(settings);

  Answered first = sim.get("limits/recordCount");
  for (int i = 1; i < 15'000; ++i) sim.get("limits/recordCount");
  Answered over = sim.get("limits/recordCount");
  sim.machine.advance(std::chrono::hours(24));
  Answered tomorrow = sim.get("limits/recordCount");

  EXPECT_EQ(first.headers.value_or("Sforce-Limit-Info", ""), "api-usage=1/15000");
  EXPECT_EQ(over.status, 403);
  EXPECT_EQ(over.code(), "REQUEST_LIMIT_EXCEEDED");
  EXPECT_EQ(over.message(), "TotalRequests Limit exceeded.");
  EXPECT_EQ(tomorrow.status, 200);
}

TEST(Service, OnlySoManyLongRequestsRunAtOnce) {
  SimulatorSettings settings;
  settings.limits = true;
  settings.cost.per_written = std::chrono::seconds(25);
  Simulated sim(settings);

  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(sim.send("POST", "sobjects/Account", R"j({"Name":"a"})j").status, 201);
  Answered sixth = sim.get("limits");
  sim.machine.advance(std::chrono::seconds(30));
  Answered later = sim.get("limits");

  EXPECT_EQ(sixth.message(), "ConcurrentPerOrgLongTxn Limit exceeded.");
  EXPECT_EQ(later.status, 200);
}

TEST(Service, InjectedFaultsSpeakAsThePlatform) {
  Simulated sim;
  const auto answer = [&](FaultKind kind) {
    auto request = Request::make("GET", "/services/data/v66.0/limits",
                                 {{"Authorization", "Bearer " + sim.token}});
    request->injected = InjectedFault{.kind = kind};
    const Response response = sim.simulator.handle(*request);
    return std::to_string(response.status) +
           response.body.substr(response.body.find("errorCode") + 12, 24);
  };

  EXPECT_EQ(answer(FaultKind::unauthorized).substr(0, 21), "401INVALID_SESSION_ID");
  EXPECT_EQ(answer(FaultKind::throttled).substr(0, 25), "403REQUEST_LIMIT_EXCEEDED");
  EXPECT_EQ(answer(FaultKind::unavailable).substr(0, 21), "503SERVER_UNAVAILABLE");
  EXPECT_EQ(answer(FaultKind::lock).substr(0, 21), "400UNABLE_TO_LOCK_ROW");
}

TEST(Service, ADayHasSoManyFiles) {
  SimulatorSettings settings;
  settings.limits = settings.organization.daily_limits = true;
  settings.organization.edition = Edition::developer;
  Simulated sim(settings);
  const std::string file = R"j({"PathOnClient":"a.txt","VersionData":"YQ=="})j";
  for (int i = 0; i < 2'500; ++i) sim.create("ContentVersion", file);

  EXPECT_EQ(sim.refused("ContentVersion", file), "LIMIT_EXCEEDED");
  sim.machine.advance(std::chrono::hours(24));
  sim.create("ContentVersion", file);
}

TEST(Service, TextBeyondFiftyMegabytesIsTooLarge) {
  Simulated sim;
  const std::string file =
      R"j({"PathOnClient":"a.txt","VersionData":")j" + std::string(50UL << 20U, 'A') + "\"}";
  EXPECT_EQ(sim.send("POST", "sobjects/ContentVersion", file).status, 413);
}

TEST(Service, UrisAreLimited) {
  Simulated sim;
  EXPECT_EQ(sim.get("query?q=" + std::string(17'000, 'a')).status, 414);
  EXPECT_EQ(sim.send("GET", "limits", "", {{"X-Long", std::string(17'000, 'a')}}).status, 431);
}

}  // namespace
}  // namespace flit::sim::salesforce
