#include "sim/dataverse/odata/predicate.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/sim_dataverse_odata/memory_table.hpp"

namespace flit::test {
namespace {

// 2024-05-15T10:00:00Z, a Wednesday.
constexpr std::int64_t now = 1'715'767'200;
constexpr std::int64_t day = 86'400;

/// 1 Alpha ← 2 beta ← 3 Gämma, 4 without anything.
MemoryTable companies() {
  MemoryTable table;
  table.add({.id = uuid_of(1),
             .name = "Alpha",
             .revenue = "100.50",
             .employees = 10,
             .createdon = now - 40 * day,
             .birthdate = 10'000,
             .donotemail = true,
             .tags = "1,9"});
  table.add({.id = uuid_of(2),
             .name = "beta 50%",
             .revenue = "99.999",
             .employees = 200,
             .createdon = now - 2 * day,
             .donotemail = false,
             .tags = "9",
             .parent = uuid_of(1)});
  table.add({.id = uuid_of(3),
             .name = "GÄMMA",
             .revenue = "-1",
             .employees = 10,
             .createdon = now + 3600,
             .parent = uuid_of(2)});
  table.add({.id = uuid_of(4)});
  return table;
}

QueryContext context() {
  return {.now = now, .user = uuid_of(2), .teams = {uuid_of(1)}};
}

/// The last digits of the ids that match, as "1 3"; or the refusal.
std::string select(const std::string& filter) {
  const MemoryTable table = companies();
  const auto expression = parse_filter(filter, {});
  if (!expression) return expression.error().message;
  const auto predicate = Predicate::bind(*expression, table, context());
  if (!predicate) return predicate.error().message;
  std::string found;
  table.scan({}, [&](const RowView& row) {
    if (predicate->matches(row))
      found += (found.empty() ? "" : " ") + std::to_string(row.id().bytes()[15]);
    return true;
  });
  return found;
}

struct Question {
  std::string filter;
  std::string answer;
};

class Filter : public testing::TestWithParam<Question> {};

TEST_P(Filter, SelectsRows) {
  EXPECT_EQ(select(GetParam().filter), GetParam().answer);
}

const std::string one = uuid_of(1).text();
const std::string two = uuid_of(2).text();

INSTANTIATE_TEST_SUITE_P(
    Comparison, Filter,
    testing::Values(
        Question{"name eq 'ALPHA'", "1"}, Question{"name eq 'gämma'", "3"},
        Question{"name ne 'alpha'", "2 3 4"}, Question{"not (name eq 'alpha')", "2 3"},
        Question{"name eq null", "4"}, Question{"name ne null", "1 2 3"},
        Question{"null eq name", "4"}, Question{"name gt 'b'", "2 3"},
        Question{"'b' lt name", "2 3"}, Question{"revenue ge 100.5", "1"},
        Question{"revenue lt 100", "2 3"}, Question{"revenue eq 100.500", "1"},
        Question{"employees eq 10.0", "1 3"}, Question{"employees gt 9999999999", ""},
        Question{"donotemail eq true", "1"}, Question{"donotemail", "1"},
        Question{"not donotemail", "2"}, Question{"donotemail ne true", "2 3 4"},
        Question{"accountid eq " + two, "2"}, Question{"_parentid_value eq " + one, "2"},
        Question{"birthdate eq 1997-05-19", "1"}, Question{"createdon lt 2024-05-01", "1"},
        Question{"createdon ge 2024-05-15T13:00:00+02:00", "3"}, Question{"tags eq '1,9'", "1"},
        Question{"employees lt revenue", "1"}, Question{"employees gt null", ""},
        Question{"true", "1 2 3 4"}, Question{"not true", ""}));

INSTANTIATE_TEST_SUITE_P(Logic, Filter,
                         testing::Values(Question{"employees eq 10 and donotemail", "1"},
                                         Question{"employees eq 200 or name eq 'alpha'", "1 2"},
                                         Question{"not (employees gt 50)", "1 3"},
                                         Question{"not (employees gt 50 or revenue gt 0)", "3"},
                                         Question{"name eq 'x' or employees gt 0", "1 2 3"},
                                         Question{"contains(name,'l') eq true", "1"},
                                         Question{"contains(name,'l') ne true", "2 3"}));

INSTANTIATE_TEST_SUITE_P(
    Text, Filter,
    testing::Values(Question{"contains(name,'PH')", "1"}, Question{"startswith(name,'BE')", "2"},
                    Question{"endswith(name,'a')", "1 3"},
                    Question{"not contains(name,'ph')", "2 3"}, Question{"contains(name,'ä')", "3"},
                    Question{"contains(name,'50[%]')", "2"},
                    Question{"startswith(name,'_l%a')", "1"},
                    Question{"startswith(name,'[a-b]')", "1 2"},
                    Question{"startswith(name,'[^a-b]')", "3"},
                    Question{"contains(name,'')", "1 2 3"}, Question{"endswith(name,'[')", ""}));

INSTANTIATE_TEST_SUITE_P(
    Paths, Filter,
    testing::Values(
        Question{"parentid/name eq 'alpha'", "2"},
        Question{"parentid/parentid/name eq 'alpha'", "3"},
        Question{"parentid/name eq null", "1 4"}, Question{"children/any()", "1 2"},
        Question{"not children/any()", "3 4"},
        Question{"children/any(c:c/name eq 'beta 50%')", "1"},
        Question{"children/any(c:c/children/any(d:d/employees eq 10 and c/employees eq 200))", "1"},
        Question{"children/all(c:c/employees eq 10)", "2 3 4"},
        Question{"children/any(c:employees eq 10 and c/employees eq 200)", "1"},
        Question{"parentid/children/any(c:c/name eq 'beta 50%')", "2"}));

const auto call = [](const std::string& name, const std::string& rest) {
  return "Microsoft.Dynamics.CRM." + name + "(PropertyName=" + rest + ")";
};

INSTANTIATE_TEST_SUITE_P(
    Functions, Filter,
    testing::Values(
        Question{call("In", "'employees',PropertyValues=['10','7']"), "1 3"},
        Question{call("NotIn", "'employees',PropertyValues=['10']"), "2 4"},
        Question{call("In", "'parentid',PropertyValues=['" + one + "']"), "2"},
        Question{call("Between", "'revenue',PropertyValues=[\"99\",\"100.5\"]"), "1 2"},
        Question{call("NotBetween", "'employees',PropertyValues=['1','50']"), "2"},
        Question{call("LastXDays", "'createdon',PropertyValue=3"), "2"},
        Question{call("Last7Days", "'createdon'"), "2"},
        Question{call("OlderThanXMonths", "'createdon',PropertyValue=1"), "1"},
        Question{call("LastMonth", "'createdon'"), "1"},
        Question{call("ThisWeek", "'createdon'"), "2 3"},
        Question{call("Today", "'createdon'"), "3"},
        Question{call("NextXHours", "'createdon',PropertyValue=2"), "3"},
        Question{call("ThisFiscalPeriod", "'createdon'"), "1 2 3"},
        Question{call("InFiscalPeriodAndYear", "'createdon',PropertyValue1=2,PropertyValue2=2024"),
                 "1 2 3"},
        Question{call("InFiscalYear", "'birthdate',PropertyValue=1997"), "1"},
        Question{call("On", "'createdon',PropertyValue='2024-05-13'"), "2"},
        Question{call("OnOrBefore", "'createdon',PropertyValue='2024-05-13'"), "1 2"},
        Question{call("OnOrAfter", "'createdon',PropertyValue='2024-05-13'"), "2 3"},
        Question{call("NotOn", "'createdon',PropertyValue='2024-05-13'"), "1 3 4"},
        Question{call("ContainValues", "'tags',PropertyValues=['1']"), "1"},
        Question{call("ContainValues", "'tags',PropertyValues=['1','9']"), "1 2"},
        Question{call("DoesNotContainValues", "'tags',PropertyValues=['1']"), "2 3 4"},
        Question{call("Under", "'accountid',PropertyValue='" + one + "'"), "2 3"},
        Question{call("UnderOrEqual", "'accountid',PropertyValue='" + two + "'"), "2 3"},
        Question{call("NotUnder", "'accountid',PropertyValue='" + one + "'"), "1 4"},
        Question{call("Above", "'accountid',PropertyValue='" + uuid_of(3).text() + "'"), "1 2"},
        Question{call("AboveOrEqual", "'accountid',PropertyValue='" + two + "'"), "1 2"},
        Question{call("EqualUserId", "'accountid'"), "2"},
        Question{call("NotEqualUserId", "'parentid'"), "1 2 4"},
        Question{call("EqualUserOrUserTeams", "'accountid'"), "1 2"},
        Question{"parentid/" + call("In", "'employees',PropertyValues=['200']"), "3"},
        Question{"children/any(c:c/" + call("In", "'employees',PropertyValues=['200']") + ")",
                 "1"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, Filter,
    testing::Values(
        Question{
            "nosuch eq 1",
            "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.account'."},
        Question{
            "Name eq 'x'",
            "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'."},
        Question{
            "parentid eq 1",
            "Could not find a property named 'parentid' on type 'Microsoft.Dynamics.CRM.account'."},
        Question{
            "nosuch/name eq 'x'",
            "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.account'."},
        Question{"accountid eq 'x'",
                 "A binary operator with incompatible types was detected. Found operand types "
                 "'Edm.Guid' and 'Edm.String' for operator kind 'Equal'."},
        Question{"name gt 5",
                 "A binary operator with incompatible types was detected. Found operand types "
                 "'Edm.String' and 'Edm.Int32' for operator kind 'GreaterThan'."},
        Question{"employees eq 'x'",
                 "A binary operator with incompatible types was detected. Found operand types "
                 "'Edm.Int32' and 'Edm.String' for operator kind 'Equal'."},
        Question{"name eq employees",
                 "A binary operator with incompatible types was detected. Found operand types "
                 "'Edm.String' and 'Edm.Int32' for operator kind 'Equal'."},
        Question{"birthdate eq 2020-01-01T00:00:00Z",
                 "A binary operator with incompatible types was detected. Found operand types "
                 "'Edm.Date' and 'Edm.DateTimeOffset' for operator kind 'Equal'."},
        Question{"name", "The $filter expression must evaluate to a single boolean value."},
        Question{"'x'", "The $filter expression must evaluate to a single boolean value."},
        Question{"parentid/any(p:p/name eq 'x')",
                 "Any/All may only be used following a collection."},
        Question{
            call("Nothing", "'name'"),
            "An unknown function with name 'Microsoft.Dynamics.CRM.Nothing' was found. This may "
            "also be a function import or a key lookup on a navigation property, which is not "
            "allowed."},
        Question{
            call("LastXDays", "'createdon',PropertyValue='many'"),
            "The values given to the function 'Microsoft.Dynamics.CRM.LastXDays' do not fit the "
            "property."},
        Question{call("In", "'employees',PropertyValues=['x']"),
                 "The values given to the function 'Microsoft.Dynamics.CRM.In' do not fit the "
                 "property."}));

}  // namespace
}  // namespace flit::test
