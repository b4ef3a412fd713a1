#include "sim/salesforce/schema/object.hpp"

#include "base/text.hpp"

namespace flit::sim::salesforce {
namespace {

Home home_of(std::string_view name) {
  if (name == "Id") return Home::id;
  if (name == "IsDeleted") return Home::is_deleted;
  if (name == "CreatedDate") return Home::created_date;
  if (name == "CreatedById") return Home::created_by;
  if (name == "LastModifiedDate") return Home::modified_date;
  if (name == "LastModifiedById") return Home::modified_by;
  if (name == "SystemModstamp") return Home::stamp;
  return Home::cells;
}

}  // namespace

const Field* Object::find(std::string_view field_name) const {
  const auto found = by_name_.find(text::ascii_lower(field_name));
  return found == by_name_.end() ? nullptr : &fields_[found->second];
}

const Field* Object::find_visible(std::string_view field_name) const {
  const Field* found = find(field_name);
  return found != nullptr && found->is_visible() ? found : nullptr;
}

const Field* Object::find_relationship(std::string_view relationship) const {
  const auto found = by_relationship_.find(text::ascii_lower(relationship));
  return found == by_relationship_.end() ? nullptr : &fields_[found->second];
}

const Field* Object::name_field() const {
  for (const Field& field : fields_)
    if (field.name_field && !field.deleted) return &field;
  return nullptr;
}

const RecordType* Object::record_type(RecordId id) const {
  for (const RecordType& type : record_types)
    if (type.id == id) return &type;
  return nullptr;
}

Field* Object::mutable_field(std::string_view field_name) {
  const auto found = by_name_.find(text::ascii_lower(field_name));
  return found == by_name_.end() ? nullptr : &fields_[found->second];
}

Field& Object::add_field(Field field) {
  field.index = static_cast<std::uint16_t>(fields_.size());
  field.home = home_of(field.name);
  by_name_.emplace(text::ascii_lower(field.name), field.index);
  if (!field.relationship.empty())
    by_relationship_.emplace(text::ascii_lower(field.relationship), field.index);
  return fields_.emplace_back(std::move(field));
}

void Object::remove_field(Field& field) {
  by_name_.erase(text::ascii_lower(field.name));
  if (!field.relationship.empty()) by_relationship_.erase(text::ascii_lower(field.relationship));
  field.deleted = true;
}

}  // namespace flit::sim::salesforce
