#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/file_content.hpp"
#include "sim/dataverse/rules/rule_set.hpp"
#include "sim/dataverse/security/guard.hpp"
#include "sim/dataverse/write/assign.hpp"
#include "sim/dataverse/write/checks.hpp"
#include "sim/dataverse/write/money.hpp"
#include "sim/dataverse/write/nested.hpp"
#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {
namespace {

/// The old cells with the draft's over them; nulls clear, unless a default would show again.
void merge(const Table& table, const Row& before, RowDraft& draft,
           std::vector<ColumnCell>& merged) {
  std::vector<ColumnCell> old;
  before.unpack(old);
  const auto changes = draft.sorted();
  auto change = changes.begin();
  const auto keep = [&](std::uint16_t column, const Cell& cell) {
    const bool shows_default = table.column_at(column).default_value.has_value();
    if (cell.kind != CellKind::null || shows_default) merged.emplace_back(column, cell);
  };
  for (const auto& [column, cell] : old) {
    for (; change != changes.end() && change->first < column; ++change)
      keep(change->first, change->second);
    if (change != changes.end() && change->first == column) {
      keep(column, change->second);
      ++change;
    } else {
      merged.emplace_back(column, cell);
    }
  }
  for (; change != changes.end(); ++change) keep(change->first, change->second);
}

template <typename Hook, typename... Arguments>
Answer<void> run(const Table& table, Hook RuleSet::*hook, Work& work, Arguments&&... arguments) {
  for (const RuleSet* rules : rules_of(table))
    if (rules != nullptr && rules->*hook != nullptr)
      FLIT_TRY_VOID((rules->*hook)(work, table, arguments...));
  return {};
}

/// Inactive rows take nothing but a change of state or owner (§12, 0x80040230).
Answer<void> check_open(const Table& table, const Row& before, const RowDraft& draft) {
  if (table.state_column() == nullptr || before.head.state == 0 || draft.cells().empty()) return {};
  if (draft.state && *draft.state == 0) return {};
  const bool closes_for_good =
      table.is_activity || table.logical_name == "opportunity" || table.logical_name == "lead" ||
      table.logical_name == "incident" || table.logical_name == "quote" ||
      table.logical_name == "salesorder" || table.logical_name == "invoice";
  const bool inactive = before.head.state == 1;
  if (!closes_for_good && !inactive) return {};
  if (table.logical_name == "appointment" && before.head.state == 3) return {};  // Scheduled
  if (table.is_process_flow || table.logical_name == "systemuser") return {};
  return refuse(errors::inactive());
}

/// A new owner needs the right to assign, the rest the right to write (§9).
Answer<void> check_rights(const Work& work, const Table& table, const Row& before,
                          const RowDraft& draft) {
  if (work.caller.rights == nullptr) return {};
  if (draft.owner.kind != CellKind::absent)
    FLIT_TRY_VOID(require(work.org, work.caller, AccessRight::assign, table, before));
  const bool only_owner = draft.owner.kind != CellKind::absent && draft.cells().empty() &&
                          !draft.state && !draft.status;
  if (only_owner) return {};
  return require(work.org, work.caller, AccessRight::write, table, before);
}

}  // namespace

Answer<void> update_row(Work& work, const Table& table, const Uuid& id, RowDraft& draft) {
  const Row* before = work.store().row(table, id);
  if (before == nullptr) return refuse(errors::object_does_not_exist(table.logical_name, id));
  FLIT_TRY_VOID(check_rights(work, table, *before, draft));
  FLIT_TRY_VOID(require_append(work.org, work.caller, table, before, draft));
  FLIT_TRY_VOID(run(table, &RuleSet::before_update, work, *before, draft));
  before = work.store().row(table, id);  // a rule may have written the row itself
  FLIT_TRY_VOID(check_open(table, *before, draft));
  FLIT_TRY_VOID(check_required(table, draft, false));
  FLIT_TRY_VOID(check_lookups(work, table, draft));
  FLIT_TRY_VOID(check_images(table, draft, false));
  FLIT_TRY_VOID(check_hierarchy(work, table, id, draft));
  FLIT_TRY(states, changed_state(table, draft, *before));
  note_impersonator(work, table, "modifiedonbehalfby", before, draft);
  FLIT_TRY_VOID(settle_money(work, table, before, draft));

  auto row = std::make_unique<Row>();
  row->head = before->head;
  row->head.state = states.state;
  row->head.status = states.status;
  row->head.modified_on = work.org.now();
  row->head.modified_by = work.caller.ref;
  std::vector<ColumnCell> merged;
  merge(table, *before, draft, merged);
  row->pack(merged);
  if (draft.owner.kind != CellKind::absent && table.owner_column() != nullptr) {
    FLIT_TRY(owner, check_owner(work, table, draft.owner));
    row->head.owner = owner;
  }
  FLIT_TRY_VOID(check_keys(work, table, *row));
  row->head.version = work.org.store->next_version();
  work.count(table, draft.cells().size());
  const std::unique_ptr<Row> old = before->copy();
  const Row& stored = *row;
  work.tx.put(table, std::move(row));
  if (stored.head.owner != old->head.owner)
    FLIT_TRY_VOID(cascade_assign(work, table, id, stored.head.owner));
  FLIT_TRY_VOID(run(table, &RuleSet::after_update, work, *old, *work.store().row(table, id)));
  return create_nested_children(work, table, id, draft);
}

}  // namespace flit::sim::dataverse
