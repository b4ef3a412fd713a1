#include "http/headers.hpp"

#include <gtest/gtest.h>

namespace flit::http {
namespace {

TEST(Headers, AreFoundInAnyCaseAndKeptInOrder) {
  Headers headers{{"Content-Type", "text/plain"}, {"X-A", "1"}};

  headers.add("x-a", "  2\t");

  EXPECT_EQ(headers.find("CONTENT-TYPE"), "text/plain");
  EXPECT_EQ(headers.all("X-a"), (std::vector<std::string_view>{"1", "2"}));
  EXPECT_FALSE(headers.find("X-B"));
}

TEST(Headers, SettingReplacesAllOfThatName) {
  Headers headers{{"X-A", "1"}, {"X-B", "2"}, {"x-a", "3"}};

  headers.set("X-a", "4").set("X-C", "5");

  EXPECT_EQ(headers, (Headers{{"X-a", "4"}, {"X-B", "2"}, {"X-C", "5"}}));
}

TEST(Headers, ListsAreSplitAtCommas) {
  const Headers headers{{"Transfer-Encoding", "gzip, Chunked"}, {"Connection", "close"}};

  EXPECT_TRUE(headers.lists("transfer-encoding", "chunked"));
  EXPECT_TRUE(headers.lists("Connection", "CLOSE"));
  EXPECT_FALSE(headers.lists("Transfer-Encoding", "chunk"));
}

TEST(Headers, ReadsLinesAndTheirContinuations) {
  Headers headers;

  EXPECT_TRUE(headers.add_line("Content-Type:  application/json; charset=utf-8 "));
  EXPECT_TRUE(headers.add_line("X-Long: one"));
  EXPECT_TRUE(headers.add_line("\t two"));
  EXPECT_TRUE(headers.add_line("X-Empty:"));

  EXPECT_EQ(headers.media_type(), "application/json");
  EXPECT_EQ(headers.find("X-Long"), "one two");
  EXPECT_EQ(headers.find("X-Empty"), "");
}

TEST(Headers, RefusesLinesThatAreNone) {
  Headers headers;

  for (const std::string_view line :
       {"", " begins with a blank", "no colon", ": no name", "Name : x"})
    EXPECT_FALSE(headers.add_line(line)) << line;
  EXPECT_TRUE(headers.empty());
}

}  // namespace
}  // namespace flit::http
