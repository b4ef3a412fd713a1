#include "picture.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/dataverse/values/write_value.hpp"

namespace flit::test {
namespace {

namespace dataverse = sim::dataverse;

constexpr std::array<std::string_view, 11> standard_tables{
    "account", "annotation",  "appointment", "connection", "connectionrole", "contact", "email",
    "lead",    "opportunity", "phonecall",   "task"};

/// Instances of process flows are the platform's own companions of an opportunity.
bool is_pictured(const dataverse::Table& table) {
  if (table.is_deleted) return false;
  if (table.is_custom) return !table.logical_name.ends_with("salesprocess");
  return std::find(standard_tables.begin(), standard_tables.end(), table.logical_name) !=
         standard_tables.end();
}

/// A connection has a mirror that the platform makes and removes beside it.
bool is_mirror(const dataverse::Table& table, const dataverse::Row& row) {
  const dataverse::Column* master = table.column("ismaster");
  return master != nullptr && row.cell(master->index).kind == dataverse::CellKind::no;
}

PicturedRow pictured(const dataverse::Organization& org, const dataverse::Table& table,
                     const dataverse::Row& row, std::vector<dataverse::ColumnCell>& cells) {
  PicturedRow seen{.editor = org.store->principal(row.head.modified_by).id.text(),
                   .version = row.head.version};
  row.unpack(cells);
  for (const auto& [index, cell] : cells) {
    const dataverse::Column& column = table.column_at(index);
    if (!cell.has_value() || column.is_deleted) continue;
    if (!column.valid_for_create && !column.valid_for_update) continue;
    if (&column == table.overridden_created_on()) {  // it holds when the row was really made
      seen.cells.emplace(column.logical_name, std::to_string(row.head.created_on));
      continue;
    }
    if (cell.kind != dataverse::CellKind::lookup) {
      seen.cells.emplace(column.logical_name, dataverse::plain_text(cell));
      continue;
    }
    const RowKey other{org.catalogue->table_at(cell.table).logical_name, cell.id.text()};
    seen.cells.emplace(column.logical_name, other.first + " " + other.second);
    seen.refers.insert(other);
  }
  if (row.head.owner != 0)
    seen.cells.emplace("ownerid", org.store->principal(row.head.owner).id.text());
  if (row.head.state >= 0)
    seen.cells.emplace("statecode", fmt::format("{}/{}", row.head.state, row.head.status));
  return seen;
}

void add_parties(const dataverse::Organization& org, Picture& picture) {
  const dataverse::Table& table = *std::as_const(*org.catalogue).table("activityparty");
  const dataverse::RecordTable* rows = std::as_const(*org.store).find(table);
  if (rows == nullptr) return;
  const std::uint16_t activity = table.column("activityid")->index;
  const std::uint16_t party = table.column("partyid")->index;
  rows->each([&](const dataverse::Row& row) {
    const dataverse::Cell who = row.cell(party);
    if (who.kind != dataverse::CellKind::lookup) return true;
    const RowKey person{org.catalogue->table_at(who.table).logical_name, who.id.text()};
    for (const char* kind : {"appointment", "email", "phonecall"})
      if (const auto found = picture.find({kind, row.cell(activity).id.text()});
          found != picture.end())
        found->second.parties.insert(person);
    return true;
  });
}

}  // namespace

Picture picture_of(World& world) {
  const dataverse::Organization& org = world.destination().organization();
  Picture picture;
  std::vector<dataverse::ColumnCell> cells;
  for (const dataverse::Table& table : org.catalogue->tables()) {
    if (!is_pictured(table)) continue;
    const dataverse::RecordTable* rows = std::as_const(*org.store).find(table);
    if (rows == nullptr) continue;
    rows->each([&](const dataverse::Row& row) {
      if (is_mirror(table, row)) return true;
      picture.emplace(RowKey{table.logical_name, row.head.id.text()},
                      pictured(org, table, row, cells));
      return true;
    });
  }
  add_parties(org, picture);
  return picture;
}

std::set<RowKey> held_by(std::set<RowKey> roots, const Picture& picture) {
  std::vector<RowKey> open(roots.begin(), roots.end());
  while (!open.empty()) {
    const auto row = picture.find(open.back());
    open.pop_back();
    if (row == picture.end()) continue;
    for (const RowKey& other : row->second.refers)
      if (picture.contains(other) && roots.insert(other).second) open.push_back(other);
  }
  return roots;
}

}  // namespace flit::test
