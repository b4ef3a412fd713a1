#include "sim/salesforce/service/state_snapshot.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "sim/base/snapshot.hpp"
#include "sim/salesforce/service/schema_file.hpp"
#include "sim/salesforce/values/scratch.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::string_view kind = "salesforce";
constexpr int version = 1;

void write_field(json::Writer& out, const Object& object, const Field& field) {
  out.begin_object()
      .member("object", object.name)
      .member("name", field.name)
      .member("type", to_string(field.type));
  out.member("label", field.label)
      .member("length", field.length)
      .member("precision", field.precision);
  out.member("scale", field.scale)
      .member("required", !field.nillable)
      .member("external_id", field.external_id);
  out.member("unique", field.unique).member("case_sensitive", field.case_sensitive);
  out.member("restricted", field.restricted_picklist).member("readable", field.readable);
  if (field.auto_number) out.member("auto_number", field.display_format);
  if (!field.default_value.empty()) out.member("default", field.default_value);
  out.key("values").begin_array();
  for (const PicklistValue& value : field.values) out.string(value.value);
  out.end_array().key("to").begin_array();
  for (const ParentLink& link : field.parents) out.string(link.object);
  out.end_array();
  if (!field.parents.empty() && !field.parents.front().child_relationship.empty()) {
    const std::string& name = field.parents.front().child_relationship;
    out.member("children", name.substr(0, name.size() - 3));  // without __r
    out.member("cascade", field.parents.front().cascade)
        .member("restrict", field.parents.front().restricted);
  }
  out.end_object();
}

std::string row_line(const Object& object, const Row& row, std::vector<FieldCell>& cells) {
  const RowHead& head = row.head;
  json::Writer out;
  out.begin_object().member("row", object.name).key("head").begin_array();
  out.integer(head.id.bits()).integer(head.created_by.bits()).integer(head.modified_by.bits());
  out.integer(head.created_ms)
      .integer(head.modified_ms)
      .integer(head.stamp_ms)
      .integer(head.deleted_ms);
  out.integer(head.deleted_with.bits()).integer(static_cast<int>(head.state)).end_array();
  out.key("cells").begin_array();
  cells.clear();
  row.unpack(cells);
  for (const auto& [index, cell] : cells) {
    out.begin_array()
        .string(object.field(index).name)
        .integer(static_cast<int>(cell.kind))
        .integer(cell.scale);
    out.integer(cell.number).string(base64::encode(cell.text)).end_array();
  }
  out.end_array().end_object();
  return out.take();
}

Error broken(std::string_view what) {
  return Error{.fault = Fault::setup,
               .message = fmt::format("a {} of the snapshot cannot be read", what)};
}

template <std::size_t Size>
std::optional<std::array<std::uint64_t, Size>> numbers(json::Value list) {
  std::array<std::uint64_t, Size> values{};
  if (list.size() != Size) return std::nullopt;
  std::size_t i = 0;
  for (const json::Value each : list.elements()) {
    const std::string text(each.as_number().value_or("0"));
    values[i++] = text.starts_with('-')
                      ? static_cast<std::uint64_t>(std::strtoll(text.c_str(), nullptr, 10))
                      : std::strtoull(text.c_str(), nullptr, 10);
  }
  return values;
}

Result<FieldCell> read_cell(const Object& object, json::Value list, Scratch& scratch) {
  std::vector<json::Value> parts;
  for (const json::Value part : list.elements()) parts.push_back(part);
  if (parts.size() != 5) return broken("value");
  const Field* field = object.find(parts[0].string_or(""));
  const auto cell_kind = parts[1].as_integer().value_or(99);
  auto text = base64::decode(parts[4].string_or(""));
  if (field == nullptr || cell_kind > static_cast<int>(CellKind::blob) || cell_kind < 0 || !text)
    return broken("value");
  Cell cell{.kind = static_cast<CellKind>(cell_kind),
            .scale = static_cast<std::uint8_t>(parts[2].as_integer().value_or(0)),
            .number = parts[3].as_integer().value_or(0)};
  if (cell.kind == CellKind::text) cell.text = scratch.keep(std::move(*text));
  return FieldCell{field->index, cell};
}

