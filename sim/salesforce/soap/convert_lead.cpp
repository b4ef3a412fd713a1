#include "sim/salesforce/rules/object_rules.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/soap/partner_soap.hpp"

namespace flit::sim::salesforce {
namespace {

Answer<void> check_status(const Work& work, std::string_view status) {
  const Row* row = find_record(work, "LeadStatus", "ApiName", Cell::of_text(status),
                               [](const Row&) { return true; });
  if (row != nullptr && value_of(work, "LeadStatus", *row, "IsConverted").is_true()) return {};
  return refuse("INVALID_STATUS", "invalid convertedStatus: " + std::string(status));
}

/// A new record that takes over what the lead says under the same or another name.
Answer<RecordId> take_over(
    Work& work, const Row& lead, std::string_view object,
    std::initializer_list<std::pair<std::string_view, std::string_view>> names,
    std::initializer_list<std::pair<std::string_view, Cell>> values) {
  Draft draft(work.org.object(object));
  for (const auto& [to, from] : names) draft.derive(to, value_of(work, "Lead", lead, from));
  for (const auto& [field, cell] : values) draft.derive(field, cell);
  return create_record(work, draft);
}

}  // namespace

Answer<void> convert_lead(Work& work, LeadConversion& conversion) {
  const Row* found = work.org.store->find(work.org.object("Lead"), conversion.lead);
  if (found == nullptr || !found->is_live())
    return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (value_of(work, "Lead", *found, "IsConverted").is_true())
    return refuse("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
  FLIT_TRY_VOID(check_status(work, conversion.status));
  const auto lead = found->copy();
  if (!conversion.account) {
    FLIT_TRY(account, take_over(work, *lead, "Account",
                                {{"Name", "Company"},
                                 {"Phone", "Phone"},
                                 {"Industry", "Industry"},
                                 {"BillingStreet", "Street"},
                                 {"BillingCity", "City"},
                                 {"BillingState", "State"},
                                 {"BillingPostalCode", "PostalCode"},
                                 {"BillingCountry", "Country"},
                                 {"OwnerId", "OwnerId"}},
                                {}));
    conversion.account = account;
  }
  if (!conversion.contact) {
    FLIT_TRY(contact, take_over(work, *lead, "Contact",
                                {{"FirstName", "FirstName"},
                                 {"LastName", "LastName"},
                                 {"Email", "Email"},
                                 {"Phone", "Phone"},
                                 {"MobilePhone", "MobilePhone"},
                                 {"Title", "Title"},
                                 {"OwnerId", "OwnerId"}},
                                {{"AccountId", Cell::of_id(conversion.account)}}));
    conversion.contact = contact;
  }
  if (conversion.with_opportunity) {
    const std::string name = conversion.opportunity_name.empty()
                                 ? std::string(value_of(work, "Lead", *lead, "Company").text) + "-"
                                 : conversion.opportunity_name;
    FLIT_TRY(opportunity, take_over(work, *lead, "Opportunity",
                                    {{"OwnerId", "OwnerId"}, {"LeadSource", "LeadSource"}},
                                    {{"Name", Cell::of_text(name)},
                                     {"StageName", Cell::of_text("Prospecting")},
                                     {"CloseDate", Cell::date(work.org.now_ms() / 86'400'000 + 90)},
                                     {"AccountId", Cell::of_id(conversion.account)},
                                     {"ContactId", Cell::of_id(conversion.contact)}}));
    conversion.opportunity = opportunity;
  }
  return change_record(work, "Lead", conversion.lead,
                       {{"IsConverted", Cell::boolean(true)},
                        {"Status", Cell::of_text(conversion.status)},
                        {"ConvertedDate", Cell::date(work.org.now_ms() / 86'400'000)},
                        {"ConvertedAccountId", Cell::of_id(conversion.account)},
                        {"ConvertedContactId", Cell::of_id(conversion.contact)},
                        {"ConvertedOpportunityId", Cell::of_id(conversion.opportunity)}});
}

}  // namespace flit::sim::salesforce
