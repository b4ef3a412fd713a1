#include "sim/dataverse/odata/retrieve.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/dataverse/odata/preferences.hpp"
#include "tests/unit/sim_dataverse_odata/memory_table.hpp"

namespace flit::test {
namespace {

MemoryTable numbered(int count) {
  MemoryTable table;
  for (int i = 1; i <= count; ++i) {
    MemoryRow row{.id = uuid_of(i), .employees = i % 7};
    if (i % 3 != 0) row.name = (i % 2 == 0 ? "name \"<&'" : "NAME ") + std::to_string(i % 5);
    if (i % 4 != 0) row.revenue = std::to_string(i % 11) + ".50";
    table.add(row);
  }
  return table;
}

RowWalk walk(const MemoryTable& table) {
  return [&table](const std::optional<Uuid>& after, const RowVisitor& visit) {
    table.scan(after, visit);
  };
}

QueryOptions options(const std::string& query) {
  auto parsed = parse_query(query);
  EXPECT_TRUE(parsed) << parsed.error().text();
  return parsed ? *parsed : QueryOptions{};
}

/// All ids, page by page, the cookie handed on as a client would.
std::vector<Uuid> read_all(const MemoryTable& table, QueryOptions query, int page_size,
                           int& pages) {
  std::vector<Uuid> all;
  for (pages = 1;; ++pages) {
    const auto bound = page_query(query, page_size, table, nullptr);
    EXPECT_TRUE(bound) << bound.error().text();
    const auto page = retrieve_page(walk(table), *bound);
    EXPECT_TRUE(page) << page.error().text();
    all.insert(all.end(), page->rows.begin(), page->rows.end());
    if (!page->next) return all;
    EXPECT_EQ(page->rows.size(), static_cast<std::size_t>(page_size));
    query.skip_token = skip_token(*page->next);
  }
}

TEST(RetrievePage, PagesCoverEveryRowOnceInAnyOrder) {
  const MemoryTable table = numbered(257);

  for (const std::string order : {"", "$orderby=name", "$orderby=name desc,revenue",
                                  "$orderby=revenue desc", "$orderby=employees,accountid desc"}) {
    int pages = 0;
    const auto all = read_all(table, options(order), 10, pages);
    auto whole = options(order);
    const auto bound = page_query(whole, std::nullopt, table, nullptr);

    EXPECT_EQ(pages, 26) << order;
    EXPECT_EQ(all, retrieve_page(walk(table), *bound)->rows) << order;
    EXPECT_EQ(all.size(), 257U);
  }
}

TEST(RetrievePage, NullsComeFirst) {
  MemoryTable table;
  table.add({.id = uuid_of(1), .name = "b"});
  table.add({.id = uuid_of(2)});
  table.add({.id = uuid_of(3), .name = "A"});

  const auto query = options("$orderby=name");
  const auto page = retrieve_page(walk(table), *page_query(query, {}, table, nullptr));

  EXPECT_EQ(page->rows, (std::vector<Uuid>{uuid_of(2), uuid_of(3), uuid_of(1)}));
}

TEST(RetrievePage, TopEndsTheQueryAndYieldsToThePageSize) {
  const MemoryTable table = numbered(30);
  const auto query = options("$top=5");

  const auto top = retrieve_page(walk(table), *page_query(query, {}, table, nullptr));
  const auto paged = retrieve_page(walk(table), *page_query(query, 10, table, nullptr));

  EXPECT_EQ(top->rows.size(), 5U);
  EXPECT_FALSE(top->next);
  EXPECT_EQ(paged->rows.size(), 10U);
  EXPECT_TRUE(paged->next);
}

TEST(RetrievePage, ARowThatVanishesBetweenPagesDoesNoHarm) {
  MemoryTable table = numbered(20);
  auto query = options("");
  const auto first = retrieve_page(walk(table), *page_query(query, 10, table, nullptr));
  table.rows.erase(uuid_of(10));
  query.skip_token = skip_token(*first->next);

  const auto second = retrieve_page(walk(table), *page_query(query, 10, table, nullptr));

  EXPECT_EQ(second->rows.front(), uuid_of(11));
}

TEST(RetrievePage, CountsStopAtFiveThousand) {
  const MemoryTable few = numbered(12);
  const MemoryTable many = numbered(5001);
  const auto query = options("$count=true&$top=1");

  const auto small = retrieve_page(walk(few), *page_query(query, {}, few, nullptr));
  const auto large = retrieve_page(walk(many), *page_query(query, {}, many, nullptr));

  EXPECT_EQ(small->count, 12);
  EXPECT_FALSE(small->count_limit_exceeded);
  EXPECT_EQ(large->count, 5000);
  EXPECT_TRUE(large->count_limit_exceeded);
}

TEST(RetrievePage, ForeignCookiesAreRefused) {
  const MemoryTable table = numbered(30);
  const auto by_name = options("$orderby=name");
  const auto page = retrieve_page(walk(table), *page_query(by_name, 10, table, nullptr));
  auto other = options("$orderby=revenue");
  other.skip_token = skip_token(*page->next);
  auto broken = options("");
  broken.skip_token = "<cookie pagenumber=\"2\" pagingcookie=\"%3ccookie%3e\" />";

  EXPECT_EQ(retrieve_page(walk(table), *page_query(other, 10, table, nullptr)).error().code,
            "0x80041129");
  EXPECT_EQ(page_query(broken, 10, table, nullptr).error().code, "0x8004112a");
}

TEST(PagingCookie, HasThePlatformsForm) {
  const PagingCookie cookie{
      .page = 1,
      .edges = {{"fullname", "Susanna Stubberod (sample)", "Yvonne McKay (sample)"},
                {"contactid", "{70BF4D48-34CB-ED11-B596-0022481D68CD}",
                 "{49B0BE2E-D01C-ED11-B83E-000D3A572421}"}}};

  EXPECT_EQ(to_string(cookie),
            "<cookie page=\"1\"><fullname last=\"Susanna Stubberod (sample)\" first=\"Yvonne McKay "
            "(sample)\" /><contactid last=\"{70BF4D48-34CB-ED11-B596-0022481D68CD}\" "
            "first=\"{49B0BE2E-D01C-ED11-B83E-000D3A572421}\" /></cookie>");
  EXPECT_EQ(fetch_cookie_annotation(cookie).substr(0, 91),
            "<cookie pagenumber=\"2\" "
            "pagingcookie=\"%253ccookie%2520page%253d%25221%2522%253e%253cfullname");
}

TEST(Preferences, AreRead) {
  const auto preferences = parse_preferences(
      "odata.include-annotations=\"*\", odata.maxpagesize=20; return=representation,"
      "odata.continue-on-error,unknown=1");

  EXPECT_TRUE(preferences.annotations.includes(formatted_value));
  EXPECT_EQ(preferences.max_page_size, 20);
  EXPECT_TRUE(preferences.return_representation);
  EXPECT_TRUE(preferences.continue_on_error);
  EXPECT_EQ(preference_applied(preferences),
            "odata.maxpagesize=20, odata.include-annotations=\"*\", return=representation");
}

TEST(Preferences, AnnotationPatternsChoose) {
  const AnnotationPatterns some(
      "OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.*,-Microsoft.Dynamics.CRM."
      "morerecords");

  EXPECT_TRUE(some.includes(formatted_value));
  EXPECT_TRUE(some.includes(lookup_logical_name));
  EXPECT_FALSE(some.includes(more_records));
  EXPECT_FALSE(some.includes("Microsoft.PowerApps.CDS.TraceText"));
  EXPECT_FALSE(AnnotationPatterns().includes(formatted_value));
}

}  // namespace
}  // namespace flit::test
