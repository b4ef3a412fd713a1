// Whole queries: what is shown, sorted, cut, grouped (fact sheet §2.4).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sim_salesforce_soql/memory_org.hpp"

namespace flit::test {
namespace {

std::string ask(std::string_view soql) {
  return MemoryOrg().ask(soql);
}

TEST(Records, CarryAttributesFirst) {
  const MemoryOrg org;
  const auto plan = org.planned("select id, NAME from account limit 1");
  ASSERT_TRUE(plan);
  std::string out;
  RecordWriter("66.0").append(out, plan->projection, {plan->object, rows_of(*plan).front()});
  EXPECT_EQ(out, R"({"attributes":{"type":"Account","url":"/services/data/v66.0/sobjects/Account/)"
                 R"(001000000000001AAA"},"Id":"001000000000001AAA","Name":"Acme"})");
}

TEST(Records, ShowEachTypeAsThePlatformDoes) {
  EXPECT_EQ(ask("SELECT Employees, Revenue, Active, Tags__c, CreatedDate, Industry, ParentId "
                "FROM Account WHERE Name IN ('Acme','Corp_1')"),
            R"({"Employees":50,"Revenue":1500.0,"Active":true,"Tags__c":"A;B","CreatedDate":)"
            R"("2026-05-27T00:00:00.001+0000","Industry":"Energy","ParentId":null})"
            R"({"Employees":null,"Revenue":null,"Active":false,"Tags__c":null,"CreatedDate":)"
            R"("2026-05-26T23:59:59.999+0000","Industry":null,"ParentId":null})");
  EXPECT_EQ(ask("SELECT Birthdate FROM Contact WHERE Birthdate = TODAY"),
            R"({"Birthdate":"2026-05-27"})");
}

TEST(Records, NestWhatIsAbove) {
  EXPECT_EQ(
      ask("SELECT Name, c.Account.Name, Account.Parent.Name, Account.Active FROM Contact c "
          "WHERE Name = 'Joe'"),
      R"({"Name":"Joe","Account":{"Name":"bolt & Söhne","Parent":{"Name":"Acme"},"Active":false}})");
  EXPECT_EQ(ask("SELECT Parent.Name FROM Account WHERE Name = 'Acme'"), R"({"Parent":null})");
}

TEST(Records, NestWhatIsBelow) {
  EXPECT_EQ(ask("SELECT Name, (SELECT Name FROM Contacts ORDER BY Name DESC LIMIT 1) FROM Account "
                "WHERE Name IN ('Acme','Corp_1')"),
            R"({"Name":"Acme","Contacts":{"totalSize":1,"done":true,"records":[{"Name":"Kim"}]}})"
            R"({"Name":"Corp_1","Contacts":null})");
}

TEST(Records, OfPolymorphicLookups) {
  EXPECT_EQ(
      ask("SELECT Who.Name, Who.Type FROM Task"),
      R"({"Who":{"Name":"Jane","Type":"Contact"}}{"Who":{"Name":"Lea","Type":"Lead"}}{"Who":null})");
  EXPECT_EQ(
      ask("SELECT TYPEOF Who WHEN Contact THEN Name, Account.Name ELSE Name END FROM Task"),
      R"({"Who":{"Name":"Jane","Account":{"Name":"Acme"}}}{"Who":{"Name":"Lea"}}{"Who":null})");
  EXPECT_EQ(ask("SELECT Id FROM Task WHERE Who.Type = 'Lead'"), R"({"Id":"00T000000000002AAA"})");
  EXPECT_THAT(ask("SELECT Who.Company FROM Task"),
              testing::HasSubstr("No such column 'Company' on entity 'Name'."));
}

TEST(Records, WithLabelsAndFieldSets) {
  EXPECT_EQ(ask("SELECT toLabel(Industry) FROM Account LIMIT 1"),
            R"({"Industry":"Label of Energy"})");
  EXPECT_EQ(ask("SELECT FIELDS(CUSTOM) FROM Account LIMIT 1"),
            R"({"Tags__c":"A;B","Key__c":"k1"})");
  EXPECT_THAT(ask("SELECT FIELDS(ALL) FROM Account"),
              testing::HasSubstr("must have a LIMIT of at most 200"));
  EXPECT_EQ(ask("SELECT FIELDS(STANDARD) FROM Lead"),
            R"({"Id":"00Q000000000001AAA","Name":"Lea","Company":"L"})");
}

