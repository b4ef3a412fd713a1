#include "base/hash.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/file_content.hpp"
#include "sim/dataverse/rules/process_flows.hpp"
#include "sim/dataverse/rules/rule_set.hpp"
#include "sim/dataverse/security/guard.hpp"
#include "sim/dataverse/write/checks.hpp"
#include "sim/dataverse/write/money.hpp"
#include "sim/dataverse/write/nested.hpp"
#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {
namespace {

bool is_user_owned(const Table& table) {
  return table.owner_column() != nullptr && table.ownership == Ownership::user;
}

/// createdon and overriddencreatedon change places (§10): the row shows the moment that was sent.
Answer<void> stamp(Work& work, const Table& table, RowDraft& draft, RowHead& head) {
  const std::int64_t now = work.org.now();
  head.created_on = head.modified_on = now;
  head.created_by = head.modified_by = work.caller.ref;
  note_impersonator(work, table, "createdonbehalfby", nullptr, draft);
  note_impersonator(work, table, "modifiedonbehalfby", nullptr, draft);
  const Column* column = table.overridden_created_on();
  const Cell* sent = column == nullptr ? nullptr : draft.find(column->index);
  if (sent == nullptr || !sent->has_value()) return {};
  FLIT_TRY_VOID(require_privilege(work.org, work.caller, "prvOverrideCreatedOnCreatedBy"));  // §10
  const std::int64_t wanted = sent->kind == CellKind::date ? sent->number * 86400 : sent->number;
  if (wanted > now)
    return refuse(errors::invalid_argument(
        "The Record Created On value must not lie in the future."));  // §10 [C], text unknown
  head.created_on = wanted;
  draft.set(column->index,
            sent->kind == CellKind::date ? Cell::date(now / 86400) : Cell::instant(now));
  return {};
}

Answer<void> give_owner(Work& work, const Table& table, const RowDraft& draft, RowHead& head) {
  if (!is_user_owned(table)) return {};
  if (draft.owner.kind == CellKind::absent) {
    head.owner = work.caller.ref;
    return {};
  }
  FLIT_TRY(owner, check_owner(work, table, draft.owner));
  head.owner = owner;
  return {};
}

/// A chosen id that is taken: 412 0x80040237; else an id made from the content.
Answer<void> give_id(Work& work, const Table& table, const RowDraft& draft, Row& row) {
  const RecordTable& rows = work.org.store->open(table);
  if (draft.id) {
    if (rows.find(*draft.id) != nullptr) return refuse(errors::duplicate_record());
    row.head.id = *draft.id;
    return {};
  }
  const std::uint64_t salt = mix64(hash64(table.logical_name) ^ row.head.owner ^
                                   (static_cast<std::uint64_t>(row.head.status) << 32));
  row.head.id = work.org.ids.next(row.packed(), salt, [&](const Uuid& id) {
    return rows.find(id) == nullptr && !work.org.bin.contains(table.index, id);
  });
  return {};
}

template <typename Hook, typename... Arguments>
Answer<void> run(const Table& table, Hook RuleSet::*hook, Work& work, Arguments&&... arguments) {
  for (const RuleSet* rules : rules_of(table))
    if (rules != nullptr && rules->*hook != nullptr)
      FLIT_TRY_VOID((rules->*hook)(work, table, arguments...));
  return {};
}

}  // namespace

Answer<Uuid> create_row(Work& work, const Table& table, RowDraft& draft) {
  FLIT_TRY_VOID(require(work.org, work.caller, AccessRight::create, table));
  FLIT_TRY_VOID(create_nested_parents(work, table, draft));
  FLIT_TRY_VOID(require_append(work.org, work.caller, table, nullptr, draft));
  FLIT_TRY_VOID(run(table, &RuleSet::before_create, work, draft));
  FLIT_TRY_VOID(check_required(table, draft, true));
  FLIT_TRY_VOID(check_lookups(work, table, draft));
  FLIT_TRY_VOID(check_images(table, draft, true));
  auto row = std::make_unique<Row>();
  FLIT_TRY(states, initial_state(table, draft, draft.id.value_or(Uuid{})));
  row->head.state = states.state;
  row->head.status = states.status;
  FLIT_TRY_VOID(stamp(work, table, draft, row->head));
  FLIT_TRY_VOID(give_owner(work, table, draft, row->head));
  FLIT_TRY_VOID(settle_money(work, table, nullptr, draft));
  row->pack(draft.sorted());
  FLIT_TRY_VOID(give_id(work, table, draft, *row));
  FLIT_TRY_VOID(check_hierarchy(work, table, row->head.id, draft));
  FLIT_TRY_VOID(check_keys(work, table, *row));
  row->head.version = row->head.created_version = work.org.store->next_version();
  work.count(table, draft.cells().size());
  const Uuid id = row->head.id;
  draft.id = id;
  const Row& stored = *row;
  work.tx.put(table, std::move(row));
  FLIT_TRY_VOID(run(table, &RuleSet::after_create, work, stored, draft));
  attach_default_flow(work, table, *work.store().row(table, id), draft);
  FLIT_TRY_VOID(create_nested_children(work, table, id, draft));
  return id;
}

}  // namespace flit::sim::dataverse
