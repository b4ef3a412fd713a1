// Opportunities, their lines and contact roles, campaigns and members, cases (fact sheet §7).

#include <fmt/format.h>

#include "sim/salesforce/rules/object_rules.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

struct StageFacts {
  bool closed = false;
  bool won = false;
  std::string_view category = "Pipeline";
  Cell probability{};
};

/// Of an unknown stage, which the platform accepts: open, nothing known.
StageFacts stage_facts(const Work& work, std::string_view name) {
  constexpr std::string_view object = "OpportunityStage";
  const Row* row =
      find_record(work, object, "ApiName", Cell::of_text(name), [](const Row&) { return true; });
  if (row == nullptr) return {};
  return {.closed = value_of(work, object, *row, "IsClosed").is_true(),
          .won = value_of(work, object, *row, "IsWon").is_true(),
          .category = value_of(work, object, *row, "ForecastCategoryName").text,
          .probability = value_of(work, object, *row, "DefaultProbability")};
}

void derive_stage(const Work& work, Draft& draft) {
  if (!draft.changes("StageName")) return;
  const StageFacts facts = stage_facts(work, draft.value("StageName").text);
  draft.derive("IsClosed", Cell::boolean(facts.closed));
  draft.derive("IsWon", Cell::boolean(facts.won));
  if (!draft.is_set("Probability") && !facts.probability.is_null())
    draft.derive("Probability", facts.probability);
  if (!draft.is_set("ForecastCategoryName"))
    draft.derive("ForecastCategoryName", Cell::of_text(facts.category));
  draft.derive("ForecastCategory", draft.value("ForecastCategoryName"));
}

/// Amount × probability, in cents.
void derive_expected(Draft& draft) {
  const Cell amount = draft.value("Amount");
  const Cell probability = draft.value("Probability");
  if (amount.is_null() || probability.is_null()) return draft.derive("ExpectedRevenue", Cell{});
  const double cents = amount.as_double() * probability.as_double();
  draft.derive("ExpectedRevenue",
               Cell::decimal(static_cast<std::int64_t>(cents + (cents < 0 ? -0.5 : 0.5)), 2));
}

/// Quarters of a fiscal year that begins in January.
void derive_fiscal(Draft& draft) {
  const Cell close = draft.value("CloseDate");
  if (close.is_null() || !draft.changes("CloseDate")) return;
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{close.number}}};
  const int year = static_cast<int>(day.year());
  const unsigned quarter = (static_cast<unsigned>(day.month()) - 1) / 3 + 1;
  draft.derive("FiscalYear", Cell::integer(year));
  draft.derive("FiscalQuarter", Cell::integer(quarter));
  draft.derive("Fiscal", Cell::of_text(draft.scratch.keep(fmt::format("{} {}", year, quarter))));
}

Answer<void> check_opportunity(Work& work, Draft& draft) {
  if (draft.is_from_client(*draft.object().find("Probability")) &&
      draft.value("Probability").is_null())
    return refuse("INVALID_FIELD_FOR_INSERT_UPDATE", "Probability: cannot be set to null",
                  {"Probability"});
  derive_stage(work, draft);
  const bool has_lines = draft.value("HasOpportunityLineItem").is_true();
  if (has_lines && draft.is_from_client(*draft.object().find("Amount")) &&
      draft.before() != nullptr)
    draft.derive("Amount", value_of(work, "Opportunity", *draft.before(), "Amount"));  // ignored
  derive_expected(draft);
  derive_fiscal(draft);
  return {};
}

/// ContactId is taken once, at creation, as the primary contact role.
Answer<void> add_primary_role(Work& work, Draft& draft, RecordId id) {
  if (draft.before() != nullptr || draft.value("ContactId").is_null()) return {};
  FLIT_TRY_VOID(make_record(work, "OpportunityContactRole",
                            {{"OpportunityId", Cell::of_id(id)},
                             {"ContactId", draft.value("ContactId")},
                             {"IsPrimary", Cell::boolean(true)}}));
  return {};
}

/// One primary an opportunity: a new one unsets the old.
Answer<void> unset_other_primary(Work& work, Draft& draft, RecordId id) {
  if (!draft.value("IsPrimary").is_true() || !draft.changes("IsPrimary")) return {};
  const Field& primary = *draft.object().find("IsPrimary");
  const Row* other =
      find_record(work, "OpportunityContactRole", "OpportunityId", draft.value("OpportunityId"),
                  [&](const Row& row) { return row.head.id != id && row.cell(primary).is_true(); });
  if (other == nullptr) return {};
  return change_record(work, "OpportunityContactRole", other->head.id,
                       {{"IsPrimary", Cell::boolean(false)}});
}