Result<void> load_row(Organization& org, json::Value line) {
  const Object* object = org.catalogue->find(line["row"].string_or(""));
  const auto head = numbers<9>(line["head"]);
  if (object == nullptr || !head) return broken("record");
  const auto& n = *head;
  auto row = std::make_unique<Row>();
  row->head = {.id = RecordId::from_bits(n[0]),
               .created_by = RecordId::from_bits(n[1]),
               .modified_by = RecordId::from_bits(n[2]),
               .created_ms = static_cast<std::int64_t>(n[3]),
               .modified_ms = static_cast<std::int64_t>(n[4]),
               .stamp_ms = static_cast<std::int64_t>(n[5]),
               .deleted_ms = static_cast<std::int64_t>(n[6]),
               .deleted_with = RecordId::from_bits(n[7]),
               .state = static_cast<RowState>(n[8])};
  Scratch scratch;
  std::vector<FieldCell> cells;
  for (const json::Value each : line["cells"].elements()) {
    FLIT_TRY(cell, read_cell(*object, each, scratch));
    cells.push_back(cell);
  }
  std::sort(cells.begin(), cells.end(),
            [](const FieldCell& a, const FieldCell& b) { return a.first < b.first; });
  row->pack(cells);
  org.store->table(*object).put(std::move(row));
  return {};
}

Result<void> load_line(Organization& org, std::string_view text) {
  FLIT_TRY(document, json::parse(text));
  const json::Value line = document.root();
  if (line["schema"].exists()) return load_schema(org, line["schema"].dump());
  if (line["row"].exists()) return load_row(org, line);
  if (line["file"].exists()) {
    FLIT_TRY(bytes, base64::decode(line["file"].string_or("")));
    org.store->add_file(std::move(bytes));
    return {};
  }
  if (line["ids"].exists()) {
    const auto ids = numbers<2>(line["ids"]);
    if (!ids) return broken("line");
    org.store->reserve_ids(static_cast<std::uint32_t>((*ids)[0]), (*ids)[1]);
  }
  return {};
}

}  // namespace

std::string custom_schema_json(const Organization& org) {
  json::Writer out;
  out.begin_object().key("objects").begin_array();
  for (const auto& object : org.catalogue->all()) {
    if (!object->custom || object->deleted) continue;
    out.begin_object()
        .member("name", object->name)
        .member("label", object->label)
        .member("plural", object->label_plural);
    const Field* name = object->find("Name");
    if (name != nullptr && name->auto_number) out.member("auto_number", name->display_format);
    out.end_object();
  }
  out.end_array().key("fields").begin_array();
  for (const auto& object : org.catalogue->all())
    for (const Field& field : object->fields())
      if (field.custom && !field.deleted && !object->deleted && !field.name.ends_with("__s"))
        write_field(out, *object, field);
  out.end_array().key("record_types").begin_array();
  for (const auto& object : org.catalogue->all())
    for (const RecordType& type : object->record_types)
      out.begin_object()
          .member("object", object->name)
          .member("name", type.developer_name)
          .member("label", type.label)
          .member("default", type.is_default)
          .member("id", type.id.text())
          .end_object();
  out.end_array().end_object();
  return out.take();
}

Result<void> save_snapshot(const Organization& org, const std::string& path) {
  const std::shared_lock lock(org.mutex);
  FLIT_TRY(out, SnapshotWriter::create(path, kind, version));
  out.line(R"({"schema":)" + custom_schema_json(org) + "}");
  for (const auto& [prefix, counter] : org.store->counters())
    out.line(fmt::format(R"({{"ids":[{},{}]}})", prefix, counter));
  for (std::size_t file = 0; file < org.store->files(); ++file)
    out.line(fmt::format(R"({{"file":"{}"}})",
                         base64::encode(org.store->file(static_cast<std::int64_t>(file)))));
  std::vector<FieldCell> cells;
  for (const auto& object : org.catalogue->all()) {
    const RecordTable* table = org.store->find_table(*object);
    if (table == nullptr || object->deleted) continue;
    table->each([&](const Row& row) {
      out.line(row_line(*object, row, cells));
      return true;
    });
  }
  return out.commit();
}

Result<void> load_snapshot(Organization& org, const std::string& path) {
  const std::unique_lock lock(org.mutex);
  org.store->clear();
  FLIT_TRY(in, SnapshotReader::open(path, kind, version));
  while (const auto line = in.line()) FLIT_TRY_VOID(load_line(org, *line));
  return {};
}

}  // namespace flit::sim::salesforce
