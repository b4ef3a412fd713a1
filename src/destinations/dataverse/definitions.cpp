#include "destinations/dataverse/definitions.hpp"

#include <array>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::FieldType;

std::string crm(std::string_view name) {
  return fmt::format("Microsoft.Dynamics.CRM.{}", name);
}

void append_label(json::Writer& out, std::string_view key, std::string_view text,
                  std::uint32_t language) {
  out.key(key).begin_object().member("@odata.type", crm("Label"));
  out.key("LocalizedLabels").begin_array().begin_object();
  out.member("@odata.type", crm("LocalizedLabel")).member("Label", text);
  out.member("LanguageCode", language).end_object().end_array().end_object();
}

void append_required(json::Writer& out) {
  out.key("RequiredLevel").begin_object().member("Value", "None");
  out.member("CanBeChanged", true);
  out.member("ManagedPropertyLogicalName", "canmodifyrequirementlevelsettings").end_object();
}

void append_options(json::Writer& out, const std::vector<model::Option>& options,
                    std::uint32_t language) {
  out.key("Options").begin_array();
  for (const model::Option& option : options) {
    out.begin_object();
    if (!option.value.empty()) out.key("Value").number(option.value);
    append_label(out, "Label", option.label, language);
    out.end_object();
  }
  out.end_array();
}

std::string_view label_of(const model::Field& field) {
  return field.label.empty() ? std::string_view(field.name) : std::string_view(field.label);
}

/// Which *AttributeMetadata a type is.
std::string_view metadata_of(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::uuid:
      return "String";
    case FieldType::long_text:
    case FieldType::html:
    case FieldType::json:
      return "Memo";
    case FieldType::integer:
      return "Integer";
    case FieldType::decimal:
      return "Decimal";
    case FieldType::money:
      return "Money";
    case FieldType::boolean:
      return "Boolean";
    case FieldType::date:
    case FieldType::instant:
      return "DateTime";
    case FieldType::choice:
      return "Picklist";
    case FieldType::choices:
      return "MultiSelectPicklist";
    case FieldType::file:
      return "File";
    default:
      return {};
  }
}

std::string_view format_of(FieldType type) {
  switch (type) {
    case FieldType::email:
      return "Email";
    case FieldType::url:
      return "Url";
    case FieldType::phone:
      return "Phone";
    default:
      return "Text";
  }
}

void append_range(json::Writer& out, const model::Field& field, std::string_view least,
                  std::string_view most) {
  out.key("MinValue").number(field.min ? field.min->text() : std::string(least));
  out.key("MaxValue").number(field.max ? field.max->text() : std::string(most));
}

void append_boolean(json::Writer& out, std::uint32_t language) {
  out.member("DefaultValue", false);
  out.key("OptionSet").begin_object().member("@odata.type", crm("BooleanOptionSetMetadata"));
  out.member("IsGlobal", false);
  out.key("TrueOption").begin_object().member("Value", 1);
  append_label(out, "Label", "Yes", language);
  out.end_object().key("FalseOption").begin_object().member("Value", 0);
  append_label(out, "Label", "No", language);
  out.end_object().end_object();
}

void append_choice(json::Writer& out, const model::Field& field,
                   const std::optional<std::string>& choice_id, std::uint32_t language) {
  if (choice_id) {
    out.member("GlobalOptionSet@odata.bind", "/GlobalOptionSetDefinitions(" + *choice_id + ")");
    return;
  }
  out.key("OptionSet").begin_object().member("@odata.type", crm("OptionSetMetadata"));
  out.member("IsGlobal", false).member("OptionSetType", "Picklist");
  append_options(out, field.options, language);
  out.end_object();
}

void append_text(json::Writer& out, const model::Field& field) {
  const bool one_line = metadata_of(field.type) == "String";
  out.member("MaxLength", field.max_length.value_or(one_line ? 100U : 2000U));
  if (one_line)
    out.key("FormatName").begin_object().member("Value", format_of(field.type)).end_object();
  else
    out.member("Format", "TextArea").member("ImeMode", "Auto");
}

