// Custom objects and custom fields (fact sheet §6.1, §6.2).

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/metadata/field_definition.hpp"
#include "sim/salesforce/metadata/naming.hpp"
#include "sim/salesforce/metadata/object_definition.hpp"
#include "sim/salesforce/schema/custom.hpp"
#include "sim/salesforce/setup/edition_limits.hpp"
#include "sim/salesforce/setup/schema_setup.hpp"

namespace flit::sim::salesforce {
namespace {

using metadata::FieldDefinition;

Error refused(std::string message, std::string code = "FIELD_INTEGRITY_EXCEPTION") {
  return Error{.message = std::move(message), .code = std::move(code)};
}

/// A new field takes its place; an old one keeps index, home and access.
void exchange(Field& old, Field made) {
  made.index = old.index;
  made.home = old.home;
  made.readable = old.readable;
  made.editable = old.editable;
  made.governed = old.governed;
  old = std::move(made);
}

/// A master-detail makes its object a detail, which has no owner of its own.
void drop_owner(Object& object) {
  if (Field* owner = object.mutable_field("OwnerId")) object.remove_field(*owner);
}

/// The field gives its parent a child relationship of that very name.
bool has_link(const Field& field, const ParentLink& link) {
  return std::any_of(field.parents.begin(), field.parents.end(), [&](const ParentLink& taken) {
    return text::equals_ascii_fold(taken.object, link.object) &&
           text::equals_ascii_fold(taken.child_relationship, link.child_relationship);
  });
}

bool is_long_text(const Field& field) {
  return field.type == FieldType::textarea && field.length > 255;
}

bool is_master(const Field& field) {
  return field.is_reference() && !field.nillable;
}

/// The custom fields of an object, as far as they count against a limit.
struct FieldCounts {
  int custom = 0;
  int external_ids = 0;
  int references = 0;
  int masters = 0;
  std::int64_t long_text = 0;  ///< characters
};

FieldCounts counts_of(const Object& object) {
  FieldCounts counts;
  for (const Field& field : object.fields()) {
    if (field.deleted || !field.custom) continue;
    ++counts.custom;
    counts.external_ids += field.external_id ? 1 : 0;
    counts.references += field.is_reference() ? 1 : 0;
    counts.masters += is_master(field) ? 1 : 0;
    counts.long_text += is_long_text(field) ? field.length : 0;
  }
  return counts;
}

}  // namespace

Result<Saved> SchemaSetup::save_object(const metadata::Component& component) {
  const std::string& name = component.full_name;
  Object* old = org_.catalogue->mutable_object(name);
  if (old != nullptr && !old->custom) return Saved{.id = name, .changed = false};
  FLIT_TRY(made, metadata::read_object(name, component.node));
  if (old != nullptr) {
    undo_.push_back([old, label = old->label, plural = old->label_plural] {
      old->label = label;
      old->label_plural = plural;
    });
    old->label = made.label;
    old->label_plural = made.label_plural;
    return Saved{.id = id_of_object(*old).text()};
  }
  const auto& all = org_.catalogue->all();
  const auto custom = std::count_if(all.begin(), all.end(), [](const auto& object) {
    return object->custom && !object->deleted;
  });
  if (custom >= limits_of(org_.settings.edition).custom_objects)
    return refused("reached maximum number of custom objects", "LIMIT_EXCEEDED");
  Object& object = add_custom_object(*org_.catalogue, name, made.label, made.auto_number);
  object.label_plural = made.label_plural;
  if (!made.name_label.empty()) object.mutable_field("Name")->label = made.name_label;
  undo_.push_back([this, &object] { org_.catalogue->remove(object); });
  return Saved{.id = id_of_object(object).text(), .created = true};
}

/// Custom fields of tasks and events are made on Activity (§0.13).
Result<Saved> SchemaSetup::save_field(const metadata::Component& component) {
  if (!text::equals_ascii_fold(component.parent(), "Activity")) {
    FLIT_TRY(object, object_named(component.parent()));
    return save_field_of(*object, component);
  }
  FLIT_TRY(task, object_named("Task"));
  FLIT_TRY(event, object_named("Event"));
  FLIT_TRY_VOID(save_field_of(*task, component));
  return save_field_of(*event, component);
}

Result<Saved> SchemaSetup::save_field_of(Object& object, const metadata::Component& component) {
  const std::string_view name = component.own_name();
  Field* old = object.mutable_field(name);
  if (old != nullptr && !old->custom) return Saved{.id = component.full_name, .changed = false};
  FLIT_TRY(made, metadata::read_field(name, component.node));
  Field& field = made.field;
  if (!made.value_set.empty()) {
    auto set = value_sets_.find(made.value_set);
    if (set == value_sets_.end()) set = value_sets_.find(made.value_set + "__gvs");
    if (set == value_sets_.end())
      return refused("In field: valueSet - no GlobalValueSet named " + made.value_set + " found");
    field.values = set->second;
    field.value_set = set->first;
  }
  FLIT_TRY_VOID(check_references(object, field));
  if (old != nullptr) {
    if (old->type != field.type)
      return refused(fmt::format("Cannot change the type of {} to {}", component.full_name,
                                 component.node.value("type")));
    remember(*old);
    exchange(*old, std::move(field));
    return Saved{.id = id_of_field(object, *old).text()};
  }
  FLIT_TRY_VOID(check_limits(object, field));
  field.governed = made.is_permissionable();
  field.readable = field.editable = !field.governed;
  const bool master = made.master;
  Field& added = object.add_field(std::move(field));
  undo_.push_back([&object, &added] { object.remove_field(added); });
  if (master) drop_owner(object);
  return Saved{.id = id_of_field(object, added).text(), .created = true};
}

Result<void> SchemaSetup::check_references(const Object& object, const Field& field) const {
  for (const ParentLink& link : field.parents) {
    const Object* parent = org_.catalogue->find(link.object);
    if (parent == nullptr)
      return refused(fmt::format(
          "referenceTo value of '{}' does not resolve to a valid sObject type", link.object));
    if (!link.child_relationship.empty() && is_taken(link, object, field))
      return refused("There is already a Child Relationship named " +
                     link.child_relationship.substr(0, link.child_relationship.size() - 3) +
                     " on " + parent->label + ".");
  }
  return {};
}

/// Another field than this one has a link of that name.
bool SchemaSetup::is_taken(const ParentLink& link, const Object& object, const Field& field) const {
  for (const auto& child : org_.catalogue->all()) {
    if (child->deleted) continue;
    for (const Field& other : child->fields()) {
      const bool itself = child.get() == &object && text::equals_ascii_fold(other.name, field.name);
      if (!other.deleted && !itself && has_link(other, link)) return true;
    }
  }
  return false;
}

Result<void> SchemaSetup::check_limits(const Object& object, const Field& field) const {
  const FieldCounts counts = counts_of(object);
  const auto full = [](std::string what) {
    return refused("You have reached the maximum number of " + std::move(what), "LIMIT_EXCEEDED");
  };
  const EditionLimits limits = limits_of(org_.settings.edition);
  if (counts.custom >= limits.custom_fields_of(object.name))
    return full("custom fields on this object");
  if (field.external_id && counts.external_ids >= max_external_ids)
    return full("external id fields");
  if (field.is_reference() && counts.references >= max_relationships)
    return full("relationship fields");
  if (is_master(field) && counts.masters >= max_masters) return full("master-detail fields");
  const std::int64_t long_text = counts.long_text + (is_long_text(field) ? field.length : 0);
  if (long_text > max_long_text) return full("characters in long text fields");
  return {};
}

}  // namespace flit::sim::salesforce
