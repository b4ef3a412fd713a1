#include <gtest/gtest.h>

#include "base/text.hpp"
#include "base/yaml_reader.hpp"
#include "destinations/dataverse/dependent_reader.hpp"
#include "destinations/dataverse/owner_directory.hpp"
#include "destinations/dataverse/row_reader.hpp"
#include "tests/unit/destinations_dataverse/world.hpp"

namespace flit::destinations::dataverse {
namespace {

/// A table of two columns whose rows `child` hangs on, and what the script says about rows.
http::Response metadata_answer(int number) {
  if (number == 0)
    return answer(
        200,
        R"({"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"},
                {"LogicalName":"task","EntitySetName":"tasks","PrimaryIdAttribute":"activityid"},
                {"LogicalName":"activitypointer","EntitySetName":"activitypointers","PrimaryIdAttribute":"activityid"}]})");
  const std::string links =
      R"({"value":[{"SchemaName":"Account_Tasks","ReferencingEntity":"task","ReferencingAttribute":"regardingobjectid",
          "ReferencedEntity":"account","CascadeConfiguration":{"Delete":"Cascade"}},
         {"SchemaName":"Account_Pointers","ReferencingEntity":"activitypointer","ReferencingAttribute":"regardingobjectid",
          "ReferencedEntity":"account","CascadeConfiguration":{"Delete":"Cascade"}},
         {"SchemaName":"parent","ReferencingEntity":"account","ReferencingAttribute":"parentaccountid",
          "ReferencedEntity":"account","CascadeConfiguration":{"Delete":"RemoveLink"}}]})";
  std::vector<std::string> parts(21, R"({"value":[]})");
  parts[0] =
      R"({"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid",
          "Attributes":[{"LogicalName":"name","AttributeType":"String"},
                        {"LogicalName":"accountid","AttributeType":"Uniqueidentifier"}]})";
  parts[16] = links;
  for (std::string& text : parts) text = json_part(200, text);
  return batch_answer(parts);
}

/// Users, and that tasks say which of them wrote them last.
http::Response users_answer() {
  std::vector<std::string> parts(21, json_part(200, R"({"value":[]})"));
  parts[0] = json_part(200, R"({"LogicalName":"systemuser","EntitySetName":"systemusers",
          "PrimaryIdAttribute":"systemuserid","Attributes":[]})");
  parts[16] =
      json_part(200, R"({"value":[{"SchemaName":"lk_task_modifiedby","ReferencingEntity":"task",
          "ReferencingAttribute":"modifiedby","ReferencedEntity":"systemuser",
          "CascadeConfiguration":{"Delete":"NoCascade"}}]})");
  return batch_answer(parts);
}

class Reading : public testing::Test {
 protected:
  Result<http::Response> respond(const http::Request& request, int number) {
    return number < 2 ? Result<http::Response>(metadata_answer(number)) : rows(request);
  }
  model::RowSink sink() {
    return [this](const model::ReadRow& row) -> Result<void> {
      seen.push_back(std::string(row.id) + " " + std::string(row.version) + " " +
                     row.cells[0].display());
      return {};
    };
  }

  std::function<Result<http::Response>(const http::Request&)> rows;
  std::vector<std::string> seen;
  const std::vector<std::string> columns{"name"};
  World world{
      [this](const http::Request& request, int number) { return respond(request, number); }};
  Metadata metadata{world.api};
  RowReader reader{world.api, metadata};
};

std::string page(const std::string& id, const std::string& next = {}) {
  return R"({"value":[{"@odata.etag":"W/\"5\"","accountid":")" + id + R"(","name":"A"}])" +
         (next.empty() ? "" : R"(,"@odata.nextLink":")" + next + R"(")") + "}";
}

TEST_F(Reading, ByIdsAsksInAsManyUrlsAsTheirLengthAllows) {
  rows = [](const http::Request&) { return answer(200, page(row_id)); };
  const std::vector<std::string> ids(500, row_id);

  const auto done = reader.read("account", columns, ids, sink(), {});

  ASSERT_TRUE(done) << done.error().text();
  const auto requests = world.transport.requests();
  EXPECT_EQ(requests.size(), 2U + 3U);
  for (std::size_t i = 2; i < requests.size(); ++i)
    EXPECT_LE(requests[i].url.text().size(), world.api.settings().url_length);
  EXPECT_EQ(seen.at(0), row_id + " W/\"5\" A");
}

TEST_F(Reading, AScanGivesThePagesLinkAsItsCursorAndFollowsItVerbatim) {
  const std::string next =
      "https://contoso.crm4.dynamics.com/api/data/v9.2/accounts?$skiptoken=%3Ccookie%3E";
  rows = [&](const http::Request& request) {
    return answer(200, request.url.text() == next ? page(other_id) : page(row_id, next));
  };

  const auto first = reader.scan({"account", columns, {{{"name", "O'Hara"}}}}, {}, sink(), {});
  ASSERT_TRUE(first) << first.error().text();
  ASSERT_TRUE(*first);
  const auto second = reader.scan({"account", columns}, *first, sink(), {});

  ASSERT_TRUE(second);
  EXPECT_FALSE(*second);
  EXPECT_EQ(seen.size(), 2U);
  const std::string asked = world.transport.requests()[2].url.text();
  EXPECT_NE(asked.find("name%20eq%20%27O%27%27Hara%27"), std::string::npos) << asked;
  EXPECT_NE(asked.find("$orderby=accountid"), std::string::npos);
}

