#include <gmock/gmock.h>

#include "automap/reasons.hpp"
#include "base/json_reader.hpp"
#include "worlds.hpp"

namespace flit::automap {
namespace {

using testing::choice;
using testing::field;
using ::testing::HasSubstr;
using testing::proposal_for;
using testing::sales_tables;

Schema people(std::vector<Field> fields) {
  Schema source;
  source.system = "Somewhere";
  source.objects = {Object{"people", "People"}};
  source.objects[0].fields = std::move(fields);
  return source;
}

Proposal propose_for(std::vector<Field> fields) {
  return propose(people(std::move(fields)), sales_tables(), testing::lexicon(), shipped_model());
}

TEST(Proposal, NamesFromManySystemsFindTheirColumn) {
  const Proposal proposal = propose_for({field("given_name", "Vorname", "string", {"Anna", "Noah"}),
                                         field("Surname", "", "text", {"Khan"}),
                                         field("E-Mail", "E-Mail", "text", {"a@b.example"}),
                                         field("emp_position", "Position", "string", {"CEO"}),
                                         field("cell", "Handy", "string", {"+49 30 5550 117"})});

  EXPECT_EQ(choice(proposal, "people", "given_name"), "contact.firstname");
  EXPECT_EQ(choice(proposal, "people", "Surname"), "contact.lastname");
  EXPECT_EQ(choice(proposal, "people", "E-Mail"), "contact.emailaddress1");
  EXPECT_EQ(choice(proposal, "people", "emp_position"), "contact.jobtitle");
  EXPECT_EQ(choice(proposal, "people", "cell"), "contact.mobilephone");
}

TEST(Proposal, DerivedFiguresKeysAndPlumbingAreRefusedWithTheirReason) {
  const Proposal proposal =
      propose_for({field("last_name", "Last Name", "string"),
                   field("num_associated_deals", "Number of Associated Deals", "number"),
                   field("person_id", "ID", "id"), field("linkedin_url", "LinkedIn URL", "string"),
                   field("avatar", "Avatar", "string")});

  for (const char* name : {"num_associated_deals", "person_id", "linkedin_url", "avatar"})
    EXPECT_EQ(proposal_for(proposal, name).band, Band::decide) << name;
  EXPECT_EQ(proposal_for(proposal, "num_associated_deals").refusal, "derived");
  EXPECT_EQ(proposal_for(proposal, "person_id").refusal, "record_key");
  EXPECT_EQ(proposal_for(proposal, "avatar").refusal, "binary");
  EXPECT_FALSE(proposal_for(proposal, "person_id").new_column);
}

TEST(Proposal, RealDataWithoutAHomeBecomesAColumnWithTypeLengthAndChoices) {
  Field tolerance = field("risk_tolerance", "Risk Tolerance", "string");
  tolerance.choices = {{"low", "Low"}, {"high", "High"}};
  Field policy = field("passport_no", "Passport Number", "string", {"AC5447211"});
  policy.max_length = 30;
  const Proposal proposal =
      propose_for({field("last_name", "Last Name", "string"), tolerance, policy});

  const auto& choices = proposal_for(proposal, "risk_tolerance").new_column;
  const auto& text = proposal_for(proposal, "passport_no").new_column;

  ASSERT_TRUE(choices);
  EXPECT_EQ(choices->label, "Risk Tolerance");
  EXPECT_EQ(choices->type, "choice");
  EXPECT_EQ(choices->choices.size(), 2U);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->type, "text");
  EXPECT_EQ(text->length, 50);
}

TEST(Proposal, TwoFieldsNeverBothGetOneColumnWithConfidence) {
  const Proposal proposal =
      propose_for({field("last_name", "Last Name", "string"),
                   field("job_title", "Job Title", "string", {"CEO"}),
                   field("position", "Position", "string", {"CEO"}),
                   field("function_title", "Function Title", "string", {"CEO"})});

  int confident = 0;
  for (const FieldProposal& entry : proposal.fields)
    if (entry.band == Band::ready && entry.candidates.front().column == "jobtitle") ++confident;

  EXPECT_LE(confident, 1);
}

TEST(Proposal, ReadOnlyColumnsAreNeverProposed) {
  Schema tables = sales_tables();
  Field fullname = testing::column("fullname", "Full Name", "string");
  fullname.readonly = true;
  tables.objects[0].fields.push_back(fullname);

  const Proposal proposal = propose(
      people({field("full_name", "Full Name", "string"), field("last_name", "Last Name", "string"),
              field("first_name", "First Name", "string")}),
      tables, testing::lexicon(), shipped_model());

  for (const FieldProposal& entry : proposal.fields)
    for (const Target& target : entry.candidates) EXPECT_NE(target.column, "fullname");
}

TEST(Proposal, ConversionsAreNamedAndLossIsSaid) {
  Field long_title = field("job_title", "Job Title", "string", {"CEO"});
  long_title.max_length = 400;
  Schema tables = sales_tables();
  for (Field& column : tables.objects[0].fields)
    if (column.name == "jobtitle") column.max_length = 100;
  const Proposal proposal =
      propose(people({field("last_name", "Last Name", "string"), long_title,
                      field("owner", "Owner", "user"),
                      field("dob", "Date of Birth", "number", {"1562833772", "1631741477"})}),
              tables, testing::lexicon(), shipped_model());

  EXPECT_THAT(proposal_for(proposal, "job_title").warning, HasSubstr("400"));
  EXPECT_EQ(proposal_for(proposal, "owner").conversion, "lookup");
  EXPECT_EQ(proposal_for(proposal, "dob").conversion, "epoch_s");
}

TEST(Proposal, ExplainsItselfWithoutShowingValues) {
  const Proposal proposal =
      propose_for({field("email", "E-Mail", "string", {"secret.person@b.example"}),
                   field("last_name", "Last Name", "string")});

  const std::string text = explain(proposal_for(proposal, "email"));

  EXPECT_THAT(text, HasSubstr("contact.emailaddress1"));
  EXPECT_THAT(text, HasSubstr("the label \"E-Mail\""));
  EXPECT_THAT(text, HasSubstr("1 of 1 sample values look like e-mail addresses"));
  EXPECT_EQ(text.find("secret.person"), std::string::npos);
  EXPECT_EQ(to_json(proposal).find("secret.person"), std::string::npos);
}

TEST(Proposal, IsValidJsonAndTheSameEveryTime) {
  const std::vector<Field> fields{field("na\"me", "Näme \x01", "string"),
                                  field("email", "", "string")};

  const std::string once = to_json(propose_for(fields));
  const std::string twice = to_json(propose_for(fields));

  EXPECT_EQ(once, twice);
  EXPECT_TRUE(json::parse(once));
}

TEST(Proposal, NamesInOtherScriptsAndOfAnyLengthAreRefusedNotGuessed) {
  const std::string endless(10'240, 'x');
  const Proposal proposal =
      propose_for({field("会社名", "会社名", "string"), field(endless, endless, "string"),
                   field("", "", ""), field("\xff\xfe", "\xc3", "string")});

  ASSERT_EQ(proposal.fields.size(), 4U);
  for (const FieldProposal& entry : proposal.fields) EXPECT_EQ(entry.band, Band::decide);
}

// Custom properties of a law practice: no names in common with the destination (ID-05, IS-07).
TEST(Proposal, CustomPropertiesOfALawPracticeBecomeColumnsOfTheRightType) {
  Field office = field("c_preferred_office", "Preferred office", "enum");
  office.choices = {{"nyc", "NYC"}, {"boston", "Boston"}};
  Field score = field("fit", "Fit total", "number");
  score.calculated = true;
  const Proposal proposal =
      propose_for({field("last_name", "Last name", "string"),
                   field("c_referral_fee", "Referral fee", "currency", {"125.50"}),
                   field("c_will_signed_on", "Will signed on", "date", {"2019-04-04"}),
                   field("c_has_will", "Has will", "bool", {"true"}), office, score});

  for (const auto& [name, type] :
       std::vector<std::pair<std::string, std::string>>{{"c_referral_fee", "money"},
                                                        {"c_will_signed_on", "date"},
                                                        {"c_has_will", "yes/no"},
                                                        {"c_preferred_office", "choice"}}) {
    const FieldProposal& entry = proposal_for(proposal, name);
    EXPECT_EQ(entry.band, Band::decide) << name;
    ASSERT_TRUE(entry.new_column) << name;
    EXPECT_EQ(entry.new_column->type, type);
    EXPECT_EQ(entry.new_column->table, "contact");
  }
  EXPECT_EQ(proposal_for(proposal, "fit").refusal, "derived");
  EXPECT_FALSE(proposal_for(proposal, "fit").new_column);
}

TEST(Proposal, ABareNameBesideHalfANameIsTheOtherHalf) {
  const Proposal french = propose_for({field("Prénom", "", ""), field("Nom", "", "")});
  EXPECT_EQ(choice(french, "people", "Nom"), "contact.lastname");

  const Proposal spanish = propose_for({field("Nombre", "", ""), field("Apellidos", "", "")});
  EXPECT_EQ(choice(spanish, "people", "Nombre"), "contact.firstname");
}

TEST(Proposal, OnlyOneOfTwoFieldsForOneColumnIsProposed) {
  const Proposal proposal = propose_for(
      {field("phone", "Phone", "string"), field("telephone", "Telephone number", "string")});

  int proposed = 0;
  for (const FieldProposal& entry : proposal.fields)
    if (entry.band != Band::decide && entry.candidates.front().column == "telephone1") ++proposed;
  EXPECT_EQ(proposed, 1);
}

TEST(Proposal, AListWhoseValuesFindNoChoiceIsNeverReady) {
  Schema tables = sales_tables();
  Field source = testing::column("leadsourcecode", "Lead Source", "picklist");
  source.choices = {{"1", "Default Value"}};
  tables.objects[0].fields.push_back(source);
  Field asked = field("lead_source", "Lead source", "picklist");
  asked.choices = {{"fair", "Fair"}, {"flyer", "Flyer"}};

  const Proposal proposal = propose(people({asked}), tables, testing::lexicon(), shipped_model());

  EXPECT_NE(proposal_for(proposal, "lead_source").band, Band::ready);
}

// A file of companies whose first heading is "account": the name, and not a reference to another.
TEST(Proposal, ATextNamedAsItsObjectIsTheName) {
  Schema source{"Somewhere", {Object{"accounts", "Accounts"}}};
  source.objects[0].fields = {field("account", "", "", {"Globex", "Initech"}),
                              field("website", "", "", {"https://globex.example"})};
  const Proposal proposal = propose(source, sales_tables(), testing::lexicon(), shipped_model());

  EXPECT_EQ(choice(proposal, "accounts", "account"), "account.name");
  EXPECT_NE(proposal_for(proposal, "account").band, Band::decide);
}

TEST(Proposal, ANumberBeneathCustomIsAKeyAndNoPosition) {
  const Proposal proposal = propose_for({field("last_name", "Last Name", "string"),
                                         field("custom.7", "Befattning", "string", {"Chef"})});

  EXPECT_EQ(choice(proposal, "people", "custom.7"), "contact.jobtitle");
}

TEST(Proposal, ValuesSayWhatANameLeavesOut) {
  const Proposal proposal =
      propose_for({field("last_name", "Last Name", "string"),
                   field("work_number", "", "string", {"+49 30 5550 117", "+1 617 555 0137"}),
                   field("PrimaryEmail.Address", "", "string", {"a@b.example", "c@d.example"})});

  EXPECT_EQ(choice(proposal, "people", "work_number"), "contact.telephone1");
  EXPECT_EQ(choice(proposal, "people", "PrimaryEmail.Address"), "contact.emailaddress1");
}

TEST(Proposal, NamesOfPeopleFillNoDate) {
  const Proposal proposal =
      propose_for({field("last_name", "Last Name", "string"),
                   field("birthday", "Birthday", "string", {"Anna Khan", "Noah Weber"})});

  EXPECT_TRUE(proposal_for(proposal, "birthday").candidates.empty());
}

}  // namespace
}  // namespace flit::automap
