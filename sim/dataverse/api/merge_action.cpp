// Merge: one row takes over what hangs below another, which becomes inactive. The sheet names the
// action only (issue 7); shape and effects after the Web API reference of Merge.

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/security/guard.hpp"
#include "sim/dataverse/write/assign.hpp"

namespace flit::sim::dataverse {
namespace {

std::string_view type_in(json::Value value) {
  std::string_view type = value["@odata.type"].string_or("");
  if (type.starts_with("#")) type.remove_prefix(1);
  if (type.starts_with("Microsoft.Dynamics.CRM.")) type.remove_prefix(23);
  return type;
}

Answer<Uuid> id_in(const Session& session, const Table& table, json::Value value) {
  const auto id = Uuid::parse(value[table.primary_id].string_or(""));
  if (!id || type_in(value) != table.logical_name)
    return refuse(errors::payload("Merge", "Target and Subordinate must be rows of one table."));
  const Row* row = session.org.store->row(table, *id);
  if (row == nullptr) return refuse(errors::object_does_not_exist(table.logical_name, *id));
  if (!reaches(session.org, session.call.caller, AccessRight::write, table, *row))
    return refuse(errors::other(
        403, 0x80045301, "Merge is not allowed: caller does not have the privilege or access."));
  if (row->head.state != 0)
    return refuse(
        errors::other(400, 0x80045304, "Merge cannot be performed on entity that is inactive."));
  return *id;
}

Answer<void> move_children(Work& work, const Table& table, const Uuid& from, const Uuid& to) {
  for (const OneToMany* relationship : work.catalogue().children_of(table.logical_name)) {
    const Table* child = work.catalogue().table(relationship->child);
    if (relationship->cascades.merge != CascadeRule::all || child == nullptr) continue;
    const Column* column = child->column(relationship->child_column);
    for (const Uuid& id : children_through(work, *relationship, from)) {
      RowDraft draft;
      draft.set(column->index, Cell::lookup(table.index, to));
      if (auto moved = update_row(work, *child, id, draft); !moved) {
        // A closed child keeps its state and moves all the same.
        if (moved.error().code != errors::inactive().code) return moved;
        relink(work, *child, column->index, id, Cell::lookup(table.index, to));
      }
    }
  }
  return {};
}

Answer<void> close_merged(Work& work, const Table& table, const Uuid& loser, const Uuid& winner) {
  RowDraft draft;
  draft.state = table.logical_name == "lead" ? 2 : 1;  // §12: a merged lead is disqualified
  if (const Column* merged = table.column("merged")) draft.set(merged->index, Cell::boolean(true));
  if (const Column* master = table.column("masterid"))
    draft.set(master->index, Cell::lookup(table.index, winner));
  return update_row(work, table, loser, draft);
}

bool takes_merge(const Table& table) {
  return table.logical_name == "account" || table.logical_name == "contact" ||
         table.logical_name == "lead" || table.logical_name == "incident";
}

}  // namespace

Answer<ApiReply> merge(Session& session) {
  FLIT_TRY(document, read_body(session.call, "Merge"));
  const json::Value body = document.root();
  const Table* table = session.org.catalogue->table(type_in(body["Target"]));
  if (table == nullptr) return refuse(errors::payload("Merge", "The target's type is unknown."));
  if (!takes_merge(*table))
    return refuse(errors::message_not_supported("Merge", table->logical_name));
  FLIT_TRY_VOID(require_privilege(session.org, session.call.caller, "prvMerge"));
  FLIT_TRY(winner, id_in(session, *table, body["Target"]));
  FLIT_TRY(loser, id_in(session, *table, body["Subordinate"]));
  if (winner == loser)
    return refuse(
        errors::other(400, 0x80045305,
                      "Merge cannot be performed on master and sub-entities that are identical."));
  if (body["UpdateContent"].is_object()) {
    RowDraft draft;
    FLIT_TRY_VOID(
        PayloadReader(session.org, *table, Purpose::update).read(body["UpdateContent"], draft));
    FLIT_TRY_VOID(update_row(*session.work, *table, winner, draft));
  }
  FLIT_TRY_VOID(move_children(*session.work, *table, loser, winner));
  FLIT_TRY_VOID(close_merged(*session.work, *table, loser, winner));
  return ApiReply::no_content();
}

}  // namespace flit::sim::dataverse
