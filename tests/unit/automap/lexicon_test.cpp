#include "automap/lexicon.hpp"

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

TEST(Lexicon, PhrasesOfManyLanguagesMeanTheSame) {
  const Lexicon& lexicon = testing::lexicon();
  const Bag zip = lexicon.bag("Zip/Postal Code");

  for (const char* phrase : {"Post Code", "PLZ", "code postal", "codigo_postal", "CAP", "zipcode",
                             "Postnummer", "postinumero"})
    EXPECT_DOUBLE_EQ(similarity(lexicon.bag(phrase), zip), 1.0) << phrase;
}

TEST(Lexicon, AQualifierMakesADifferenceAndAHeadABiggerOne) {
  const Lexicon& lexicon = testing::lexicon();
  const Bag home = lexicon.bag("home phone");

  EXPECT_GT(similarity(home, lexicon.bag("work phone")),
            similarity(home, lexicon.bag("home address")));
  EXPECT_LT(similarity(home, lexicon.bag("work phone")), 1.0);
}

TEST(Lexicon, HoldsTheConceptsItPromises) {
  const Lexicon& lexicon = testing::lexicon();

  EXPECT_GE(lexicon.concept_count(), 300U);
  EXPECT_GE(lexicon.objects().size(), 30U);
  EXPECT_GE(lexicon.homeless().size(), 200U);
  EXPECT_NE(lexicon.column("contact", "parentcustomerid"), nullptr);
  EXPECT_EQ(lexicon.column("contact", "no_such_column"), nullptr);
}

TEST(Lexicon, AMalformedLineIsNamedWithItsFileAndNumber) {
  const auto read =
      Lexicon::read({.words = "# fine\nname | head | text | - | name\nbroken line\n"});

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, Fault::setup);
  EXPECT_EQ(read.error().where, "lexicon/words.txt:3");
}

}  // namespace
}  // namespace flit::automap
