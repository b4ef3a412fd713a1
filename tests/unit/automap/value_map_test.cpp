#include "automap/value_map.hpp"

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

Field list(std::vector<std::string> labels) {
  Field field;
  field.kind = Kind::choice;
  for (std::string& label : labels) field.choices.push_back({label, label});
  return field;
}

std::string mapped(const Field& source, const Field& column, const std::string& key,
                   const std::string& value) {
  const Lexicon& lexicon = testing::lexicon();
  for (const ValuePair& pair : map_values(source, Kind::choice, column, key, lexicon.values()))
    if (pair.from == value) return pair.to.value_or("(empty)");
  return "(no line)";
}

const Field lead_status = list({"Open - Not Contacted", "Working - Contacted", "Closed - Converted",
                                "Closed - Not Converted"});

TEST(ValueMap, ConceptsMeetAcrossDifferentWords) {
  const Field source = list({"NEW", "ATTEMPTED_TO_CONTACT", "OPEN_DEAL", "UNQUALIFIED"});

  EXPECT_EQ(mapped(source, lead_status, "lead.status", "NEW"), "Open - Not Contacted");
  EXPECT_EQ(mapped(source, lead_status, "lead.status", "ATTEMPTED_TO_CONTACT"),
            "Working - Contacted");
  EXPECT_EQ(mapped(source, lead_status, "lead.status", "OPEN_DEAL"), "Closed - Converted");
  EXPECT_EQ(mapped(source, lead_status, "lead.status", "UNQUALIFIED"), "Closed - Not Converted");
}

TEST(ValueMap, ANegationIsNeverDropped) {
  const Field source = list({"Qualified", "Not Qualified"});

  EXPECT_EQ(mapped(source, lead_status, "lead.status", "Qualified"), "Closed - Converted");
  EXPECT_EQ(mapped(source, lead_status, "lead.status", "Not Qualified"), "Closed - Not Converted");
}

TEST(ValueMap, UndividedStageNamesAreUnderstood) {
  const Field source = list({"appointmentscheduled", "qualifiedtobuy", "closedwon"});
  const Field stages = list({"Prospecting", "Qualification", "Closed Won", "Closed Lost"});

  EXPECT_EQ(mapped(source, stages, "opportunity.stagename", "appointmentscheduled"), "Prospecting");
  EXPECT_EQ(mapped(source, stages, "opportunity.stagename", "qualifiedtobuy"), "Qualification");
  EXPECT_EQ(mapped(source, stages, "opportunity.stagename", "closedwon"), "Closed Won");
}

TEST(ValueMap, AnUnknownStepOfAScaleStandsWithItsNeighbour) {
  const Field source = list({"Proposal", "Zwischenhalt", "Won"});
  const Field stages = list({"Qualify", "Propose", "Close"});

  EXPECT_EQ(mapped(source, stages, "opportunity.salesstage", "Zwischenhalt"), "Propose");
}

TEST(ValueMap, ValuesThatWereOnlySeenHaveNoNeighbours) {
  Field source = list({"Proposal", "Zwischenhalt", "Won"});
  source.choices_in_order = false;
  const Field stages = list({"Qualify", "Propose", "Close"});

  EXPECT_EQ(mapped(source, stages, "opportunity.salesstage", "Zwischenhalt"), "(empty)");
}

TEST(ValueMap, WhatFitsNowhereIsOtherWhereThereIsOneAndEmptyWhereThereIsNot) {
  const Field source = list({"Carrier pigeon"});

  EXPECT_EQ(mapped(source, list({"Web", "Other"}), "lead.leadsource", "Carrier pigeon"), "Other");
  EXPECT_EQ(mapped(source, list({"Male", "Female"}), "contact.gendercode", "Carrier pigeon"),
            "(empty)");
}

TEST(ValueMap, EveryValueGetsALineAndFlagsCountAsTrueAndFalse) {
  const Lexicon& lexicon = testing::lexicon();
  const Field states = list({"Open", "Completed", "Canceled"});

  const auto pairs = map_values(Field{}, Kind::boolean, states, "task.statecode", lexicon.values());

  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].to, "Completed");
  EXPECT_EQ(pairs[1].to, "Open");
}

}  // namespace
}  // namespace flit::automap
