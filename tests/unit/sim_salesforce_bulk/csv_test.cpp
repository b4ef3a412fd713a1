// CSV as the platform reads it (fact sheet §3).

#include "sim/salesforce/bulk/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "sim/salesforce/bulk/multipart.hpp"

namespace flit::test {
namespace {

using namespace sim::salesforce::bulk;  // NOLINT(google-build-using-namespace)
using testing::ElementsAre;

/// Each row's cells joined by "|"; broken rows in brackets.
std::vector<std::string> rows_of(std::string_view text, CsvFormat format = {}) {
  CsvReader reader(text, format);
  std::vector<std::string> rows;
  std::vector<std::string_view> cells;
  for (auto row = reader.next(cells); row != CsvReader::Row::none; row = reader.next(cells)) {
    const std::string joined = text::join(cells, "|");
    rows.push_back(row == CsvReader::Row::broken ? "[" + joined + "]" : joined);
    cells.clear();
  }
  return rows;
}

TEST(Csv, ReadsPlainAndQuotedCells) {
  EXPECT_THAT(rows_of("a,b\n1,\"x, \"\"y\"\"\nz\"\n"), ElementsAre("a|b", "1|x, \"y\"\nz"));
  EXPECT_THAT(rows_of("a,b\r\n1,2"), ElementsAre("a|b", "1|2"));
  EXPECT_THAT(rows_of("a;b\n;\n", {.delimiter = ';'}), ElementsAre("a|b", "|"));
}

TEST(Csv, KeepsBlanksAndSkipsEmptyLines) {
  EXPECT_THAT(rows_of("a, b \n\n\n x,y\n"), ElementsAre("a| b ", " x|y"));
}

TEST(Csv, RefusesQuotesWhereNoneMayBe) {
  EXPECT_THAT(rows_of("a,b\n1, \"x\"\n2,\"y\" \n3,z\n4,\"open"),
              ElementsAre("a|b", "[1| ]", "[2|y]", "3|z", "[4|open]"));
}

TEST(Csv, TellsLineEndings) {
  EXPECT_TRUE(has_line_endings("a\nb\n", LineEnding::lf));
  EXPECT_FALSE(has_line_endings("a\r\nb\n", LineEnding::lf));
  EXPECT_TRUE(has_line_endings("a\r\nb", LineEnding::crlf));
  EXPECT_FALSE(has_line_endings("\"a\nb\"\r\n", LineEnding::crlf)) << "inside quotes, too";
}

TEST(Csv, IsCutBetweenRows) {
  EXPECT_THAT(cut_rows("1\n\"2\n2\"\n\n3\n4\n", 2), ElementsAre(0, 8));
  EXPECT_THAT(cut_rows("1\n2\n", 2), ElementsAre(0)) << "nothing behind the last row";
}

TEST(Csv, WritesQuotes) {
  std::string out;
  append_quoted_cell(out, "say \"hi\"\n");
  EXPECT_EQ(out, "\"say \"\"hi\"\"\n\"");
}

TEST(Multipart, FindsPartsInAnyOrder) {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a;b.csv\"\r\n"
      "Content-Type: text/csv; charset=utf-8\r\n\r\nName\r\nx\r\n--bb no boundary\r\n--b\r\n"
      "content-disposition: form-data; name=job\n\n{}\n--b--\r\n";
  const auto parts = read_form("multipart/form-data; boundary=\"b\"", body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2);
  EXPECT_EQ(find_part(*parts, "content")->content, "Name\r\nx\r\n--bb no boundary");
  EXPECT_EQ(find_part(*parts, "content")->file_name, "a;b.csv");
  EXPECT_EQ(find_part(*parts, "content")->content_type, "text/csv");
  EXPECT_EQ(find_part(*parts, "job")->content, "{}");
}

TEST(Multipart, SaysWhatIsMissing) {
  EXPECT_FALSE(read_form("multipart/form-data", "--b--"));
  EXPECT_FALSE(read_form("multipart/form-data; boundary=b", "--b\r\n\r\nx"));
  EXPECT_FALSE(read_form("multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--"));
}

}  // namespace
}  // namespace flit::test
