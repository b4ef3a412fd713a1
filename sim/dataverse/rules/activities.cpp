// Activities (fact sheet §12): every concrete row has an activitypointer of the same id, parties by
// participation type, and two parties (owner, regarding) that the platform adds itself.

#include <algorithm>
#include <array>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/rules/rule_set.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int mask_regarding = 8;
constexpr int mask_owner = 9;

/// Shared columns of the concrete row as its pointer.
void put_pointer(Work& work, const Table& table, const Row& row) {
  const Table& pointers = work.org.table("activitypointer");
  std::vector<ColumnCell> cells;
  row.unpack(cells);
  RowDraft draft;
  for (const auto& [index, cell] : cells)
    if (const Column* shared = pointers.column(table.column_at(index).logical_name))
      draft.set(shared->index, cell);
  draft.set(pointers.column("activitytypecode")->index, Cell::of_text(table.logical_name));
  auto pointer = std::make_unique<Row>();
  pointer->head = row.head;
  pointer->pack(draft.sorted());
  work.tx.put(pointers, std::move(pointer));
}

Cell principal_cell(const Work& work, PrincipalRef ref) {
  const Principal& principal = work.store().principal(ref);
  return Cell::lookup(work.org.table(principal.is_team ? "team" : "systemuser").index,
                      principal.id);
}

void put_platform_party(Work& work, const Table& table, const Row& activity, int mask,
                        const Cell& party) {
  const Table& parties = work.org.table("activityparty");
  const Uuid id = derived_id(activity.head.id, static_cast<std::uint64_t>(mask));
  if (!party.has_value()) {
    work.tx.take(parties, id);
    return;
  }
  put_direct(work, parties, id,
             {{"activityid", Cell::lookup(table.index, activity.head.id)},
              {"partyid", party},
              {"participationtypemask", Cell::integer(mask)}},
             &activity);
}

void put_platform_parties(Work& work, const Table& table, const Row& activity) {
  if (activity.head.owner != 0)
    put_platform_party(work, table, activity, mask_owner,
                       principal_cell(work, activity.head.owner));
  if (const Column* regarding = table.column("regardingobjectid"))
    put_platform_party(work, table, activity, mask_regarding, activity.cell(regarding->index));
}

Answer<void> set_type_code(Work&, const Table& table, RowDraft& draft) {
  if (const Column* column = table.column("activitytypecode"))
    draft.set(column->index, Cell::of_text(table.logical_name));
  return {};
}

Answer<void> after_create(Work& work, const Table& table, const Row& row, RowDraft&) {
  put_pointer(work, table, row);
  put_platform_parties(work, table, row);
  return {};
}

/// actualend is the moment of completion unless the client sends one.
Answer<void> on_completion(Work& work, const Table& table, const Row& row, RowDraft& draft) {
  const Column* end = table.column("actualend");
  const bool completes = draft.state && *draft.state == 1 && row.head.state != 1;
  if (!completes || end == nullptr) return {};
  const Cell* sent = draft.find(end->index);
  if ((sent == nullptr || !sent->has_value()) && !row.cell(end->index).has_value())
    draft.set(end->index, Cell::instant(work.org.now()));
  return {};
}

Answer<void> after_update(Work& work, const Table& table, const Row&, const Row& after) {
  put_pointer(work, table, after);
  put_platform_parties(work, table, after);
  return {};
}

/// The people of an activity go with it: activitypointer_activity_parties deletes by cascade (§14),
/// whoever added them.
Answer<void> take_parties(Work& work, const Table&, const Row& row) {
  const Table& parties = work.org.table("activityparty");
  const RecordTable* rows = work.org.store->find(parties);
  if (rows == nullptr) return {};
  for (const Uuid& id : rows->referring(parties.column("activityid")->index, row.head.id))
    work.tx.take(parties, id);
  return {};
}

Answer<void> after_delete(Work& work, const Table&, const Row& row) {
  work.tx.take(work.org.table("activitypointer"), row.head.id);
  return {};
}

Answer<void> refuse_pointer(Work&, const Table& table, RowDraft&) {
  return refuse(errors::message_not_supported("Create", table.logical_name));
}

/// A parent's cascade reaches the pointer; the concrete row goes with it.
Answer<void> delete_concrete(Work& work, const Table& table, const Row& row) {
  const Cell type = row.cell(table.column("activitytypecode")->index);
  const Table* concrete = work.catalogue().table(type.text);
  if (concrete == nullptr || work.store().row(*concrete, row.head.id) == nullptr) return {};
  return delete_row(work, *concrete, row.head.id);
}

struct AllowedMasks {
  std::string_view table;
  std::string_view masks;
};

constexpr std::array<AllowedMasks, 6> allowed_masks{{{"appointment", "567"},
                                                     {"email", "1234"},
                                                     {"phonecall", "12"},
                                                     {"fax", "12"},
                                                     {"letter", "124"},
                                                     {"task", ""}}};

bool mask_allowed(const Table& activity, std::int64_t mask) {
  if (mask == mask_regarding || mask == mask_owner) return false;  // the platform's own
  for (const auto& [table, masks] : allowed_masks)
    if (activity.logical_name == table)
      return mask < 10 && masks.find(static_cast<char>('0' + mask)) != std::string_view::npos;
  return true;
}

constexpr std::array<std::string_view, 8> allowed_parties{
    "account", "contact", "lead", "systemuser", "team", "queue", "knowledgearticle", "equipment"};

Answer<void> check_party(Work& work, const Table& table, RowDraft& draft) {
  const Cell* activity = draft.find(table.column("activityid")->index);
  const Cell* mask = draft.find(table.column("participationtypemask")->index);
  if (activity == nullptr || !activity->has_value())
    return refuse(errors::required_field_missing("activityparty", "activityid"));
  const Table& concrete = work.catalogue().table_at(activity->table);
  if (mask == nullptr || !mask->has_value() || !mask_allowed(concrete, mask->number))
    return refuse(errors::other(400, 0x80043515, "Invalid party mapping."));
  const Cell* party = draft.find(table.column("partyid")->index);
  const Cell* address = draft.find(table.column("addressused")->index);
  if (party == nullptr || !party->has_value()) {
    if (address == nullptr || !address->has_value())
      return refuse(errors::other(400, 0x80043504, "Activity party object Id or type is missing"));
    if (address->text.find('@') == std::string_view::npos)
      return refuse(
          errors::other(400, 0x80043518, "One or more activity parties have invalid addresses."));
    return {};
  }
  const Table& target = work.catalogue().table_at(party->table);
  if (target.is_activity)
    return refuse(
        errors::other(400, 0x80048501, "An activity entity cannot be also an activity party"));
  if (std::find(allowed_parties.begin(), allowed_parties.end(), target.logical_name) ==
      allowed_parties.end())
    return refuse(
        errors::other(400, 0x80043506, "Cannot create activity party of specified object type."));
  return {};
}

}  // namespace

const RuleSet activity_rules{.before_create = set_type_code,
                             .after_create = after_create,
                             .before_update = on_completion,
                             .after_update = after_update,
                             .before_delete = take_parties,
                             .after_delete = after_delete};
const RuleSet activity_pointer_rules{.before_create = refuse_pointer,
                                     .before_delete = delete_concrete};
const RuleSet activity_party_rules{.before_create = check_party};

}  // namespace flit::sim::dataverse
