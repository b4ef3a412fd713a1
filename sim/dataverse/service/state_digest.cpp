#include "sim/dataverse/service/state_digest.hpp"

#include <mutex>

#include <fmt/format.h>

#include "sim/dataverse/security/privileges.hpp"
#include "sim/dataverse/values/write_value.hpp"

namespace flit::sim::dataverse {
namespace {

Sha256::Value hash_row(const Organization& org, const Table& table, const Row& row,
                       RowHasher& hasher, std::vector<ColumnCell>& cells) {
  hasher.cell(table.primary_id, row.head.id.text());
  row.unpack(cells);
  for (const auto& [index, cell] : cells) {
    const Column& column = table.column_at(index);
    if (!cell.has_value() || column.is_deleted) continue;
    if (&column == table.overridden_created_on())
      hasher.cell(column.logical_name, std::to_string(row.head.created_on));
    else if (column.valid_for_create || column.valid_for_update)
      hasher.cell(column.logical_name, plain_text(cell));
  }
  if (row.head.owner != 0) hasher.cell("ownerid", org.store->principal(row.head.owner).id.text());
  if (row.head.state >= 0)
    hasher.cell("statecode", fmt::format("{}/{}", row.head.state, row.head.status));
  return hasher.finish();
}

void hash_options(const OptionSet& options, RowHasher& hasher) {
  for (const Option& option : options.options)
    hasher.cell("option " + std::to_string(option.value), option.label);
}

Sha256::Value hash_column(const Table& table, const Column& column, RowHasher& hasher) {
  hasher.cell("column", table.logical_name + "." + column.logical_name);
  hasher.cell("shape", fmt::format("{} {} {} {}", static_cast<int>(column.type), column.max_length,
                                   static_cast<int>(column.required), column.display_name));
  if (column.options) hash_options(*column.options, hasher);
  return hasher.finish();
}

void add_table(const Table& table, RowHasher& hasher, TableDigest& schema) {
  hasher.cell("table", table.logical_name).cell("name", table.display_name);
  schema.add(hasher.finish());
  for (const AlternateKey& key : table.keys) {
    hasher.cell("key", table.logical_name + "." + key.logical_name);
    schema.add(hasher.finish());
  }
  for (const Column& column : table.columns())
    if (!column.is_deleted) schema.add(hash_column(table, column, hasher));
}

/// One that was dropped has no name any more.
template <typename Relationships>
void add_relationships(const Relationships& all, RowHasher& hasher, TableDigest& schema) {
  for (const auto& one : all) {
    if (one.schema_name.empty()) continue;
    hasher.cell("relationship", one.schema_name);
    schema.add(hasher.finish());
  }
}

void add_schema(const Organization& org, TableDigest& schema) {
  RowHasher hasher;
  for (const Table& table : org.catalogue->tables())
    if (!table.is_deleted) add_table(table, hasher, schema);
  add_relationships(org.catalogue->one_to_many(), hasher, schema);
  add_relationships(org.catalogue->many_to_many(), hasher, schema);
  for (const auto& [name, choice] : org.catalogue->global_choices()) {
    hasher.cell("choice", name);
    hash_options(*choice, hasher);
    schema.add(hasher.finish());
  }
}

/// Rows that say how the environment is set up, not what it holds: who set up its schema, and what
/// belongs to it (§11). The privileges come and go with the tables.
bool is_about_schema(const Table& table) {
  return table.logical_name == "publisher" || table.logical_name == "solution" ||
         table.logical_name == "privilege";
}

bool is_about_schema(const std::string& links) {
  return links == role_privileges || links == global_role_privileges;
}

}  // namespace

DigestReport digest_of(const Organization& org) {
  const std::shared_lock lock(org.mutex);
  DigestReport report;
  RowHasher hasher;
  std::vector<ColumnCell> cells;
  for (const Table& table : org.catalogue->tables()) {
    const RecordTable* rows = org.store->find(table);
    if (table.is_deleted || rows == nullptr || rows->size() == 0) continue;
    TableDigest& digest =
        is_about_schema(table) ? report.schema : report.tables[table.logical_name];
    rows->each([&](const Row& row) {
      digest.add(hash_row(org, table, row, hasher, cells));
      return true;
    });
  }
  for (const auto& [name, links] : org.store->all_links()) {
    if (links.size() == 0) continue;
    TableDigest& digest = is_about_schema(name) ? report.schema : report.tables["links:" + name];
    for (const auto& [first, second] : links.pairs()) {
      hasher.cell("first", first.text()).cell("second", second.text());
      digest.add(hasher.finish());
    }
  }
  add_schema(org, report.schema);
  return report;
}

}  // namespace flit::sim::dataverse
