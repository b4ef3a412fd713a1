#include "destinations/dataverse/table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/edit_distance.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::FieldType;

Form form_of(const model::Field& field) {
  if (field.native_type == party_list) return Form::parties;
  switch (field.type) {
    case FieldType::integer:
      return Form::integer;
    case FieldType::decimal:
    case FieldType::money:
      return Form::decimal;
    case FieldType::boolean:
      return Form::boolean;
    case FieldType::date:
      return Form::date;
    case FieldType::instant:
      return Form::instant;
    case FieldType::choice:
      return Form::choice;
    case FieldType::choices:
      return Form::choices;
    case FieldType::reference:
      return Form::lookup;
    case FieldType::uuid:
      return Form::uuid;
    case FieldType::file:
      return Form::unwritable;
    default:
      return Form::text;
  }
}

Navigation navigation(const SetNames& sets, std::string target, std::string name) {
  const auto found = sets.find(target);
  if (found == sets.end()) return {std::move(target), std::move(name), {}, {}};
  return {std::move(target), std::move(name), found->second.set, found->second.primary_id};
}

/// The people of an activity: partyid_<table>, as activityparty's relationships would say (§4,
/// §12).
std::vector<Navigation> party_navigations(const model::Field& field, const SetNames& sets) {
  std::vector<Navigation> found;
  for (const std::string& target : field.targets)
    found.push_back(navigation(sets, target, "partyid_" + target));
  return found;
}

std::vector<Navigation> navigations_of(const model::Field& field,
                                       std::span<const model::Relationship> relationships,
                                       const SetNames& sets) {
  if (field.native_type == party_list) return party_navigations(field, sets);
  std::vector<Navigation> found;
  std::string shared;  // one name for several targets: ownerid leads to users and teams
  for (const model::Relationship& link : relationships) {
    if (link.field != field.name || link.navigation.empty()) continue;
    shared = found.empty() || shared == link.navigation ? link.navigation : std::string();
    found.push_back(navigation(sets, link.parent, link.navigation));
  }
  if (shared.empty()) return found;
  for (const std::string& target : field.targets) {
    const auto is_target = [&](const Navigation& known) { return known.target == target; };
    if (std::none_of(found.begin(), found.end(), is_target))
      found.push_back(navigation(sets, target, shared));
  }
  return found;
}

}  // namespace

const Navigation* Column::navigation_to(std::string_view target) const {
  for (const Navigation& way : navigations)
    if (way.target == target) return &way;
  return nullptr;
}

const Column* Table::find(std::string_view column) const {
  const auto found = std::lower_bound(
      columns.begin(), columns.end(), column,
      [](const Column& one, std::string_view wanted) { return one.name < wanted; });
  return found != columns.end() && found->name == column ? &*found : nullptr;
}

Result<const Column*> Table::column(std::string_view column_name) const {
  if (const Column* found = find(column_name)) return found;
  std::vector<std::string_view> names;
  for (const Column& one : columns) names.push_back(one.name);
  const std::string hint = did_you_mean_text(column_name, names);
  return Error{.fault = Fault::setup,
               .message = fmt::format("the table {} has no column '{}'", name, column_name),
               .where = name,
               .remedy = hint + (hint.empty() ? "I" : "; i") +
                         "f somebody deleted it, make it again: flitstack plan apply --yes"};
}

Table compile_table(const model::Object& object, std::span<const model::Relationship> relationships,
                    const SetNames& sets, BulkMessages bulk) {
  Table table{.name = object.name,
              .set = object.set_name,
              .primary_id = object.primary_id,
              .activity = object.activity,
              .bulk = bulk};
  for (const model::Field& field : object.fields)
    table.columns.push_back({.name = field.name,
                             .form = form_of(field),
                             .scale = field.scale,
                             .creatable = field.creatable,
                             .updatable = field.updatable,
                             .navigations = navigations_of(field, relationships, sets)});
  std::sort(table.columns.begin(), table.columns.end(),
            [](const Column& a, const Column& b) { return a.name < b.name; });
  return table;
}

}  // namespace flit::destinations::dataverse
