#include "sim/salesforce/metadata/object_definition.hpp"

#include <fmt/format.h>

#include "sim/salesforce/metadata/naming.hpp"

namespace flit::sim::salesforce::metadata {
namespace {

Error problem(std::string text) {
  return Error{
      .fault = Fault::permanent, .message = std::move(text), .code = "FIELD_INTEGRITY_EXCEPTION"};
}

}  // namespace

Result<ObjectDefinition> read_object(std::string_view name, const xml::Node& node) {
  if (!has_suffix(name)) return problem("A custom object's name ends in __c: " + std::string(name));
  if (const auto why = name_problem("Custom Object", without_suffix(name))) return problem(*why);
  for (const char* required : {"label", "pluralLabel", "deploymentStatus", "sharingModel"})
    if (node.value(required).empty())
      return problem(fmt::format("Must specify a non-empty {} for the CustomObject", required));
  const xml::Node* name_field = node.child("nameField");
  if (name_field == nullptr) return problem("Must specify a nameField for the CustomObject");
  const std::string_view type = name_field->value("type");
  if (type != "Text" && type != "AutoNumber")
    return problem("The nameField must be of type Text or AutoNumber");
  if (type == "AutoNumber" && name_field->value("displayFormat").empty())
    return problem("Must specify 'displayFormat' for a nameField of type AutoNumber");
  return ObjectDefinition{
      .label = std::string(node.value("label")),
      .label_plural = std::string(node.value("pluralLabel")),
      .name_label = std::string(name_field->value("label")),
      .auto_number = std::string(type == "AutoNumber" ? name_field->value("displayFormat")
                                                      : std::string_view())};
}

}  // namespace flit::sim::salesforce::metadata
