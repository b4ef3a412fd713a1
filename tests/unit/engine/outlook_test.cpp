// The time a load still takes, asked of each table.

#include "engine/outlook.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

using namespace std::chrono_literals;

constexpr LoadLimits limits{.requests_per_second = 20};

Tick at(std::chrono::milliseconds time) {
  return Tick(Duration(time));
}

TEST(Outlook, NothingIsSaidBeforeRowsAreSettled) {
  const Outlook outlook({{.table = "account", .rows = 100, .rows_per_request = 100}}, limits);

  EXPECT_EQ(outlook.total(), 100U);
  EXPECT_FALSE(outlook.left().has_value());
}

TEST(Outlook, TheTableAtWorkGoesOnAsItDid) {
  Outlook outlook({{.table = "account", .rows = 100'000, .rows_per_request = 100}}, limits);

  outlook.settled({"account", false, 25'000}, at(0s));
  outlook.settled({"account", false, 25'000}, at(500s));

  EXPECT_EQ(outlook.left(), 500s);  // 50,000 rows took as long
}

TEST(Outlook, TablesToComeCostTheRequestsThatTheyNeed) {
  Outlook outlook({{.table = "account", .rows = 20'000, .rows_per_request = 100},
                   {.table = "task", .rows = 4'000, .rows_per_request = 10}},
                  limits);

  outlook.settled({"account", false, 10'000}, at(0s));
  outlook.settled({"account", false, 10'000}, at(10s));  // as quick as requests allow

  EXPECT_EQ(outlook.left(), 20s);  // 400 requests, 20 a second
}

TEST(Outlook, WhereRowsAreTheLimitTheyAreInOtherTablesToo) {
  Outlook outlook({{.table = "account", .rows = 2'000, .rows_per_request = 100},
                   {.table = "task", .rows = 4'000, .rows_per_request = 10}},
                  limits);

  outlook.settled({"account", false, 1'000}, at(0s));
  outlook.settled({"account", false, 1'000}, at(20s));  // ten milliseconds a row

  EXPECT_EQ(outlook.left(), 40s);
}

TEST(Outlook, RowsThatAreWrittenTwiceCountTwice) {
  Outlook outlook({{.table = "task",
                    .rows = 100,
                    .rows_per_request = 10,
                    .later_rows = 100,
                    .later_per_request = 10}},
                  limits);
  outlook.settled({"task", false, 50}, at(0s));
  outlook.settled({"task", false, 50}, at(500ms));

  EXPECT_EQ(outlook.total(), 200U);
  EXPECT_EQ(outlook.left(), 1s);  // ten requests
}

TEST(Outlook, MoreThanWasPlannedIsNoLessThanNothing) {
  Outlook outlook({{.table = "task", .rows = 10, .rows_per_request = 10}}, limits);
  outlook.settled({"task", false, 10}, at(0s));
  outlook.settled({"task", true, 10}, at(1s));

  EXPECT_EQ(outlook.left(), 0s);
}

}  // namespace
}  // namespace flit::engine