/// What a line costs follows from quantity and unit price, or the other way round.
Answer<void> price_line(Work& work, Draft& draft) {
  const Row* entry = work.org.store->find(draft.value("PricebookEntryId").id());
  if (draft.before() == nullptr && entry != nullptr &&
      work.org.object("PricebookEntry").prefix == entry->head.id.prefix()) {
    if (draft.value("Product2Id").is_null())
      draft.derive("Product2Id", value_of(work, "PricebookEntry", *entry, "Product2Id"));
    const Cell price = value_of(work, "PricebookEntry", *entry, "UnitPrice");
    draft.derive("ListPrice", price);
    if (!draft.is_set("UnitPrice") && !draft.is_set("TotalPrice")) draft.derive("UnitPrice", price);
  }
  const double quantity = draft.value("Quantity").as_double();
  const auto money = [](double value) {
    return Cell::decimal(static_cast<std::int64_t>(value * 100 + (value < 0 ? -0.5 : 0.5)), 2);
  };
  const bool by_total = draft.is_from_client(*draft.object().find("TotalPrice"));
  if (by_total && draft.is_from_client(*draft.object().find("UnitPrice")))
    return refuse(
        errors::integrity("Sales Price and Total Price cannot both be set", {"TotalPrice"}));
  if (by_total && quantity != 0)
    draft.derive("UnitPrice", money(draft.value("TotalPrice").as_double() / quantity));
  else if (!by_total)
    draft.derive("TotalPrice", money(draft.value("UnitPrice").as_double() * quantity));
  return {};
}

/// The opportunity's amount is the sum of its lines.
Answer<void> sum_lines(Work& work, Draft& draft, RecordId id) {
  const Object& lines = draft.object();
  const Field& total = *lines.find("TotalPrice");
  const RecordId opportunity = draft.value("OpportunityId").id();
  double sum = draft.value(total).as_double();
  work.org.store->table(lines).each_with(*lines.find("OpportunityId"), Cell::of_id(opportunity),
                                         [&](const Row& row) {
                                           if (row.is_live() && row.head.id != id)
                                             sum += row.cell(total).as_double();
                                           return true;
                                         });
  return change_record(work, "Opportunity", opportunity,
                       {{"HasOpportunityLineItem", Cell::boolean(true)},
                        {"Amount", Cell::decimal(static_cast<std::int64_t>(sum * 100 + 0.5), 2)}});
}

/// The two statuses that every campaign begins with.
Answer<void> add_statuses(Work& work, Draft& draft, RecordId id) {
  if (draft.before() != nullptr) return {};
  int order = 0;
  for (const std::string_view label : {"Sent", "Responded"}) {
    const bool first = ++order == 1;
    FLIT_TRY_VOID(make_record(work, "CampaignMemberStatus",
                              {{"CampaignId", Cell::of_id(id)},
                               {"Label", Cell::of_text(label)},
                               {"SortOrder", Cell::integer(order + 2)},
                               {"IsDefault", Cell::boolean(first)},
                               {"HasResponded", Cell::boolean(!first)}}));
  }
  return {};
}

const Row* member_status(const Work& work, RecordId campaign, std::string_view label) {
  const Object& object = work.org.object("CampaignMemberStatus");
  const Field& name = *object.find("Label");
  const Field& is_default = *object.find("IsDefault");
  return find_record(work, object.name, "CampaignId", Cell::of_id(campaign), [&](const Row& row) {
    return label.empty() ? row.cell(is_default).is_true() : row.cell(name).text == label;
  });
}

Answer<void> check_member(Work& work, Draft& draft) {
  const RecordId campaign = draft.value("CampaignId").id();
  const Cell lead = draft.value("LeadId");
  const Cell contact = draft.value("ContactId");
  if (lead.is_null() && contact.is_null()) return refuse(errors::required_missing({"LeadId"}));
  const std::string_view who = contact.is_null() ? "LeadId" : "ContactId";
  if (draft.before() == nullptr) {
    const Field& of = *draft.object().find("CampaignId");
    const Row* known = find_record(work, "CampaignMember", who, draft.value(who),
                                   [&](const Row& row) { return row.cell(of).id() == campaign; });
    if (known != nullptr) return refuse("DUPLICATE_VALUE", "Already a campaign member.");
    const Object* kind = nullptr;
    if (const Row* person = work.org.store->find(draft.value(who).id(), &kind))
      for (const std::string_view name : {"FirstName", "LastName", "Name", "Email"})
        draft.derive(name, person->cell(*kind->find(name)));
    draft.derive("Type", Cell::of_text(contact.is_null() ? "Lead" : "Contact"));
    draft.derive("LeadOrContactId", draft.value(who));
  }
  if (draft.before() != nullptr && !draft.changes("Status")) return {};
  const Row* status = member_status(work, campaign, draft.value("Status").text);
  if (status == nullptr) {
    if (draft.value("Status").is_null()) return {};
    return refuse(errors::bad_choice(*draft.object().find("Status"), draft.value("Status").text));
  }
  draft.derive("Status", value_of(work, "CampaignMemberStatus", *status, "Label"));
  draft.derive("HasResponded", value_of(work, "CampaignMemberStatus", *status, "HasResponded"));
  return {};
}

Answer<void> close_case(Work& work, Draft& draft) {
  if (!draft.changes("Status")) return {};
  const bool closed = draft.value("Status").text == "Closed";
  draft.derive("IsClosed", Cell::boolean(closed));
  draft.derive("ClosedDate", closed ? Cell::datetime(work.org.now_ms()) : Cell{});
  return {};
}

}  // namespace

namespace rules {
const ObjectRules opportunity{.before_save = check_opportunity, .after_save = add_primary_role};
const ObjectRules opportunity_contact_role{.after_save = unset_other_primary, .skips_bin = true};
const ObjectRules opportunity_line_item{.before_save = price_line, .after_save = sum_lines};
const ObjectRules campaign{.after_save = add_statuses};
const ObjectRules campaign_member{.before_save = check_member};
const ObjectRules support_case{.before_save = close_case};
}  // namespace rules

}  // namespace flit::sim::salesforce
