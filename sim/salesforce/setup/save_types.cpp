// Record types and business processes (fact sheet §6.1).

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "sim/salesforce/metadata/naming.hpp"
#include "sim/salesforce/schema/custom.hpp"
#include "sim/salesforce/setup/schema_setup.hpp"

namespace flit::sim::salesforce {
namespace {

Error refused(std::string message) {
  return Error{.message = std::move(message), .code = "FIELD_INTEGRITY_EXCEPTION"};
}

/// The field whose values a process narrows; null for objects without processes.
const char* process_field(std::string_view object) {
  if (object == "Opportunity") return "StageName";
  if (object == "Lead" || object == "Case" || object == "Solution") return "Status";
  return nullptr;
}

BusinessProcess* find_process(Object& object, std::string_view name) {
  for (BusinessProcess& process : object.business_processes)
    if (process.name == name) return &process;
  return nullptr;
}

std::string yes_or_no(bool value) {
  return value ? "true" : "false";
}

/// Field → values, as the record type lists them. Its values come percent-encoded.
Result<std::map<std::string, std::set<std::string>, std::less<>>> allowed_values(
    const Object& object, const xml::Node& node) {
  std::map<std::string, std::set<std::string>, std::less<>> allowed;
  for (const xml::Node* list : node.all("picklistValues")) {
    const std::string_view name = list->value("picklist");
    const Field* field = object.find(name);
    if (field == nullptr)
      return refused(
          fmt::format("In field: picklist - no Picklist named {}.{} found", object.name, name));
    std::set<std::string>& values = allowed[field->name];
    for (const xml::Node* value : list->all("values")) {
      const std::string encoded(value->value("fullName"));
      const auto text = percent::decode(encoded);
      values.insert(text ? *text : encoded);
      const auto known = std::any_of(
          field->values.begin(), field->values.end(),
          [&](const PicklistValue& one) { return one.value == (text ? *text : encoded); });
      if (!known)
        return refused(
            fmt::format("Picklist value: {} in picklist: {} not found", encoded, field->name));
    }
  }
  return allowed;
}

}  // namespace

Result<Saved> SchemaSetup::save_process(const metadata::Component& component) {
  FLIT_TRY(object, object_named(component.parent()));
  const char* field_name = process_field(object->name);
  if (field_name == nullptr)
    return refused("Business processes are not available for " + object->name);
  const std::string name(component.own_name());
  BusinessProcess made{.name = name, .active = component.node.value("isActive") != "false"};
  const Field* field = object->find(field_name);
  for (const xml::Node* value : component.node.all("values")) {
    const auto text = percent::decode(value->value("fullName"));
    std::string one = text ? *text : std::string(value->value("fullName"));
    if (field == nullptr || field->value(one) == nullptr)
      return refused(fmt::format("Picklist value: {} in picklist: {} not found", one, field_name));
    made.values.insert(std::move(one));
  }
  if (made.values.empty()) return refused("A business process needs at least one value");
  remember(object->business_processes);
  if (BusinessProcess* old = find_process(*object, name)) {
    made.id = old->id;
    *old = std::move(made);
    change_row("BusinessProcess", old->id, {{"IsActive", yes_or_no(old->active)}});
    return Saved{.id = old->id.text()};
  }
  made.id = add_row(
      "BusinessProcess",
      {{"Name", name}, {"TableEnumOrId", object->name}, {"IsActive", yes_or_no(made.active)}});
  object->business_processes.push_back(std::move(made));
  return Saved{.id = object->business_processes.back().id.text(), .created = true};
}

Result<Saved> SchemaSetup::save_record_type(const metadata::Component& component) {
  FLIT_TRY(object, object_named(component.parent()));
  const xml::Node& node = component.node;
  const std::string name(component.own_name());
  if (const auto why = metadata::name_problem("Record Type", name)) return refused(*why);
  const std::string process(node.value("businessProcess"));
  const bool needs_process = process_field(object->name) != nullptr;
  if (needs_process && process.empty())
    return refused("Business Process is required for record types of " + object->name);
  if (!needs_process && !process.empty())
    return refused("Business Process is not allowed for record types of " + object->name);
  const BusinessProcess* of = needs_process ? find_process(*object, process) : nullptr;
  if (needs_process && of == nullptr)
    return refused(fmt::format("In field: businessProcess - no BusinessProcess named {}.{} found",
                               object->name, process));
  FLIT_TRY(allowed, allowed_values(*object, node));
  if (of != nullptr) allowed[process_field(object->name)] = {of->values.begin(), of->values.end()};
  RecordType made{.developer_name = name,
                  .label = std::string(node.value("label")),
                  .description = std::string(node.value("description")),
                  .active = node.value("active") != "false",
                  .available = false,
                  .business_process = process,
                  .allowed = std::move(allowed),
                  .governed = true};
  if (made.label.empty()) return refused("Must specify a non-empty label for the RecordType");
  remember(object->record_types);
  const std::vector<std::pair<std::string, std::string>> values{
      {"Name", made.label},
      {"DeveloperName", name},
      {"SobjectType", object->name},
      {"Description", made.description},
      {"BusinessProcessId", of == nullptr ? std::string() : of->id.text()},
      {"IsActive", yes_or_no(made.active)}};
  for (RecordType& old : object->record_types) {
    if (old.developer_name != name) continue;
    made.id = old.id;
    made.governed = old.governed;
    made.available = old.available;
    made.visible_in = old.visible_in;
    old = std::move(made);
    change_row("RecordType", old.id, values);
    return Saved{.id = old.id.text()};
  }
  made.id = add_row("RecordType", values);
  return Saved{.id = add_record_type(*object, std::move(made)).id.text(), .created = true};
}

}  // namespace flit::sim::salesforce
