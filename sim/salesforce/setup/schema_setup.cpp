#include "sim/salesforce/setup/schema_setup.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/salesforce/organization/seed.hpp"
#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/setup/field_access.hpp"
#include "sim/salesforce/values/read_value.hpp"

namespace flit::sim::salesforce {
namespace {

/// Taken and forgotten: nothing that an API client reads follows from them here.
constexpr std::array<std::string_view, 9> without_effect{
    "Layout",   "CustomTab",     "CustomApplication", "Settings",     "ListView",
    "FieldSet", "CompactLayout", "WebLink",           "MatchingRules"};

constexpr std::array<std::string_view, 8> with_effect{
    "CustomObject",   "CustomField",      "RecordType",    "BusinessProcess",
    "GlobalValueSet", "StandardValueSet", "PermissionSet", "Profile"};

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

using Values = std::vector<std::pair<std::string, std::string>>;

SeedValues seed_values(const Values& values) {
  return {values.begin(), values.end()};
}

}  // namespace

RecordId id_of_field(const Object& object, const Field& field) {
  return RecordId(RecordId::prefix_of("00N"),
                  (std::uint64_t{object.index} << 16U) + field.index + 1);
}

RecordId id_of_object(const Object& object) {
  return RecordId(RecordId::prefix_of("01I"), std::uint64_t{object.index} + 1);
}

bool SchemaSetup::is_known(std::string_view type) {
  return contains(with_effect, type) || contains(without_effect, type);
}

ComponentResult SchemaSetup::save(const metadata::Component& component) {
  ComponentResult result{
      .type = component.type, .full_name = component.full_name, .file = component.file};
  const std::size_t mark = undo_.size();
  const auto refuse = [&](const Error& error) {
    result.problem = error.message;
    result.code = error.code;
    while (undo_.size() > mark) {
      undo_.back()();
      undo_.pop_back();
    }
  };
  if (component.removed) {
    const auto removed = remove(component);
    if (removed)
      result.deleted = true;
    else
      refuse(removed.error());
    return result;
  }
  auto saved = dispatch(component);
  if (!saved) {
    refuse(saved.error());
    return result;
  }
  result.id = std::move(saved->id);
  result.created = saved->created;
  result.changed = saved->changed;
  return result;
}

Result<Saved> SchemaSetup::dispatch(const metadata::Component& component) {
  const std::string_view type = component.type;
  if (type == "CustomObject") return save_object(component);
  if (type == "CustomField") return save_field(component);
  if (type == "RecordType") return save_record_type(component);
  if (type == "BusinessProcess") return save_process(component);
  if (type == "GlobalValueSet") return save_global_values(component);
  if (type == "StandardValueSet") return save_standard_values(component);
  if (type == "PermissionSet") return save_permission_set(component);
  if (type == "Profile") return save_profile(component);
  if (contains(without_effect, type)) return Saved{.changed = false};
  return Error{
      .message = fmt::format("Entity of type '{}' is not available in this organization", type),
      .code = "INVALID_TYPE"};
}

Result<void> SchemaSetup::remove(const metadata::Component& component) {
  const auto missing = [&] {
    return Error{
        .message = fmt::format("No {} named: {} found", component.type, component.full_name),
        .code = "INVALID_CROSS_REFERENCE_KEY"};
  };
  if (component.type == "CustomObject") {
    Object* object = org_.catalogue->mutable_object(component.full_name);
    if (object == nullptr || object->deleted || !object->custom) return missing();
    removals_.push_back([this, object] { org_.catalogue->remove(*object); });
    return {};
  }
  if (component.type == "CustomField") {
    Object* object = org_.catalogue->mutable_object(component.parent());
    Field* field = object == nullptr ? nullptr : object->mutable_field(component.own_name());
    if (field == nullptr || !field->custom) return missing();
    removals_.push_back([object, field] { object->remove_field(*field); });
    return {};
  }
  if (component.type == "PermissionSet") {
    const RecordId set = find_row("PermissionSet", {{"Name", component.full_name}});
    if (!set) return missing();
    remove_row("PermissionSet", set);
    return {};
  }
  return Error{.message = fmt::format("A {} cannot be deleted here: {}", component.type,
                                      component.full_name),
               .code = "INVALID_TYPE"};
}

void SchemaSetup::undo() {
  while (!undo_.empty()) {
    undo_.back()();
    undo_.pop_back();
  }
  removals_.clear();
}

void SchemaSetup::finish() {
  undo_.clear();
  for (const auto& remove : removals_) remove();
  removals_.clear();
  work_out_access(org_);
  org_.schema_changed();
}

Result<Object*> SchemaSetup::object_named(std::string_view name) {
  Object* object = org_.catalogue->mutable_object(name);
  if (object == nullptr || object->deleted)
    return Error{.message = fmt::format("Entity Enumeration Or ID: bad value for restricted "
                                        "picklist field: {}",
                                        name),
                 .code = "INVALID_CROSS_REFERENCE_KEY"};
  return object;
}

RecordId SchemaSetup::add_row(std::string_view object, const Values& values) {
  const RecordId id = seed_row(org_, object, seed_values(values));
  undo_.push_back([this, &of = org_.object(object), id] { (void)org_.store->table(of).take(id); });
  return id;
}

void SchemaSetup::change_row(std::string_view name, RecordId id, const Values& values) {
  const Object& object = org_.object(name);
  RecordTable& table = org_.store->table(object);
  auto before = table.take(id);
  if (!before) return;
  std::map<std::uint16_t, Cell> cells;
  std::vector<FieldCell> packed;
  before->unpack(packed);
  cells.insert(packed.begin(), packed.end());
  Scratch scratch;
  for (const auto& [field_name, text] : values) {
    const Field* field = object.find(field_name);
    if (field == nullptr || field->home != Home::cells) continue;
    cells.erase(field->index);
    const auto cell = read_text(*field, text, scratch);
    if (cell && !cell->is_null()) cells[field->index] = *cell;
  }
  auto row = before->copy();
  packed.assign(cells.begin(), cells.end());
  row->pack(packed);
  row->head.modified_ms = row->head.stamp_ms = org_.now_ms();
  table.put(std::move(row));
  undo_.push_back(
      [&table, kept = std::shared_ptr<Row>(std::move(before))] { table.put(kept->copy()); });
}

RecordId SchemaSetup::find_row(std::string_view name, const Values& values) const {
  const Object& object = org_.object(name);
  const RecordTable* table = org_.store->find_table(object);
  RecordId found;
  if (table == nullptr) return found;
  table->each([&](const Row& row) {
    const bool same =
        row.is_live() && std::all_of(values.begin(), values.end(), [&](const auto& one) {
          return text_of(row.cell(*object.find(one.first))) == one.second;
        });
    if (same) found = row.head.id;
    return !found;
  });
  return found;
}

void SchemaSetup::remove_row(std::string_view name, RecordId id) {
  RecordTable& table = org_.store->table(org_.object(name));
  undo_.push_back(
      [&table, kept = std::shared_ptr<Row>(table.take(id))] { table.put(kept->copy()); });
}

}  // namespace flit::sim::salesforce
