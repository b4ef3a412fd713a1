#include "base/text.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit::text {
namespace {

TEST(Text, ComesInThreeNormalForms) {
  EXPECT_EQ(nfc("e\u0301"), "é");
  EXPECT_EQ(nfc("ﬁ"), "ﬁ");
  EXPECT_EQ(nfkc("ﬁ № ① Ａ"), "fi No 1 A");
  EXPECT_EQ(nfkd("é"), "e\u0301");
  EXPECT_EQ(nfc("\xFF"
                "e\u0301"),
            "\uFFFDé");
}

TEST(Text, FoldsCaseInFullAndInNoLanguage) {
  EXPECT_EQ(fold_case("STRASSE"), fold_case("Straße"));
  EXPECT_EQ(fold_case("ΣΊΣΥΦΟΣ"), fold_case("σίσυφος"));
  EXPECT_EQ(lower("ÅNGSTRÖM Iİ"), "ångström ii\u0307");
  EXPECT_EQ(upper("straße ﬁ i"), "STRASSE FI I");
  EXPECT_EQ(lower("ASCII only"), "ascii only");
  EXPECT_EQ(upper("\xFF"
                  "a"),
            "\uFFFDA");
}

TEST(Text, IsTrimmedOfEveryWhiteSpace) {
  EXPECT_EQ(trim(" \t\r\n\u00A0\u2003a b\u3000\u2028"), "a b");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\u00A0 "), "");
  EXPECT_EQ(trim("\u200B"), "\u200B");
  EXPECT_EQ(trim("  \xFF  "), "\xFF");
  EXPECT_TRUE(is_blank("\u00A0\t"));
  EXPECT_FALSE(is_blank("\u00A0x"));
}

TEST(Text, CollapsesWhiteSpaceToSingleBlanks) {
  EXPECT_EQ(collapse_white_space("\u00A0 Anna \t\r\n Lund\u3000"), "Anna Lund");
  EXPECT_EQ(collapse_white_space(" \n "), "");
}

TEST(Text, LosesItsMarksButNotItsLetters) {
  EXPECT_EQ(strip_marks("Søren Ågård, Zoë Ñuñez, Łódź"), "Søren Agard, Zoe Nunez, Łodz");
  EXPECT_EQ(strip_marks("plain"), "plain");
}

TEST(Slug, IsWhatAnAddressMayHold) {
  EXPECT_EQ(slug("Anna  Lund-Ågård"), "anna.lund-agard");
  EXPECT_EQ(slug("  (Dr.) José Ñuñez!  "), "dr.jose.nunez");
  EXPECT_EQ(slug("Straße 7"), "stra.e.7");  // ß has no decomposition
  EXPECT_EQ(slug("ﬁnance № 1"), "finance.no.1");
  EXPECT_EQ(slug("東京"), "");
  EXPECT_EQ(slug("K\u0130"), "ki");
}

TEST(Fold, MakesOneNameOfItsSpellings) {
  EXPECT_EQ(fold("  Nordlager\u00A0 A/S "), "nordlager a/s");
  EXPECT_EQ(fold("Ｎｏｒｄ"), fold("NORD"));
  EXPECT_EQ(fold("E\u0301cole"), fold("ÉCOLE"));
  EXPECT_NE(fold("GTX Pro"), fold("GTXPro"));
}

TEST(Squash, KeepsLettersAndDigitsOnly) {
  EXPECT_EQ(squash("GTX Pro"), squash("GTXPro"));
  EXPECT_EQ(squash("Müller & Söhne, GmbH (2)"), "müllersöhnegmbh2");
  EXPECT_EQ(squash("--"), "");
  EXPECT_EQ(squash("東京 １"), "東京1");
}

TEST(Text, IsComparedWithoutCase) {
  EXPECT_TRUE(starts_with_fold("ÅRHUS Kommune", "århus"));
  EXPECT_FALSE(starts_with_fold("År", "århus"));
  EXPECT_TRUE(starts_with_fold("x", ""));
  EXPECT_TRUE(equals_fold("Straße", "STRASSE"));
  EXPECT_TRUE(equals_ascii_fold("Retry-After", "retry-after"));
  EXPECT_FALSE(equals_ascii_fold("É", "é"));
  EXPECT_FALSE(equals_ascii_fold("[", "{"));
}

TEST(Text, IsSplitAndJoined) {
  using Pieces = std::vector<std::string_view>;

  EXPECT_EQ(split("a;;b;", ";"), (Pieces{"a", "", "b", ""}));
  EXPECT_EQ(split("", ";"), Pieces{""});
  EXPECT_EQ(split("a, b", ", "), (Pieces{"a", "b"}));
  EXPECT_EQ(join(std::vector<std::string>{"a", "", "b"}, ", "), "a, , b");
  EXPECT_EQ(join(Pieces{}, ", "), "");
  EXPECT_THROW((void)split("a", ""), Bug);
}

TEST(Text, HasItsPartsReplacedOnce) {
  EXPECT_EQ(replace_all("aaa", "aa", "a"), "aa");
  EXPECT_EQ(replace_all("a.b.c", ".", "__"), "a__b__c");
  EXPECT_EQ(replace_all("abc", "x", "y"), "abc");
}

}  // namespace
}  // namespace flit::text