void append_time(json::Writer& out, FieldType type) {
  const bool is_day = type == FieldType::date;
  out.member("Format", is_day ? "DateOnly" : "DateAndTime");
  out.key("DateTimeBehavior").begin_object();
  out.member("Value", is_day ? "DateOnly" : "UserLocal").end_object();
}

/// What belongs to the type alone; limits are the platform's own where the column names none (§10).
void append_type(json::Writer& out, const model::Field& field,
                 const std::optional<std::string>& choice_id, std::uint32_t language) {
  const std::string_view kind = metadata_of(field.type);
  if (kind == "String" || kind == "Memo") append_text(out, field);
  if (kind == "DateTime") append_time(out, field.type);
  if (kind == "Boolean") append_boolean(out, language);
  if (kind == "File") out.member("MaxSizeInKB", 131'072);
  if (kind == "Picklist" || kind == "MultiSelectPicklist")
    append_choice(out, field, choice_id, language);
  if (kind == "Integer") {
    out.member("Format", "None");
    append_range(out, field, "-2147483648", "2147483647");
  }
  if (kind == "Decimal") {
    append_range(out, field, "-100000000000", "100000000000");
    out.member("Precision", field.scale.value_or(10));
  }
  if (kind == "Money") {
    append_range(out, field, "-922337203685477", "922337203685477");
    out.member("Precision", field.scale.value_or(2)).member("PrecisionSource", 0);
  }
}

void append_lookup(json::Writer& out, const model::Field& lookup, std::string_view kind,
                   std::uint32_t language) {
  out.key("Lookup").begin_object().member("@odata.type", crm(kind));
  out.member("SchemaName", lookup.name);
  append_label(out, "DisplayName", label_of(lookup), language);
  append_required(out);
  out.end_object();
}

std::string_view delete_of(model::Cascade cascade) {
  switch (cascade) {
    case model::Cascade::cascade:
      return "Cascade";
    case model::Cascade::restrict:
      return "Restrict";
    default:
      return "RemoveLink";
  }
}

void append_cascades(json::Writer& out, const model::Relationship& link) {
  out.key("CascadeConfiguration").begin_object();
  out.member("Assign", link.on_assign == model::Cascade::cascade ? "Cascade" : "NoCascade");
  out.member("Delete", delete_of(link.on_delete));
  for (const char* other : {"Merge", "Reparent", "Share", "Unshare"})
    out.member(other, "NoCascade");
  out.end_object();
}

}  // namespace

std::string table_definition(const model::CreateTable& change, std::uint32_t language) {
  const model::Object& table = change.table;
  json::Writer out;
  out.begin_object().member("@odata.type", crm("EntityMetadata")).member("SchemaName", table.name);
  append_label(out, "DisplayName", table.label, language);
  const std::string& plural = table.label_plural.empty() ? table.label : table.label_plural;
  append_label(out, "DisplayCollectionName", plural, language);
  append_label(out, "Description", "", language);
  out.member("OwnershipType", table.owned ? "UserOwned" : "OrganizationOwned");
  out.member("IsActivity", table.activity).member("HasNotes", table.has_notes);
  out.member("HasActivities", false).key("Attributes").begin_array().begin_object();
  const model::Field* named = table.find_field(table.primary_name);
  out.member("@odata.type", crm("StringAttributeMetadata"));
  out.member("SchemaName", table.primary_name).member("IsPrimaryName", true);
  out.member("AttributeType", "String");
  out.key("AttributeTypeName").begin_object().member("Value", "StringType").end_object();
  out.key("FormatName").begin_object().member("Value", "Text").end_object();
  out.member("MaxLength", named == nullptr ? 100U : named->max_length.value_or(100U));
  append_required(out);
  append_label(out, "DisplayName", named == nullptr ? "Name" : label_of(*named), language);
  append_label(out, "Description", "", language);
  out.end_object().end_array().end_object();
  return out.take();
}

