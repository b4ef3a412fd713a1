// Who may read what, and every error code (facts/sources.md §1.1, §0.1, §0.4).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "served.hpp"

namespace flit::sim::interactive::test {
namespace {

constexpr const char* paths[] = {"/account",
                                 "/account/modules",
                                 "/schema/objects",
                                 "/schema/objects/contacts/properties",
                                 "/schema/associations",
                                 "/objects/contacts",
                                 "/objects/contacts/count",
                                 "/associations/contacts/companies",
                                 "/owners",
                                 "/pipelines",
                                 "/deals/stage-history",
                                 "/files",
                                 "/tags",
                                 "/workflows",
                                 "/clause-library",
                                 "/clause-library/clauses"};

class AccessTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    served_ = new Served({.options = {.tokens = {"int_pat_crm:crm.read", "int_pat_none:"}}});
  }
  static void TearDownTestSuite() { delete served_; }
  static Served& served() { return *served_; }
  static Served* served_;
};
Served* AccessTest::served_ = nullptr;

TEST_F(AccessTest, ATokenIsNeededAndMustBeKnown) {
  const Answer none = served().raw("GET", "/api/v1/me");
  const Answer basic = served().raw("GET", "/api/v1/me", "", "Authorization: Basic eDp5\r\n");
  const Answer unknown = served().get_as("int_pat_unknown", "/me");

  EXPECT_EQ(none.status, 401);
  EXPECT_EQ(none.error_code(), "missing_token");
  EXPECT_EQ(none.headers.at("www-authenticate"), "Bearer");
  EXPECT_EQ(basic.error_code(), "invalid_token");
  EXPECT_EQ(unknown.error_code(), "invalid_token");
}

TEST_F(AccessTest, TheSchemeIsComparedWithoutCase) {
  for (const char* scheme : {"Bearer", "bearer", "BEARER"})
    EXPECT_EQ(served()
                  .raw("GET", "/api/v1/me", "",
                       std::string("Authorization: ") + scheme + " " + served().token() + "\r\n")
                  .status,
              200);
}

TEST_F(AccessTest, EveryAnswerHasItsRequestId) {
  const Answer good = served().get("/me");
  const Answer bad = served().get("/objects/contacts/0");

  EXPECT_EQ(good.headers.at("x-request-id").size(), 14U);
  EXPECT_EQ(bad.headers.at("x-request-id"), bad.text("error.request_id"));
  EXPECT_EQ(good.headers.at("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(bad.headers.at("content-type"), "application/json; charset=utf-8");
}

TEST_F(AccessTest, EveryEndpointAnswersWithAllScopesAndNamesTheOneThatIsMissing) {
  for (const char* path : paths) {
    EXPECT_EQ(served().get(path).status, 200) << path;
    const Answer refused = served().get_as("int_pat_none", path);
    EXPECT_EQ(refused.status, 403) << path;
    EXPECT_EQ(refused.error_code(), "missing_scope") << path;
    EXPECT_EQ(refused["error.required_scopes"].size(), 1U) << path;
  }
  EXPECT_EQ(served().get_as("int_pat_none", "/me").status, 200);
}

TEST_F(AccessTest, ArchivedRecordsNeedAScopeOfTheirOwn) {
  EXPECT_EQ(served().get_as("int_pat_crm", "/objects/contacts").status, 200);
  EXPECT_EQ(served().get_as("int_pat_crm", "/objects/contacts?archived=true").error_code(),
            "missing_scope");
}

TEST_F(AccessTest, WhatIsNotThereSaysSo) {
  EXPECT_EQ(served().get("/search").error_code(), "endpoint_not_available");
  EXPECT_EQ(served().get("/hotdocs/templates").error_code(), "endpoint_not_available");
  EXPECT_EQ(served()
                .raw("GET", "/elsewhere", "", "Authorization: Bearer " + served().token() + "\r\n")
                .error_code(),
            "endpoint_not_available");
  EXPECT_EQ(served().get("/objects/contacts/999999999").error_code(), "not_found");
  EXPECT_EQ(served().get("/objects/contacts/abc").error_code(), "not_found");
  EXPECT_EQ(served().get("/clause-library/clauses/c-1/body").error_code(), "proprietary_content");
}

TEST_F(AccessTest, WritesAreRefusedAndCounted) {
  Served fresh;
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"})
    EXPECT_EQ(fresh
                  .raw(method, "/api/v1/objects/contacts/1001", "{}",
                       "Authorization: Bearer " + fresh.token() + "\r\n")
                  .error_code(),
              "method_not_allowed")
        << method;
  EXPECT_EQ(fresh.post("/objects/contacts/batch/read", R"({"ids":["1001"]})").status, 200);

  const Answer stats = fresh.control("stats");
  EXPECT_EQ(stats["writes_refused"].as_integer(), 4);
  EXPECT_EQ(stats["by_endpoint"]["/objects/{object}/batch/read"]["200"].as_integer(), 1);
}

TEST_F(AccessTest, AnUrlThatIsTooLongIsRefused) {
  EXPECT_EQ(served().get("/objects/contacts?properties=" + std::string(8'200, 'x')).error_code(),
            "uri_too_long");
}

TEST_F(AccessTest, HeadIsGetWithoutABody) {
  const std::string authorization = "Authorization: Bearer " + served().token() + "\r\n";
  flit::test::RawConnection connection(served().port());
  connection.send("HEAD /api/v1/me HTTP/1.1\r\nHost: x\r\n" + authorization + "\r\n");

  EXPECT_EQ(connection.read(true)->status, 200);
}

TEST(Modules, ThoseThatAreMissingRefuseTheirEndpoints) {
  Served served({.make = []() -> Result<std::unique_ptr<Dataset>> {
    auto data = generate({.contacts = 10, .seed = 1});
    data->modules = modules_of_edition("solo");
    return data;
  }});

  for (const char* path : {"/files", "/workflows", "/clause-library", "/objects/matters"}) {
    const Answer answer = served.get(path);
    EXPECT_EQ(answer.status, 403) << path;
    EXPECT_EQ(answer.error_code(), "module_not_enabled") << path;
    EXPECT_FALSE(answer.text("error.module").empty()) << path;
  }
  EXPECT_EQ(served.get("/objects/contacts").status, 200);
}

TEST(Scopes, CanBeRevokedAndTokensExpireInTheMiddle) {
  Served served;
  EXPECT_EQ(served.get("/files").status, 200);

  EXPECT_EQ(served.edit(R"({"op":"revoke_scope","scope":"files.read"})").status, 200);
  const Answer refused = served.get("/files");
  EXPECT_EQ(refused.error_code(), "missing_scope");
  EXPECT_EQ((*refused["error.required_scopes"].elements().begin()).string_or(""), "files.read");

  served.control("faults", R"([{"nth": 1, "kind": "401"}])");
  EXPECT_EQ(served.get("/me").error_code(), "expired_token");
  EXPECT_EQ(served.get("/me").status, 200);
  served.edit(R"({"op":"expire_token"})");
  EXPECT_EQ(served.get("/me").error_code(), "expired_token");
}

}  // namespace
}  // namespace flit::sim::interactive::test
