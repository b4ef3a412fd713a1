#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "engine/reconciliation.hpp"

namespace flit::engine {
namespace {

ObjectBooks some_books() {
  return {.source = 28,
          .created = 7,
          .updated = 6,
          .matched = 5,
          .merged = 4,
          .skipped = 3,
          .failed = 2,
          .held = 1,
          .routed = 9};
}

TEST(Books, BalanceWhenEveryRecordHasExactlyOneOutcome) {
  EXPECT_TRUE(some_books().balanced());
}

TEST(Books, AreOffByOneWhenARecordIsLostOrCountedTwice) {
  ObjectBooks lost = some_books();
  ++lost.source;
  ObjectBooks doubled = some_books();
  ++doubled.matched;
  ObjectBooks open = some_books();
  ++open.source;
  ++open.open;

  EXPECT_FALSE(lost.balanced());
  EXPECT_FALSE(doubled.balanced());
  EXPECT_FALSE(open.balanced());
}

TEST(Books, OfAllObjectsBalanceOnlyIfEachDoes) {
  ReconciliationResult result;
  result.objects["contacts"] = some_books();
  result.objects["deals"] = some_books();
  ++result.objects["contacts"].created;
  --result.objects["deals"].created;

  EXPECT_FALSE(result.balanced()) << "one too many here does not make up for one too few there";
}

TEST(Books, OfATableNameWhatNobodyKnowsOf) {
  const TableBooks more{.before = 10, .ours = 5, .companions = 5, .now = 21};
  const TableBooks fewer{.before = 10, .ours = 5, .now = 14};

  EXPECT_EQ(more.unexplained(), 1);
  EXPECT_EQ(fewer.unexplained(), -1);
}

TEST(Books, AreWrittenAsTheContractSays) {
  ReconciliationResult result;
  result.objects["contacts"] = some_books();
  result.objects["contacts"].links = 3;
  result.total = result.objects["contacts"];
  json::Writer out;
  out.begin_object();
  append(out, result);
  out.end_object();

  const auto document = json::parse(out.view());

  ASSERT_TRUE(document);
  const json::Value root = document->root();
  EXPECT_EQ(root["balanced"].as_boolean(), true);
  EXPECT_EQ(root["links"].as_integer(), 3);
  EXPECT_EQ(root["fields_compared"].as_integer(), 0);
  EXPECT_EQ(root["mismatches"].as_integer(), 0);
  for (const char* name : {"source", "created", "updated", "matched", "merged", "skipped", "failed",
                           "held", "routed"}) {
    EXPECT_TRUE(root["records"][name].is_number()) << name;
    EXPECT_TRUE(root["objects"]["contacts"][name].is_number()) << name;
  }
}

}  // namespace
}  // namespace flit::engine
