#include "base/json_reader.hpp"

#include <gtest/gtest.h>

namespace flit::json {
namespace {

Document read(std::string_view text) {
  auto document = parse(text);
  EXPECT_TRUE(document) << text;
  return document ? std::move(*document) : Document();
}

std::string error_of(std::string_view text) {
  auto document = parse(text);
  EXPECT_FALSE(document) << text << " was accepted";
  return document ? "" : document.error().text();
}

TEST(JsonReader, KeepsTheTextOfNumbers) {
  const Document document = read(R"({"money": 99999999999999.999999, "id": 9223372036854775807})");

  EXPECT_EQ(document.root()["money"].as_number(), "99999999999999.999999");
  EXPECT_EQ(document.root()["id"].as_integer(), 9223372036854775807);
}

TEST(JsonReader, GivesNothingForAbsentKeysAndOtherKinds) {
  const Document document = read(R"({"a": "text", "n": null})");
  const Value root = document.root();

  EXPECT_FALSE(root["missing"].exists());
  EXPECT_FALSE(root["a"].as_integer().has_value());
  EXPECT_TRUE(root["n"].is_null());
  EXPECT_FALSE(root["n"].as_string().has_value());
  EXPECT_FALSE(root["missing"]["deeper"].exists());
}

TEST(JsonReader, WalksObjectsAndArraysInTheirOrder) {
  const Document document = read(R"({"b": [1, [2, 3], {"x": 4}], "a": {}, "c": []})");

  std::string seen;
  for (const Member member : document.root().members()) seen += member.key;
  for (const Value element : document.root()["b"].elements()) seen += "|" + element.dump();

  EXPECT_EQ(seen, R"(bac|1|[2,3]|{"x":4})");
  EXPECT_EQ(document.root()["c"].size(), 0U);
}

TEST(JsonReader, FollowsDottedPaths) {
  const Document document = read(R"({"paging": {"next": {"after": "abc"}}})");

  EXPECT_EQ(document.root().at_path("paging.next.after").as_string(), "abc");
  EXPECT_FALSE(document.root().at_path("paging.previous.after").exists());
}

TEST(JsonReader, ReadsScalarsAtTheRoot) {
  EXPECT_EQ(read(" 12.50 ").root().as_number(), "12.50");
  EXPECT_EQ(read("1e999").root().as_number(), "1e999") << "it need not fit a double";
  EXPECT_EQ(read(R"("h\u00e9")").root().as_string(), "hé");
  EXPECT_EQ(read("true").root().as_boolean(), true);
  EXPECT_TRUE(read(" null ").root().is_null());
}

TEST(JsonReader, StringsAreTheSameWhetherOthersAreWrittenWithEscapesOrNot) {
  const Document document =
      read("{ \"plain\" : \"one\" ,\r\n\"tab\\t\":\"a\\\"b\",\"é\":\"\", \"last\":\"\\u00e9\" }");

  std::string seen;
  for (const Member member : document.root().members())
    seen.append(member.key).append("=").append(*member.value.as_string()).append("|");

  EXPECT_EQ(seen, "plain=one|tab\t=a\"b|é=|last=é|");
}

TEST(JsonReader, TheLastOfTwoEqualKeysWins) {
  EXPECT_EQ(read(R"({"a": 1, "a": 2})").root()["a"].as_integer(), 2);
}

TEST(JsonReader, RefusesWhatIsNotJson) {
  for (const std::string_view text : {"",
                                      " ",
                                      "{",
                                      "[1,",
                                      "[1 2]",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "01",
                                      "1.",
                                      "-",
                                      "+1",
                                      "nul",
                                      "tru",
                                      "[1]]",
                                      "[1] 2",
                                      "1 2",
                                      "\"a",
                                      "\"\x01\"",
                                      "\"\xff\"",
                                      "\"\\x\"",
                                      "\"\\ud800\"",
                                      "[NaN]",
                                      "{'a':1}",
                                      "[1,]",
                                      "{\"a\":1,}",
                                      "[00]",
                                      "[1e]",
                                      "[.5]",
                                      "null\" x\"",
                                      "[null\" x\"]",
                                      "\"a\"x",
                                      "\"a\"\"b\"",
                                      "[1\"a\"]",
                                      "{\"a\" 1}",
                                      "{\"a\" \"b\"}",
                                      "{\"a\":1 \"b\":2}",
                                      "{1:2}",
                                      "[\f1]",
                                      "[1:2]",
                                      "{,}"})
    EXPECT_FALSE(parse(text)) << '"' << text << "\" was accepted";
}

TEST(JsonReader, SaysWhereItStopped) {
  EXPECT_NE(error_of("{\"a\": 1,\n \"b\": @}").find("line 2"), std::string::npos);
}

TEST(JsonReader, RefusesTextThatIsNestedTooDeep) {
  const std::string deep = std::string(300, '[') + std::string(300, ']');

  EXPECT_NE(error_of(deep).find("not JSON"), std::string::npos);
  EXPECT_TRUE(parse(std::string(200, '[') + std::string(200, ']')));
}

TEST(JsonReader, ADocumentIsReusedForTheNextText) {
  Document document;
  ASSERT_TRUE(document.read(R"({"first": true})"));
  ASSERT_FALSE(document.read("{"));
  EXPECT_FALSE(document.root().exists());

  const auto second = document.read(R"(["second"])");

  ASSERT_TRUE(second);
  EXPECT_EQ(second->dump(), R"(["second"])");
}

}  // namespace
}  // namespace flit::json
