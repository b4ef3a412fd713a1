// What a where clause lets through (fact sheet §2.4).

#include <gtest/gtest.h>

#include "sim/salesforce/soql/date_literal.hpp"
#include "tests/unit/sim_salesforce_soql/memory_org.hpp"

namespace flit::test {
namespace {

struct Case {
  const char* where;
  const char* names;
};

class Conditions : public testing::TestWithParam<Case> {};

TEST_P(Conditions, LetThrough) {
  EXPECT_EQ(MemoryOrg().names(GetParam().where), GetParam().names);
}

INSTANTIATE_TEST_SUITE_P(
    Comparisons, Conditions,
    testing::Values(Case{"WHERE Name = 'ACME'", "Acme"},
                    Case{"WHERE Name = 'BOLT & SÖHNE'", "bolt & Söhne"},
                    Case{"WHERE Name != 'acme'", "bolt & Söhne Corp_1"},
                    Case{"WHERE Name <> 'acme' AND Name > 'c'", "Corp_1"},
                    Case{"WHERE Employees >= 7 AND Employees < 50", "bolt & Söhne"},
                    Case{"WHERE Revenue = 1500", "Acme"},
                    Case{"WHERE Revenue < 0.51", "bolt & Söhne"},
                    Case{"WHERE Revenue > 1e2", "Acme"}, Case{"WHERE Active = true", "Acme"},
                    Case{"WHERE Key__c = 'K1'", ""}, Case{"WHERE Key__c = 'k1'", "Acme"},
                    Case{"WHERE Key__c IN ('K1','k2')", ""},
                    Case{"WHERE Id = '001000000000002'", "bolt & Söhne"},
                    Case{"WHERE Id > '001000000000001AAA' LIMIT 1", "bolt & Söhne"},
                    Case{"WHERE Account.Name = 'Acme'", "Acme"}));

INSTANTIATE_TEST_SUITE_P(
    Nulls, Conditions,
    testing::Values(Case{"WHERE Industry = null", "Corp_1"}, Case{"WHERE Industry = ''", "Corp_1"},
                    Case{"WHERE Industry != NULL", "Acme bolt & Söhne"},
                    Case{"WHERE Industry != 'Energy'", "Corp_1"},
                    Case{"WHERE NOT Industry = 'Energy'", "Corp_1"},
                    Case{"WHERE Employees < 1000", "Acme bolt & Söhne"},
                    Case{"WHERE Parent.Name = null", "Acme Corp_1"},
                    Case{"WHERE Parent.Name != 'x'", "Acme bolt & Söhne Corp_1"},
                    Case{"WHERE Industry NOT IN ('Energy')", "Corp_1"},
                    Case{"WHERE Industry IN ('Energy', null)", "Acme bolt & Söhne Corp_1"}));

INSTANTIATE_TEST_SUITE_P(
    Texts, Conditions,
    testing::Values(Case{"WHERE Name LIKE 'a%'", "Acme"},
                    Case{"WHERE Name LIKE '%SÖ%'", "bolt & Söhne"},
                    Case{"WHERE Name LIKE 'bolt & S_hne'", "bolt & Söhne"},
                    Case{R"(WHERE Name LIKE '%\_1')", "Corp_1"}, Case{"WHERE Name LIKE 'cme'", ""},
                    Case{"WHERE (NOT Name LIKE '%m%') AND Active = false", "bolt & Söhne Corp_1"},
                    Case{R"(WHERE Name = 'it\'s')", ""},
                    Case{"WHERE Tags__c INCLUDES ('A;B')", "Acme"},
                    Case{"WHERE Tags__c INCLUDES ('A','C')", "Acme bolt & Söhne"},
                    Case{"WHERE Tags__c EXCLUDES ('A')", "bolt & Söhne Corp_1"}));

INSTANTIATE_TEST_SUITE_P(
    Logic, Conditions,
    testing::Values(
        Case{"WHERE Active = true OR (Employees = 7 AND Name LIKE 'b%')", "Acme bolt & Söhne"},
        Case{"WHERE NOT (Active = true OR Employees = 7)", "Corp_1"},
        Case{"WHERE Id IN (SELECT AccountId FROM Contact WHERE Name = 'Joe')", "bolt & Söhne"},
        Case{"WHERE Id NOT IN (SELECT AccountId FROM Contact)", "Corp_1"},
        Case{"WHERE Id IN (SELECT ParentId FROM Account)", "Acme"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, Conditions,
    testing::Values(Case{"WHERE CreatedDate = TODAY", "Acme"},
                    Case{"WHERE CreatedDate = yesterday", "Corp_1"},
                    Case{"WHERE CreatedDate < THIS_MONTH", "bolt & Söhne"},
                    Case{"WHERE CreatedDate = LAST_N_DAYS:1", "Acme Corp_1"},
                    Case{"WHERE CreatedDate >= LAST_N_DAYS:40", "Acme bolt & Söhne Corp_1"},
                    Case{"WHERE CreatedDate > N_DAYS_AGO:1", "Acme"},
                    Case{"WHERE CreatedDate IN (TODAY, YESTERDAY)", "Acme Corp_1"},
                    Case{"WHERE CreatedDate >= 2026-05-27T00:00:00.001Z", "Acme"},
                    Case{"WHERE CreatedDate < 2026-05-27T00:00:00+00:00", "bolt & Söhne Corp_1"},
                    Case{"WHERE CALENDAR_MONTH(CreatedDate) = 4", "bolt & Söhne"},
                    Case{"WHERE DAY_ONLY(CreatedDate) = 2026-05-26", "Corp_1"}));

TEST(DateLiterals, AreSpansOfDays) {
  const auto span = [](std::string_view name, std::int64_t n = 0) {
    const DaySpan days = day_span(name, n, today);
    return std::pair(days.begin - today, days.end - today);
  };
  using Span = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(span("THIS_WEEK"), Span(-3, 4));  // Sunday to Saturday around a Wednesday
  EXPECT_EQ(span("NEXT_N_DAYS", 2), Span(1, 3));
  EXPECT_EQ(span("N_WEEKS_AGO", 1), Span(-10, -3));
  EXPECT_EQ(span("LAST_MONTH"), Span(-56, -26));
  EXPECT_EQ(span("THIS_FISCAL_QUARTER"), span("THIS_QUARTER"));
  EXPECT_EQ(span("NEXT_YEAR").first, 219);  // 1 January 2027
  EXPECT_EQ(span("LAST_90_DAYS"), Span(-90, 1));
  EXPECT_FALSE(date_literal_shape("THIS_DAY"));
  EXPECT_FALSE(date_literal_shape("LAST_FISCAL_MONTH"));
}

TEST(Indexes, AreUsedForIdsInsteadOfAWalk) {
  const MemoryOrg org;
  EXPECT_EQ(org.names("WHERE Id IN ('001000000000001','001000000000003') AND Active = false"),
            "Corp_1");
  EXPECT_EQ(org.account.scans, 0);
  EXPECT_EQ(org.names("WHERE Id = '001000000000001' OR Active = true"), "Acme");
  EXPECT_EQ(org.account.scans, 1) << "an OR with an unindexed field needs the walk";
}

}  // namespace
}  // namespace flit::test
