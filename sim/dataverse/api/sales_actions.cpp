// WinOpportunity and LoseOpportunity, actions bound to a row, Restore (fact sheet §12, §14).

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/write/checks.hpp"

namespace flit::sim::dataverse {
namespace {

const Cell* sent(const RowDraft& draft, const Table& table, std::string_view column) {
  const Cell* cell = draft.find(table.column(column)->index);
  return cell != nullptr && cell->has_value() ? cell : nullptr;
}

/// An opportunity that ends, and the close activity that came with it.
struct Ending {
  const Row& opportunity;
  const RowDraft& close;
  bool won;
};

/// actualclosedate and actualvalue: from the close activity, else today and the estimate (§12 [O]).
void set_closing_values(Session& session, const Table& table, const Ending& ending,
                        RowDraft& draft) {
  const Table& closes = session.org.table("opportunityclose");
  const Cell* end = sent(ending.close, closes, "actualend");
  const std::int64_t moment = end == nullptr ? session.org.now() : end->number;
  const Column& date = *table.column("actualclosedate");
  const std::int64_t day = moment >= 0 ? moment / 86400 : (moment - 86399) / 86400;
  draft.set(date.index, date.is_date_only() ? Cell::date(day) : Cell::instant(moment));
  const Cell* revenue = sent(ending.close, closes, "actualrevenue");
  const Cell estimate = ending.opportunity.cell(table.column("estimatedvalue")->index);
  if (revenue != nullptr)
    draft.set(table.column("actualvalue")->index, *revenue);
  else if (ending.won && estimate.has_value())
    draft.set(table.column("actualvalue")->index,
              Cell::decimal(draft.arena.keep(std::string(estimate.text))));
}

Answer<ApiReply> close_opportunity(Session& session, int state) {
  FLIT_TRY(document, read_body(session.call, "opportunities"));
  const json::Value body = document.root();
  const Table& closes = session.org.table("opportunityclose");
  const Table& table = session.org.table("opportunity");
  RowDraft close;
  FLIT_TRY_VOID(
      PayloadReader(session.org, closes, Purpose::create).read(body["OpportunityClose"], close));
  const Cell* target = sent(close, closes, "opportunityid");
  if (target == nullptr)
    return refuse(errors::required_field_missing("opportunityclose", "opportunityid"));
  const Uuid id = target->id;
  const Row* row = session.org.store->row(table, id);
  if (row == nullptr) return refuse(errors::object_does_not_exist("opportunity", id));
  if (row->head.state != 0)
    return refuse(errors::other(400, 0x80040515, "The opportunity is already closed."));
  RowDraft draft;
  draft.state = state;
  if (const auto status = body["Status"].as_integer(); status && *status >= 0)
    draft.status = static_cast<int>(*status);
  set_closing_values(session, table, {*row, close, state == 1}, draft);
  FLIT_TRY(made, create_row(*session.work, closes, close));
  session.work->closing = true;
  RowDraft completed;
  completed.state = 1;
  FLIT_TRY_VOID(update_row(*session.work, closes, made, completed));
  FLIT_TRY_VOID(update_row(*session.work, table, id, draft));
  session.work->closing = false;
  return ApiReply::no_content();
}

}  // namespace

Answer<ApiReply> win_opportunity(Session& session) {
  return close_opportunity(session, 1);
}
Answer<ApiReply> lose_opportunity(Session& session) {
  return close_opportunity(session, 2);
}

/// §14: back from the bin, unless a living row has its id.
Answer<ApiReply> restore(Session& session) {
  FLIT_TRY(document, read_body(session.call, "Restore"));
  const json::Value target = document.root()["Target"];
  std::string_view type = target["@odata.type"].string_or("");
  if (type.starts_with("Microsoft.Dynamics.CRM.")) type.remove_prefix(23);
  const Table* table = session.org.catalogue->table(type);
  if (table == nullptr)
    return refuse(errors::other(400, 0x80041102, "The specified entity was not found."));
  const auto id = Uuid::parse(target[table->primary_id].string_or(""));
  if (!id) return refuse(errors::payload("Restore", "The target names no row."));
  const BinnedRow* binned = session.org.bin.find(table->index, *id);
  if (binned == nullptr) return refuse(errors::object_does_not_exist(table->logical_name, *id));
  if (session.org.store->row(*table, *id) != nullptr)
    return refuse(
        errors::other(400, 0x80049939, "A live record with the same primary key exists."));
  std::unique_ptr<Row> row = binned->row->copy();
  row->head.version = session.org.store->next_version();
  FLIT_TRY_VOID(check_keys(*session.work, *table, *row));
  session.work->count(*table, 0);
  session.work->tx.put(*table, std::move(row));
  session.org.bin.remove(table->index, *id);
  json::Writer out = response_of(session, "RestoreResponse");
  out.member(table->primary_id, id->text()).end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
