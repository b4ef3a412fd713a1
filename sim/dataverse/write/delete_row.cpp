#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/process_flows.hpp"
#include "sim/dataverse/rules/rule_set.hpp"
#include "sim/dataverse/security/guard.hpp"
#include "sim/dataverse/write/assign.hpp"
#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {
namespace {

template <typename Hook>
Answer<void> run(const Table& table, Hook RuleSet::*hook, Work& work, const Row& row) {
  for (const RuleSet* rules : rules_of(table))
    if (rules != nullptr && rules->*hook != nullptr)
      FLIT_TRY_VOID((rules->*hook)(work, table, row));
  return {};
}

Answer<void> remove_row(Work& work, const Table& table, const Uuid& id);

/// Refused before anything is touched (§14): Restrict with a living child.
Answer<void> check_restricted(const Work& work, const Table& table, const Uuid& id) {
  for (const OneToMany* relationship : work.catalogue().children_of(table.logical_name))
    if (relationship->cascades.remove == CascadeRule::restrict &&
        !children_through(work, *relationship, id).empty())
      return refuse(errors::cannot_delete_due_to_association());
  return {};
}

Answer<void> cascade_delete(Work& work, const Table& table, const Uuid& id) {
  for (const OneToMany* relationship : work.catalogue().children_of(table.logical_name)) {
    const Table* child = work.catalogue().table(relationship->child);
    if (child == nullptr) continue;
    const std::vector<Uuid> children = children_through(work, *relationship, id);
    const bool deletes =
        relationship->cascades.remove == CascadeRule::all ||
        (!children.empty() && goes_with_record(work.org, *child, relationship->child_column));
    for (const Uuid& child_id : children) {
      if (child_id == id && child == &table) continue;
      if (deletes) {
        if (work.store().row(*child, child_id) != nullptr)
          FLIT_TRY_VOID(remove_row(work, *child, child_id));
      } else {
        relink(work, *child, child->column(relationship->child_column)->index, child_id,
               Cell::null());
      }
    }
  }
  return {};
}

void unlink_pairs(Work& work, const Table& table, const Uuid& id) {
  for (const ManyToMany* pair : work.catalogue().pairs_of(table.logical_name)) {
    const LinkTable* links = work.org.store->find_links(pair->schema_name);
    if (links == nullptr) continue;
    if (pair->first.table == table.logical_name)
      for (const Uuid& other : links->of_first(id)) work.tx.unlink(pair->schema_name, id, other);
    if (pair->second.table == table.logical_name)
      for (const Uuid& other : links->of_second(id)) work.tx.unlink(pair->schema_name, other, id);
  }
}

void note_deletion(Work& work, const Table& table, const Row& row) {
  Organization& org = work.org;
  org.changes.note({table.index, row.head.id, org.store->next_version(), org.now()});
  work.tx.on_rollback([&org] { org.changes.forget_last(); });
  if (!org.settings.recycle_bin || org.bin.contains(table.index, row.head.id)) return;
  const Uuid id = row.head.id;
  org.bin.add(table.index, {std::shared_ptr<const Row>(row.copy()), org.now()});
  work.tx.on_rollback([&org, index = table.index, id] { org.bin.remove(index, id); });
}

Answer<void> remove_row(Work& work, const Table& table, const Uuid& id) {
  const Row* row = work.store().row(table, id);
  if (row == nullptr) return refuse(errors::object_does_not_exist(table.logical_name, id));
  FLIT_TRY_VOID(run(table, &RuleSet::before_delete, work, *row));
  FLIT_TRY_VOID(check_restricted(work, table, id));
  FLIT_TRY_VOID(cascade_delete(work, table, id));
  row = work.store().row(table, id);
  if (row == nullptr) return {};  // a cascade came back to it
  unlink_pairs(work, table, id);
  note_deletion(work, table, *row);
  const std::unique_ptr<Row> gone = row->copy();
  work.count(table, 0);
  work.tx.take(table, id);
  return run(table, &RuleSet::after_delete, work, *gone);
}

}  // namespace

Answer<void> delete_row(Work& work, const Table& table, const Uuid& id) {
  const Row* row = work.store().row(table, id);
  if (row == nullptr) return refuse(errors::object_does_not_exist(table.logical_name, id));
  FLIT_TRY_VOID(require(work.org, work.caller, AccessRight::remove, table, *row));
  return remove_row(work, table, id);
}

}  // namespace flit::sim::dataverse
