#include "base/yaml_reader.hpp"

#include <gtest/gtest.h>

#include "base/json_reader.hpp"

namespace flit::yaml {
namespace {

Node read_well(std::string text) {
  auto root = read("test.yaml", std::move(text));
  EXPECT_TRUE(root) << root.error().text();
  return root ? std::move(*root) : Node();
}

std::string error_of(std::string text) {
  const auto root = read("test.yaml", text);
  EXPECT_FALSE(root) << text << " was accepted";
  return root ? "" : root.error().text();
}

std::string place_of(const Node& node) {
  return node.at().text();
}

TEST(YamlReader, KeepsMapsInTheOrderOfTheDocumentAndSaysWhereEverythingStands) {
  const Node root = read_well("b: 1\na:\n  - x\n  - {é: \"y z\", n: ~}\n");

  ASSERT_EQ(root.entries().size(), 2U);
  EXPECT_EQ(root.entries()[0].key.text, "b");
  EXPECT_EQ(root.entries()[1].key.at.text(), "test.yaml:2:1");
  const Node& list = root.find("a")->value;
  EXPECT_EQ(place_of(list), "test.yaml:3:3");
  EXPECT_EQ(place_of(list.items()[0]), "test.yaml:3:5");
  const Node& inner = list.items()[1];
  EXPECT_EQ(place_of(inner), "test.yaml:4:5");
  EXPECT_EQ(place_of(inner.find("é")->value), "test.yaml:4:9");
  EXPECT_EQ(inner.find("é")->value.at().length(), 5U) << "the quotes belong to it";
}

TEST(YamlReader, OnlyNullTrueFalseAndNumbersAreSpecial) {
  const std::vector<std::pair<std::string, Kind>> scalars = {
      {"~", Kind::null},         {"null", Kind::null},       {"true", Kind::boolean},
      {"False", Kind::boolean},  {"12", Kind::integer},      {"-0x1F", Kind::text},
      {"0x1F", Kind::integer},   {"0o17", Kind::integer},    {"007", Kind::integer},
      {"+1.5e3", Kind::decimal}, {".5", Kind::decimal},      {"5.", Kind::decimal},
      {"-.inf", Kind::decimal},  {".nan", Kind::decimal},    {"1_000", Kind::text},
      {"on", Kind::text},        {"off", Kind::text},        {"yes", Kind::text},
      {"no", Kind::text},        {"NO", Kind::text},         {"y", Kind::text},
      {"nil", Kind::text},       {"2026-11-02", Kind::text}, {"1:30", Kind::text},
      {"1e", Kind::text},        {".", Kind::text},          {"0b1", Kind::text},
      {"\"12\"", Kind::text},    {"'true'", Kind::text},     {"!!str 12", Kind::text},
      {"! 12", Kind::text}};
  for (const auto& [text, kind] : scalars)
    EXPECT_EQ(read_well("- " + text).items().at(0).kind(), kind) << text;
}

TEST(YamlReader, NumbersKeepTheirTextAndAreReadExactly) {
  const Node root = read_well("[99999999999999.999999, 007, 0x1F, 0o17, +5, 1.5]");

  EXPECT_EQ(root.items()[0].text(), "99999999999999.999999");
  EXPECT_EQ(root.items()[1].text(), "007");
  EXPECT_EQ(root.items()[1].as_integer(), 7);
  EXPECT_EQ(root.items()[2].as_integer(), 31);
  EXPECT_EQ(root.items()[3].as_integer(), 15);
  EXPECT_EQ(root.items()[4].as_integer(), 5);
  EXPECT_EQ(root.items()[5].as_integer(), std::nullopt);
  EXPECT_EQ(root.items()[5].as_double(), 1.5);
  EXPECT_EQ(read_well("9223372036854775808").as_integer(), std::nullopt);
}

TEST(YamlReader, MissingValuesStandBehindTheirKey) {
  const Node root = read_well("a:\nb: {c: , d}\nnull: 1\ne:\n~ : 2\n");

  EXPECT_TRUE(root.find("a")->value.is_null());
  EXPECT_EQ(place_of(root.find("a")->value), "test.yaml:1:3");
  EXPECT_EQ(place_of(root.find("b")->value.find("c")->value), "test.yaml:2:7");
  EXPECT_EQ(root.entries()[2].key.text, "null");
  EXPECT_EQ(place_of(root.entries()[3].value), "test.yaml:4:3");
  EXPECT_EQ(root.entries()[4].key.text, "~");
}

TEST(YamlReader, BlockScalarsAndFoldedTextAreText) {
  const Node root = read_well("a: |\n  one\n  two\nb: >-\n  three\n  four\nc: five\n  six\n");

  EXPECT_EQ(root.find("a")->value.text(), "one\ntwo\n");
  EXPECT_EQ(root.find("b")->value.text(), "three four");
  EXPECT_EQ(root.find("c")->value.text(), "five six");
  EXPECT_EQ(place_of(root.find("b")->value), "test.yaml:4:4");
}

TEST(YamlReader, ExpandsAliasesAndPointsAtTheAnchorsText) {
  const Node root = read_well("a: &x\n  k: [1, 2]\nb: *x\n");

  EXPECT_TRUE(root.find("b")->value.same_content(root.find("a")->value));
  EXPECT_EQ(place_of(root.find("b")->value), "test.yaml:2:3");
}

TEST(YamlReader, AnEmptyDocumentIsNull) {
  EXPECT_TRUE(read_well("").is_null());
  EXPECT_TRUE(read_well("# nothing but a comment\n").is_null());
  EXPECT_TRUE(read_well("\xEF\xBB\xBF"
                        "a: 1")
                  .is_map())
      << "a byte order mark is no content";
}

TEST(YamlReader, RefusesADocumentThatAliasesWouldBlowUp) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias;
    for (int j = 1; j < 10; ++j) bomb += ", " + alias;
    bomb += "]\n";
  }

