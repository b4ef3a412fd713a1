#include "sources/rest/place.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"

namespace flit::sources::rest {
namespace {

using std::chrono::milliseconds;

Instant at(std::string_view text) {
  return parse_instant(text).value();
}

std::optional<Place> after(const Paging& paging, const Place& place, std::string_view body) {
  const auto document = json::parse(body);
  EXPECT_TRUE(document);
  return next_place(paging, paging.limit, place, document->root());
}

TEST(Place, ACursorCarriesEverythingIntoAnotherProcess) {
  const Place place{.at = "eyJ+/=",
                    .since = at("2025-01-01T00:00:00Z"),
                    .began = at("2025-01-02T00:00:00Z"),
                    .seen = at("2025-01-01T12:00:00.482Z"),
                    .total = 12,
                    .again = true,
                    .restarts = 2,
                    .pages = 9,
                    .mark = "0123456789abcdef"};

  const auto back = place_of(to_cursor(place));

  ASSERT_TRUE(back);
  EXPECT_EQ(*back, place);
}

TEST(Place, ACursorOfAnotherVersionIsRefused) {
  EXPECT_EQ(place_of(model::Cursor("{\"v\":2,\"at\":\"x\"}")).error().fault, Fault::setup);
  EXPECT_FALSE(place_of(model::Cursor("eyJpZCI6MTAyfQ")));
}

TEST(Place, OnlyTheAbsenceOfAPlaceEndsAListOfCursors) {
  const Paging paging;

  EXPECT_EQ(after(paging, {}, R"({"results":[],"paging":{"next":{"after":"a+b"}}})")->at, "a+b");
  EXPECT_FALSE(after(paging, {}, R"({"results":[{"id":"1"}]})"));
  EXPECT_FALSE(after(paging, {}, R"({"results":[],"paging":null})"));
}

TEST(Place, APageThatComesAgainIsACircleOfAnyLength) {
  for (const int length : {1, 2, 3, 7, 20}) {
    Place place;
    int pages = 0;
    Result<void> news;
    for (; news && pages < 1000; ++pages) {
      const std::string next = std::to_string(pages % length);
      place = place_of(to_cursor(place)).value();
      place.at = next;
      news = notice_circle("{\"after\":\"" + next + "\"}", place);
    }
    ASSERT_FALSE(news) << length;
    EXPECT_EQ(news.error().fault, Fault::transient);
    EXPECT_LE(pages, 4 * length + 1);
  }
}

TEST(Place, OneCursorForDifferentPagesIsNoCircle) {
  Place place{.at = "scroll-1"};
  for (int page = 0; page < 100; ++page)
    ASSERT_TRUE(notice_circle("{\"results\":[" + std::to_string(page) + "]}", place)) << page;
}

TEST(Place, NumberedPagesEndWithTheTotalAndStepBackWhenItChanges) {
  Paging paging{.kind = Paging::Kind::page, .limit = 10, .limit_key = "meta.limit"};

  const auto second = after(paging, {}, R"({"meta":{"total":31,"limit":10}})");
  const auto moved = after(paging, {.at = "3", .total = 31}, R"({"meta":{"total":30,"limit":10}})");
  const auto onward = after(paging, *moved, R"({"meta":{"total":30,"limit":10}})");
  const auto ended = after(paging, *onward, R"({"meta":{"total":30,"limit":10}})");

  EXPECT_EQ(second->at, "2");
  EXPECT_EQ(moved->at, "2");
  EXPECT_TRUE(moved->again);
  EXPECT_EQ(onward->at, "3");
  EXPECT_FALSE(ended);
}

TEST(Place, NumbersThatNoListHasEndIt) {
  constexpr std::string_view most = R"({"meta":{"total":9223372036854775807,"limit":3}})";
  Paging paging{.kind = Paging::Kind::page, .limit_key = "meta.limit"};

  EXPECT_FALSE(after(paging, {.at = "9223372036854775807"}, most));
  EXPECT_EQ(after(paging, {.at = "3074457345618258600"}, most)->at, "3074457345618258601");
  EXPECT_FALSE(after(paging, {.at = "2"}, R"({"meta":{"total":-3,"limit":-1}})"));
  EXPECT_EQ(after(paging, {.at = "-7"}, R"({"meta":{"total":31,"limit":10}})")->at, "2");
}

TEST(Place, NumbersThatACursorNeverHadAreBroughtBack) {
  const auto place =
      place_of(model::Cursor(R"({"v":1,"total":-9,"restarts":9223372036854775807})"));

  ASSERT_TRUE(place);
  EXPECT_EQ(place->total, -1);
  EXPECT_EQ(place->restarts, most_restarts);
}

TEST(Place, ChangesAreAskedForWithTheOverlapAndInWholeSeconds) {
  const Incremental incremental{.overlap_s = 300};

  const Place place = first_place(incremental, at("2025-06-01T07:12:09.482Z"));

  EXPECT_EQ(place.since, at("2025-06-01T07:07:09Z"));
  EXPECT_FALSE(first_place(incremental, {}).since);
}

TEST(Place, AnExpiredCursorGoesBackToTheLastChangeSeen) {
  const Incremental incremental;
  const Place place{.at = "gone",
                    .since = at("2025-01-01T00:00:00Z"),
                    .began = at("2025-02-01T00:00:00Z"),
                    .seen = at("2025-01-15T10:00:00.900Z")};

  const Place again = restarted(incremental, place);

  EXPECT_EQ(again.at, "");
  EXPECT_EQ(again.since, at("2025-01-15T10:00:00Z"));
  EXPECT_EQ(again.began, place.began) << "what the pass leaves to the next one stays the same";
  EXPECT_EQ(restarted(incremental, {.at = "gone"}), (Place{.restarts = 1}));
}

}  // namespace
}  // namespace flit::sources::rest