TEST(Order, IsWithoutCaseAndPutsNullsWhereTold) {
  const MemoryOrg org;
  EXPECT_EQ(org.names("ORDER BY Name DESC"), "Corp_1 bolt & Söhne Acme");
  EXPECT_EQ(org.names("ORDER BY Employees"), "Corp_1 bolt & Söhne Acme");
  EXPECT_EQ(org.names("ORDER BY Employees DESC NULLS LAST"), "Acme bolt & Söhne Corp_1");
  EXPECT_EQ(org.names("ORDER BY Industry NULLS LAST, Employees ASC"), "bolt & Söhne Acme Corp_1");
  EXPECT_EQ(org.names("ORDER BY Parent.Name NULLS LAST LIMIT 1"), "bolt & Söhne");
  EXPECT_EQ(org.names("ORDER BY Name LIMIT 1 OFFSET 1"), "bolt & Söhne");
  EXPECT_EQ(org.names("LIMIT 0"), "");
}

TEST(Groups, CountSumAndCompare) {
  EXPECT_EQ(ask("SELECT COUNT() FROM Account WHERE Active = false"), "2");
  EXPECT_EQ(ask("SELECT COUNT(Id) CNT FROM Contact"), R"({"CNT":3})");
  EXPECT_EQ(ask("SELECT Industry, COUNT(Id), SUM(Revenue) total, AVG(Employees), MAX(Name) "
                "FROM Account GROUP BY Industry ORDER BY COUNT(Id) DESC"),
            R"({"Industry":"Energy","expr0":2,"total":1500.5,"expr1":28.5,"expr2":"bolt & Söhne"})"
            R"({"Industry":null,"expr0":1,"total":null,"expr1":null,"expr2":"Corp_1"})");
  EXPECT_EQ(ask("SELECT Account.Name, COUNT_DISTINCT(Name) n FROM Contact GROUP BY Account.Name "
                "HAVING COUNT(Id) > 1"),
            R"({"Name":"Acme","n":2})");
  EXPECT_EQ(ask("SELECT CALENDAR_MONTH(CreatedDate) m, COUNT(Id) n FROM Account "
                "GROUP BY CALENDAR_MONTH(CreatedDate) ORDER BY CALENDAR_MONTH(CreatedDate)"),
            R"({"m":4,"n":1}{"m":5,"n":2})");
  EXPECT_EQ(ask("SELECT COUNT(Id) FROM Account WHERE Name = 'nobody'"), R"({"expr0":0})");
}

TEST(Groups, RollUpFromTheRightAndCubeEveryWay) {
  EXPECT_EQ(
      ask("SELECT Industry i, Active a, GROUPING(Industry) gi, GROUPING(Active) ga, COUNT(Id) n "
          "FROM Account GROUP BY ROLLUP(Industry, Active) "
          "ORDER BY GROUPING(Industry), GROUPING(Active), Industry, Active"),
      R"({"i":null,"a":false,"gi":0,"ga":0,"n":1})"
      R"({"i":"Energy","a":false,"gi":0,"ga":0,"n":1})"
      R"({"i":"Energy","a":true,"gi":0,"ga":0,"n":1})"
      R"({"i":null,"a":null,"gi":0,"ga":1,"n":1})"
      R"({"i":"Energy","a":null,"gi":0,"ga":1,"n":2})"
      R"({"i":null,"a":null,"gi":1,"ga":1,"n":3})");
  EXPECT_EQ(ask("SELECT Active a, COUNT(Id) n FROM Account GROUP BY CUBE(Industry, Active) "
                "HAVING GROUPING(Industry) = 1 ORDER BY COUNT(Id)"),
            R"({"a":true,"n":1}{"a":false,"n":2}{"a":null,"n":3})");
  EXPECT_EQ(ask("SELECT SUM(Employees) s FROM Account GROUP BY ROLLUP(Industry) "
                "HAVING GROUPING(Industry) = 1"),
            R"({"s":57.0})");
}

TEST(Distance, FiltersSortsAndIsShown) {
  const MemoryOrg org;
  const std::string to = "DISTANCE(Address, GEOLOCATION(59.9, 10.7), 'km')";
  EXPECT_EQ(org.names("WHERE " + to + " < 100"), "Acme");
  EXPECT_EQ(org.names("WHERE " + to + " > 100"), "bolt & Söhne") << "unknown places are nowhere";
  EXPECT_EQ(org.names("ORDER BY " + to + " DESC NULLS LAST"), "bolt & Söhne Acme Corp_1");
  EXPECT_THAT(ask("SELECT " + to + " d FROM Account WHERE Name = 'bolt & Söhne'"),
              testing::StartsWith(R"({"d":480.)"));
  EXPECT_THAT(ask("SELECT DISTANCE(Address, GEOLOCATION(59.9, 10.7), 'mi') FROM Account "
                  "WHERE Name = 'bolt & Söhne'"),
              testing::StartsWith(R"({"expr0":298.)"));
}

TEST(Deleted, AreSeenByAllRowsOnly) {
  MemoryOrg org;
  org.account.remove(0);
  EXPECT_EQ(org.names(""), "bolt & Söhne Corp_1");
  EXPECT_EQ(org.names("ALL ROWS"), "Acme bolt & Söhne Corp_1");
  EXPECT_EQ(org.names("WHERE Id = '001000000000001'"), "");
}

