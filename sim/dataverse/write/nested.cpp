#include "sim/dataverse/write/nested.hpp"

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"

namespace flit::sim::dataverse {
namespace {

Answer<Uuid> create_from(Work& work, const Table& table, json::Value body, const Column* parent,
                         const Cell& parent_cell) {
  RowDraft draft;
  FLIT_TRY_VOID(PayloadReader(work.org, table, Purpose::create).read(body, draft));
  if (parent != nullptr) draft.set(parent->index, parent_cell);
  return create_row(work, table, draft);
}

Answer<void> create_child(Work& work, const Table& table, const Uuid& id,
                          const CollectionNavigation& navigation, json::Value body) {
  if (const OneToMany* one = navigation.one_to_many) {
    const Table* child = work.catalogue().table(one->child);
    if (child == nullptr) return refuse(errors::no_such_segment(one->child));
    const Column* column = child->column(one->child_column);
    auto made = create_from(work, *child, body, column, Cell::lookup(table.index, id));
    if (!made) return refuse(std::move(made).error());
    return {};
  }
  const ManyToMany& many = *navigation.many_to_many;
  const auto& other = navigation.from_first ? many.second : many.first;
  const Table* partner = work.catalogue().table(other.table);
  if (partner == nullptr) return refuse(errors::no_such_segment(other.table));
  FLIT_TRY(made, create_from(work, *partner, body, nullptr, {}));
  if (navigation.from_first)
    work.tx.link(many.schema_name, id, made);
  else
    work.tx.link(many.schema_name, made, id);
  return {};
}

}  // namespace

Answer<void> create_nested_parents(Work& work, const Table& table, RowDraft& draft) {
  for (const NestedRows& nested : draft.nested) {
    if (!nested.rows.is_object()) continue;
    const LookupNavigation navigation = table.lookup_navigation(nested.navigation);
    if (navigation.column == nullptr) continue;
    const Table* parent = work.catalogue().table(navigation.property->targets.front());
    if (parent == nullptr)
      return refuse(errors::no_such_segment(navigation.property->targets.front()));
    FLIT_TRY(made, create_from(work, *parent, nested.rows, nullptr, {}));
    draft.set(navigation.column->index, Cell::lookup(parent->index, made));
  }
  return {};
}

Answer<void> create_nested_children(Work& work, const Table& table, const Uuid& id,
                                    RowDraft& draft) {
  for (const NestedRows& nested : draft.nested) {
    if (!nested.rows.is_array()) continue;
    const CollectionNavigation* navigation = table.collection(nested.navigation);
    if (navigation == nullptr) continue;
    for (const json::Value body : nested.rows.elements())
      FLIT_TRY_VOID(create_child(work, table, id, *navigation, body));
  }
  return {};
}

}  // namespace flit::sim::dataverse
