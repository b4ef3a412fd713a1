#include "sim/salesforce/query/store_view.hpp"

#include "sim/salesforce/query/compound.hpp"

namespace flit::sim::salesforce {
namespace {

using soql::Deleted;
using soql::Record;
using soql::RowVisitor;
using soql::Value;

soql::FieldType soql_type(FieldType type) {
  switch (type) {
    case FieldType::id:
      return soql::FieldType::id;
    case FieldType::reference:
      return soql::FieldType::reference;
    case FieldType::picklist:
    case FieldType::combobox:
      return soql::FieldType::picklist;
    case FieldType::multipicklist:
      return soql::FieldType::multi_picklist;
    case FieldType::boolean:
      return soql::FieldType::boolean;
    case FieldType::integer:
    case FieldType::whole:
      return soql::FieldType::integer;
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent:
      return soql::FieldType::number;
    case FieldType::date:
      return soql::FieldType::date;
    case FieldType::datetime:
      return soql::FieldType::datetime;
    case FieldType::time:
      return soql::FieldType::time;
    case FieldType::base64:
      return soql::FieldType::blob;
    case FieldType::address:
    case FieldType::location:
      return soql::FieldType::compound;
    default:
      return soql::FieldType::text;
  }
}

Value value_of_cell(const Cell& cell, std::string& scratch) {
  switch (cell.kind) {
    case CellKind::null:
      return {};
    case CellKind::boolean:
      return Value::of_boolean(cell.number != 0);
    case CellKind::number:
      return Value::of_number(cell.number, cell.scale);
    case CellKind::date:
      return {.kind = Value::Kind::date, .number = cell.number};
    case CellKind::datetime:
      return {.kind = Value::Kind::instant, .number = cell.number};
    case CellKind::time:
      return {.kind = Value::Kind::time, .number = cell.number};
    case CellKind::text:
      return Value::of_text(cell.text);
    case CellKind::blob:
      return {.kind = Value::Kind::blob, .number = cell.number};
    case CellKind::id:
      scratch.clear();
      cell.id().append_to(scratch);
      return Value::of_id(scratch);
  }
  return {};
}

/// The cell a value of a query is compared with; null when no record can have it.
Cell cell_of_value(const Value& value) {
  switch (value.kind) {
    case Value::Kind::boolean:
      return Cell::boolean(value.number != 0);
    case Value::Kind::number:
      return Cell::decimal(value.number, value.scale);
    case Value::Kind::date:
      return Cell::date(value.number);
    case Value::Kind::instant:
      return Cell::datetime(value.number);
    case Value::Kind::time:
      return Cell::time(value.number);
    case Value::Kind::text:
      return Cell::of_text(value.text);
    case Value::Kind::id: {
      const auto id = RecordId::parse(value.text);
      return id ? Cell::of_id(*id) : Cell{};
    }
    default:
      return {};
  }
}

bool is_seen(const Row& row, Deleted deleted) {
  return row.is_live() || deleted == Deleted::shown;
}

class StoredObject : public soql::ObjectView {
 public:
  StoredObject(const StoreView& schema, const Object& object) : schema_(schema), object_(object) {}

  std::string_view name() const override { return object_.name; }

  std::optional<soql::Field> field(std::string_view name) const override {
    const Field* found = object_.find_visible(name);
    return found == nullptr ? std::nullopt : std::optional(soql_field(*found));
  }

  std::optional<soql::ParentLink> parent(std::string_view relationship) const override {
    const Field* found = object_.find_relationship(relationship);
    if (found == nullptr || !found->is_visible()) return std::nullopt;
    soql::ParentLink link{.handle = found->index, .name = found->relationship};
    for (const ParentLink& each : found->parents)
      if (const soql::ObjectView* target = schema_.object(each.object))
        link.targets.push_back(target);
    return link;
  }

  std::optional<soql::ChildLink> children(std::string_view relationship) const override {
    const auto& links = schema_.org().catalogue->children(object_);
    const ChildLink* found = schema_.org().catalogue->child_relationship(object_, relationship);
    if (found == nullptr || !found->field->is_visible()) return std::nullopt;
    return soql::ChildLink{.handle = static_cast<std::uint32_t>(found - links.data()),
                           .name = found->link->child_relationship,
                           .child = schema_.view_of(*found->child)};
  }

  std::vector<soql::Field> fields() const override {
    std::vector<soql::Field> all;
    for (const Field& each : object_.fields())
      if (each.is_visible()) all.push_back(soql_field(each));
    return all;
  }

