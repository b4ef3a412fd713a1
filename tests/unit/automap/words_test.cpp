#include "automap/words.hpp"

#include <gmock/gmock.h>

namespace flit::automap {
namespace {

using ::testing::ElementsAre;

TEST(Words, IdentifiersSplitAtSeparatorsCamelCaseAndDigits) {
  EXPECT_THAT(split_words("MailingPostalCode"), ElementsAre("mailing", "postal", "code"));
  EXPECT_THAT(split_words("billing_zip_code"), ElementsAre("billing", "zip", "code"));
  EXPECT_THAT(split_words("address1_line2"), ElementsAre("address", "1", "line", "2"));
  EXPECT_THAT(split_words("HTTPServerURL"), ElementsAre("http", "server", "url"));
  EXPECT_THAT(split_words("Zip/Postal Code"), ElementsAre("zip", "postal", "code"));
}

TEST(Words, AccentsAndApostrophesDoNotMatter) {
  EXPECT_THAT(split_words("Prénom"), ElementsAre("prenom"));
  EXPECT_THAT(split_words("Straße"), ElementsAre("strasse"));
  EXPECT_THAT(split_words("Driver's License"), ElementsAre("drivers", "license"));
}

TEST(Words, OtherScriptsStayWholeWords) {
  EXPECT_THAT(split_words("会社名 名前"), ElementsAre("会社名", "名前"));
}

TEST(Words, BadBytesAndEndlessNamesAreTakenAsTheyCome) {
  const std::string endless(10'000, 'a');

  EXPECT_EQ(split_words(endless).front().size(), max_name_bytes);
  EXPECT_NO_THROW(split_words("\xff\xfe name \xc3"));
  EXPECT_TRUE(split_words("").empty());
}

TEST(Words, UndividedWordsAreCutIntoKnownOnes) {
  const std::unordered_set<std::string> vocabulary{"company", "name", "number", "employees"};

  EXPECT_THAT(cut("companyname", vocabulary), ElementsAre("company", "name"));
  EXPECT_THAT(cut("numberofemployees", vocabulary), ElementsAre("number", "of", "employees"));
  EXPECT_THAT(cut("xyzzyplugh", vocabulary), ElementsAre("xyzzyplugh"));
}

TEST(Words, PluralsComeBackToTheirSingular) {
  EXPECT_EQ(singular("companies"), "company");
  EXPECT_EQ(singular("addresses"), "address");
  EXPECT_EQ(singular("status"), "status");
  EXPECT_EQ(singular("business"), "business");
}

TEST(Words, AnElidedArticleIsAWordOfItsOwn) {
  EXPECT_THAT(split_words("Chiffre d'affaires"), ElementsAre("chiffre", "d", "affaires"));
  EXPECT_THAT(split_words("Nome dell’azienda"), ElementsAre("nome", "dell", "azienda"));
  EXPECT_THAT(split_words("driver's licence"), ElementsAre("drivers", "licence"));
}

}  // namespace
}  // namespace flit::automap