  EXPECT_NE(error_of(bomb).find("more than 200000 values"), std::string::npos);
}

TEST(YamlReader, RefusesLongTextThatAliasesRepeat) {
  std::string bomb = "- &a \"" + std::string(1'000'000, 'x') + "\"\n";
  for (int i = 0; i < 1000; ++i) bomb += "- *a\n";

  EXPECT_NE(error_of(bomb).find("more than 200000 values"), std::string::npos);
}

// Took a minute when every scalar looked for the end of its line.
TEST(YamlReader, ReadsALongLineInTimeThatGrowsWithItsLength) {
  std::string text = "[";
  for (int i = 0; i < 30'000; ++i) text += "x, \"y\", ";

  EXPECT_EQ(read_well(text + "z]").items().size(), 60'001U);
}

TEST(YamlReader, CountsLevelsThroughAliases) {
  const auto nested = [](int levels, const std::string& core) {
    return std::string(static_cast<std::size_t>(levels), '[') + core +
           std::string(static_cast<std::size_t>(levels), ']');
  };

  EXPECT_TRUE(read("test.yaml", nested(64, "")));
  EXPECT_NE(error_of(nested(65, "")).find("more than 64 levels"), std::string::npos);
  EXPECT_NE(error_of("- &a " + nested(40, "") + "\n- " + nested(40, "*a")).find("more than 64"),
            std::string::npos);
  EXPECT_NE(error_of(nested(100'000, "")).find("more than 64"), std::string::npos);
}

TEST(YamlReader, SeveralMistakesAreToldTogether) {
  const auto source = std::make_shared<SourceText>("test.yaml", "a: 1\na: 2\nb: !x 3\nb: 4\n");
  Diagnostics diagnostics;

  EXPECT_FALSE(read(source, diagnostics));

  EXPECT_EQ(diagnostics.errors(), 3U);
}

TEST(YamlReader, GivesUpAfterTwentyMistakes) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "a: 1\n";
  const auto source = std::make_shared<SourceText>("test.yaml", text);
  Diagnostics diagnostics;

  EXPECT_FALSE(read(source, diagnostics));

  EXPECT_EQ(diagnostics.errors(), Diagnostics::limit);
}

TEST(YamlReader, ASmallerLimitIsKept) {
  const auto source = std::make_shared<SourceText>("test.yaml", "a: 1\n");
  Diagnostics diagnostics;

  EXPECT_FALSE(read(source, diagnostics, {.bytes = 4}));

  EXPECT_NE(diagnostics.text().find("at most 4"), std::string::npos);
}

TEST(YamlNode, JsonBecomesTheSameTree) {
  const std::string text = R"({"a": [1, 2.50, "x", true, null], "b": {"c": "12"}})";
  const auto document = json::parse(text);
  ASSERT_TRUE(document);

  const Node tree =
      from_json(document->root(), std::make_shared<SourceText>("the request's body", ""));

  EXPECT_TRUE(tree.same_content(read_well(text)));
  EXPECT_EQ(place_of(tree.find("a")->value), "the request's body");
}

TEST(YamlNode, TextIsWrittenPlainOnlyWhereItReadsBackAsText) {
  EXPECT_EQ(written_as_text("external_key"), "external_key");
  EXPECT_EQ(written_as_text("Bearer x"), "Bearer x");
  for (const std::string_view text : {"", "12", "true", "~", "null", "a: b", "- x", "#x", "x #y",
                                      "é", "a\nb", "'", "\"", "*", " x", "x ", "a:", "..."})
    EXPECT_EQ(written_as_text(text).front(), '"') << text;
}

}  // namespace
}  // namespace flit::yaml
