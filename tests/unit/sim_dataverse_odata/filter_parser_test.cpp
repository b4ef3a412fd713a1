#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/dataverse/odata/expression.hpp"

namespace flit::sim::dataverse::odata {
namespace {

const Aliases aliases = {{"@p1", "'createdon'"},
                         {"@p2", "42"},
                         {"@list", R"(["1",'2',3])"},
                         {"@none", "null"},
                         {"@loop", "@loop"}};

struct Reading {
  std::string text;
  std::string canonical;
};

class GoodFilter : public testing::TestWithParam<Reading> {};

TEST_P(GoodFilter, IsReadAndPrintedInOneForm) {
  const auto filter = parse_filter(GetParam().text, aliases);

  ASSERT_TRUE(filter) << filter.error().text();
  EXPECT_EQ(to_string(*filter), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Table, GoodFilter,
    testing::Values(
        Reading{"name eq 'Contoso'", "name eq 'Contoso'"},
        Reading{"name eq 'O''Hara'", "name eq 'O''Hara'"}, Reading{"name eq ''", "name eq ''"},
        Reading{"  statecode   eq 0 ", "statecode eq 0"},
        Reading{"revenue gt 100.50 and revenue le 2e6", "revenue gt 100.50 and revenue le 2e6"},
        Reading{"a eq 1 or b eq 2 and not c eq 3", "a eq 1 or (b eq 2 and (not c) eq 3)"},
        Reading{"(a eq 1 or b eq 2) and c eq -3", "(a eq 1 or b eq 2) and c eq -3"},
        Reading{"((a eq null))", "a eq null"},
        Reading{"not contains(name,'(sample)')", "not contains(name,'(sample)')"},
        Reading{"not (a eq 1)", "not (a eq 1)"}, Reading{"not donotemail", "not donotemail"},
        Reading{"startswith(name, 'A') or endswith( name,'z' )",
                "startswith(name,'A') or endswith(name,'z')"},
        Reading{"_parentaccountid_value eq ABCDEF01-0000-0000-0000-00000000000A",
                "_parentaccountid_value eq abcdef01-0000-0000-0000-00000000000a"},
        Reading{"parentaccountid/accountid eq 00000000-0000-0000-0000-000000000001",
                "parentaccountid/accountid eq 00000000-0000-0000-0000-000000000001"},
        Reading{"createdon ge 2016-09-28T22:57:53Z", "createdon ge 2016-09-28T22:57:53Z"},
        Reading{"createdon ge 2016-09-28T22:57:53.123-08:00 and birthdate eq 1970-01-02",
                "createdon ge 2016-09-28T22:57:53.123-08:00 and birthdate eq 1970-01-02"},
        Reading{"OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'",
                "OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'"},
        Reading{"firstname eq lastname", "firstname eq lastname"},
        Reading{"CanCreateAttributes/Value eq true", "CanCreateAttributes/Value eq true"},
        Reading{"Microsoft.Dynamics.CRM.In(PropertyName='statuscode',PropertyValues=['1','2'])",
                "Microsoft.Dynamics.CRM.In(PropertyName='statuscode',PropertyValues=['1','2'])"},
        Reading{"Microsoft.Dynamics.CRM.In(PropertyName='s',PropertyValues=@list)",
                "Microsoft.Dynamics.CRM.In(PropertyName='s',PropertyValues=['1','2',3])"},
        Reading{"Microsoft.Dynamics.CRM.LastXDays(PropertyName=@p1,PropertyValue=@p2)",
                "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=42)"},
        Reading{"Microsoft.Dynamics.CRM.EqualUserId(PropertyName=@p1) and statecode eq @p2",
                "Microsoft.Dynamics.CRM.EqualUserId(PropertyName='createdon') and statecode eq 42"},
        Reading{"name eq @none or name eq @absent", "name eq null or name eq null"},
        Reading{"contact_customer_accounts/any()", "contact_customer_accounts/any()"},
        Reading{"contact_customer_accounts/any(c:c/fullname eq 'x' and c/statecode eq 0)",
                "contact_customer_accounts/any(c:c/fullname eq 'x' and c/statecode eq 0)"},
        Reading{"Account_Tasks/all(t:t/Task_Annotation/any(n:n/subject ne null))",
                "Account_Tasks/all(t:t/Task_Annotation/any(n:n/subject ne null))"}));

struct Refusal {
  std::string text;
  std::string message;
};

class BadFilter : public testing::TestWithParam<Refusal> {};

TEST_P(BadFilter, IsRefusedWithTheLibrarysText) {
  const auto filter = parse_filter(GetParam().text, aliases);

  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().code, "0x80060888");
  EXPECT_EQ(filter.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadFilter,
    testing::Values(
        Refusal{"name eqq 'x'", "Syntax error at position 8 in 'name eqq 'x''."},
        Refusal{"42 42", "Syntax error at position 5 in '42 42'."},
        Refusal{"", "Expression expected at position 0 in ''."},
        Refusal{"(", "Expression expected at position 1 in '('."},
        Refusal{"(42", "')' or operator expected at position 3 in '(42'."},
        Refusal{"a eq", "Expression expected at position 4 in 'a eq'."},
        Refusal{"a eq 1 and", "Expression expected at position 10 in 'a eq 1 and'."},
        Refusal{"contains(name", "')' or ',' expected at position 13 in 'contains(name'."},
        Refusal{"contains(name,'a'", "')' or ',' expected at position 17 in 'contains(name,'a''."},
        Refusal{"a eq 1 & b eq 2",
                "Syntax error: character '&' is not valid at position 7 in 'a eq 1 & b eq 2'."},
        Refusal{"a eq 'x", "There is an unterminated string literal at position 7 in 'a eq 'x'."},
        Refusal{"a eq \"x\"",
                "Syntax error: character '\"' is not valid at position 5 in 'a eq \"x\"'."},
        Refusal{"tolower(name) eq 'x'",
                "An unknown function with name 'tolower' was found. This may also be a function "
                "import or a key lookup on a navigation property, which is not allowed."},
        Refusal{"statuscode in (1,2)", "Syntax error at position 13 in 'statuscode in (1,2)'."},
        Refusal{"a add 1 eq 2", "Syntax error at position 5 in 'a add 1 eq 2'."},
        Refusal{"contains(contains(a,'b'),'c')",
                "Syntax error at position 25 in 'contains(contains(a,'b'),'c')'."},
        Refusal{"a eq @loop", "Expression expected at position 0 in '@loop'."},
        Refusal{"a eq @list", "Syntax error at position 10 in 'a eq @list'."}));

TEST(FilterParser, DepthIsBoundedButLengthIsNot) {
  const std::string deep = std::string(5000, '(') + "a eq 1" + std::string(5000, ')');
  std::string nots;
  for (int i = 0; i < 5000; ++i) nots += "not ";
  std::string wide = "a eq 0";
  for (int i = 1; i < 5000; ++i) wide += " or a eq " + std::to_string(i);

  const auto too_deep = parse_filter(deep, {});
  const auto too_negative = parse_filter(nots + "a", {});
  const auto long_filter = parse_filter(wide, {});

  EXPECT_EQ(too_deep.error().message, "Recursion depth exceeded allowed limit.");
  EXPECT_EQ(too_negative.error().message, "Recursion depth exceeded allowed limit.");
  ASSERT_TRUE(long_filter);
  EXPECT_EQ(long_filter->children.size(), 5000U);
}

}  // namespace
}  // namespace flit::sim::dataverse::odata
