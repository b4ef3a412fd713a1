// Connections (fact sheet §12): two rows for one link, roles that must fit type and partner.

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/rules/rule_set.hpp"

namespace flit::sim::dataverse {
namespace {

const Cell* sent(const RowDraft& draft, const Table& table, std::string_view column) {
  const Cell* cell = draft.find(table.column(column)->index);
  return cell != nullptr && cell->has_value() ? cell : nullptr;
}

/// A role with no object type row goes with every table [I].
Answer<void> check_role(Work& work, const Cell* role, const Cell& record) {
  if (role == nullptr) return {};
  const Table& types = work.org.table("connectionroleobjecttypecode");
  const Table& target = work.catalogue().table_at(record.table);
  const RecordTable* rows = work.org.store->find(types);
  if (rows == nullptr) return {};
  bool listed = false, fits = false;
  for (const Uuid& id : rows->referring(types.column("connectionroleid")->index, role->id)) {
    listed = true;
    fits |= rows->find(id)->cell(types.column("associatedobjecttypecode")->index).text ==
            target.logical_name;
  }
  if (!listed || fits) return {};
  return refuse(errors::other(400, 0x80048215,
                              "The record type " + target.logical_name +
                                  " is not defined for use with the connection role " +
                                  work.org.text_of("connectionrole", role->id, "name") + "."));
}

Answer<void> check_reciprocal(Work& work, const Cell* role1, const Cell* role2) {
  if (role1 == nullptr || role2 == nullptr || role1->id == role2->id) return {};
  const LinkTable* links = work.org.store->find_links("connectionroleassociation_association");
  if (links != nullptr &&
      (links->contains(role1->id, role2->id) || links->contains(role2->id, role1->id)))
    return {};
  return refuse(errors::other(400, 0x80048216, "The connection roles are not related."));
}

bool same_cell(const Row& row, const Table& table, std::string_view column, const Cell* cell) {
  const Cell known = row.cell(table.column(column)->index);
  return cell == nullptr ? !known.has_value() : known.has_value() && known.id == cell->id;
}

Answer<void> check_duplicate(Work& work, const Table& table, const RowDraft& draft) {
  const Cell* record1 = sent(draft, table, "record1id");
  const RecordTable* rows = work.org.store->find(table);
  if (rows == nullptr) return {};
  for (const Uuid& id : rows->referring(table.column("record1id")->index, record1->id)) {
    const Row& row = *rows->find(id);
    if (same_cell(row, table, "record2id", sent(draft, table, "record2id")) &&
        same_cell(row, table, "record1roleid", sent(draft, table, "record1roleid")) &&
        same_cell(row, table, "record2roleid", sent(draft, table, "record2roleid")))
      return refuse(errors::other(400, 0x80048208, "Connection already exists."));
  }
  return {};
}

std::string name_of(const Work& work, const Cell& record) {
  const Table& table = work.catalogue().table_at(record.table);
  const Row* row = work.store().row(table, record.id);
  const Column* name = table.column(table.primary_name);
  if (row == nullptr || name == nullptr) return {};
  return std::string(row->cell(name->index).text);
}

Answer<void> before_create(Work& work, const Table& table, RowDraft& draft) {
  const Cell* record1 = sent(draft, table, "record1id");
  const Cell* record2 = sent(draft, table, "record2id");
  if (record1 == nullptr || record2 == nullptr)
    return refuse(errors::other(400, 0x80048218,
                                "You must provide a name or select a role for both sides of this "
                                "connection."));
  const Cell one = *record1, two = *record2;
  FLIT_TRY_VOID(check_role(work, sent(draft, table, "record1roleid"), one));
  FLIT_TRY_VOID(check_role(work, sent(draft, table, "record2roleid"), two));
  FLIT_TRY_VOID(check_reciprocal(work, sent(draft, table, "record1roleid"),
                                 sent(draft, table, "record2roleid")));
  FLIT_TRY_VOID(check_duplicate(work, table, draft));
  const auto type_code = [&](const Cell& record) {
    return Cell::integer(work.catalogue().table_at(record.table).object_type_code);
  };
  draft.set(table.column("record1objecttypecode")->index, type_code(one));
  draft.set(table.column("record2objecttypecode")->index, type_code(two));
  draft.set(table.column("ismaster")->index, Cell::boolean(true));
  draft.set(table.column("name")->index, Cell::of_text(draft.arena.keep(name_of(work, two))));
  return {};
}

/// The other side sees the same link: sides swapped, not the master (which of the two is [I]).
Answer<void> after_create(Work& work, const Table& table, const Row& row, RowDraft& draft) {
  const auto cell = [&](std::string_view column) { return row.cell(table.column(column)->index); };
  const Uuid id = row.head.id;
  const Uuid mirror = derived_id(id, 0x6d6972726f72);
  const std::string name = name_of(work, cell("record1id"));
  const std::unique_ptr<Row> like = row.copy();
  (void)draft;
  put_direct(work, table, mirror,
             {{"record1id", cell("record2id")},
              {"record2id", cell("record1id")},
              {"record1roleid", cell("record2roleid")},
              {"record2roleid", cell("record1roleid")},
              {"record1objecttypecode", cell("record2objecttypecode")},
              {"record2objecttypecode", cell("record1objecttypecode")},
              {"description", cell("description")},
              {"effectivestart", cell("effectivestart")},
              {"effectiveend", cell("effectiveend")},
              {"importsequencenumber", cell("importsequencenumber")},
              {"overriddencreatedon", cell("overriddencreatedon")},
              {"ismaster", Cell::boolean(false)},
              {"name", Cell::of_text(name)},
              {"relatedconnectionid", Cell::lookup(table.index, id)}},
             like.get());
  change_direct(work, table, id, {{"relatedconnectionid", Cell::lookup(table.index, mirror)}});
  work.count(table, 0);
  return {};
}

Answer<void> after_delete(Work& work, const Table& table, const Row& row) {
  const Cell related = row.cell(table.column("relatedconnectionid")->index);
  if (!related.has_value() || work.store().row(table, related.id) == nullptr) return {};
  return delete_row(work, table, related.id);
}

}  // namespace

const RuleSet connection_rules{
    .before_create = before_create, .after_create = after_create, .after_delete = after_delete};

}  // namespace flit::sim::dataverse