TEST(Clauses, ThatChangeNothingAreRead) {
  const MemoryOrg org;
  for (const char* clause : {"WITH SECURITY_ENFORCED", "WITH USER_MODE LIMIT 3", "FOR VIEW",
                             "FOR REFERENCE", "USING SCOPE everything"})
    EXPECT_EQ(org.names(clause), "Acme bolt & Söhne Corp_1") << clause;
}

struct Refused {
  const char* soql;
  const char* answer;
};
class Refusals : public testing::TestWithParam<Refused> {};

TEST_P(Refusals, NameTheSpot) {
  EXPECT_THAT(ask(GetParam().soql), testing::StartsWith(GetParam().answer));
}

INSTANTIATE_TEST_SUITE_P(
    Soql, Refusals,
    testing::Values(
        Refused{
            "SELECT Foo FROM Account",
            "INVALID_FIELD: \nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such "
            "column 'Foo' on entity 'Account'. If you are attempting to use a custom field, be "
            "sure to append the '__c' after the custom field name. Please reference your WSDL "
            "or the describe call for the appropriate names."},
        Refused{"SELECT Id FROM Foo",
                "INVALID_TYPE: \nSELECT Id FROM Foo\n               ^\nERROR at Row:1:Column:16\n"
                "sObject type 'Foo' is not supported."},
        Refused{"SELECT Id\nFROM Account\nWHERE Bar = 1",
                "INVALID_FIELD: \nWHERE Bar = 1\n      ^\nERROR at Row:3:Column:7\nNo such"},
        Refused{"SELECT Id, FROM Account",
                "MALFORMED_QUERY: \nSELECT Id, FROM Account\n           ^\nERROR at "
                "Row:1:Column:12\nunexpected token: 'FROM'"},
        Refused{"SELECT Id FROM Account WHERE", "MALFORMED_QUERY: "},
        Refused{"", "MALFORMED_QUERY: "}, Refused{"'", "MALFORMED_QUERY: "},
        Refused{"SELECT Id FROM Account WHERE Name = 1", "INVALID_FIELD: "},
        Refused{"SELECT Id FROM Account WHERE Employees = '1'", "INVALID_FIELD: "},
        Refused{"SELECT Id FROM Account WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR: "},
        Refused{"SELECT Id FROM Account WHERE CreatedDate = 2026-01-01", "INVALID_FIELD: "},
        Refused{"SELECT Id FROM Account WHERE Description = 'x'", "INVALID_FIELD: "},
        Refused{"SELECT Id FROM Account WHERE Active > true", "INVALID_FIELD: "},
        Refused{"SELECT Id FROM Account WHERE Name = 'a' AND Active = true OR Active = false",
                "MALFORMED_QUERY: "},
        Refused{"SELECT Id FROM Account WHERE Name = :x", "MALFORMED_QUERY: "},
        Refused{"SELECT Id, Name FROM Account GROUP BY Name", "MALFORMED_QUERY: "},
        Refused{"SELECT Name, COUNT(Id) FROM Account GROUP BY Name ORDER BY Id",
                "MALFORMED_QUERY: "},
        Refused{"SELECT Id, Id FROM Account", "MALFORMED_QUERY: "},
        Refused{"SELECT GROUPING(Industry) FROM Account GROUP BY Industry", "MALFORMED_QUERY: "},
        Refused{"SELECT COUNT(Id) FROM Account GROUP BY CUBE(Id, Name, Industry, Active)",
                "MALFORMED_QUERY: "},
        Refused{"SELECT Id FROM Account WHERE DISTANCE(Name, GEOLOCATION(1, 2), 'km') < 3",
                "INVALID_FIELD: "},
        Refused{"SELECT Id FROM Account WHERE DISTANCE(Address, GEOLOCATION(1, 2), 'km') = 3",
                "INVALID_FIELD: "},
        Refused{"SELECT Id FROM Account ORDER BY DISTANCE(Address, GEOLOCATION(1, 2), 'ly')",
                "MALFORMED_QUERY: "},
        Refused{"SELECT Id FROM Account OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE: "},
        Refused{"SELECT Boss.Name FROM Account", "INVALID_FIELD: "},
        Refused{"SELECT (SELECT Id FROM Contact) FROM Account", "INVALID_TYPE: "},
        Refused{"SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account",
                "MALFORMED_QUERY: "}));

TEST(Refusals, OfLongAndDeepQueries) {
  EXPECT_THAT(ask("SELECT Id FROM Account WHERE Name = '" + std::string(4001, 'x') + "'"),
              testing::HasSubstr("4000"));
  EXPECT_THAT(ask(std::string(100'001, ' ')), testing::HasSubstr("100000"));
  EXPECT_THAT(ask("SELECT Id FROM Account WHERE " + std::string(100, '(')),
              testing::HasSubstr("nested too deeply"));
}

}  // namespace
}  // namespace flit::test
