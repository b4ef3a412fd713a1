#include "sim/dataverse/write/checks.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

/// SystemRequired in the metadata, filled in by the platform itself when the client leaves it out.
constexpr std::array<std::string_view, 11> filled_in{
    "invoicenumber",  "quotenumber",         "ordernumber",
    "categorynumber", "articlepublicnumber", "administratorid",
    "businessunitid", "languagelocaleid",    "objectid",
    "activityid",     "objecttypecode"};

bool is_filled_in(const Column& column) {
  return std::find(filled_in.begin(), filled_in.end(), column.logical_name) != filled_in.end();
}

Refusal loop(const Table& table) {
  if (table.logical_name == "account")
    return errors::other(400, 0x80040507,
                         "Creating this parental association would create a loop in Accounts "
                         "hierarchy.");
  if (table.logical_name == "contact")
    return errors::other(400, 0x8004050a,
                         "Creating this parental association would create a loop in Contacts "
                         "hierarchy.");
  return errors::other(400, 0x80040387,
                       "Creating this parental association would create a loop in this entity "
                       "hierarchy.");
}

bool is_hierarchy_column(const Column& column) {
  return column.logical_name == "parentaccountid" || column.logical_name == "parentcustomerid" ||
         column.logical_name == "parentsystemuserid" ||
         column.logical_name == "parentbusinessunitid" || column.is_custom;
}

/// "AccountState.Active": how the error names a state.
std::string state_name(const Table& table, int state) {
  const Option* option = table.state_column()->options->find(state);
  const std::string name = option == nullptr                ? std::to_string(state)
                           : option->invariant_name.empty() ? option->label
                                                            : option->invariant_name;
  return table.schema_name + "State." + name;
}

bool status_belongs(const Table& table, int status, int state) {
  const Option* option = table.status_column()->options->find(status);
  return option != nullptr && option->state.value_or(state) == state;
}

}  // namespace

Answer<void> check_lookups(const Work& work, const Table& table, const RowDraft& draft) {
  for (const auto& [index, cell] : draft.cells()) {
    if (cell.kind != CellKind::lookup || cell.id.is_nil()) continue;
    const Table& target = work.catalogue().table_at(cell.table);
    if (work.store().row(target, cell.id) == nullptr)
      return refuse(errors::object_does_not_exist(target.logical_name, cell.id));
  }
  (void)table;
  return {};
}

Answer<void> check_required(const Table& table, const RowDraft& draft, bool is_create) {
  for (const std::uint16_t index : table.system_required()) {
    const Column& column = table.column_at(index);
    if (column.is_deleted || is_filled_in(column)) continue;
    const Cell* cell = draft.find(column.index);
    const bool missing = cell == nullptr ? is_create : !cell->has_value();
    if (missing)
      return refuse(errors::required_field_missing(table.logical_name, column.logical_name));
  }
  return {};
}

Answer<void> check_hierarchy(const Work& work, const Table& table, const Uuid& id,
                             const RowDraft& draft) {
  constexpr int longest_chain = 10'000;
  for (const auto& [index, cell] : draft.cells()) {
    const Column& column = table.column_at(index);
    if (cell.kind != CellKind::lookup || cell.table != table.index || !is_hierarchy_column(column))
      continue;
    Uuid at = cell.id;
    for (int steps = 0; steps < longest_chain; ++steps) {
      if (at == id) return refuse(loop(table));
      const Row* row = work.store().row(table, at);
      if (row == nullptr) break;
      const Cell next = row->cell(index);
      if (next.kind != CellKind::lookup || next.table != table.index) break;
      at = next.id;
    }
  }
  return {};
}

Answer<PrincipalRef> check_owner(const Work& work, const Table& owned, const Cell& owner) {
  if (owner.kind != CellKind::lookup) return refuse(errors::invalid_owner());
  const Table& table = work.catalogue().table_at(owner.table);
  const bool is_team = table.logical_name == "team";
  if (work.store().row(table, owner.id) == nullptr)
    return refuse(errors::object_does_not_exist(table.logical_name, owner.id));
  const Organization& org = work.org;
  if (is_team && org.number_of("team", owner.id, "teamtype") == 1)
    return refuse(errors::other(400, 0x80048340,
                                "You cannot assign a record to the access team. You can assign a "
                                "record to the owner team."));
  if (!is_team && org.number_of("systemuser", owner.id, "isdisabled") == 1 &&
      !org.settings.readings.disabled_owner_allowed)
    return refuse(errors::owner_disabled());
  const auto rights = org.roles.of(*org.store, owner.id);
  if (rights != nullptr && rights->depth(AccessRight::read, owned) == Depth::none)
    return refuse(
        errors::other(403, 0x80040231, "Target user or team does not hold required privileges."));
  return work.org.store->ref_of(owner.id, is_team);
}

