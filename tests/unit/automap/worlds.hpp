#pragma once
/// @file Small source and destination schemas that the proposer's tests share.

#include <string>
#include <utility>
#include <vector>

#include "automap/propose.hpp"
#include "automap/shipped.hpp"

namespace flit::automap::testing {

/// Read once: it takes longer than most tests.
inline const Lexicon& lexicon() {
  static const Lexicon shipped = shipped_lexicon();
  return shipped;
}

inline Field field(std::string name, std::string label, std::string type,
                   std::vector<std::string> samples = {}) {
  Field result;
  result.name = std::move(name);
  result.label = std::move(label);
  result.native_type = type;
  result.kind = kind_of_type_word(type);
  result.samples = std::move(samples);
  return result;
}

inline Field column(std::string name, std::string label, std::string type, bool required = false) {
  Field result = field(std::move(name), std::move(label), std::move(type));
  result.required = required;
  return result;
}

/// A destination in the manner of Dataverse, small enough to read.
inline Schema sales_tables() {
  Schema schema;
  Object contact{"contact", "Contact"};
  contact.fields = {column("firstname", "First Name", "string"),
                    column("lastname", "Last Name", "string", true),
                    column("jobtitle", "Job Title", "string"),
                    column("emailaddress1", "Email", "string"),
                    column("emailaddress2", "Email Address 2", "string"),
                    column("telephone1", "Business Phone", "string"),
                    column("mobilephone", "Mobile Phone", "string"),
                    column("birthdate", "Birthday", "datetime"),
                    column("description", "Description", "memo"),
                    column("donotbulkemail", "Do not allow Bulk Emails", "boolean"),
                    column("address1_line1", "Address 1: Street 1", "string"),
                    column("address1_city", "Address 1: City", "string"),
                    column("address1_postalcode", "Address 1: ZIP/Postal Code", "string"),
                    column("address2_line1", "Address 2: Street 1", "string"),
                    column("address2_city", "Address 2: City", "string"),
                    column("address2_postalcode", "Address 2: ZIP/Postal Code", "string")};
  Field owner = column("ownerid", "Owner", "owner", true);
  owner.targets = {"systemuser"};
  Field parent = column("parentcustomerid", "Company Name", "customer");
  parent.targets = {"account", "contact"};
  contact.fields.push_back(owner);
  contact.fields.push_back(parent);
  Object account{"account", "Account"};
  account.fields = {column("name", "Account Name", "string", true),
                    column("websiteurl", "Website", "string"),
                    column("numberofemployees", "Number of Employees", "integer"),
                    column("revenue", "Annual Revenue", "money"),
                    column("telephone1", "Main Phone", "string"),
                    owner};
  Object opportunity{"opportunity", "Opportunity"};
  opportunity.fields = {column("name", "Topic", "string", true),
                        column("estimatedvalue", "Est. Revenue", "money"),
                        column("estimatedclosedate", "Est. Close Date", "datetime"),
                        column("description", "Description", "memo"), owner};
  Field customer = column("parentaccountid", "Account", "lookup");
  customer.targets = {"account"};
  opportunity.fields.push_back(customer);
  schema.objects = {contact, account, opportunity};
  return schema;
}

/// The first choice as "table.column", empty if there is none.
inline std::string choice(const Proposal& proposal, const std::string& object,
                          const std::string& name) {
  for (const FieldProposal& entry : proposal.fields)
    if (entry.object == object && entry.field == name)
      return entry.candidates.empty()
                 ? ""
                 : entry.candidates.front().table + "." + entry.candidates.front().column;
  return "no such field";
}

inline const FieldProposal& proposal_for(const Proposal& proposal, const std::string& name) {
  for (const FieldProposal& entry : proposal.fields)
    if (entry.field == name) return entry;
  throw std::runtime_error("no proposal for " + name);
}

}  // namespace flit::automap::testing
