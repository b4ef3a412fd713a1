// Resource paths and query options: what real clients write, and what the platform refuses.
#include <string>

#include <gtest/gtest.h>

#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/resource_path.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

struct Reading {
  std::string text;
  std::string canonical;
};

class GoodPath : public testing::TestWithParam<Reading> {};

TEST_P(GoodPath, IsCutIntoSegments) {
  const auto path = parse_resource_path(GetParam().text, {{"@p1", R"(["account"])"}});

  ASSERT_TRUE(path) << path.error().text();
  EXPECT_EQ(to_string(*path), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Table, GoodPath,
    testing::Values(
        Reading{"", ""}, Reading{"/accounts", "accounts"}, Reading{"accounts/", "accounts"},
        Reading{"/accounts(7EB682F1-ca75-e511-80d4-00155d2a68d1)",
                "accounts(7eb682f1-ca75-e511-80d4-00155d2a68d1)"},
        Reading{"accounts(name='O''Hara',code=2)", "accounts(name='O''Hara',code=2)"},
        Reading{"accounts(name=%27O%27%27Hara%27,code=2)", "accounts(name='O''Hara',code=2)"},
        Reading{"accounts(_primarycontactid_value=00000000-0000-0000-0000-000000000001)",
                "accounts(_primarycontactid_value=00000000-0000-0000-0000-000000000001)"},
        Reading{"accounts(new_d=2020-01-01T00:00:00Z)", "accounts(new_d=2020-01-01T00:00:00Z)"},
        Reading{"accounts(00000000-0000-0000-0000-000000000001)/contact_customer_accounts/$ref",
                "accounts(00000000-0000-0000-0000-000000000001)/contact_customer_accounts/$ref"},
        Reading{"accounts(00000000-0000-0000-0000-000000000001)/name/$value",
                "accounts(00000000-0000-0000-0000-000000000001)/name/$value"},
        Reading{"accounts/$count", "accounts/$count"},
        Reading{"accounts/Microsoft.Dynamics.CRM.CreateMultiple",
                "accounts/Microsoft.Dynamics.CRM.CreateMultiple"},
        Reading{"RetrieveTotalRecordCount(EntityNames=@p1)",
                "RetrieveTotalRecordCount(EntityNames=['account'])"},
        Reading{"WhoAmI()", "WhoAmI()"},
        Reading{"EntityDefinitions(LogicalName='account')/Attributes/"
                "Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
                "EntityDefinitions(LogicalName='account')/Attributes/"
                "Microsoft.Dynamics.CRM.PicklistAttributeMetadata"},
        Reading{"RetrieveCurrentOrganization(AccessType="
                "Microsoft.Dynamics.CRM.EndpointAccessType'Default')",
                "RetrieveCurrentOrganization(AccessType="
                "Microsoft.Dynamics.CRM.EndpointAccessType'Default')"},
        Reading{"$metadata", "$metadata"}, Reading{"$1/Account_Tasks", "$1/Account_Tasks"}));

class BadPath : public testing::TestWithParam<Reading> {};

TEST_P(BadPath, IsRefused) {
  const auto path = parse_resource_path(GetParam().text, {});

  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().code, "0x80060888");
  EXPECT_EQ(path.error().message, GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadPath,
    testing::Values(
        Reading{"accounts%zz", "Bad Request - Error in query syntax."},
        Reading{"accounts//x", "Bad Request - Error in query syntax."},
        Reading{"accounts(1)x", "Bad Request - Error in query syntax."},
        Reading{"accounts(name='a/b')", "Bad Request - Error in query syntax."},
        Reading{"accounts(name='a%25b')", "Bad Request - Error in query syntax."},
        Reading{"accounts(name='a:b')", "Bad Request - Error in query syntax."},
        Reading{"accounts(name='a",
                "There is an unterminated string literal at position 16 in "
                "'accounts(name='a'."},
        Reading{"accounts(name=", "Expression expected at position 14 in 'accounts(name='."},
        Reading{"accounts(a=1", "')' or ',' expected at position 12 in 'accounts(a=1'."},
        Reading{"$", "Resource not found for the segment '$'."}));

TEST(ResourcePath, OnlyAMissingSegmentAnswers404) {
  EXPECT_EQ(http_status(unknown_segment("$1x")), 404);
  EXPECT_EQ(http_status(unknown_property("x", "account")), 400);
}

TEST(QueryOptions, EveryOptionIsRead) {
  const auto query = parse_query(
      "$select=name,_ownerid_value&$filter=name%20eq%20%27a%2Bb%26c%27+and+statecode+eq+0"
      "&$orderby=name,createdon%20desc&$top=3&$count=true"
      "&$expand=primarycontactid($select=fullname;$expand=owninguser($select=fullname)),"
      "Account_Tasks($filter=contains(subject,'a;b)c');$orderby=subject "
      "desc;$top=2),parentaccountid/$ref"
      "&tag=hello&@p='x'");

  ASSERT_TRUE(query) << query.error().text();
  EXPECT_EQ(*query->select, (std::vector<std::string>{"name", "_ownerid_value"}));
  EXPECT_EQ(to_string(*query->filter), "name eq 'a+b&c' and statecode eq 0");
  EXPECT_EQ(query->order_by, (std::vector<OrderItem>{{"name", false}, {"createdon", true}}));
  EXPECT_EQ(query->top, 3);
  EXPECT_TRUE(query->count);
  ASSERT_EQ(query->expand.size(), 3U);
  EXPECT_EQ(query->expand[0].options.expand[0].navigation, "owninguser");
  EXPECT_EQ(to_string(*query->expand[1].options.filter), "contains(subject,'a;b)c')");
  EXPECT_EQ(query->expand[1].options.top, 2);
  EXPECT_TRUE(query->expand[2].reference);
  EXPECT_EQ(*query->other("TAG"), "hello");
  EXPECT_EQ(query->aliases.front().second, "'x'");
}

TEST(QueryOptions, ApplyIsReadAndPrinted) {
  for (const std::string text :
       {"aggregate($count as n)", "groupby((statuscode))",
        "groupby((statuscode,primarycontactid/fullname),aggregate(revenue with sum as total,$count "
        "as n))",
        "filter(revenue gt 1 and contains(name,')'))/groupby((statecode),aggregate(revenue with "
        "average as a))",
        "filter(statecode eq 0)/aggregate(name with countdistinct as c,revenue with max as m)",
        "filter(statecode eq 0)"}) {
    const auto apply = parse_apply(text, {});

    ASSERT_TRUE(apply) << text << ": " << apply.error().text();
    EXPECT_EQ(to_string(*apply), text);
  }
}

class BadQuery : public testing::TestWithParam<Reading> {};

TEST_P(BadQuery, IsRefused) {
  const auto query = parse_query(GetParam().text);

  ASSERT_FALSE(query) << GetParam().text;
  EXPECT_EQ(query.error().code, "0x80060888");
  EXPECT_EQ(query.error().message, GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadQuery,
    testing::Values(Reading{"$skip=10", "The query parameter $skip is not supported"},
                    Reading{"$search=x", "The query parameter $search is not supported"},
                    Reading{"$format=json", "The query parameter $format is not supported"},
                    Reading{"$unknown=1", "The query parameter $unknown is not supported"},
                    Reading{"$top=-1",
                            "Invalid value '-1' for $top query option found. The $top query option "
                            "requires a non-negative integer value."},
                    Reading{"$count=yes",
                            "Invalid value 'yes' for $count query option found. Valid values are "
                            "'true' and 'false'."},
                    Reading{"$top=1&$top=2",
                            "Query option '$top' was specified more than once, but it must be "
                            "specified at most once."},
                    Reading{"$orderby=name up", "Syntax error at position 0 in 'name up'."},
                    Reading{"$select=a,b%20c", "Syntax error at position 2 in 'a,b c'."},
                    Reading{"$expand=a($select=b", "')' expected at position 11 in 'a($select=b'."},
                    Reading{"$expand=a($skip=1)", "The query parameter $skip is not supported"},
                    Reading{"$apply=groupby(a)", "'(' expected at position 8 in 'groupby(a)'."},
                    Reading{"$apply=aggregate(a with most as b)",
                            "Syntax error at position 21 in 'aggregate(a with most as b)'."}));

TEST(QueryOptions, ExpandDepthIsBounded) {
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "a($expand=";
  const auto query = parse_query("$expand=" + deep + "b" + std::string(2000, ')'));

  ASSERT_FALSE(query);
  EXPECT_EQ(query.error().message, "Recursion depth exceeded allowed limit.");
}

}  // namespace
}  // namespace flit::sim::dataverse::odata
