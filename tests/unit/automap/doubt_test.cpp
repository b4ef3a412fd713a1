// What no weight of evidence outweighs: values nobody has read, flags of the opposite sense, tables
// that nothing but likeness has chosen.

#include <gmock/gmock.h>

#include "automap/proposal_text.hpp"
#include "automap/reasons.hpp"
#include "worlds.hpp"

namespace flit::automap {
namespace {

using testing::choice;
using testing::column;
using testing::field;
using testing::lexicon;
using testing::proposal_for;
using testing::sales_tables;

Field offering(Field made, std::vector<std::string> labels) {
  for (std::size_t i = 0; i < labels.size(); ++i)
    made.choices.push_back({std::to_string(i), labels[i]});
  return made;
}

Field pointing(Field made, std::string target) {
  made.targets = {std::move(target)};
  made.kind = Kind::reference;
  return made;
}

Schema with_states() {
  Schema tables = sales_tables();
  tables.objects[2].fields.push_back(
      offering(column("statuscode", "Status Reason", "status"), {"In Progress", "Won", "Lost"}));
  tables.objects[0].fields.push_back(
      offering(column("salutation", "Salutation", "picklist"), {"Mr.", "Mrs.", "Dr."}));
  return tables;
}

Schema deals(Field field) {
  Schema source{"Somewhere", {Object{"deals", "Deals"}}};
  source.objects[0].fields = {testing::field("name", "Deal name", "string", {"Pilot"}),
                              std::move(field)};
  return source;
}

Proposal proposed(const Schema& source) {
  return propose(source, with_states(), lexicon(), shipped_model());
}

TEST(Doubt, AStatusIsNotFilledWithValuesThatNobodyHasRead) {
  const Proposal unread =
      proposed(deals(pointing(field("status_reason_id", "Status reason", "integer"), "reasons")));
  const Proposal read =
      proposed(deals(offering(field("status_reason", "Status reason", "string"), {"Won", "Lost"})));

  EXPECT_EQ(choice(unread, "deals", "status_reason_id"), "opportunity.statuscode");
  EXPECT_EQ(proposal_for(unread, "status_reason_id").band, Band::decide);
  EXPECT_NE(proposal_for(read, "status_reason").band, Band::decide);
}

TEST(Doubt, AFlagThatSaysYesDoesNotFillOneThatSaysNo) {
  const auto people = [](Field flag) {
    Schema source{"Somewhere", {Object{"contacts", "Contacts"}}};
    source.objects[0].fields = {field("last_name", "Last name", "string", {"Khan"}),
                                std::move(flag)};
    return source;
  };
  const Proposal yes =
      proposed(people(field("newsletter", "Newsletter subscribed", "boolean", {"true"})));
  const Proposal no = proposed(people(field("no_email", "Email opt out", "boolean", {"true"})));

  EXPECT_EQ(proposal_for(yes, "newsletter").band, Band::decide);
  EXPECT_NE(explain(proposal_for(yes, "newsletter")).find("a yes here is a no there"),
            std::string::npos);
  EXPECT_EQ(choice(no, "contacts", "no_email"), "contact.donotbulkemail");
  EXPECT_NE(proposal_for(no, "no_email").band, Band::decide);
}

TEST(Doubt, IdsDoNotGoIntoATextUnseen) {
  Schema source{"Somewhere", {Object{"contacts", "Contacts"}}};
  source.objects[0].fields = {
      pointing(field("job_title_id", "Job title", "integer", {"12", "7"}), "job_titles"),
      field("last_name", "Last name", "string", {"Khan"})};

  EXPECT_NE(proposal_for(proposed(source), "job_title_id").band, Band::ready);
}

TEST(Doubt, NumbersThatAreNoMomentsFillNoDate) {
  const Proposal proposal = proposed(
      deals(field("close_date_days", "Close date", "integer", {"12", "3", "70", "15", "9"})));

  EXPECT_NE(choice(proposal, "deals", "close_date_days"), "opportunity.estimatedclosedate");
}

TEST(Doubt, ATitleWithFormsOfAddressIsASalutation) {
  Schema source{"Somewhere", {Object{"contacts", "Contacts"}}};
  source.objects[0].fields = {offering(field("title", "Title", "string"), {"Mr", "Mrs", "Dr"}),
                              field("job_title", "Job Title", "string", {"Buyer"}),
                              field("last_name", "Last name", "string", {"Khan"})};
  const Proposal proposal = proposed(source);

  EXPECT_EQ(choice(proposal, "contacts", "title"), "contact.salutation");
  EXPECT_EQ(choice(proposal, "contacts", "job_title"), "contact.jobtitle");
}

TEST(Doubt, NothingIsReadyOnATableThatOnlyLikenessHasChosen) {
  Schema source = deals(field("amount", "Amount", "number", {"1500.5"}));
  source.objects[0].name = "zzq";
  source.objects[0].label = "";
  source.objects[0].fields.push_back(field("close_date", "Close date", "date", {"2025-01-18"}));
  const Proposal proposal = proposed(source);

  ASSERT_EQ(choice(proposal, "zzq", "close_date"), "opportunity.estimatedclosedate");
  EXPECT_NE(proposal_for(proposal, "close_date").band, Band::ready);
  EXPECT_LE(proposal.objects[0].tables.front().confidence, 0.85);
}

TEST(ObjectByObject, GivesTheSameInAnyOrderAndItsTextInParts) {
  Schema source = deals(field("amount", "Amount", "number", {"1500.5"}));
  source.objects.push_back(Object{"contacts", "Contacts"});
  source.objects[1].fields = {field("last_name", "Last name", "string", {"Khan"})};
  const Proposal whole = proposed(source);
  const Schema tables = with_states();
  const Destination destination(tables, lexicon());
  const Model model = shipped_model();

  ObjectByObject objects(source, destination, lexicon(), model);
  const auto second = objects.fields(1);
  const auto first = objects.fields(0);
  ProposalText text(model.threshold, {objects.object(0), objects.object(1)});
  std::string parts;
  for (const auto& fields : {first, second})
    for (const FieldProposal& one : fields) {
      text.add(one);
      parts += text.so_far();
    }
  parts += text.rest();

  EXPECT_EQ(parts, to_json(whole));
}

Schema people(std::vector<Field> fields) {
  Schema source{"Somewhere", {Object{"contacts", "Contacts"}}};
  source.objects[0].fields = {testing::field("last_name", "Last name", "string", {"Berg"})};
  for (Field& field : fields) source.objects[0].fields.push_back(std::move(field));
  return source;
}

TEST(Doubt, AListOfAddressesDoesNotGoIntoOneAddress) {
  Schema tables = sales_tables();
  for (Field& one : tables.objects[0].fields)
    if (one.name == "emailaddress1") one.kind = Kind::email;
  const Schema source = people(
      {field("emails", "E-mails", "array",
             {R"(["a@example.com","b@example.com"])", R"(["c@example.com","d@example.com"])"})});

  const Proposal proposal = propose(source, tables, lexicon(), shipped_model());

  const FieldProposal& emails = proposal_for(proposal, "emails");
  EXPECT_EQ(emails.band, Band::decide);
  EXPECT_EQ(choice(proposal, "contacts", "emails"), "contact.emailaddress1");
  EXPECT_THAT(emails.refusal_text, ::testing::HasSubstr("several values at once"));
}

TEST(Doubt, InactiveIsNotActive) {
  Schema tables = sales_tables();
  Object product{"product", "Product"};
  product.fields = {column("name", "Name", "string", true),
                    column("isactive", "Active", "boolean")};
  tables.objects.push_back(product);
  Schema source{"Somewhere", {Object{"products", "Products"}}};
  source.objects[0].fields = {field("name", "Name", "string", {"Bolt"}),
                              field("is_inactive", "Inactive", "boolean", {"true", "false"})};

  const Proposal proposal = propose(source, tables, lexicon(), shipped_model());

  EXPECT_EQ(proposal_for(proposal, "is_inactive").band, Band::decide);
}

TEST(Doubt, AYesOrNoThatAnswersNoneOfTheChoicesIsNotProposed) {
  Schema tables = sales_tables();
  tables.objects[1].fields.push_back(offering(column("customertypecode", "Type", "picklist"),
                                              {"Customer", "Competitor", "Partner"}));
  Schema source{"Somewhere", {Object{"companies", "Companies"}}};
  source.objects[0].fields = {field("name", "Name", "string", {"Acme"}),
                              field("isperson", "Type", "boolean", {"true", "false"})};

  const Proposal proposal = propose(source, tables, lexicon(), shipped_model());

  EXPECT_EQ(proposal_for(proposal, "isperson").band, Band::decide);
}

TEST(Contention, TheMainOneOfSeveralHasTheBetterClaim) {
  const Proposal proposal =
      proposed(people({field("office_phone", "Business Phone", "phone", {"+49 228 1234567"}),
                       field("phone", "Main Phone", "phone", {"+49 228 7654321"})}));

  EXPECT_EQ(choice(proposal, "contacts", "phone"), "contact.telephone1");
  EXPECT_EQ(proposal_for(proposal, "phone").contended_by, "");
  EXPECT_EQ(proposal_for(proposal, "office_phone").contended_by, "phone");
}

}  // namespace
}  // namespace flit::automap
