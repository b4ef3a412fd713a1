#include "sim/salesforce/schema/catalogue.hpp"

#include "base/text.hpp"
#include "sim/salesforce/schema/facts/object_reader.hpp"

namespace flit::sim::salesforce {

namespace {

/// Every object and field is a value of these lists, which the shipped facts cut short.
void open_schema_lists(Catalogue& catalogue) {
  for (const char* name : {"FieldPermissions", "ObjectPermissions", "RecordType"})
    for (const char* field_name : {"SobjectType", "Field"})
      if (Field* field = catalogue.mutable_object(name)->mutable_field(field_name))
        field->restricted_picklist = false;
}

}  // namespace

std::unique_ptr<Catalogue> Catalogue::standard() {
  auto catalogue = std::make_unique<Catalogue>();
  facts::read_objects(*catalogue);
  open_schema_lists(*catalogue);
  catalogue->relate();
  return catalogue;
}

const Object* Catalogue::find(std::string_view name) const {
  const auto found = by_name_.find(text::ascii_lower(name));
  if (found == by_name_.end()) return nullptr;
  const Object& object = *objects_[found->second];
  return object.visible && !object.deleted ? &object : nullptr;
}

Object* Catalogue::mutable_object(std::string_view name) {
  const auto found = by_name_.find(text::ascii_lower(name));
  return found == by_name_.end() ? nullptr : objects_[found->second].get();
}

const std::vector<ChildLink>& Catalogue::children(const Object& parent) const {
  return children_[parent.index];
}

const ChildLink* Catalogue::child_relationship(const Object& parent, std::string_view name) const {
  for (const ChildLink& each : children_[parent.index])
    if (text::equals_ascii_fold(each.link->child_relationship, name)) return &each;
  return nullptr;
}

Object& Catalogue::add(std::string name) {
  const auto index = static_cast<std::uint16_t>(objects_.size());
  by_name_.emplace(text::ascii_lower(name), index);
  return *objects_.emplace_back(std::make_unique<Object>(index, std::move(name)));
}

void Catalogue::remove(Object& object) {
  object.deleted = true;
  by_name_.erase(text::ascii_lower(object.name));
}

void Catalogue::relate() {
  children_.assign(objects_.size(), {});
  for (const auto& child : objects_) {
    if (child->deleted) continue;
    for (const Field& field : child->fields()) {
      if (field.deleted) continue;
      for (const ParentLink& link : field.parents) {
        const auto parent = by_name_.find(text::ascii_lower(link.object));
        if (parent != by_name_.end())
          children_[parent->second].push_back({child.get(), &field, &link});
      }
    }
  }
}

std::uint32_t Catalogue::next_custom_prefix() {
  return RecordId::prefix_of("a00") + custom_prefixes_++;
}

}  // namespace flit::sim::salesforce
