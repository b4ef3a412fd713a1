// Opportunities, leads, customers' addresses, users (fact sheet §11, §12).

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/rules/rule_set.hpp"

namespace flit::sim::dataverse {
namespace {

/// Won and Lost need their actions (§12): a plain change of state is refused.
Answer<void> opportunity_before_update(Work& work, const Table&, const Row& row, RowDraft& draft) {
  if (work.closing || !draft.state || *draft.state == row.head.state || *draft.state == 0)
    return {};
  const std::string state = *draft.state == 1 ? "Won" : "Lost";
  const std::string message =
      *draft.state == 1 ? "WinOpportunityRequest" : "LoseOpportunityRequest";
  return refuse(errors::other(400, 0x80100005,
                              "This message can not be used to set the state of opportunity to " +
                                  state + ". In order to set state of opportunity to " + state +
                                  ", use the " + message + " message instead."));
}

Answer<void> lead_before_update(Work&, const Table&, const Row& row, RowDraft& draft) {
  const bool closes_again = draft.state && *draft.state != 0 && row.head.state != 0;
  if (closes_again && *draft.state != row.head.state)
    return refuse(errors::other(400, 0x80040519, "The lead is already closed."));
  return {};
}

/// Addresses 1 to 3 are rows of customeraddress, made with the customer (§12 [C]).
class AddressWriter {
 public:
  AddressWriter(Work& work, const Table& table, const Row& row)
      : work_(work), table_(table), row_(row), addresses_(work.org.table("customeraddress")) {
    row.unpack(cells_);
    parent_ = addresses_.column("parentid")->index;
    number_ = addresses_.column("addressnumber")->index;
    type_ = addresses_.column("objecttypecode")->index;
  }

  void put(char number) {
    const char prefix_text[] = {'a', 'd', 'd', 'r', 'e', 's', 's', number, '_'};
    const std::string_view prefix(prefix_text, sizeof prefix_text);
    const Column* id_column = table_.column(std::string(prefix) + "addressid");
    if (id_column == nullptr) return;
    Uuid id = derived_id(row_.head.id, static_cast<std::uint64_t>(number - '0'));
    draft_.clear();
    draft_.append(parent_, Cell::lookup(table_.index, row_.head.id));
    draft_.append(number_, Cell::integer(number - '0'));
    draft_.append(type_, Cell::of_text(table_.logical_name));
    for (const auto& [index, cell] : cells_) {
      const std::string_view name = table_.column_at(index).logical_name;
      if (!cell.has_value() || !name.starts_with(prefix)) continue;
      if (index == id_column->index) id = cell.id;
      const Column* part = addresses_.column(name.substr(prefix.size()));
      if (part != nullptr && part->role == Role::stored) draft_.append(part->index, cell);
    }
    auto address = std::make_unique<Row>();
    address->head = row_.head;
    address->head.id = id;
    address->head.state = address->head.status = -1;
    address->pack(draft_.sorted());
    work_.tx.put(addresses_, std::move(address));
  }

  void put_all() {
    for (const char number : {'1', '2', '3'}) put(number);
  }

 private:
  Work& work_;
  const Table& table_;
  const Row& row_;
  const Table& addresses_;
  std::uint16_t parent_ = 0, number_ = 0, type_ = 0;
  RowDraft draft_;
  std::vector<ColumnCell> cells_;
};

/// A contact's accountid and parentcontactid say which kind of customer its parent is; clients
/// filter by them (PS QueryData).
Answer<void> mirror_parent(const Work& work, const Table& table, RowDraft& draft) {
  const Column* parent = table.column("parentcustomerid");
  const Cell* cell = parent == nullptr ? nullptr : draft.find(parent->index);
  if (cell == nullptr) return {};
  const Cell chosen = *cell;
  for (const auto& [column, target] :
       {std::pair{"accountid", "account"}, {"parentcontactid", "contact"}}) {
    const bool fits =
        chosen.kind == CellKind::lookup && chosen.table == work.org.table(target).index;
    draft.set(table.column(column)->index, fits ? chosen : Cell::null());
  }
  return {};
}

Answer<void> customer_before_create(Work& work, const Table& table, RowDraft& draft) {
  return mirror_parent(work, table, draft);
}

Answer<void> customer_before_update(Work& work, const Table& table, const Row&, RowDraft& draft) {
  return mirror_parent(work, table, draft);
}

Answer<void> customer_after_create(Work& work, const Table& table, const Row& row, RowDraft&) {
  AddressWriter(work, table, row).put_all();
  return {};
}

Answer<void> customer_after_update(Work& work, const Table& table, const Row&, const Row& after) {
  AddressWriter(work, table, after).put_all();
  return {};
}

Answer<void> user_before_delete(Work&, const Table& table, const Row&) {
  return refuse(errors::message_not_supported("Delete", table.logical_name));
}

Answer<void> user_after_create(Work& work, const Table&, const Row& row, RowDraft&) {
  work.org.store->ref_of(row.head.id, false);
  return {};
}

}  // namespace

const RuleSet opportunity_rules{.before_update = opportunity_before_update};
const RuleSet lead_rules{.before_update = lead_before_update};
const RuleSet customer_address_owner_rules{.before_create = customer_before_create,
                                           .after_create = customer_after_create,
                                           .before_update = customer_before_update,
                                           .after_update = customer_after_update};
const RuleSet user_rules{.after_create = user_after_create, .before_delete = user_before_delete};

}  // namespace flit::sim::dataverse
