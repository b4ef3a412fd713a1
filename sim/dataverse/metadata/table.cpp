#include "sim/dataverse/metadata/table.hpp"

#include <array>

#include "base/check.hpp"

namespace flit::sim::dataverse {
namespace {

struct NamedRole {
  std::string_view name;
  Role role;
};

constexpr std::array<NamedRole, 11> named_roles{{
    {"createdon", Role::created_on},
    {"modifiedon", Role::modified_on},
    {"createdby", Role::created_by},
    {"modifiedby", Role::modified_by},
    {"ownerid", Role::owner},
    {"owninguser", Role::owning_user},
    {"owningteam", Role::owning_team},
    {"owningbusinessunit", Role::owning_business_unit},
    {"versionnumber", Role::version_number},
    {"statecode", Role::state},
    {"statuscode", Role::status},
}};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::string Column::property_name() const {
  return is_reference(type) ? "_" + logical_name + "_value" : logical_name;
}

std::string_view to_string(KeyState state) {
  switch (state) {
    case KeyState::pending:
      return "Pending";
    case KeyState::in_progress:
      return "InProgress";
    case KeyState::active:
      return "Active";
    case KeyState::failed:
      return "Failed";
  }
  return "";
}

Role role_of(const Column& column, std::string_view primary_id) {
  if (column.logical_name == primary_id) return Role::primary_id;
  if (!column.in_web_api) return Role::companion;
  for (const auto& [name, role] : named_roles)
    if (column.logical_name == name) return role;
  if (column.logical_name == "fullname") return Role::full_name;
  if (ends_with(column.logical_name, "_composite")) return Role::address_composite;
  if (column.type == ColumnType::money && ends_with(column.logical_name, "_base"))
    return Role::base_amount;
  return Role::stored;
}

const Column* Table::column(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &columns_[found->second];
}

Column* Table::column(std::string_view name) {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &columns_[found->second];
}

const Column* Table::property(std::string_view name) const {
  const auto found = by_property_.find(name);
  return found == by_property_.end() ? nullptr : &columns_[found->second];
}

LookupNavigation Table::lookup_navigation(std::string_view name) const {
  const auto found = lookups_.find(name);
  return found == lookups_.end() ? LookupNavigation{} : found->second;
}

const CollectionNavigation* Table::collection(std::string_view name) const {
  const auto found = collections_.find(name);
  return found == collections_.end() ? nullptr : &found->second;
}

Column& Table::add_column(Column column) {
  FLIT_CHECK(by_name_.find(column.logical_name) == by_name_.end(), "column names are unique");
  column.index = static_cast<std::uint16_t>(columns_.size());
  column.role = role_of(column, primary_id);
  if (column.role == Role::base_amount) {
    const auto amount = column.logical_name.substr(0, column.logical_name.size() - 5);
    const Column* source = this->column(amount);
    if (source != nullptr) column.source_index = source->index;
  }
  note_image_companion(column);
  columns_.push_back(std::move(column));
  Column& added = columns_.back();
  by_name_.emplace(added.logical_name, added.index);
  if (added.in_web_api) by_property_.emplace(added.property_name(), added.index);
  note_special(added);
  index_navigation(added);
  return added;
}

/// "entityimage" has the read-only companions "entityimageid", "…_timestamp" and "…_url".
void Table::note_image_companion(Column& column) const {
  if (column.role != Role::stored || column.valid_for_create) return;
  constexpr std::pair<std::string_view, Role> endings[] = {
      {"id", Role::image_id}, {"_timestamp", Role::image_timestamp}, {"_url", Role::image_url}};
  for (const auto& [ending, role] : endings) {
    if (!ends_with(column.logical_name, ending)) continue;
    const Column* image =
        this->column(column.logical_name.substr(0, column.logical_name.size() - ending.size()));
    if (image == nullptr || image->type != ColumnType::image) continue;
    column.role = role;
    column.source_index = image->index;
  }
}

void Table::note_special(const Column& column) {
  if (column.role == Role::state) state_ = &column;
  if (column.role == Role::status) status_ = &column;
  if (column.role == Role::owner) owner_ = &column;
  if (column.role == Role::primary_id) id_ = &column;
  if (column.logical_name == "transactioncurrencyid") currency_ = &column;
  if (column.logical_name == "exchangerate") exchange_rate_ = &column;
  if (column.logical_name == "overriddencreatedon") overridden_created_on_ = &column;
  if (column.type == ColumnType::money) has_money_ = true;
  if (column.type == ColumnType::image) image_columns_.push_back(column.index);
  const bool text_or_lookup = column.type == ColumnType::string ||
                              column.type == ColumnType::lookup ||
                              column.type == ColumnType::customer;
  if (column.required == RequiredLevel::system && column.valid_for_create && text_or_lookup &&
      column.role == Role::stored && !column.default_value)
    system_required_.push_back(column.index);
}

void Table::drop_column(std::string_view name) {
  Column* column = this->column(name);
  if (column == nullptr) return;
  for (const NavigationProperty& property : column->navigation) drop_navigation(property.name);
  by_property_.erase(column->property_name());
  by_name_.erase(column->logical_name);
  column->is_deleted = true;
}

void Table::index_navigation(const Column& column) {
  for (const NavigationProperty& property : column.navigation)
    lookups_.insert_or_assign(property.name, LookupNavigation{&column, &property});
}

void Table::drop_navigation(std::string_view name) {
  if (const auto found = lookups_.find(name); found != lookups_.end()) lookups_.erase(found);
}

void Table::add_collection(std::string name, CollectionNavigation navigation) {
  collections_.insert_or_assign(std::move(name), navigation);
}

void Table::drop_collection(std::string_view name) {
  if (const auto found = collections_.find(name); found != collections_.end())
    collections_.erase(found);
}

const AlternateKey* Table::key(std::string_view name) const {
  for (const AlternateKey& key : keys)
    if (key.logical_name == name) return &key;
  return nullptr;
}

}  // namespace flit::sim::dataverse