TEST_F(Reading, ALinkToAnotherHostIsNotFollowedWithOurToken) {
  rows = [](const http::Request&) {
    return answer(200, page(row_id, "https://elsewhere.example/accounts?$skiptoken=1"));
  };

  const auto done = reader.scan({"account", columns}, {}, sink(), {});

  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("another host"), std::string::npos);
}

TEST_F(Reading, DependentsAreAskedForWhereADeleteCascades) {
  rows = [](const http::Request& request) {
    if (request.body.find("systemuser") != std::string::npos) return users_answer();
    EXPECT_EQ(request.body.find("activitypointers"), std::string::npos);
    EXPECT_NE(request.body.find("PropertyValues=['" + row_id + "']"), std::string::npos);
    return batch_answer(
        {json_part(200, R"({"value":[{"activityid":")" + other_id +
                            R"(","_modifiedby_value":"U1","_regardingobjectid_value":")" + row_id +
                            R"("}]})")});
  };
  DependentReader dependents(world.api, metadata);
  std::vector<model::Dependent> found;

  const std::vector<std::string> ids{row_id};
  const auto done = dependents.dependents({"account", ids},
                                          [&](const model::Dependent& one) -> Result<void> {
                                            found.push_back(one);
                                            return {};
                                          },
                                          {});

  ASSERT_TRUE(done) << done.error().text();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].child, (model::TargetId{"task", other_id}));
  EXPECT_EQ(found[0].parent, row_id);
  EXPECT_EQ(found[0].editor, "u1");
  EXPECT_EQ(found[0].on_delete, model::Cascade::cascade);
}

TEST(Owners, AreUsersAndTeamsWithWhatTheyMayDo) {
  World world([](const http::Request& request, int) -> Result<http::Response> {
    if (request.url.path().ends_with("/systemusers"))
      return answer(200, R"({"value":[
        {"systemuserid":"U1","fullname":"A","domainname":"a@x.example","internalemailaddress":"A@X.example",
         "isdisabled":false,"accessmode":0,"systemuserroles_association":[{"roleid":"r"}]},
        {"systemuserid":"U2","fullname":"B","isdisabled":true,"accessmode":0,"systemuserroles_association":[]}]})");
    return answer(200, R"({"value":[
        {"teamid":"T1","name":"T","teamtype":1,"teamroles_association":[{"roleid":"r"}]}]})");
  });

  const auto owners = OwnerDirectory(world.api).owners({});

  ASSERT_TRUE(owners) << owners.error().text();
  ASSERT_EQ(owners->size(), 3U);
  EXPECT_EQ(owners->at(0).emails, std::vector<std::string>{"A@X.example"});
  EXPECT_TRUE(owners->at(0).may_own);
  EXPECT_FALSE(owners->at(1).active);
  EXPECT_FALSE(owners->at(1).may_own);
  EXPECT_EQ(owners->at(2).kind, model::Owner::Kind::team);
  EXPECT_FALSE(owners->at(2).may_own) << "an access team owns nothing";
}

TEST(Owners, AreTakenToHoldARoleWhereNoRoleIsShown) {
  World world([](const http::Request& request, int) -> Result<http::Response> {
    if (request.url.path().ends_with("/systemusers"))
      return answer(200, R"({"value":[{"systemuserid":"U1","systemuserroles_association":[]},
                                      {"systemuserid":"U2","accessmode":3}]})");
    return answer(200, R"({"value":[]})");
  });

  const auto owners = OwnerDirectory(world.api).owners({});

  ASSERT_TRUE(owners);
  EXPECT_TRUE(owners->at(0).may_own);
  EXPECT_FALSE(owners->at(1).may_own) << "support users work with no data";
}

TEST(Settings, ThePackThatShipsIsReadAndCited) {
  const auto library = packs::Library::read(packs::shipped_files());
  ASSERT_TRUE(library) << library.error().text();

  const auto settings = read_platform(**library->destination("dynamics365"));

  ASSERT_TRUE(settings) << settings.error().text();
  EXPECT_EQ(settings->publisher.prefix, "flit");
  EXPECT_EQ(settings->quotas.size(), 3U);
  for (const QuotaSettings& quota : settings->quotas) EXPECT_FALSE(quota.cite.empty());
}

TEST(Settings, AMistakeIsShownWhereItStands) {
  Diagnostics diagnostics;
  const auto text =
      std::make_shared<const SourceText>("flitstack.yaml", "url: https://c.example\ntennant: t\n");
  const auto node = yaml::read(text, diagnostics);

  const auto settings = read_environment(*node);

  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().text().find("did you mean 'tenant'?"), std::string::npos)
      << settings.error().text();
}

TEST(Settings, SigningInAsksTheDirectoryForTheEnvironmentsScope) {
  const auto oauth = sign_in({.url = "https://c.crm4.dynamics.com/",
                              .authority = "https://login.microsoftonline.com",
                              .tenant = "t"},
                             "id", Secret("s"));

  ASSERT_TRUE(oauth);
  EXPECT_EQ(oauth->token_url.text(), "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  EXPECT_EQ(*form::find(oauth->fields, "scope"), "https://c.crm4.dynamics.com/.default");
}

}  // namespace
}  // namespace flit::destinations::dataverse