  void scan(Deleted deleted, const RowVisitor& visit) const override {
    if (const RecordTable* rows = table())
      rows->each(
          [&](const Row& row) { return !is_seen(row, deleted) || visit(row.head.id.bits()); });
  }

  std::optional<std::vector<soql::Row>> rows_with(std::uint32_t handle, const Value& value,
                                                  Deleted deleted) const override {
    const Field& of = object_.field(handle);
    const bool keyed =
        of.is_reference() || of.external_id || of.unique || of.id_lookup || of.name_field;
    if (of.home != Home::id && (!keyed || of.home != Home::cells)) return std::nullopt;
    std::vector<soql::Row> found;
    const RecordTable* rows = table();
    const Cell cell = cell_of_value(value);
    if (rows == nullptr || cell.is_null()) return found;
    if (of.home == Home::id) {
      const Row* row = rows->find(cell.id());
      if (row != nullptr && is_seen(*row, deleted)) found.push_back(row->head.id.bits());
      return found;
    }
    rows->each_with(of, cell, [&](const Row& row) {
      if (is_seen(row, deleted)) found.push_back(row.head.id.bits());
      return true;
    });
    std::sort(found.begin(), found.end());
    return found;
  }

  Value value(soql::Row number, std::uint32_t handle, std::string& scratch) const override {
    const Row* row = find(number);
    if (row == nullptr) return {};
    const Field& of = object_.field(handle);
    if (!is_compound(of.type)) return value_of_cell(row->cell(of), scratch);
    scratch.clear();
    append_compound(scratch, object_, of, *row);
    if (scratch == "null") return {};
    return {.kind = Value::Kind::json, .text = scratch};
  }

  Value label(soql::Row number, std::uint32_t handle, std::string& scratch) const override {
    const Value plain = value(number, handle, scratch);
    const PicklistValue* known = object_.field(handle).value(plain.text);
    return known == nullptr ? plain : Value::of_text(known->label);
  }

  std::optional<soql::GeoPoint> location(soql::Row number, std::uint32_t handle) const override {
    const Row* row = find(number);
    return row == nullptr ? std::nullopt : location_of(object_, object_.field(handle), *row);
  }

  Record parent_of(soql::Row number, std::uint32_t handle) const override {
    const Row* row = find(number);
    if (row == nullptr) return {};
    const RecordId id = row->cell(object_.field(handle)).id();
    const Object* kind = nullptr;
    if (!id || schema_.org().store->find(id, &kind) == nullptr) return {};
    return {schema_.view_of(*kind), id.bits()};
  }

  void children_of(soql::Row number, std::uint32_t handle, Deleted deleted,
                   const RowVisitor& visit) const override {
    const ChildLink& link = schema_.org().catalogue->children(object_)[handle];
    const RecordTable* rows = schema_.org().store->find_table(*link.child);
    if (rows == nullptr) return;
    std::vector<soql::Row> found;
    rows->each_with(*link.field, Cell::of_id(RecordId::from_bits(number)), [&](const Row& row) {
      if (is_seen(row, deleted)) found.push_back(row.head.id.bits());
      return true;
    });
    std::sort(found.begin(), found.end());
    for (const soql::Row each : found)
      if (!visit(each)) return;
  }

 private:
  const RecordTable* table() const { return schema_.org().store->find_table(object_); }
  const Row* find(soql::Row number) const {
    const RecordTable* rows = table();
    return rows == nullptr ? nullptr : rows->find(RecordId::from_bits(number));
  }

  const StoreView& schema_;
  const Object& object_;
};

}  // namespace

soql::Field soql_field(const Field& field) {
  return {.handle = field.index,
          .name = field.name,
          .type = soql_type(field.type),
          .filterable = field.filterable,
          .sortable = field.sortable,
          .groupable = field.groupable,
          .custom = field.custom,
          .case_sensitive =
              (field.external_id || field.unique) && (!field.unique || field.case_sensitive)};
}

StoreView::StoreView(const Organization& org) : org_(org) {}
StoreView::~StoreView() = default;

const soql::ObjectView* StoreView::object(std::string_view name) const {
  const Object* found = org_.catalogue->find(name);
  return found == nullptr || !found->flags.queryable ? nullptr : view_of(*found);
}

const soql::ObjectView* StoreView::view_of(const Object& object) const {
  const std::lock_guard lock(mutex_);
  if (object.index >= views_.size()) views_.resize(org_.catalogue->size());
  auto& view = views_[object.index];
  if (!view) view = definition_view(*this, object);
  if (!view) view = std::make_unique<StoredObject>(*this, object);
  return view.get();
}

}  // namespace flit::sim::salesforce
