// One object, two tables: who goes where, and what becomes of the field that says so.

#include "automap/split.hpp"

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

using testing::choice;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::field;
using testing::lexicon;
using testing::proposal_for;
using testing::sales_tables;

Field offering(Field made, std::vector<std::string> values) {
  for (const std::string& value : values) made.choices.push_back({value, value});
  return made;
}

ObjectTerms terms(const Object& object) {
  return terms_of(object, "Somewhere", lexicon());
}

Schema parties(Field discriminator) {
  Schema source{"Somewhere", {Object{"parties", "Parties"}}};
  source.objects[0].fields = {field("first_name", "First name", "string", {"Anna"}),
                              field("last_name", "Last name", "string", {"Khan"}),
                              field("email", "E-mail", "string", {"a@b.example"}),
                              field("organisation_name", "Organisation name", "string"),
                              field("employees", "Number of employees", "integer"),
                              std::move(discriminator)};
  return source;
}

TEST(Split, AFlagThatAsksForTheCompanySplitsAParty) {
  const Schema source = parties(field("is_organization", "Is organization", "boolean"));

  const Split split = party_split(terms(source.objects[0]), lexicon());

  EXPECT_EQ(split.field, "is_organization");
  EXPECT_TRUE(split.by_party);
  EXPECT_THAT(split.values, ElementsAre("true"));
}

TEST(Split, AFlagThatAsksForThePersonSplitsTheOtherWayRound) {
  const Schema source = parties(field("is_person", "Is a person", "boolean"));

  EXPECT_THAT(party_split(terms(source.objects[0]), lexicon()).values, ElementsAre("false"));
}

TEST(Split, AListOfPersonAndCompanySplits) {
  const Schema source =
      parties(offering(field("type", "Type", "string"), {"PERSON", "ORGANIZATION"}));

  EXPECT_THAT(party_split(terms(source.objects[0]), lexicon()).values, ElementsAre("ORGANIZATION"));
}

TEST(Split, OtherFlagsAndListsDoNot) {
  for (const Field& other : {field("has_company", "Has company", "boolean"),
                             field("is_customer", "Customer?", "boolean"),
                             offering(field("type", "Type", "string"), {"Customer", "Vendor"}),
                             offering(field("size", "Size", "string"), {"company", "team"})}) {
    const Schema source = parties(other);
    EXPECT_FALSE(party_split(terms(source.objects[0]), lexicon())) << other.name;
  }
}

TEST(Split, APartyGoesToContactsAndAccountsAndItsFlagToNoColumn) {
  const Proposal proposal =
      propose(parties(offering(field("type", "Type", "string"), {"person", "organisation"})),
              sales_tables(), lexicon(), shipped_model());

  const ObjectProposal& object = proposal.objects.at(0);
  EXPECT_EQ(object.shape, "split");
  EXPECT_EQ(object.rest, "contact");
  ASSERT_EQ(object.branches.size(), 1U);
  EXPECT_EQ(object.branches[0].table, "account");
  EXPECT_THAT(object.branches[0].values, ElementsAre("organisation"));
  EXPECT_EQ(choice(proposal, "parties", "first_name"), "contact.firstname");
  EXPECT_EQ(choice(proposal, "parties", "employees"), "account.numberofemployees");
  EXPECT_EQ(proposal_for(proposal, "type").band, Band::decide);
  EXPECT_TRUE(proposal_for(proposal, "type").candidates.empty());
  EXPECT_THAT(proposal_for(proposal, "type").refusal_text, HasSubstr("a person or a company"));
}

TEST(Split, ALifecycleNeedsBothLeadsAndOthers) {
  const auto with = [](std::vector<std::string> values) {
    const Schema source =
        parties(offering(field("lifecycle_stage", "Lifecycle stage", "string"), std::move(values)));
    return lifecycle_split(terms(source.objects[0]), lexicon());
  };

  EXPECT_THAT(with({"lead", "customer"}).values, ElementsAre("lead"));
  EXPECT_FALSE(with({"customer", "partner"}));
  EXPECT_FALSE(with({"lead", "mql"}));
}

}  // namespace
}  // namespace flit::automap
