// The whole way on data that nobody here wrote: 85 accounts, 35 agents and 8,800 opportunities with
// dirty references, served as an Interactive (facts/sources.md §1.12).

#include <filesystem>

#include <gtest/gtest.h>

#include "both_ends.hpp"

namespace flit::test {
namespace {

const std::string samples = FLIT_SHARED_DIR "/data/samples/crm-sales-opportunities";
const std::string manifest = FLIT_SOURCE_DIR "/tests/data/crm-sales-opportunities/interactive.yaml";

TEST(SalesOpportunities, MoveWithoutLosingOne) {
  if (!std::filesystem::exists(samples)) GTEST_SKIP() << samples << " is not there";
  const BothEnds ends({.source = {"--data", samples, "--manifest", manifest}});
  const std::string before = ends.destination.digest();
  ends.prepare();
  ends.sample();
  ends.typed({"run"}, {0, 6});
  const json::Document books = ends.typed({"reconcile"});

  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
  const json::Value objects = books.root()["objects"];
  EXPECT_EQ(objects["companies"]["created"].as_integer(), 85);
  EXPECT_EQ(objects["deals"]["created"].as_integer(), 8800);
  EXPECT_EQ(ends.rows("accounts"), 86) << "and the fallback account";
  EXPECT_EQ(ends.rows("accounts?$filter=_parentaccountid_value ne null"), 15);
  EXPECT_EQ(ends.rows("opportunities?$filter=statecode eq 1"), 4238);
  EXPECT_EQ(ends.rows("opportunities?$filter=statecode eq 2"), 2473);
  EXPECT_EQ(ends.rows("opportunities?$filter=statecode eq 0 and estimatedvalue eq null"), 2089);
  EXPECT_EQ(ends.rows("opportunities?$filter=customerid_account/name eq 'Unassigned (FlitStack)'"),
            1425);
  EXPECT_EQ(ends.value("opportunities?$apply=filter(statecode eq 1)/aggregate(actualvalue with sum "
                       "as total)",
                       "total"),
            "10005534");

  const json::Document back = ends.typed({"rollback", "--yes"});
  EXPECT_EQ(back.root()["equal"].as_boolean(), true);
  EXPECT_EQ(ends.destination.digest(), before);
}

}  // namespace
}  // namespace flit::test
