#include "automap/address_slots.hpp"

#include <gmock/gmock.h>

#include "worlds.hpp"

namespace flit::automap {
namespace {

using testing::choice;
using testing::field;
using testing::sales_tables;

Proposal propose_for(std::vector<Field> fields) {
  Schema source;
  source.system = "Somewhere";
  source.objects = {Object{"contacts", "Contacts"}};
  source.objects[0].fields = std::move(fields);
  return propose(source, sales_tables(), testing::lexicon(), shipped_model());
}

TEST(AddressSlots, TheOnlyAddressTakesTheFirstPlaceWhateverItIsCalled) {
  const Proposal proposal = propose_for(
      {field("home_street", "Home Street", "string"), field("home_city", "Home City", "string"),
       field("home_zip", "Home Zip", "string"), field("last_name", "Last Name", "string")});

  EXPECT_EQ(choice(proposal, "contacts", "home_street"), "contact.address1_line1");
  EXPECT_EQ(choice(proposal, "contacts", "home_city"), "contact.address1_city");
  EXPECT_EQ(choice(proposal, "contacts", "home_zip"), "contact.address1_postalcode");
}

TEST(AddressSlots, AllPartsOfASecondAddressFollowEachOther) {
  const Proposal proposal = propose_for(
      {field("street", "Street", "string"), field("city", "City", "string"),
       field("zip", "Zip", "string"), field("other_street", "Other Street", "string"),
       field("other_city", "Other City", "string"), field("other_zip", "Other Zip", "string"),
       field("last_name", "Last Name", "string")});

  EXPECT_EQ(choice(proposal, "contacts", "city"), "contact.address1_city");
  EXPECT_EQ(choice(proposal, "contacts", "other_street"), "contact.address2_line1");
  EXPECT_EQ(choice(proposal, "contacts", "other_city"), "contact.address2_city");
  EXPECT_EQ(choice(proposal, "contacts", "other_zip"), "contact.address2_postalcode");
}

TEST(AddressSlots, ACityGuessedFromAnAddressOfTheNetworkIsNoAddress) {
  const Proposal proposal = propose_for(
      {field("street", "Street", "string"), field("city", "City", "string"),
       field("ip_city", "IP City", "string"), field("last_name", "Last Name", "string")});

  const FieldProposal& guessed = testing::proposal_for(proposal, "ip_city");

  EXPECT_EQ(guessed.band, Band::decide);
}

TEST(AddressSlots, AStreetUnderItsOwnNameJoinsTheAddressWithoutAStreet) {
  const Proposal proposal = propose_for(
      {field("Adresse de facturation", "", ""), field("CP", "", ""), field("Ville", "", ""),
       field("Adresse de livraison", "", ""), field("CP livraison", "", ""),
       field("Ville livraison", "", ""), field("Nom", "", "")});

  EXPECT_EQ(choice(proposal, "contacts", "Adresse de facturation"), "contact.address1_line1");
  EXPECT_EQ(choice(proposal, "contacts", "Ville"), "contact.address1_city");
  EXPECT_EQ(choice(proposal, "contacts", "Adresse de livraison"), "contact.address2_line1");
  EXPECT_EQ(choice(proposal, "contacts", "Ville livraison"), "contact.address2_city");
}

TEST(AddressSlots, PartsThatShareAPathStayTogetherWhateverTheyAreCalled) {
  const Proposal proposal = propose_for(
      {field("address_primary.street_address", "Street Address", "string"),
       field("address_primary.city", "City", "string"),
       field("address_primary.plz_id:label", "Postal Code", "string", {"02118", "01002"}),
       field("last_name", "Last Name", "string")});

  EXPECT_EQ(choice(proposal, "contacts", "address_primary.city"), "contact.address1_city");
  EXPECT_EQ(choice(proposal, "contacts", "address_primary.plz_id:label"),
            "contact.address1_postalcode");
}

TEST(AddressSlots, SlashesAreAPathToo) {
  const Proposal proposal =
      propose_for({field("postalAddress/street", "", "string"),
                   field("postalAddress/city", "", "string"), field("last_name", "", "string")});

  EXPECT_EQ(choice(proposal, "contacts", "postalAddress/city"), "contact.address1_city");
}

}  // namespace
}  // namespace flit::automap
