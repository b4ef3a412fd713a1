// Several records become one (fact sheet §8): what hangs on the others goes to the master, the
// others into the bin, where they name it.

#include <algorithm>
#include <array>

#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::size_t most_losers = 2;

/// Objects of which a pair of parents has one record: of two that a merge makes equal one is
/// enough.
constexpr std::array<std::pair<std::string_view, std::array<std::string_view, 2>>, 4> pairs{
    {{"AccountContactRelation", {"AccountId", "ContactId"}},
     {"ContentDocumentLink", {"ContentDocumentId", "LinkedEntityId"}},
     {"CampaignMember", {"CampaignId", "ContactId"}},
     {"TopicAssignment", {"TopicId", "EntityId"}}}};

class Merge {
 public:
  Merge(Work& work, const Object& object, RecordId master)
      : work_(work), object_(object), master_(master), now_(work.org.now_ms()) {}

  void take(RecordId loser) {
    for (const ChildLink& link : work_.org.catalogue->children(object_))
      for (const RecordId child : children(link, loser)) reparent(link, child);
    const Row& row = *work_.org.store->find(object_, loser);
    Draft draft(object_);
    draft.set_before(&row);
    draft.derive("MasterRecordId", Cell::of_id(master_));
    auto gone = std::make_unique<Row>();
    gone->head = row.head;
    gone->head.state = RowState::binned;
    gone->head.deleted_ms = gone->head.stamp_ms = now_;
    gone->head.deleted_with = loser;
    gone->pack(draft.cells());
    work_.transaction.put(object_, std::move(gone));
  }

  std::vector<RecordId> related{};

 private:
  std::vector<RecordId> children(const ChildLink& link, RecordId parent) {
    std::vector<RecordId> ids;
    const RecordTable* table = work_.org.store->find_table(*link.child);
    if (table == nullptr) return ids;
    table->each_with(*link.field, Cell::of_id(parent), [&](const Row& row) {
      if (row.is_live()) ids.push_back(row.head.id);
      return true;
    });
    return ids;
  }

  void reparent(const ChildLink& link, RecordId child) {
    const Row& row = *work_.org.store->find(*link.child, child);
    if (is_there(link, row)) {
      work_.transaction.take(*link.child, child);
      return;
    }
    Draft draft(*link.child);
    draft.set_before(&row);
    draft.derive(*link.field, child == master_ ? Cell{} : Cell::of_id(master_));
    auto moved = std::make_unique<Row>();
    moved->head = row.head;
    moved->head.modified_ms = moved->head.stamp_ms = now_;
    moved->head.modified_by = work_.caller.user;
    moved->pack(draft.cells());
    work_.transaction.put(*link.child, std::move(moved));
    related.push_back(child);
  }

  /// Whether the master has the record that `row` would become.
  bool is_there(const ChildLink& link, const Row& row) {
    for (const auto& [name, fields] : pairs) {
      if (name != link.child->name) continue;
      const bool first = link.field->name == fields[0];
      const Field* other = link.child->find(first ? fields[1] : fields[0]);
      const Cell partner = row.cell(*other);
      bool found = false;
      work_.org.store->table(*link.child)
          .each_with(*link.field, Cell::of_id(master_), [&](const Row& known) {
            found = known.is_live() && known.cell(*other) == partner;
            return !found;
          });
      return found && !partner.is_null();
    }
    return false;
  }

  Work& work_;
  const Object& object_;
  RecordId master_;
  std::int64_t now_;
};

}  // namespace

Answer<std::vector<RecordId>> merge_records(Work& work, RecordId master,
                                            const std::vector<RecordId>& losers) {
  const Object* object = nullptr;
  const Row* kept = work.org.store->find(master, &object);
  if (kept == nullptr) return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (!kept->is_live()) return refuse(errors::entity_is_deleted());
  if (!object->flags.mergeable)
    return refuse("INVALID_TYPE_FOR_OPERATION", "entity type cannot be merged: " + object->name);
  if (losers.empty() || losers.size() > most_losers)
    return refuse("INVALID_NUMBER_OF_RECORDS", "a merge takes one or two records into the master");
  for (const RecordId loser : losers) {
    const Row* row = work.org.store->find(*object, loser);
    if (row == nullptr || loser == master)
      return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    if (!row->is_live()) return refuse(errors::entity_is_deleted());
  }
  Merge merge(work, *object, master);
  for (const RecordId loser : losers) merge.take(loser);
  return std::move(merge.related);
}

}  // namespace flit::sim::salesforce
