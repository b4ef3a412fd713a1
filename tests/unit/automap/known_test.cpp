#include "automap/known.hpp"

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

using testing::choice;
using testing::field;
using ::testing::HasSubstr;
using testing::proposal_for;

Proposal people() {
  Schema source;
  source.system = "Somewhere";
  source.objects = {Object{"people", "People"}};
  source.objects[0].fields = {field("nick", "Nick", "string"), field("mail", "E-mail", "email"),
                              field("shoe", "Shoe size", "string"),
                              field("legacy", "Legacy flag", "boolean")};
  return propose(source, testing::sales_tables(), testing::lexicon(), shipped_model());
}

model::MapDocument pack() {
  model::ObjectMap map{.object = "people"};
  map.routes = {{.table = "contact"}};
  map.fields = {{.from = "nick", .to = "firstname"}, {.from = "shoe", .to = "flit_shoe"}};
  map.ignored = {{"legacy", "nobody uses it"}};
  return {.path = "acme-to-dynamics365", .objects = {map}};
}

TEST(Known, APackSettlesWhatItNamesAndSaysSo) {
  Proposal proposal = people();

  const int settled = apply_known(proposal, pack(), testing::sales_tables(), "acme");

  EXPECT_EQ(settled, 3);
  EXPECT_EQ(choice(proposal, "people", "nick"), "contact.firstname");
  EXPECT_EQ(proposal_for(proposal, "nick").band, Band::ready);
  EXPECT_EQ(proposal_for(proposal, "nick").candidates[0].reasons[0].feature, "pack");
  EXPECT_THAT(proposal_for(proposal, "shoe").refusal_text, HasSubstr("flit_shoe"));
  EXPECT_THAT(proposal_for(proposal, "legacy").refusal_text, HasSubstr("nobody uses it"));
}

TEST(Known, WhatItDoesNotNameStaysAsProposed) {
  Proposal proposal = people();
  const Target before = proposal_for(proposal, "mail").candidates[0];

  apply_known(proposal, pack(), testing::sales_tables(), "acme");

  EXPECT_EQ(proposal_for(proposal, "mail").candidates[0].column, before.column);
  EXPECT_EQ(proposal_for(proposal, "mail").candidates[0].confidence, before.confidence);
}

TEST(Known, AHeldObjectSettlesNothing) {
  Proposal proposal = people();
  model::MapDocument held = pack();
  held.objects[0].held = "not yet";

  EXPECT_EQ(apply_known(proposal, held, testing::sales_tables(), "acme"), 0);
}

}  // namespace
}  // namespace flit::automap
