#include "automap/value_class.hpp"

#include <gmock/gmock.h>

namespace flit::automap {
namespace {

ValueClass class_of(std::vector<std::string> samples) {
  return classify(samples).value_class;
}

TEST(ValueClass, RecognisesWhatValuesLookLike) {
  EXPECT_EQ(class_of({"a@b.example", "c@d.example"}), ValueClass::email);
  EXPECT_EQ(class_of({"+49 30 5550 117", "(512) 555-0162"}), ValueClass::phone);
  EXPECT_EQ(class_of({"1562833772", "1631741477"}), ValueClass::epoch_s);
  EXPECT_EQ(class_of({"1713211229000", "1695550542000"}), ValueClass::epoch_ms);
  EXPECT_EQ(class_of({"0.1", "0.9", "0.55"}), ValueClass::fraction);
  EXPECT_EQ(class_of({"2024-05-07", "2021-11-07"}), ValueClass::date);
  EXPECT_EQ(class_of({"$15,000.00", "\u20ac 48.500,00"}), ValueClass::money_text);
  EXPECT_EQ(class_of({"<p>Great call</p>", "<div>Left <b>voicemail</b></div>"}), ValueClass::html);
  EXPECT_EQ(class_of({"true", "false"}), ValueClass::boolean);
}

TEST(ValueClass, OneStrayValueInFiveDoesNotDisturb) {
  const ValueEvidence evidence =
      classify({"a@b.example", "c@d.example", "e@f.example", "g@h.example", "n/a"});

  EXPECT_EQ(evidence.value_class, ValueClass::email);
  EXPECT_EQ(evidence.fitting, 4);
  EXPECT_EQ(evidence.seen, 5);
}

TEST(ValueClass, BlankSamplesAreNoEvidence) {
  EXPECT_EQ(classify({"", "  "}).seen, 0);
  EXPECT_EQ(classify({}).value_class, ValueClass::none);
}

TEST(ValueClass, AFieldWithoutATypeGetsOneFromItsValues) {
  Field field;
  field.samples = {"a@b.example", "c@d.example"};

  EXPECT_EQ(effective_kind(field, classify(field.samples)), Kind::email);

  field.choices = {{"1", "One"}, {"2", "Two"}};
  EXPECT_EQ(effective_kind(field, classify(field.samples)), Kind::choice);
}

}  // namespace
}  // namespace flit::automap
