#include "automap/inference.hpp"

#include <gmock/gmock.h>

#include "automap/adapt.hpp"
#include "worlds.hpp"

namespace flit::automap {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> often(std::vector<std::string> values, std::size_t times) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), values.begin(), values.end());
  return all;
}

std::vector<std::string> numbered(const std::string& head, int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(head + std::to_string(1000 + i));
  return all;
}

TEST(Inference, ATypeComesWithItsEvidence) {
  const Inference found =
      infer({"a@x.example", "b@x.example", "", "c@x.example", "d@x.example", "unknown"});

  EXPECT_EQ(found.kind, Kind::email);
  EXPECT_EQ(found.evidence.values, 6U);
  EXPECT_EQ(found.evidence.empty, 1U);
  EXPECT_DOUBLE_EQ(found.evidence.share, 0.8);
  EXPECT_THAT(found.evidence.examples, ElementsAre("e-mail (4)", "word (1)"));
}

TEST(Inference, EvidenceNamesClassesAndNeverAValue) {
  const Inference found = infer({"secret.person@x.example", "other@x.example"});

  for (const std::string& example : found.evidence.examples)
    EXPECT_EQ(example.find("secret"), std::string::npos);
}

TEST(Inference, LengthsAreCountedAsColumnsCountThem) {
  EXPECT_EQ(infer({"Zoë", "Ada"}).max_length, 3);
  EXPECT_EQ(infer({"\xF0\x9F\x98\x80"}).max_length, 2);  // one emoji, two units
}

TEST(Inference, FewWordsThatComeBackAreAList) {
  const Inference found = infer(often({"gold", "silver", "bronze"}, 4));

  EXPECT_EQ(found.kind, Kind::choice);
  ASSERT_EQ(found.choices.size(), 3U);
  EXPECT_EQ(found.choices[0].value, "bronze");
}

TEST(Inference, FiveValuesProveNeitherAListNorAKey) {
  const Inference few = infer({"gold", "gold", "silver", "gold", "silver"});

  EXPECT_THAT(few.choices, IsEmpty());
  EXPECT_LT(few.distinct_ratio, 0.0);
  EXPECT_FALSE(infer({"1001", "1002", "1003"}).unique);
}

TEST(Inference, ManyDifferentWordsAreNoList) {
  EXPECT_THAT(infer(numbered("word", 40)).choices, IsEmpty());
}

TEST(Inference, NumbersThatComeBackStayNumbers) {
  const Inference found = infer(often({"10", "20", "30"}, 6));

  EXPECT_NE(found.kind, Kind::choice);
}

TEST(Inference, ValuesThatAreAllDifferentMayBeAKey) {
  const Inference found = infer(numbered("", 12));

  EXPECT_TRUE(found.unique);
  EXPECT_DOUBLE_EQ(found.distinct_ratio, 1.0);
  EXPECT_FALSE(infer(often(numbered("", 6), 2)).unique);
}

TEST(Inference, WhatTheSourceStatesStays) {
  Schema schema{"Somewhere", {{"rows", "Rows"}}};
  Field stated{"level"};
  stated.native_type = "string";
  stated.kind = Kind::text;
  stated.max_length = 50;
  stated.samples = often({"gold", "silver"}, 6);
  Field open{"colour"};
  open.samples = stated.samples;
  schema.objects[0].fields = {stated, open};

  fill_from_samples(schema);

  EXPECT_THAT(schema.objects[0].fields[0].choices, IsEmpty());
  EXPECT_EQ(schema.objects[0].fields[0].max_length, 50);
  EXPECT_EQ(schema.objects[0].fields[1].choices.size(), 2U);
  EXPECT_EQ(schema.objects[0].fields[1].max_length, 6);
}

TEST(Inference, AFieldOfTheHouseGetsTypeOptionsAndEvidence) {
  model::Field field{.name = "level"};
  fill_from_values(field, often({"gold", "silver"}, 6));

  EXPECT_EQ(field.type, model::FieldType::choice);
  EXPECT_EQ(field.options.size(), 2U);
  ASSERT_TRUE(field.evidence);
  EXPECT_EQ(field.evidence->values, 12U);

  model::Field described{.name = "level", .type = model::FieldType::text};
  fill_from_values(described, often({"gold", "silver"}, 6));
  EXPECT_FALSE(described.evidence);
}

TEST(Inference, ABrokenTextBreaksNothing) {
  EXPECT_NO_THROW(infer({"\xff\xfe", std::string(10000, 'x'), "\xC3"}));
}

TEST(Inference, NamesOfPeopleAreNoListOfChoicesHoweverOftenTheyComeBack) {
  std::vector<std::string> values;
  for (int i = 0; i < 30; ++i) values.push_back(i % 2 == 0 ? "Anna" : "Ben");
  model::Field field{.name = "first_name"};
  fill_from_values(field, values);
  ASSERT_TRUE(names_people(field, testing::lexicon()));

  forget_values(field);

  EXPECT_TRUE(field.options.empty());
  EXPECT_NE(field.type, model::FieldType::choice);
  EXPECT_FALSE(names_people({.name = "favourite_colour"}, testing::lexicon()));
}

}  // namespace
}  // namespace flit::automap
