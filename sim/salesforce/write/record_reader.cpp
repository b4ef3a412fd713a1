#include "sim/salesforce/write/record_reader.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/values/read_value.hpp"

namespace flit::sim::salesforce {
namespace {

/// Which object a nested parent is: what its attributes say, or the only one there can be.
Answer<const Object*> parent_object(const Organization& org, const Field& reference,
                                    json::Value nested) {
  const std::string_view named = nested["attributes"]["type"].string_or("");
  if (!named.empty()) {
    const Object* object = org.catalogue->find(named);
    if (object == nullptr || reference.parent(object->name) == nullptr)
      return refuse(errors::unknown_object(named));
    return object;
  }
  for (const ParentLink& link : reference.parents)
    if (const Object* object = org.catalogue->find(link.object)) return object;
  return refuse(errors::bad_reference(reference));
}

Answer<void> read_parent(const Organization& org, const Field& reference, json::Value nested,
                         Draft& draft) {
  if (nested.is_null()) {
    draft.set(reference, Cell{});
    return {};
  }
  FLIT_TRY(parent, parent_object(org, reference, nested));
  for (const auto& [name, value] : nested.members()) {
    if (name == "attributes") continue;
    const Field* key = parent->find_visible(name);
    if (key == nullptr) return refuse(errors::no_such_column(*parent, name));
    if (!is_key(*key))
      return refuse("INVALID_FIELD", fmt::format("{} is not an External ID or indexed field for {}",
                                                 name, parent->name));
    FLIT_TRY(cell, read_json(*key, value, draft.scratch));
    FLIT_TRY(id, find_by_key(org, *parent, *key, cell));
    draft.set(reference, Cell::of_id(id));
    return {};
  }
  return refuse(errors::parse_error("The relationship must name one field of its parent"));
}

}  // namespace

bool is_key(const Field& field) {
  return field.external_id || field.id_lookup || field.home == Home::id;
}

Answer<RecordId> find_by_key(const Organization& org, const Object& parent, const Field& key,
                             const Cell& value) {
  std::vector<RecordId> found;
  if (key.home == Home::id) {
    const Row* row = org.store->find(parent, value.id());
    if (row != nullptr && row->is_live()) found.push_back(row->head.id);
  } else if (const RecordTable* table = org.store->find_table(parent)) {
    table->each_with(key, value, [&](const Row& row) {
      if (row.is_live()) found.push_back(row.head.id);
      return true;
    });
  }
  if (found.empty()) return refuse(errors::foreign_key_not_found(parent, key, text_of(value)));
  if (found.size() > 1) return refuse(errors::several_found(key, found));
  return found.front();
}

Answer<std::vector<ChildRecords>> read_record(const Organization& org, json::Value record,
                                              Draft& draft, const ReadOptions& options) {
  std::vector<ChildRecords> children;
  const Object& object = draft.object();
  for (const auto& [name, value] : record.members()) {
    if (name == "attributes" || text::equals_ascii_fold(name, options.skip)) continue;
    if (const Field* field = object.find_visible(name);
        field != nullptr && !is_compound(field->type)) {
      FLIT_TRY(cell, read_json(*field, value, draft.scratch));
      draft.set(*field, cell);
      continue;
    }
    const Field* reference = object.find_relationship(name);
    if (reference != nullptr && reference->is_visible() && (value.is_object() || value.is_null())) {
      FLIT_TRY_VOID(read_parent(org, *reference, value, draft));
      continue;
    }
    const ChildLink* link =
        options.children ? org.catalogue->child_relationship(object, name) : nullptr;
    if (link == nullptr) return refuse(errors::no_such_column(object, name));
    children.push_back({link, value["records"]});
  }
  return children;
}

}  // namespace flit::sim::salesforce
