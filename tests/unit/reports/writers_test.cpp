// The small writers: what data holds must neither run in a browser nor in a spreadsheet.

#include <filesystem>

#include <gtest/gtest.h>

#include "reports/chart.hpp"
#include "reports/csv.hpp"
#include "reports/difference_page.hpp"
#include "reports/page.hpp"
#include "reports/workbook.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::reports {
namespace {

TEST(Html, TextAndAttributesNeverBecomeMarkup) {
  Html html;
  html.element("td", "<script>alert('x')</script> & \"q\"", {{"title", "\"><b onload='x'>"}});

  EXPECT_EQ(html.take(),
            "<td title=\"&quot;&gt;&lt;b onload=&#39;x&#39;&gt;\">"
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot;</td>");
}

TEST(Html, BytesThatAreNoTextAreShownAsSuch) {
  EXPECT_EQ(escaped("a\xFF"
                    "b\x01"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
}

TEST(Csv, FormulasAreTextsAndNumbersStayNumbers) {
  EXPECT_EQ(harmless("=cmd()"), "'=cmd()");
  EXPECT_EQ(harmless("+49 30"), "'+49 30");
  EXPECT_EQ(harmless("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(harmless("-1+2"), "'-1+2");
  EXPECT_EQ(harmless("-12.50"), "-12.50");
  EXPECT_EQ(harmless("Zoë"), "Zoë");
}

TEST(Csv, CellsAreQuotedWhereTheyMustBe) {
  test::TemporaryDirectory folder;
  const std::vector<std::string> columns{"a", "b"};
  Csv csv(folder / "x.csv", columns);
  const std::vector<std::string> row{"one, two", "says \"hi\"\nthere"};
  csv.row(row);

  ASSERT_TRUE(csv.finish());

  EXPECT_EQ(test::read_file(folder / "x.csv"),
            "\xEF\xBB\xBF"
            "a,b\r\n\"one, two\",\"says \"\"hi\"\"\nthere\"\r\n");
}

TEST(Csv, AFolderThatIsNotThereIsSaid) {
  const std::vector<std::string> columns{"a"};
  const auto done = Csv("/nowhere/x.csv", columns).finish();

  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().fault, Fault::setup);
  EXPECT_EQ(done.error().where, "/nowhere/x.csv");
}

TEST(Output, WithoutAnEndLeavesNothing) {
  test::TemporaryDirectory folder;
  { Output(folder / "x.txt").write("half"); }

  EXPECT_TRUE(std::filesystem::is_empty(folder / "."));
}

TEST(Workbook, TheSameRowsGiveTheSameBytes) {
  test::TemporaryDirectory folder;
  const auto write = [&](const char* name) {
    Workbook book(folder / name, Instant(std::chrono::seconds(1'760'000'000)));
    book.sheet("A rather long name of a sheet, too long", {"Name", "Count"});
    book.row({std::string("=cmd()\x01"), std::int64_t{42}});
    EXPECT_TRUE(book.finish());
    return test::read_file(folder / name);
  };

  const std::string first = write("one.xlsx");

  EXPECT_EQ(first.substr(0, 2), "PK");
  EXPECT_EQ(std::filesystem::status(folder / "one.xlsx").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(first, write("two.xlsx"));
}

TEST(Numbers, AreGrouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
}

TEST(Chart, DrawsEverySlice) {
  Html html;
  draw_stacked(html, "Records", {{"Contacts", {{"created", 990}, {"failed", 1}}}, {"Deals", {}}});
  const std::string drawn = html.take();

  EXPECT_NE(drawn.find("Contacts: 1 failed"), std::string::npos);
  EXPECT_EQ(drawn.find("skipped"), std::string::npos);
}

TEST(DifferencePage, ShowsEachRecordAndRunsNothing) {
  test::TemporaryDirectory folder;
  DifferencePage page(folder / "diff.html",
                      {.page = {.title = "Sample", .subtitle = "Here → There"},
                       .records = 2,
                       .verdicts = {{"equal", 1}, {"converted", 1}, {"different", 1}}});
  page.add({.object = "contacts",
            .source_id = "101",
            .role = "primary",
            .table = "contact",
            .target_id = "aaaaaaaa-1111-5111-8111-111111111111",
            .because = "the last route",
            .cells = {{"first_name", "firstname", "<img src=x onerror=alert(1)>",
                       "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", "equal"},
                      {"lifecycle_stage", "flit_lifecycle_stage", "customer", "727000004",
                       "727000004", "converted", "the label's number"}}});
  page.add({.object = "deals",
            .source_id = "9001",
            .role = "primary",
            .table = "opportunity",
            .target_id = "bbbbbbbb-1111-5111-8111-111111111111",
            .cells = {{"amount", "estimatedvalue", "12.5", "12.50", "12.00", "different",
                       "nobody else wrote the row"}}});

  ASSERT_TRUE(page.finish());

  const std::string html = test::read_file(folder / "diff.html");
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  test::expect_golden("reports/difference.html", html.substr(html.find("<body")));
}

}  // namespace
}  // namespace flit::reports
