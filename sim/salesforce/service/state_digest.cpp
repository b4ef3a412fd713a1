#include "sim/salesforce/service/state_digest.hpp"

#include <fmt/format.h>

#include "sim/salesforce/schema/cell_text.hpp"

namespace flit::sim::salesforce {
namespace {

bool is_writable(const Field& field) {
  return field.createable || field.updateable;
}

/// What stands for a record that has another id after every run: all it says of itself.
std::string mark_of(const Organization& org, RecordId id) {
  const Object* object = nullptr;
  const Row* row = org.store->find(id, &object);
  if (row == nullptr) return "gone";
  std::string mark = object->name;
  std::vector<FieldCell> cells;
  row->unpack(cells);
  for (const auto& [index, cell] : cells) {
    const Field& field = object->field(index);
    if (field.deleted || !is_writable(field) || cell.kind == CellKind::id) continue;
    mark += '/' + field.name + '=';
    append_text(mark, cell);
  }
  return mark;
}

Sha256::Value hash_row(const Organization& org, const Object& object, const Row& row,
                       RowHasher& hasher, std::vector<FieldCell>& cells) {
  cells.clear();
  row.unpack(cells);
  for (const auto& [index, cell] : cells) {
    const Field& field = object.field(index);
    if (field.deleted || !is_writable(field)) continue;
    if (cell.kind == CellKind::boolean && cell.number == 0) continue;  // the same as not stored
    if (cell.kind == CellKind::id)
      hasher.cell(field.name, mark_of(org, cell.id()));
    else if (cell.kind == CellKind::blob)
      hasher.cell(field.name, sha256_hex(org.store->file(cell.number)));
    else
      hasher.cell(field.name, text_of(cell));
  }
  return hasher.finish();
}

void add_schema(const Organization& org, TableDigest& schema) {
  RowHasher hasher;
  for (const auto& object : org.catalogue->all()) {
    if (object->deleted) continue;
    hasher.cell("object", object->name).cell("label", object->label);
    schema.add(hasher.finish());
    for (const Field& field : object->fields()) {
      if (field.deleted) continue;
      hasher.cell("field", object->name + "." + field.name);
      hasher.cell("shape", fmt::format("{} {} {} {} {} {} {} {}", to_string(field.type),
                                       field.length, field.precision, field.scale, field.unique,
                                       field.external_id, field.readable, field.label));
      for (const PicklistValue& value : field.values)
        hasher.cell("value " + value.value, fmt::format("{} {}", value.label, value.active));
      schema.add(hasher.finish());
    }
    for (const RecordType& type : object->record_types) {
      hasher.cell("record type", object->name + "." + type.developer_name);
      schema.add(hasher.finish());
    }
  }
}

}  // namespace

DigestReport digest_of(const Organization& org) {
  const std::shared_lock lock(org.mutex);
  DigestReport report;
  RowHasher hasher;
  std::vector<FieldCell> cells;
  for (const auto& object : org.catalogue->all()) {
    const RecordTable* table = org.store->find_table(*object);
    if (object->deleted || table == nullptr || table->live() == 0) continue;
    TableDigest& digest = report.tables[object->name];
    table->each([&](const Row& row) {
      if (row.is_live()) digest.add(hash_row(org, *object, row, hasher, cells));
      return true;
    });
  }
  add_schema(org, report.schema);
  return report;
}

}  // namespace flit::sim::salesforce
