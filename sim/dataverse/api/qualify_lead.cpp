// QualifyLead (fact sheet §12): account, contact and opportunity from a lead's own values.
//
// The sheet gives parameters and answer. Which values are carried over follows the names: a column
// of the lead that the new row has, too, in the same type; besides those the pairs listed below.

#include <algorithm>

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/reference.hpp"

namespace flit::sim::dataverse {
namespace {

/// Stamps, keys of the lead itself and what the new row decides for itself.
bool stays_behind(std::string_view name) {
  constexpr std::string_view own[] = {"originatingleadid",    "parentaccountid", "parentcontactid",
                                      "importsequencenumber", "masterid",        "merged",
                                      "overriddencreatedon",  "processid",       "stageid",
                                      "traversedpath",        "customerid",      "campaignid",
                                      "entityimage"};
  return std::find(std::begin(own), std::end(own), name) != std::end(own) ||
         name.starts_with("createdon") || name.starts_with("modifiedon");
}

class Qualification {
 public:
  Qualification(Session& session, const Table& leads, const Row& lead, json::Value body)
      : session_(session), leads_(leads), lead_(lead), body_(body) {}

  bool wants(std::string_view name) const { return body_[name].as_boolean().value_or(false); }
  Cell of_lead(std::string_view name) const {
    const Column* column = leads_.column(name);
    return column == nullptr ? Cell::null() : lead_.cell(column->index);
  }

  /// A row of `table` with the lead's values and `cells`; absent and null cells are left out.
  Answer<Cell> make(std::string_view table_name,
                    std::initializer_list<std::pair<std::string_view, Cell>> cells) {
    const Table& table = session_.org.table(table_name);
    RowDraft draft;
    carry_over(table, draft);
    const auto set = [&](std::string_view name, const Cell& cell) {
      if (const Column* column = table.column(name); column != nullptr && cell.has_value())
        draft.set(column->index, cell);
    };
    for (const auto& [name, cell] : cells) set(name, cell);
    set("originatingleadid", Cell::lookup(leads_.index, lead_.head.id));
    FLIT_TRY(id, create_row(*session_.work, table, draft));
    made_.push_back(Cell::lookup(table.index, id));
    return made_.back();
  }

  /// A reference among the parameters: {"@odata.type", "<primary id>"}; null when it is not there.
  Answer<Cell> given(std::string_view name) const {
    const json::Value value = body_[name];
    if (!value.is_object()) return Cell::null();
    std::string_view type = value["@odata.type"].string_or("");
    if (type.starts_with("#")) type.remove_prefix(1);
    if (type.starts_with("Microsoft.Dynamics.CRM.")) type.remove_prefix(23);
    const Table* table = session_.org.catalogue->table(type);
    const auto id = table == nullptr ? Result<Uuid>(Error{})
                                     : Uuid::parse(value[table->primary_id].string_or(""));
    if (!id)
      return refuse(
          errors::payload("leads", "The parameter '" + std::string(name) + "' names no row."));
    return Cell::lookup(table->index, *id);
  }

  const std::vector<Cell>& made() const { return made_; }

 private:
  void carry_over(const Table& table, RowDraft& draft) const {
    std::vector<ColumnCell> cells;
    lead_.unpack(cells);
    for (const auto& [index, cell] : cells) {
      const Column& from = leads_.column_at(index);
      const Column* to = table.column(from.logical_name);
      if (to == nullptr || to->type != from.type || !to->valid_for_create || !cell.has_value() ||
          to->role != Role::stored || stays_behind(from.logical_name))
        continue;
      draft.set(to->index, cell);
    }
  }

  Session& session_;
  const Table& leads_;
  const Row& lead_;
  json::Value body_;
  std::vector<Cell> made_;
};

struct Made {
  Cell account{};
  Cell contact{};
  Cell opportunity{};
};

Answer<Made> make_rows(Qualification& lead) {
  Made made;
  FLIT_TRY(customer, lead.given("OpportunityCustomerId"));
  if (lead.wants("CreateAccount") && lead.of_lead("companyname").has_value()) {
    FLIT_TRY(account, lead.make("account", {{"name", lead.of_lead("companyname")}}));
    made.account = account;
  }
  if (lead.wants("CreateContact")) {
    FLIT_TRY(contact, lead.make("contact", {{"parentcustomerid", made.account}}));
    made.contact = contact;
  }
  if (!lead.wants("CreateOpportunity")) return made;
  if (!customer.has_value()) customer = made.account.has_value() ? made.account : made.contact;
  FLIT_TRY(currency, lead.given("OpportunityCurrencyId"));
  FLIT_TRY(campaign, lead.given("SourceCampaignId"));
  FLIT_TRY(opportunity,
           lead.make("opportunity", {{"name", lead.of_lead("subject")},
                                     {"customerid", customer},
                                     {"parentaccountid", made.account},
                                     {"parentcontactid", made.contact},
                                     {"estimatedvalue", lead.of_lead("estimatedamount")},
                                     {"transactioncurrencyid", currency},
                                     {"campaignid", campaign}}));
  made.opportunity = opportunity;
  return made;
}

void point_at(const Table& leads, std::string_view name, const Cell& cell, RowDraft& draft) {
  if (const Column* column = leads.column(name); column != nullptr && cell.has_value())
    draft.set(column->index, cell);
}

}  // namespace

/// Closes the lead as qualified and gives references to what was made.
Answer<ApiReply> qualify_lead(Session& session, const Table& table, const Row& found) {
  FLIT_TRY(document, read_body(session.call, "leads"));
  const json::Value body = document.root();
  if (found.head.state != 0)
    return refuse(errors::other(400, 0x80040519, "The lead is already closed."));
  const std::unique_ptr<Row> lead = found.copy();  // making rows may move the stored one
  Qualification qualification(session, table, *lead, body);
  FLIT_TRY(made, make_rows(qualification));
  RowDraft draft;
  draft.state = 1;
  if (const auto status = body["Status"].as_integer(); status && *status >= 0)
    draft.status = static_cast<int>(*status);
  point_at(table, "parentaccountid", made.account, draft);
  point_at(table, "parentcontactid", made.contact, draft);
  point_at(table, "qualifyingopportunityid", made.opportunity, draft);
  FLIT_TRY_VOID(update_row(*session.work, table, lead->head.id, draft));
  json::Writer out = response_of(session, "QualifyLeadResponse");
  out.key("value").begin_array();
  for (const Cell& row : qualification.made()) {
    const Table& of = session.org.catalogue->table_at(row.table);
    out.begin_object().member("@odata.type", "#Microsoft.Dynamics.CRM." + of.logical_name);
    out.member(of.primary_id, row.id.text()).end_object();
  }
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
