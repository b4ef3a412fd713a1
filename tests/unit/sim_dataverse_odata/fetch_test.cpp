// FetchXML and $apply over a table in memory that is linked to itself.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/dataverse/odata/aggregation.hpp"
#include "sim/dataverse/odata/fetch_conditions.hpp"
#include "sim/dataverse/odata/fetch_run.hpp"
#include "tests/unit/sim_dataverse_odata/memory_table.hpp"

namespace flit::test {
namespace {

/// 1 Alpha ← 2 beta ← 3 alpha, 4 without anything.
MemoryTable companies() {
  MemoryTable table;
  table.add(
      {.id = uuid_of(1), .name = "Alpha", .revenue = "10.5", .employees = 1, .birthdate = 19'000});
  table.add({.id = uuid_of(2),
             .name = "beta",
             .revenue = "20",
             .employees = 2,
             .birthdate = 19'100,
             .parent = uuid_of(1)});
  table.add({.id = uuid_of(3), .name = "alpha", .employees = 2, .parent = uuid_of(2)});
  table.add({.id = uuid_of(4)});
  return table;
}

Result<FetchPage> fetch(const MemoryTable& table, const std::string& xml) {
  FLIT_TRY(query, parse_fetch_xml(xml));
  return run_fetch(
      query, [&](std::string_view name) { return name == "account" ? &table : nullptr; },
      {.now = 19'100 * 86'400 + 7}, std::nullopt);
}

/// "1/2 3/-": ids of each row's entities; or the totals; or the refusal's code.
std::string answer(const std::string& xml) {
  const MemoryTable table = companies();
  const auto page = fetch(table, xml);
  if (!page) return page.error().code;
  std::string out;
  for (const auto& row : page->rows) {
    std::string text;
    for (const auto& id : row)
      text += (text.empty() ? "" : "/") + (id ? std::to_string(id->bytes()[15]) : std::string("-"));
    out += (out.empty() ? "" : " ") + text;
  }
  for (const auto& row : page->totals) {
    std::string text;
    for (const auto& value : row) text += (text.empty() ? "" : "/") + to_text(value.value());
    out += (out.empty() ? "" : " ") + text;
  }
  return out;
}

std::string in_entity(const std::string& inner, const std::string& attributes = "") {
  return "<fetch " + attributes + "><entity name='account'>" + inner + "</entity></fetch>";
}

std::string where(const std::string& condition) {
  return in_entity("<filter><condition " + condition + "/></filter>");
}

struct Question {
  std::string xml;
  std::string answer;
};

class Fetch : public testing::TestWithParam<Question> {};

TEST_P(Fetch, Answers) {
  EXPECT_EQ(answer(GetParam().xml), GetParam().answer);
}

INSTANTIATE_TEST_SUITE_P(
    Conditions, Fetch,
    testing::Values(
        Question{in_entity(""), "1 2 3 4"},
        Question{where("attribute='name' operator='eq' value='ALPHA'"), "1 3"},
        Question{where("attribute='name' operator='ne' value='alpha'"), "2 4"},
        Question{where("attribute='name' operator='null'"), "4"},
        Question{where("attribute='name' operator='not-null'"), "1 2 3"},
        Question{where("attribute='name' operator='like' value='%ET%'"), "2"},
        Question{where("attribute='name' operator='not-like' value='a%'"), "2 4"},
        Question{where("attribute='name' operator='begins-with' value='al'"), "1 3"},
        Question{where("attribute='employees' operator='ge' value='2'"), "2 3"},
        Question{where("attribute='parentid' operator='eq' "
                       "value='{00000000-0000-0000-0000-000000000001}'"),
                 "2"},
        Question{where("attribute='birthdate' operator='today'"), "2"},
        Question{where("attribute='birthdate' operator='last-x-days' value='200'"), "1 2"},
        Question{where("attribute='birthdate' operator='olderthan-x-days' value='50'"), "1"},
        Question{
            where("attribute='accountid' operator='eq-or-under' value='" + uuid_of(2).text() + "'"),
            "2 3"},
        Question{
            in_entity("<filter type='or'><condition attribute='name' operator='eq' value='beta'/>"
                      "<filter><condition attribute='employees' operator='eq' value='1'/>"
                      "<condition attribute='name' operator='not-null'/></filter></filter>"),
            "1 2"},
        Question{in_entity("<filter><condition attribute='employees' operator='in'><value>1</value>"
                           "<value>7</value></condition></filter>"),
                 "1"}));

const std::string link = "<link-entity name='account' from='accountid' to='parentid' alias='p'";

/// PD fetchxml/join-tables: links that restrict and add no rows. Parents are 1 (of 2) and 2 (of 3).
std::string restricted(const std::string& type, const std::string& filter = "") {
  return in_entity(
      "<filter><link-entity name='account' from='parentid' to='accountid' link-type='" + type +
      "'>" + filter + "</link-entity></filter>");
}
const std::string is_alpha =
    "<filter><condition attribute='name' operator='eq' value='alpha'/></filter>";

INSTANTIATE_TEST_SUITE_P(
    Restrictions, Fetch,
    testing::Values(
        Question{restricted("any"), "1 2"}, Question{restricted("any", is_alpha), "2"},
        Question{restricted("not any"), "3 4"}, Question{restricted("not any", is_alpha), "1 3 4"},
        Question{restricted("all", is_alpha), "1"}, Question{restricted("not all", is_alpha), "2"},
        Question{restricted("outer"), "0x80041117"},
        Question{in_entity("<link-entity name='account' from='parentid' to='accountid' "
                           "link-type='exists'/>"),
                 "1 2"},
        Question{in_entity("<link-entity name='account' from='parentid' to='accountid' "
                           "link-type='in'>" +
                           is_alpha + "</link-entity>"),
                 "2"},
        Question{in_entity("<link-entity name='account' from='employees' to='employees' alias='e' "
                           "link-type='matchfirstrowusingcrossapply'/>"),
                 "1/1 2/2 3/2"},
        Question{in_entity("<filter type='or'><condition attribute='employees' operator='null'/>"
                           "<link-entity name='account' from='parentid' to='accountid' "
                           "link-type='any'/></filter>"),
                 "1 2 4"}));

INSTANTIATE_TEST_SUITE_P(
    Links, Fetch,
    testing::Values(
        Question{in_entity(link + "/>"), "2/1 3/2"},
        Question{in_entity(link + " link-type='outer'/>"), "1/- 2/1 3/2 4/-"},
        Question{in_entity(link + "><filter><condition attribute='name' operator='eq' "
                                  "value='beta'/></filter></link-entity>"),
                 "3/2"},
        Question{in_entity("<filter><condition entityname='p' attribute='employees' operator='eq' "
                           "value='1'/></filter>" +
                           link + " link-type='outer'/>"),
                 "2/1"},
        Question{in_entity("<link-entity name='account' from='parentid' to='accountid' alias='c'>"
                           "<link-entity name='account' from='parentid' to='accountid' "
                           "alias='d'/></link-entity>"),
                 "1/2/3"},
        Question{in_entity("<order attribute='name' descending='true'/>"), "2 1 3 4"},
        Question{in_entity("<order attribute='employees'/><order attribute='name'/>"), "4 1 3 2"},
        Question{in_entity(link + "><order attribute='name' descending='true'/></link-entity>"),
                 "3/2 2/1"},
        Question{in_entity("<attribute name='name'/>", "distinct='true'"), "1 2 4"},
        Question{in_entity("", "top='2'"), "1 2"},
        Question{in_entity("", "count='3' page='2'"), "4"}));

INSTANTIATE_TEST_SUITE_P(
    Aggregates, Fetch,
    testing::Values(
        Question{
            in_entity("<attribute name='accountid' alias='n' aggregate='count'/>"
                      "<attribute name='revenue' alias='s' aggregate='sum'/>"
                      "<attribute name='revenue' alias='a' aggregate='avg'/>"
                      "<attribute name='name' alias='d' aggregate='countcolumn' distinct='true'/>"
                      "<attribute name='name' alias='v' aggregate='countcolumn'/>"
                      "<attribute name='employees' alias='x' aggregate='max'/>",
                      "aggregate='true'"),
            "4/30.5/15.25/2/3/2"},
        Question{in_entity("<attribute name='accountid' alias='n' aggregate='count'/>"
                           "<attribute name='employees' alias='e' groupby='true'/>"
                           "<order alias='n' descending='true'/>",
                           "aggregate='true'"),
                 "2/2 1/ 1/1"},
        Question{
            in_entity("<attribute name='birthdate' alias='y' groupby='true' dategrouping='year'/>"
                      "<attribute name='accountid' alias='n' aggregate='count'/>",
                      "aggregate='true'"),
            "2 2022/2"},
        Question{
            in_entity("<attribute name='birthdate' alias='w' groupby='true' dategrouping='week'/>"
                      "<attribute name='revenue' alias='s' aggregate='sum'/><order alias='w'/>",
                      "aggregate='true'"),
            "0 2/10.5 17/20"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, Fetch,
    testing::Values(
        Question{"", "0x80041124"}, Question{"<fetch>", "0x80040203"},
        Question{"<fetch/>", "0x80041123"}, Question{"<entity name='account'/>", "0x8004111c"},
        Question{"<!DOCTYPE x [<!ENTITY a 'b'>]><fetch><entity name='account'/></fetch>",
                 "0x80040203"},
        Question{"<fetch><entity name='nosuch'/></fetch>", "0x80041102"},
        Question{"<fetch><entity/></fetch>", "0x8004111e"},
        Question{in_entity("<attribute name='nosuch'/>"), "0x80041103"},
        Question{in_entity("<nosuch/>"), "0x8004111c"},
        Question{in_entity("", "page='0'"), "0x8004110c"},
        Question{in_entity("", "distinct='maybe'"), "0x80041115"},
        Question{in_entity("<filter type='xor'/>"), "0x80041122"},
        Question{where("attribute='name' operator='resembles' value='x'"), "0x80041120"},
        Question{where("attribute='employees' operator='eq' value='x'"), "0x80041108"},
        Question{where("entityname='q' attribute='name' operator='null'"), "0x8004110a"},
        Question{in_entity("<link-entity name='account'/>"), "0x80041111"},
        Question{in_entity("<attribute name='birthdate' groupby='true' dategrouping='hour'/>"),
                 "0x80041135"},
        Question{in_entity("<attribute name='name'/>", "aggregate='true'"), "0x80041109"}));

TEST(FetchPaging, TheCookieSaysWhichPageWasRead) {
  const MemoryTable table = companies();

  const auto first = fetch(table, in_entity("", "count='3'"));
  const auto last = fetch(table, in_entity("", "count='3' page='2'"));

  ASSERT_TRUE(first->next);
  EXPECT_EQ(to_string(*first->next),
            "<cookie page=\"1\"><accountid last=\"{00000000-0000-0000-0000-000000000003}\" "
            "first=\"{00000000-0000-0000-0000-000000000001}\" /></cookie>");
  EXPECT_FALSE(last->next);
}

TEST(FetchPaging, DepthIsBounded) {
  std::string xml = "<fetch><entity name='account'>";
  for (int i = 0; i < 3000; ++i) xml += "<filter>";

  EXPECT_EQ(parse_fetch_xml(xml).error().code, "0x8004111c");
}

std::string applied(const std::string& text) {
  const MemoryTable table = companies();
  const auto apply = parse_apply(text, {});
  if (!apply) return apply.error().message;
  const auto result = run_apply(
      *apply, nullptr, table,
      [&](const std::optional<Uuid>& after, const RowVisitor& visit) { table.scan(after, visit); },
      {});
  if (!result) return result.error().message;
  std::string out;
  for (const auto& row : result->rows) {
    out += out.empty() ? "" : " ";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += (i == 0 ? "" : ",") + result->columns[i].name + "=" + to_text(row[i].value());
  }
  return out;
}

TEST(RunApply, GroupsAndTotals) {
  EXPECT_EQ(applied("aggregate($count as n,revenue with sum as s)"), "n=4,s=30.5");
  EXPECT_EQ(applied("groupby((employees),aggregate(revenue with average as a))"),
            "employees=,a= employees=1,a=10.5 employees=2,a=20");
  EXPECT_EQ(applied("filter(employees gt 0)/groupby((name))"), "name=Alpha name=beta");
  EXPECT_EQ(applied("filter(employees gt 9)/aggregate($count as n,revenue with max as m)"),
            "n=0,m=");
  EXPECT_EQ(applied("aggregate(name with countdistinct as d)"), "d=2");
  EXPECT_EQ(applied("aggregate(nosuch with sum as s)"),
            "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.account'.");
}

TEST(RunApply, FiftyThousandRowsAreTheLimit) {
  Aggregation aggregation({AggregateMethod::count});
  for (int i = 0; i < 50'000; ++i) ASSERT_TRUE(aggregation.add({}, std::vector<Value>(1)));

  EXPECT_EQ(aggregation.add({}, std::vector<Value>(1)).error().code, "0x8004e023");
}

TEST(FetchOperators, AreNamedLikeQueryFunctions) {
  EXPECT_EQ(function_of_operator("last-x-fiscal-periods"), "LastXFiscalPeriods");
  EXPECT_EQ(function_of_operator("on-or-after"), "OnOrAfter");
  EXPECT_EQ(function_of_operator("olderthan-x-hours"), "OlderThanXHours");
  EXPECT_EQ(function_of_operator("eq-userid"), "EqualUserId");
  EXPECT_EQ(function_of_operator("not-between"), "NotBetween");
}

}  // namespace
}  // namespace flit::test
