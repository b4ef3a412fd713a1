// Global and standard value sets (fact sheet §6.1).

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/metadata/field_definition.hpp"
#include "sim/salesforce/setup/schema_setup.hpp"
#include "sim/salesforce/setup/standard_sets.hpp"

namespace flit::sim::salesforce {
namespace {

Error refused(std::string message) {
  return Error{.message = std::move(message), .code = "FIELD_INTEGRITY_EXCEPTION"};
}

/// The array must be complete: what it omits stays, inactive.
std::vector<PicklistValue> merged(std::vector<PicklistValue> values,
                                  const std::vector<PicklistValue>& before) {
  for (PicklistValue old : before) {
    const bool kept = std::any_of(values.begin(), values.end(),
                                  [&](const PicklistValue& one) { return one.value == old.value; });
    if (kept) continue;
    old.active = false;
    old.is_default = false;
    values.push_back(std::move(old));
  }
  return values;
}

std::string flag(const xml::Node& row, std::string_view name) {
  return row.is_true(name) ? "true" : "false";
}

/// The columns of a row of OpportunityStage, LeadStatus or TaskStatus.
std::vector<std::pair<std::string, std::string>> row_of(std::string_view object,
                                                        const xml::Node& row, std::size_t order) {
  const std::string name(row.value("fullName"));
  const std::string_view label = row.value("label");
  std::vector<std::pair<std::string, std::string>> values{
      {"MasterLabel", label.empty() ? name : std::string(label)},
      {"ApiName", name},
      {"SortOrder", std::to_string(order)}};
  if (object == "OpportunityStage") {
    const std::string probability(row.value("probability"));
    const std::string forecast(row.value("forecastCategory"));
    values.insert(values.end(), {{"IsActive", "true"},
                                 {"IsClosed", flag(row, "closed")},
                                 {"IsWon", flag(row, "won")},
                                 {"DefaultProbability", probability.empty() ? "0" : probability},
                                 {"ForecastCategory", forecast},
                                 {"ForecastCategoryName", forecast}});
    return values;
  }
  values.emplace_back("IsDefault", flag(row, "default"));
  if (object == "LeadStatus")
    values.emplace_back("IsConverted", flag(row, "converted"));
  else
    values.emplace_back("IsClosed", flag(row, "closed"));
  return values;
}

}  // namespace

Result<Saved> SchemaSetup::save_global_values(const metadata::Component& component) {
  if (component.node.value("masterLabel").empty())
    return refused("Must specify a non-empty masterLabel for the GlobalValueSet");
  auto values = metadata::read_values(component.node, "customValue");
  if (values.empty())
    return refused("Must specify at least one customValue for the GlobalValueSet");
  if (values.size() > metadata::max_picklist_values)
    return refused("A value set has at most 1000 values");
  // Made in API 57 and later, the name gets a suffix.
  std::string name = component.full_name;
  if (!name.ends_with("__gvs") && !value_sets_.contains(name)) name += "__gvs";
  const auto [set, is_new] = value_sets_.try_emplace(name);
  if (is_new)
    undo_.push_back([this, name] { value_sets_.erase(name); });
  else
    remember(set->second);
  set->second = merged(std::move(values), set->second);
  for (const auto& object : org_.catalogue->all())
    for (std::size_t i = 0; i < object->fields().size(); ++i) {
      if (object->field(i).value_set != name) continue;
      Field& field = object->mutable_field_at(i);
      remember(field);
      field.values = set->second;
    }
  return Saved{.id = name, .created = is_new};
}

Result<Saved> SchemaSetup::save_standard_values(const metadata::Component& component) {
  const StandardSet* set = standard_set(component.full_name);
  if (set == nullptr)
    return refused(fmt::format("No StandardValueSet named: {} found", component.full_name));
  const auto values = metadata::read_values(component.node, "standardValue");
  if (values.empty())
    return refused("Must specify at least one standardValue for the StandardValueSet");
  for (const std::string_view path : set->fields) {
    if (path.empty()) continue;
    const auto parts = text::split(path, ".");
    Object* object = org_.catalogue->mutable_object(parts[0]);
    Field* field = object == nullptr ? nullptr : object->mutable_field(parts[1]);
    if (field == nullptr) continue;  // Task.Type is not there in a default org (§0.13)
    remember(*field);
    field->values = merged(values, field->values);
  }
  if (set->rows.empty()) return Saved{.id = component.full_name};
  save_value_rows(set->rows, component);
  if (set->rows != "OpportunityStage") return Saved{.id = component.full_name};
  for (const PicklistValue& value :
       merged(values, org_.object("Opportunity").find("StageName")->values))
    if (!value.active)
      if (const RecordId old = find_row(set->rows, {{"ApiName", value.value}}))
        change_row(set->rows, old, {{"IsActive", "false"}});
  return Saved{.id = component.full_name};
}

/// Some standard sets are rows of a table as well.
void SchemaSetup::save_value_rows(std::string_view table, const metadata::Component& component) {
  std::size_t order = 0;
  for (const xml::Node* row : component.node.all("standardValue")) {
    const auto cells = row_of(table, *row, ++order);
    const RecordId old = find_row(table, {{"ApiName", std::string(row->value("fullName"))}});
    if (old)
      change_row(table, old, cells);
    else
      add_row(table, cells);
  }
}

}  // namespace flit::sim::salesforce
