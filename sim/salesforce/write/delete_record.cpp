#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/rules/object_rules.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {
namespace {

/// Live children of `parent` over one reference.
std::vector<RecordId> live_children(Work& work, const ChildLink& link, RecordId parent) {
  std::vector<RecordId> ids;
  if (work.org.store->find_table(*link.child) == nullptr) return ids;
  work.org.store->table(*link.child)
      .each_with(*link.field, Cell::of_id(parent), [&](const Row& row) {
        if (row.is_live()) ids.push_back(row.head.id);
        return true;
      });
  return ids;
}

/// One delete of a client, and all that goes along with it.
class Deletion {
 public:
  Deletion(Work& work, RecordId root) : work_(work), root_(root), now_(work.org.now_ms()) {}

  Answer<void> remove(RecordId id) {
    const Object* object = nullptr;
    const Row* row = work_.org.store->find(id, &object);
    if (row == nullptr || !row->is_live()) return {};  // went along with something else
    const ObjectRules& rules = rules_of(object->name);
    if (rules.before_delete != nullptr) FLIT_TRY_VOID(rules.before_delete(work_, *row));
    for (const ChildLink& link : work_.org.catalogue->children(*object))
      if (link.link->restricted) FLIT_TRY_VOID(refuse_if_used(link, *object, id));
    put_away(*object, *row, rules.skips_bin || work_.options.skip_bin);
    for (const ChildLink& link : work_.org.catalogue->children(*object))
      FLIT_TRY_VOID(follow(link, id));
    return {};
  }

 private:
  Answer<void> refuse_if_used(const ChildLink& link, const Object& object, RecordId id) {
    if (live_children(work_, link, id).empty()) return {};
    return refuse(
        "DELETE_FAILED",
        fmt::format("Your attempt to delete this {} could not be completed because it is "
                    "associated with the following {}",
                    text::ascii_lower(object.label), text::ascii_lower(link.child->label_plural)));
  }

  /// Children go along, or lose their reference.
  Answer<void> follow(const ChildLink& link, RecordId id) {
    for (const RecordId child : live_children(work_, link, id)) {
      if (link.link->cascade) {
        FLIT_TRY_VOID(remove(child));
      } else {
        clear_reference(*link.child, *link.field, child);
      }
    }
    return {};
  }

  void put_away(const Object& object, const Row& row, bool for_good) {
    if (for_good) return work_.transaction.take(object, row.head.id);
    auto gone = row.copy();
    gone->head.state = RowState::binned;
    gone->head.deleted_ms = gone->head.stamp_ms = now_;
    gone->head.deleted_with = root_;
    work_.transaction.put(object, std::move(gone));
  }

  void clear_reference(const Object& object, const Field& field, RecordId id) {
    const Row* row = work_.org.store->find(object, id);
    Draft draft(object);
    draft.set_before(row);
    draft.derive(field, Cell{});
    auto cleared = std::make_unique<Row>();
    cleared->head = row->head;
    cleared->head.stamp_ms = now_;
    cleared->pack(draft.cells());
    work_.transaction.put(object, std::move(cleared));
  }

  Work& work_;
  RecordId root_;
  std::int64_t now_;
};

/// Every record of the bin that went with `root`, the root included.
template <typename Visit>
void each_gone_with(Work& work, RecordId root, const Visit& visit) {
  for (const auto& object : work.org.catalogue->all()) {
    const RecordTable* table = work.org.store->find_table(*object);
    if (table == nullptr) continue;
    std::vector<RecordId> ids;
    table->each([&](const Row& row) {
      if (row.head.state == RowState::binned && row.head.deleted_with == root)
        ids.push_back(row.head.id);
      return true;
    });
    for (const RecordId id : ids) visit(*object, id);
  }
}

void set_state(Work& work, const Object& object, RecordId id, RowState state) {
  const Row& before = *work.org.store->find(object, id);
  auto row = before.copy();
  const Field* master = object.find("MasterRecordId");
  if (state == RowState::live && master != nullptr && !before.cell(*master).is_null()) {
    Draft draft(object);  // a merged record stands for itself again
    draft.set_before(&before);
    draft.derive(*master, Cell{});
    row->pack(draft.cells());
  }
  row->head.state = state;
  row->head.stamp_ms = work.org.now_ms();
  if (state == RowState::live) {
    row->head.deleted_ms = 0;
    row->head.deleted_with = {};
  }
  work.transaction.put(object, std::move(row));
}

Answer<RecordId> root_in_bin(Work& work, RecordId id) {
  const Row* row = work.org.store->find(id);
  if (row == nullptr || row->head.state == RowState::emptied)
    return refuse("INVALID_ID_FIELD", "invalid record id");
  if (row->is_live()) return refuse("UNDELETE_FAILED", "Entity is not in the recycle bin");
  if (row->head.deleted_with != id)
    return refuse("UNDELETE_FAILED", "Entity was deleted along with its parent");
  return id;
}

}  // namespace

Answer<void> delete_record(Work& work, RecordId id) {
  const Object* object = nullptr;
  const Row* row = work.org.store->find(id, &object);
  if (row == nullptr || row->head.state == RowState::emptied) return refuse(errors::not_found());
  if (!row->is_live()) return refuse(errors::entity_is_deleted());
  const std::size_t mark = work.transaction.mark();
  auto done = Deletion(work, id).remove(id);
  if (!done) work.transaction.roll_back_to(mark);
  return done;
}

Answer<void> undelete_record(Work& work, RecordId id) {
  FLIT_TRY(root, root_in_bin(work, id));
  each_gone_with(work, root, [&](const Object& object, RecordId each) {
    set_state(work, object, each, RowState::live);
  });
  return {};
}

Answer<void> empty_from_bin(Work& work, RecordId id) {
  FLIT_TRY(root, root_in_bin(work, id));
  each_gone_with(work, root, [&](const Object& object, RecordId each) {
    set_state(work, object, each, RowState::emptied);
  });
  return {};
}

}  // namespace flit::sim::salesforce
