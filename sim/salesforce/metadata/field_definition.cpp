#include "sim/salesforce/metadata/field_definition.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sim/salesforce/metadata/naming.hpp"

namespace flit::sim::salesforce::metadata {
namespace {

Error problem(std::string text) {
  return Error{
      .fault = Fault::permanent, .message = std::move(text), .code = "FIELD_INTEGRITY_EXCEPTION"};
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// What a Metadata type is to a describe, and the length it has or may have.
struct TypeRule {
  std::string_view name;
  FieldType type;
  int fixed_length = 0;  ///< 0: none, or as stated
  int least = 0;         ///< with a stated length: its bounds
  int most = 0;
};

constexpr std::array<TypeRule, 20> types{{{"AutoNumber", FieldType::string, 30},
                                          {"Checkbox", FieldType::boolean},
                                          {"Currency", FieldType::currency},
                                          {"Date", FieldType::date},
                                          {"DateTime", FieldType::datetime},
                                          {"Email", FieldType::email, 80},
                                          {"EncryptedText", FieldType::encrypted, 0, 1, 175},
                                          {"Hierarchy", FieldType::reference, 18},
                                          {"Html", FieldType::textarea, 0, 256, 131'072},
                                          {"LongTextArea", FieldType::textarea, 0, 256, 131'072},
                                          {"Lookup", FieldType::reference, 18},
                                          {"MasterDetail", FieldType::reference, 18},
                                          {"MultiselectPicklist", FieldType::multipicklist, 4099},
                                          {"Number", FieldType::real},
                                          {"Percent", FieldType::percent},
                                          {"Phone", FieldType::phone, 40},
                                          {"Picklist", FieldType::picklist, 255},
                                          {"Text", FieldType::string, 0, 1, 255},
                                          {"TextArea", FieldType::textarea, 255},
                                          {"Url", FieldType::url, 255}}};

const TypeRule* rule_of(std::string_view name) {
  if (name == "Time") {
    static constexpr TypeRule time{"Time", FieldType::time};
    return &time;
  }
  for (const TypeRule& rule : types)
    if (rule.name == name) return &rule;
  return nullptr;
}

Result<void> read_length(Field& field, const TypeRule& rule, const xml::Node& node) {
  field.length = rule.fixed_length;
  if (rule.most == 0) return {};
  const auto length = number(node.value("length"));
  if (!length)
    return problem(fmt::format("Must specify 'length' for a CustomField of type {}", rule.name));
  if (*length < rule.least || *length > rule.most)
    return problem(fmt::format("Length must be between {} and {} for a CustomField of type {}",
                               rule.least, rule.most, rule.name));
  field.length = *length;
  return {};
}

/// Precision counts all digits, as a describe does; at most 18.
Result<void> read_precision(Field& field, const TypeRule& rule, const xml::Node& node) {
  if (!is_number(field.type)) return {};
  const auto precision = number(node.value("precision"));
  const auto scale = number(node.value("scale"));
  if (!precision || !scale)
    return problem(fmt::format("Must specify 'precision' and 'scale' for a CustomField of type {}",
                               rule.name));
  if (*precision < 1 || *precision > 18 || *scale < 0 || *scale > *precision)
    return problem("Precision must be between 1 and 18, and the scale no greater than it");
  field.precision = *precision;
  field.scale = *scale;
  return {};
}

Result<void> read_reference(FieldDefinition& made, std::string_view type, const xml::Node& node) {
  Field& field = made.field;
  if (!field.is_reference()) return {};
  const auto targets = node.all("referenceTo");
  if (targets.empty())
    return problem("Must specify 'referenceTo' for a CustomField of type " + std::string(type));
  const std::string_view relationship = node.value("relationshipName");
  if (!relationship.empty()) {
    if (const auto why = name_problem("Child Relationship", relationship)) return problem(*why);
  } else if (type == "MasterDetail") {
    return problem("Must specify 'relationshipName' for a CustomField of type MasterDetail");
  }
  const std::string_view constraint = node.value("deleteConstraint");
  made.master = type == "MasterDetail";
  for (const xml::Node* target : targets) {
    ParentLink link{.object = std::string(text::trim(target->text))};
    if (!relationship.empty()) link.child_relationship = std::string(relationship) + "__r";
    link.cascade = made.master || constraint == "Cascade";
    link.restricted = constraint == "Restrict";
    field.parents.push_back(std::move(link));
  }
  field.polymorphic = field.parents.size() > 1;
  field.relationship = std::string(without_suffix(field.name)) + "__r";
  return {};
}

Result<void> read_choices(FieldDefinition& made, const xml::Node& node) {
  Field& field = made.field;
  if (!is_choice(field.type)) return {};
  const xml::Node* set = node.child("valueSet");
  if (set == nullptr) return problem("Must specify 'valueSet' for a picklist field");
  made.value_set = set->value("valueSetName");
  // A field that takes a global value set is always restricted.
  field.restricted_picklist = set->is_true("restricted") || !made.value_set.empty();
  if (const xml::Node* own = set->child("valueSetDefinition"))
    field.values = read_values(*own, "value");
  if (made.value_set.empty() && field.values.empty())
    return problem(
        "Must specify either 'valueSetDefinition' or 'valueSetName' for a picklist field");
  const std::size_t most =
      field.type == FieldType::multipicklist ? max_multi_select_values : max_picklist_values;
  if (field.values.size() > most)
    return problem(fmt::format("A picklist has at most {} values", most));
  for (const PicklistValue& value : field.values)
    if (value.is_default) field.default_value = value.value;
  return {};
}

/// A literal out of a default value's formula: 5, "x", true. Others are not evaluated.
std::string literal_of(std::string_view formula) {
  formula = text::trim(formula);
  if (formula.size() >= 2 && formula.front() == '"' && formula.back() == '"')
    return std::string(formula.substr(1, formula.size() - 2));
  return std::string(formula);
}

Result<void> read_flags(FieldDefinition& made, std::string_view type, const xml::Node& node) {
  Field& field = made.field;
  const bool computed = type == "AutoNumber" || node.child("formula") != nullptr;
  made.required = node.is_true("required") || made.master;
  field.calculated = node.child("formula") != nullptr;
  field.auto_number = type == "AutoNumber";
  field.display_format = node.value("displayFormat");
  field.nillable = !made.required && field.type != FieldType::boolean && !field.auto_number;
  field.createable = !computed;
  field.updateable = !computed && (!made.master || node.is_true("reparentableMasterDetail"));
  field.external_id = node.is_true("externalId");
  field.unique = node.is_true("unique");
  field.case_sensitive = node.is_true("caseSensitive");
  field.id_lookup = field.external_id;
  field.html = type == "Html";
  field.extra_type = field.html ? "richtextarea" : type == "TextArea" ? "plaintextarea" : "";
  const bool is_long = type == "LongTextArea" || type == "Html";
  field.filterable = field.sortable = field.groupable = !is_long;
  field.aggregatable = !is_long;
  const bool can_be_key =
      type == "Text" || type == "Number" || type == "Email" || type == "AutoNumber";
  if ((field.external_id || field.unique) && !can_be_key)
    return problem(
        fmt::format("A CustomField of type {} cannot be an external id or unique", type));
  const xml::Node* value = node.child("defaultValue");
  if (type == "Checkbox" && value == nullptr)
    return problem("Must specify 'defaultValue' for a CustomField of type Checkbox");
  if (value != nullptr && field.default_value.empty())
    field.default_value = literal_of(value->text);
  field.defaulted_on_create =
      field.type == FieldType::boolean || !field.default_value.empty() || field.auto_number;
  return {};
}

}  // namespace

std::vector<PicklistValue> read_values(const xml::Node& node, std::string_view element) {
  std::vector<PicklistValue> values;
  for (const xml::Node* row : node.all(element)) {
    const std::string_view name = row->value("fullName");
    const std::string_view label = row->value("label");
    PicklistValue value{.value = std::string(name),
                        .label = std::string(label.empty() ? name : label)};
    value.active = row->value("isActive") != "false";
    value.is_default = row->is_true("default");
    values.push_back(std::move(value));
  }
  return values;
}

Result<FieldDefinition> read_field(std::string_view name, const xml::Node& node) {
  if (!has_suffix(name)) return problem("A custom field's name ends in __c: " + std::string(name));
  if (const auto why = name_problem("Custom Field", without_suffix(name))) return problem(*why);
  const std::string_view label = node.value("label");
  if (label.empty()) return problem("Must specify a non-empty label for the CustomField");
  if (utf8::code_points(utf8::repaired(label)) > max_label)
    return problem(
        fmt::format("Label: data value too large: {} (max length={})", label, max_label));
  const std::string_view type = node.value("type");
  const TypeRule* rule = rule_of(type);
  if (rule == nullptr) return problem(fmt::format("Invalid field type: '{}'", type));
  FieldDefinition made;
  Field& field = made.field;
  field.type = rule->type;
  field.name = name;
  field.label = label;
  field.custom = true;
  field.inline_help = node.value("inlineHelpText");
  const bool formula = node.child("formula") != nullptr;
  if (!formula) FLIT_TRY_VOID(read_length(field, *rule, node));
  FLIT_TRY_VOID(read_precision(field, *rule, node));
  FLIT_TRY_VOID(read_reference(made, type, node));
  FLIT_TRY_VOID(read_choices(made, node));
  FLIT_TRY_VOID(read_flags(made, type, node));
  return made;
}

}  // namespace flit::sim::salesforce::metadata
