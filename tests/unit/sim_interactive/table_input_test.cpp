#include "sim/interactive/folder/table_input.hpp"

#include <gtest/gtest.h>

namespace flit::sim::interactive {
namespace {

std::string cell(const TableInput& input, std::size_t row, const char* column) {
  return std::string(input.cell(row, input.column(column).value()));
}

TEST(TableInput, ReadsCsvAsItIsWritten) {
  const auto input = TableInput::parse({.name = "x"},
                                       "\xEF\xBB\xBF"
                                       "a,b\r\n\"1,\"\"x\"\"\nline\", y \r\n\r\n2,\r\n");

  ASSERT_TRUE(input.has_value()) << input.error().text();
  EXPECT_EQ(input->rows(), 2U);
  EXPECT_EQ(cell(*input, 0, "a"), "1,\"x\"\nline");
  EXPECT_EQ(cell(*input, 0, "b"), " y ");
  EXPECT_EQ(cell(*input, 1, "b"), "");
}

TEST(TableInput, ReadsOtherDelimitersEncodingsAndFilesWithoutHeader) {
  const auto tabs = TableInput::parse(
      {.name = "x", .delimiter = "\t", .header = false, .columns = {"p", "q"}}, "1\t2\n");
  const auto western = TableInput::parse({.name = "x", .encoding = InputEncoding::windows_1252},
                                         "a\nM\xFCnch\x80n\n");
  const auto wide = TableInput::parse({.name = "x"}, std::string("\xFF\xFE"
                                                                 "a\0\n\0\x3D\xD8\x6A\xDC\n\0",
                                                                 12));

  EXPECT_EQ(cell(tabs.value(), 0, "q"), "2");
  EXPECT_EQ(cell(western.value(), 0, "a"), "Münch€n");
  EXPECT_EQ(cell(wide.value(), 0, "a"), "👪");
}

TEST(TableInput, ReadsJsonAndJsonLines) {
  const auto json =
      TableInput::parse({.name = "x", .format = InputFormat::json, .records = "/data/rows"},
                        R"({"data":{"rows":[{"a":{"b":[1.50,null]}},{"c":true}]}})");
  const auto lines = TableInput::parse({.name = "x", .format = InputFormat::jsonl},
                                       "{\"a\":1}\n{\"a\":\"two\"}\n");

  EXPECT_EQ(cell(json.value(), 0, "a.b.0"), "1.50");
  EXPECT_EQ(cell(json.value(), 0, "a.b.1"), "");
  EXPECT_EQ(cell(json.value(), 1, "c"), "true");
  EXPECT_EQ(cell(lines.value(), 1, "a"), "two");
}

TEST(TableInput, RefusesWhatItCannotTrust) {
  EXPECT_FALSE(TableInput::parse({.name = "x"}, "a\n\"open\n").has_value());
  EXPECT_FALSE(TableInput::parse({.name = "x"}, "a,a\n1,2\n").has_value());
  EXPECT_FALSE(TableInput::parse({.name = "x"}, "a\n1,2\n").has_value());
  EXPECT_FALSE(TableInput::parse({.name = "x"}, "a\nM\xFC\n").has_value());
  EXPECT_FALSE(TableInput::parse({.name = "x", .key = "a"}, "a\n1\n1\n").has_value());
  EXPECT_FALSE(TableInput::parse({.name = "x"}, "").has_value());
}

}  // namespace
}  // namespace flit::sim::interactive
