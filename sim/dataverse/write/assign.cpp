#include "sim/dataverse/write/assign.hpp"

#include <algorithm>

namespace flit::sim::dataverse {

std::vector<Uuid> children_through(const Work& work, const OneToMany& relationship,
                                   const Uuid& id) {
  const Table* child = work.catalogue().table(relationship.child);
  if (child == nullptr) return {};
  const Column* column = child->column(relationship.child_column);
  const RecordTable* rows = work.org.store->find(*child);
  if (column == nullptr || rows == nullptr || column->role != Role::stored) return {};
  return rows->referring(column->index, id);
}

void relink(Work& work, const Table& table, std::uint16_t column, const Uuid& id,
            const Cell& cell) {
  const Row* row = work.store().row(table, id);
  if (row == nullptr) return;
  std::vector<ColumnCell> cells;
  row->unpack(cells);
  std::erase_if(cells, [&](const ColumnCell& old) { return old.first == column; });
  if (cell.has_value())
    cells.insert(std::find_if(cells.begin(), cells.end(),
                              [&](const ColumnCell& old) { return old.first > column; }),
                 {column, cell});
  auto next = std::make_unique<Row>();
  next->head = row->head;
  next->head.version = work.org.store->next_version();
  next->head.modified_on = work.org.now();
  next->head.modified_by = work.caller.ref;
  next->pack(cells);
  work.tx.put(table, std::move(next));
}

Answer<void> cascade_assign(Work& work, const Table& table, const Uuid& id, PrincipalRef owner) {
  for (const OneToMany* relationship : work.catalogue().children_of(table.logical_name)) {
    const CascadeRule rule = relationship->cascades.assign;
    if (rule == CascadeRule::none) continue;
    const Table* child = work.catalogue().table(relationship->child);
    if (child == nullptr || child->owner_column() == nullptr) continue;
    for (const Uuid& child_id : children_through(work, *relationship, id)) {
      const Row* row = work.store().row(*child, child_id);
      if (row == nullptr || row->head.owner == owner) continue;
      if (rule == CascadeRule::active && row->head.state != 0) continue;
      std::unique_ptr<Row> next = row->copy();
      next->head.owner = owner;
      next->head.modified_on = work.org.now();
      next->head.modified_by = work.caller.ref;
      next->head.version = work.org.store->next_version();
      work.count(*child, 0);
      work.tx.put(*child, std::move(next));
      FLIT_TRY_VOID(cascade_assign(work, *child, child_id, owner));
    }
  }
  return {};
}

}  // namespace flit::sim::dataverse
