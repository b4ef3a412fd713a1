// Privileges by name and depth, and the requests of the last day (fact sheet §2, §8, §9).

#include "sim/dataverse/security/rights.hpp"

#include <gtest/gtest.h>

#include "sim/dataverse/facts/table_reader.hpp"
#include "sim/dataverse/limits/entitlement.hpp"
#include "sim/dataverse/metadata/catalogue.hpp"

namespace flit::sim::dataverse {
namespace {

Rights rights_of(std::initializer_list<const char*> privileges) {
  std::vector<Grant> grants;
  for (const char* privilege : privileges) grants.push_back(Grant::parse(privilege));
  return Rights(std::move(grants), 1);
}

TEST(Rights, TheDeepestGrantCounts) {
  const Rights rights = rights_of({"prvRead*", "prvWriteAccount:own", "prvReadLead:own"});

  EXPECT_EQ(rights.depth("prvReadAccount"), Depth::all);
  EXPECT_EQ(rights.depth("prvReadLead"), Depth::all);
  EXPECT_EQ(rights.depth("prvWriteAccount"), Depth::own);
  EXPECT_EQ(rights.depth("prvWriteContact"), Depth::none);
  EXPECT_EQ(rights.depth("prvWriteAccounts"), Depth::none);
}

TEST(Rights, OfTwoUsersTheSmallerCounts) {
  const Rights both = Rights::common(rights_of({"prvRead*", "prvWriteAccount"}),
                                     rights_of({"prvReadAccount:own", "prvDeleteAccount"}));

  EXPECT_EQ(both.depth("prvReadAccount"), Depth::own);
  EXPECT_FALSE(both.holds("prvWriteAccount"));
  EXPECT_FALSE(both.holds("prvDeleteAccount"));
}

TEST(Rights, PrivilegesAreNamedAsThePlatformNamesThem) {
  Catalogue catalogue;
  facts::add_standard_tables(catalogue);
  const auto read = [&](const char* table) {
    return privilege_name(AccessRight::read, *catalogue.table(table));
  };

  EXPECT_EQ(read("account"), "prvReadAccount");
  EXPECT_EQ(read("phonecall"), "prvReadActivity");
  EXPECT_EQ(read("annotation"), "prvReadNote");
  EXPECT_EQ(read("systemuser"), "prvReadUser");
  EXPECT_FALSE(is_guarded(*catalogue.table("activityparty")));
}

TEST(LastDay, ForgetsWhatIsADayOld) {
  LastDay day;
  day.add(100, 5);
  day.add(101, 2);
  day.add(101, 1);

  EXPECT_EQ(day.total(101), 8U);
  EXPECT_EQ(day.total(124), 3U);
  EXPECT_EQ(day.total(125), 0U);
}

TEST(Entitlement, ThePoolGrowsWithTheLicencesUpToTenMillion) {
  EXPECT_EQ(Entitlement::pool_of(0), 500'000U);
  EXPECT_EQ(Entitlement::pool_of(100), 1'000'000U);
  EXPECT_EQ(Entitlement::pool_of(100'000), 10'000'000U);
}

}  // namespace
}  // namespace flit::sim::dataverse