Answer<void> check_keys(const Work& work, const Table& table, const Row& row) {
  if (table.keys.empty()) return {};
  const AlternateKey* violated = work.org.store->open(table).violated_key(row);
  if (violated == nullptr) return {};
  std::string columns, values;
  for (const std::uint16_t index : violated->columns) {
    const Column& column = table.column_at(index);
    if (!columns.empty()) columns += ", ";
    columns += column.display_name.empty() ? column.logical_name : column.display_name;
    std::string text;
    append_key_part(text, row.cell(index));
    if (!text.empty()) text.pop_back();
    const Cell cell = row.cell(index);
    if (cell.kind == CellKind::text) text = std::string(cell.text);
    values += fmt::format("<{0}>{1}</{0}>", column.logical_name, text);
  }
  Refusal refusal = errors::duplicate_key(violated->display_name, columns);
  const std::string prefix = "Microsoft.PowerApps.CDS.ErrorDetails.";
  refusal.annotations = {
      {prefix + "DuplicateAttributes", "<DuplicateAttributes>" + values + "</DuplicateAttributes>"},
      // §5: the row being written, not the one that exists; the client has to look that one up.
      {prefix + "DuplicateEntity",
       fmt::format("<Entity><Id>{}</Id><LogicalName>{}</LogicalName></Entity>",
                   work.caller.user.text(), table.logical_name)},
      {prefix + "0", violated->display_name},
      {prefix + "1", columns}};
  return refuse(std::move(refusal));
}

int default_status(const Table& table, int state) {
  const Option* option = table.state_column()->options->find(state);
  if (option != nullptr && option->default_status) return *option->default_status;
  for (const Option& status : table.status_column()->options->options)
    if (status.state == state) return status.value;
  return state == 0 ? 1 : 2;
}

void note_impersonator(const Work& work, const Table& table, std::string_view column,
                       const Row* before, RowDraft& draft) {
  if (!work.caller.on_behalf_of && before == nullptr) return;
  const Column* found = table.column(column);
  if (found == nullptr || found->role != Role::stored) return;
  if (!work.caller.on_behalf_of) {
    if (before->cell(found->index).has_value()) draft.set(found->index, Cell::null());
    return;
  }
  draft.set(found->index,
            Cell::lookup(work.org.table("systemuser").index, *work.caller.on_behalf_of));
}

Answer<StateAndStatus> initial_state(const Table& table, const RowDraft& draft, const Uuid& id) {
  if (table.state_column() == nullptr) return StateAndStatus{-1, -1};
  const auto& states = table.state_column()->options->options;
  int state = draft.state.value_or(table.state_column()->default_value.value_or(
      states.empty() || table.state_column()->options->find(0) != nullptr ? 0 : states[0].value));
  if (table.status_column() == nullptr) return StateAndStatus{state, -1};
  const int status = draft.status.value_or(default_status(table, state));
  if (draft.status && !status_belongs(table, status, state))
    return refuse(errors::invalid_status(std::to_string(status), state_name(table, state),
                                         table.logical_name, id));
  return StateAndStatus{state, status};
}

Answer<StateAndStatus> changed_state(const Table& table, const RowDraft& draft, const Row& row) {
  StateAndStatus next{row.head.state, row.head.status};
  if (table.state_column() == nullptr || (!draft.state && !draft.status)) return next;
  if (draft.state) {
    next.state = *draft.state;
    if (!draft.status && *draft.state != row.head.state)
      next.status = default_status(table, next.state);
  }
  if (table.status_column() == nullptr) return next;
  if (draft.status) next.status = *draft.status;
  if (!status_belongs(table, next.status, next.state))
    return refuse(errors::invalid_status(std::to_string(next.status), state_name(table, next.state),
                                         table.logical_name, row.head.id));
  return next;
}

}  // namespace flit::sim::dataverse
