#include "base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace flit {
namespace {

std::shared_ptr<const SourceText> a_text(std::string text) {
  return std::make_shared<SourceText>("packs/acme.yaml", std::move(text));
}

TEST(SourceText, LinesAndColumnsCountFromOneAndColumnsCountCodePoints) {
  const SourceText text("t", "ab\r\né€x\n\nlast");

  EXPECT_EQ(text.place_of(0), (Place{1, 1}));
  EXPECT_EQ(text.place_of(9), (Place{2, 3}));
  EXPECT_EQ(text.line(1), "ab");
  EXPECT_EQ(text.line(2), "é€x");
  EXPECT_EQ(text.line(3), "");
  EXPECT_EQ(text.line(4), "last");
  EXPECT_EQ(text.line(5), "");
  EXPECT_EQ(text.place_of(10'000), (Place{4, 5}));
}

TEST(Diagnostic, ShowsTheLineAndUnderlinesTheWord) {
  const Diagnostic diagnostic{
      .at = Position(a_text("objects:\n  contact:\n      exernal_key: leaf_id\n"), 26, 11),
      .message = "unknown field 'exernal_key' in objects.contact",
      .hint = "did you mean 'external_key'?"};

  EXPECT_EQ(diagnostic.text(),
            "packs/acme.yaml:3:7: error: unknown field 'exernal_key' in objects.contact\n"
            "    3 |       exernal_key: leaf_id\n"
            "      |       ^~~~~~~~~~~ did you mean 'external_key'?");
}

TEST(Diagnostic, TheCaretStandsBelowItsCharacterWhateverStandsBefore) {
  const Diagnostic diagnostic{.at = Position(a_text("\tæø: €uro"), 7, 70), .message = "no"};

  EXPECT_EQ(diagnostic.text(),
            "packs/acme.yaml:1:6: error: no\n"
            "    1 |  æø: €uro\n"
            "      |      ^~~~");
}

TEST(Diagnostic, LongLinesAreCutAroundThePlace) {
  const std::string before(500, 'b');
  const std::string after(500, 'a');
  const Diagnostic diagnostic{.at = Position(a_text(before + "HERE" + after), 500, 4),
                              .message = "no"};

  const std::string text = diagnostic.text();

  EXPECT_EQ(text.find("bHEREa"), text.find("…") + 3 + 59);
  EXPECT_LT(text.size(), 300U);
  EXPECT_NE(text.find("^~~~"), std::string::npos);
}

TEST(Diagnostic, WithoutALineTheHintStandsAlone) {
  const Diagnostic diagnostic{.severity = Severity::warning,
                              .at = Position::in_file(a_text("")),
                              .message = "nothing is mapped",
                              .hint = "add an object"};

  EXPECT_EQ(diagnostic.text(), "packs/acme.yaml: warning: nothing is mapped\n      add an object");
}

TEST(Diagnostics, BecomeOneErrorThatReadsTheSame) {
  const auto text = a_text("a: 1\nb: 2\n");
  Diagnostics diagnostics;
  diagnostics.error(Position(text, 0, 1), "unknown field 'a'");
  diagnostics.warning(Position(text, 5, 1), "field 'b' is old", "use 'c'");

  const Error error = diagnostics.to_error();

  EXPECT_EQ(error.fault, Fault::setup);
  EXPECT_EQ(error.where, "packs/acme.yaml:1:1");
  EXPECT_EQ(error.text(), diagnostics.text());
  EXPECT_EQ(diagnostics.errors(), 1U);
}

TEST(Diagnostics, ManyWarningsHideNoError) {
  Diagnostics diagnostics;
  for (int i = 0; i < 25; ++i) diagnostics.warning({}, "odd");
  EXPECT_FALSE(diagnostics.is_full());

  diagnostics.error({}, "wrong");

  EXPECT_NE(diagnostics.to_error().text().find("error: wrong"), std::string::npos);
  EXPECT_NE(diagnostics.text().find("and 5 more"), std::string::npos);
}

TEST(Diagnostics, TwentyAreKeptAndTheRestIsCounted) {
  Diagnostics diagnostics;
  for (int i = 0; i < 23; ++i) diagnostics.error({}, "mistake");

  EXPECT_TRUE(diagnostics.is_full());
  EXPECT_EQ(diagnostics.all().size(), 20U);
  EXPECT_EQ(diagnostics.errors(), 23U);
  EXPECT_NE(diagnostics.text().find("and 3 more"), std::string::npos);
}

}  // namespace
}  // namespace flit