Result<std::string> column_definition(const model::CreateColumn& change,
                                      const std::optional<std::string>& choice_id,
                                      std::uint32_t language) {
  const model::Field& field = change.column;
  const std::string_view kind = metadata_of(field.type);
  if (kind.empty())
    return Error{
        .fault = Fault::setup,
        .message = fmt::format("Dataverse has no column of type {}", to_string(field.type)),
        .where = change.table + "." + field.name,
        .remedy = field.type == FieldType::reference ? "plan it as a relationship"
                                                     : "choose another type in the map"};
  json::Writer out;
  out.begin_object().member("@odata.type", crm(fmt::format("{}AttributeMetadata", kind)));
  out.member("SchemaName", field.name);
  append_label(out, "DisplayName", label_of(field), language);
  append_required(out);
  append_type(out, field, choice_id, language);
  out.end_object();
  return out.take();
}

std::string choice_definition(const model::CreateChoice& change, std::uint32_t language) {
  json::Writer out;
  out.begin_object().member("@odata.type", crm("OptionSetMetadata")).member("Name", change.name);
  append_label(out, "DisplayName", change.label, language);
  out.member("OptionSetType", "Picklist").member("IsGlobal", true);
  append_options(out, change.options, language);
  out.end_object();
  return out.take();
}

std::string option_definition(const model::AddOption& change, const std::string& solution,
                              std::uint32_t language) {
  json::Writer out;
  out.begin_object();
  if (change.table.empty()) {
    out.member("OptionSetName", change.column);
  } else {
    out.member("EntityLogicalName", change.table);
    out.member("AttributeLogicalName", change.column);
  }
  if (change.option.state) out.key("StateCode").number(*change.option.state);
  if (!change.option.value.empty()) out.key("Value").number(change.option.value);
  append_label(out, "Label", change.option.label, language);
  out.member("SolutionUniqueName", solution).end_object();
  return out.take();
}

std::string relationship_definition(const model::CreateRelationship& change,
                                    const std::string& parent_id, std::uint32_t language) {
  const model::Relationship& link = change.relationship;
  json::Writer out;
  out.begin_object().member("@odata.type", crm("OneToManyRelationshipMetadata"));
  out.member("SchemaName", link.name).member("ReferencedEntity", link.parent);
  out.member("ReferencedAttribute", parent_id).member("ReferencingEntity", link.child);
  append_cascades(out, link);
  append_lookup(out, change.lookup, "LookupAttributeMetadata", language);
  if (!link.navigation.empty())
    out.member("ReferencingEntityNavigationPropertyName", link.navigation);
  out.end_object();
  return out.take();
}

std::string polymorphic_definition(const model::CreateRelationship& change,
                                   const std::string& solution, std::uint32_t language) {
  json::Writer out;
  out.begin_object();
  append_lookup(out, change.lookup, "ComplexLookupAttributeMetadata", language);
  out.key("OneToManyRelationships").begin_array();
  for (const std::string& target : change.lookup.targets) {
    out.begin_object().member("@odata.type", crm("ComplexOneToManyRelationshipMetadata"));
    out.member("SchemaName", fmt::format("{}_{}", change.relationship.name, target));
    out.member("ReferencedEntity", target);
    out.member("ReferencingEntity", change.relationship.child).end_object();
  }
  out.end_array().member("SolutionUniqueName", solution).end_object();
  return out.take();
}

std::string key_definition(const model::CreateKey& change, std::uint32_t language) {
  json::Writer out;
  out.begin_object().member("SchemaName", change.key.name);
  append_label(out, "DisplayName", change.key.name, language);
  out.key("KeyAttributes").begin_array();
  for (const std::string& field : change.key.fields) out.string(field);
  out.end_array().end_object();
  return out.take();
}

}  // namespace flit::destinations::dataverse
