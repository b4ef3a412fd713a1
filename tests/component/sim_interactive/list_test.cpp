// Lists of records: order, cursors and what they are bound to, filters (facts/sources.md §1.3).

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "served.hpp"

namespace flit::sim::interactive::test {
namespace {

using testing::ElementsAre;

class Lists : public testing::Test {
 protected:
  static void SetUpTestSuite() { served_ = new Served(); }
  static void TearDownTestSuite() { delete served_; }
  static Served& served() { return *served_; }
  static Served* served_;
};
Served* Lists::served_ = nullptr;

TEST_F(Lists, EveryPageSizeGivesTheSameRecordsInIdOrder) {
  const auto whole = served().ids("/objects/contacts", 100);
  const auto small = served().ids("/objects/contacts", 7);

  EXPECT_EQ(whole.size(), 200U);
  EXPECT_EQ(small, whole);
  EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end(), [](const auto& a, const auto& b) {
    return std::stoull(a) < std::stoull(b);
  }));
}

TEST_F(Lists, OnlyTheAbsenceOfPagingEndsAList) {
  const Answer page = served().get("/objects/contacts?limit=100");
  const Answer last = served().get("/objects/contacts?limit=100&after=" +
                                   percent::encode(page.text("paging.next.after")));

  EXPECT_TRUE(page["paging.next.link"].is_string());
  EXPECT_FALSE(last["paging"].exists());
}

TEST_F(Lists, TheLinkOfAPageContinuesIt) {
  const Answer page = served().get("/objects/deals?limit=3&properties=name&associations=contacts");

  const Answer next = served().raw("GET", page.text("paging.next.link"), {},
                                   "Authorization: bearer " + served().token() + "\r\n");

  ASSERT_EQ(next.status, 200) << next.body;
  const auto all = served().ids("/objects/deals?properties=name&associations=contacts");
  EXPECT_EQ((*next["results"].elements().begin())["id"].string_or(""), all[3]);
}

TEST_F(Lists, WithUpdatedSinceTheOrderIsByTimeThenId) {
  const auto records = served().all("/objects/deals?updated_since=2020-01-01T00:00:00Z", 9);

  std::vector<std::pair<std::string, std::uint64_t>> keys;
  for (const std::string& text : records) {
    const auto record = json::parse(text);
    keys.emplace_back(record->root()["updated_at"].string_or(""),
                      *parse_id(record->root()["id"].string_or("")));
  }
  EXPECT_GT(keys.size(), 20U);
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
  EXPECT_GE(keys.front().first, "2020-01-01");
}

TEST_F(Lists, TheBoundarySecondIsIncluded) {
  const auto records = served().all("/objects/deals?updated_since=2015-01-01T00:00:00Z");
  const auto last = json::parse(records.back());
  const std::string updated(last->root()["updated_at"].string_or(""));

  const auto whole_second =
      served().ids("/objects/deals?updated_since=" + updated.substr(0, 19) + "Z");
  const auto later_in_it =
      served().ids("/objects/deals?updated_since=" + updated.substr(0, 19) + ".999Z");

  EXPECT_THAT(whole_second, testing::Contains(last->root()["id"].string_or("")));
  EXPECT_EQ(later_in_it, whole_second);
}

struct Refusal {
  std::string query;
  std::string code;
};

TEST_F(Lists, WhatIsAskedForWronglyIsRefused) {
  const std::string after =
      percent::encode(served().get("/objects/contacts?limit=5").text("paging.next.after"));
  for (const Refusal& one : std::vector<Refusal>{
           {"contacts?limit=101", "invalid_parameter"},
           {"contacts?limit=0", "invalid_parameter"},
           {"contacts?limit=ten", "invalid_parameter"},
           {"contacts?archived=maybe", "invalid_parameter"},
           {"contacts?updated_since=2025-01-01", "invalid_parameter"},
           {"contacts?updated_since=2025-01-01T00:00:00", "invalid_parameter"},
           {"contacts?updated_since=2025-01-01T00:00:00%2B00:00", "invalid_parameter"},
           {"contacts?properties=email,nonsense", "unknown_property"},
           {"contacts?associations=nonsense", "unknown_object"},
           {"nonsense", "unknown_object"},
           {"contacts?after=rubbish", "invalid_cursor"},
           {"companies?after=" + after, "cursor_mismatch"},
           {"contacts?archived=true&after=" + after, "cursor_mismatch"},
           {"contacts?owner_id=40&after=" + after, "cursor_mismatch"},
           {"contacts?updated_since=2025-01-01T00:00:00Z&after=" + after, "cursor_mismatch"}}) {
    const Answer answer = served().get("/objects/" + one.query);
    EXPECT_EQ(answer.status, 400) << one.query;
    EXPECT_EQ(answer.error_code(), one.code) << one.query;
  }
}

TEST_F(Lists, LimitPropertiesAndAssociationsMayChangeUnderACursor) {
  const std::string after =
      percent::encode(served().get("/objects/contacts?limit=5").text("paging.next.after"));

  const Answer next =
      served().get("/objects/contacts?limit=9&properties=*&associations=companies&after=" + after);

  EXPECT_EQ(next.status, 200) << next.body;
  EXPECT_EQ(next["results"].size(), 9U);
}

TEST(Cursors, LiveForTwentyFourHours) {
  Served served;
  const std::string path =
      "/objects/contacts?after=" +
      percent::encode(served.get("/objects/contacts?limit=5").text("paging.next.after"));
  EXPECT_EQ(served.get(path).status, 200);

  served.control("clock", R"({"advance_s": 86401})");

  EXPECT_EQ(served.get(path).error_code(), "invalid_cursor");
}

TEST(EmptyPages, DoNotEndAList) {
  Served served({.options = {.empty_pages = 2}});

  const auto ids = served.ids("/objects/companies", 10);

  EXPECT_EQ(ids.size(), 50U);
}

TEST(HiddenRecords, AreFilteredAfterTheCut) {
  Served served({.options = {.tokens = {"int_pat_few:crm.read+hide=41"}}});
  std::size_t seen = 0;
  std::size_t short_pages = 0;
  for (std::string after;;) {
    const Answer page = served.get_as("int_pat_few", "/objects/contacts?limit=20" + after);
    seen += page["results"].size();
    const std::string next = page.text("paging.next.after");
    if (next.empty()) break;
    short_pages += page["results"].size() < 20 ? 1 : 0;
    after = "&after=" + percent::encode(next);
  }

  const auto hidden = served.ids("/objects/contacts?owner_id=41");
  EXPECT_FALSE(hidden.empty());
  EXPECT_EQ(seen, 200U - hidden.size());
  EXPECT_GT(short_pages, 0U);
  EXPECT_EQ(served.get_as("int_pat_few", "/objects/contacts/" + hidden[0]).status, 404);
}

}  // namespace
}  // namespace flit::sim::interactive::test
