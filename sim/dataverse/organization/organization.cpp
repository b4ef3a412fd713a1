#include "sim/dataverse/organization/organization.hpp"

#include "base/check.hpp"
#include "sim/dataverse/facts/table_reader.hpp"
#include "sim/dataverse/organization/seed.hpp"

namespace flit::sim::dataverse {

Organization::Organization(Settings given, const SimClock& clock)
    : settings(std::move(given)), ids(settings.seed), clock_(clock) {
  if (settings.users.empty()) settings.users = default_users();
  if (settings.roles.empty()) settings.roles = default_roles();
  reset();
}

std::int64_t Organization::now() const {
  return std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count();
}

void Organization::reset() {
  store.reset();
  catalogue = std::make_unique<Catalogue>();
  facts::add_standard_tables(*catalogue);
  store = std::make_unique<RecordStore>(*catalogue);
  ids = RowIds(settings.seed);
  changes.clear();
  bin.clear();
  files.clear();
  roles.clear();
  flows.clear();
  shares.clear();
  metadata_requests.clear();
  deleted_definitions.clear();
  has_waiting_keys = false;
  seed(*this);
}

const Table& Organization::table(std::string_view logical_name) const {
  const Table* found = catalogue->table(logical_name);
  FLIT_CHECK(found != nullptr, "rules name only shipped tables");
  return *found;
}

std::string Organization::text_of(std::string_view table_name, const Uuid& id,
                                  std::string_view column_name) const {
  const Table& found = table(table_name);
  const Column* column = found.column(column_name);
  const Row* row = store->row(found, id);
  if (column == nullptr || row == nullptr) return {};
  return std::string(row->cell(column->index).text);
}

std::optional<std::int64_t> Organization::number_of(std::string_view table_name, const Uuid& id,
                                                    std::string_view column_name) const {
  const Table& found = table(table_name);
  const Column* column = found.column(column_name);
  const Row* row = store->row(found, id);
  if (column == nullptr || row == nullptr) return std::nullopt;
  const Cell cell = row->cell(column->index);
  if (!cell.has_value()) return std::nullopt;
  return cell.kind == CellKind::yes ? 1 : cell.number;
}

}  // namespace flit::sim::dataverse
