#include "base/json_writer.hpp"
#include "sim/salesforce/describe/describe.hpp"

namespace flit::sim::salesforce {
namespace {

int byte_length(const Field& field) {
  if (field.type == FieldType::id || field.type == FieldType::reference) return 18;
  return is_text(field.type) ? 3 * field.length : 0;
}

json::Writer& text_or_null(json::Writer& out, std::string_view key, std::string_view text) {
  out.key(key);
  return text.empty() ? out.null() : out.string(text);
}

void write_default(json::Writer& out, const Field& field) {
  out.key("defaultValue");
  if (field.type == FieldType::boolean)
    out.boolean(field.default_value == "true");
  else if (field.default_value.empty())
    out.null();
  else
    out.string(field.default_value);
}

void write_values(json::Writer& out, const Field& field) {
  out.key("picklistValues").begin_array();
  for (const PicklistValue& value : field.values) {
    out.begin_object().member("active", value.active).member("defaultValue", value.is_default);
    out.member("label", value.label)
        .key("validFor")
        .null()
        .member("value", value.value)
        .end_object();
  }
  out.end_array();
}

void write_references(json::Writer& out, const Field& field) {
  out.key("referenceTo").begin_array();
  for (const ParentLink& link : field.parents) out.string(link.object);
  out.end_array();
}

bool cascades(const Field& field, bool ParentLink::*flag) {
  for (const ParentLink& link : field.parents)
    if (field.parents.size() == 1 && field.custom && link.*flag) return true;
  return false;
}

bool is_permissionable(const Field& field) {
  return field.nillable && field.home == Home::cells && field.name != "MasterRecordId" &&
         (field.createable || is_compound(field.type) || field.custom);
}

/// Keys from "digits" to "nillable", in the order of a describe.
void write_middle(json::Writer& out, const Field& field) {
  out.member("digits", field.digits).member("displayLocationInDecimal", false);
  out.member("encrypted", field.type == FieldType::encrypted)
      .member("externalId", field.external_id);
  text_or_null(out, "extraTypeInfo", field.extra_type).member("filterable", field.filterable);
  out.key("filteredLookupInfo").null().member("formulaTreatNullNumberAsZero", false);
  out.member("groupable", field.groupable).member("highScaleNumber", false);
  out.member("htmlFormatted", field.html).member("idLookup", field.id_lookup);
  text_or_null(out, "inlineHelpText", field.inline_help).member("label", field.label);
  out.member("length", field.length).key("mask").null().key("maskType").null();
  out.member("name", field.name).member("nameField", field.name_field);
  out.member("namePointing", field.name_pointing).member("nillable", field.nillable);
}

/// Keys from "permissionable" to the end.
void write_rest(json::Writer& out, const Field& field) {
  out.member("permissionable", is_permissionable(field));
  write_values(out, field);
  out.member("polymorphicForeignKey", field.polymorphic).member("precision", field.precision);
  out.member("queryByDistance", is_compound(field.type)).key("referenceTargetField").null();
  write_references(out, field);
  text_or_null(out, "relationshipName", field.relationship).key("relationshipOrder").null();
  out.member("restrictedDelete", cascades(field, &ParentLink::restricted));
  out.member("restrictedPicklist", field.restricted_picklist).member("scale", field.scale);
  out.member("searchPrefilterable", field.is_reference() && field.home == Home::cells);
  out.member("soapType", soap_type(field.type)).member("sortable", field.sortable);
  out.member("type", to_string(field.type)).member("unique", field.unique);
}

}  // namespace

void append_field(std::string& text, const Field& field, bool audit_open) {
  json::Writer out;
  const bool audit = field.home == Home::created_date || field.home == Home::created_by ||
                     field.home == Home::modified_date || field.home == Home::modified_by;
  out.begin_object().member("aggregatable", field.aggregatable).member("aiPredictionField", false);
  out.member("autoNumber", field.auto_number).member("byteLength", byte_length(field));
  out.member("calculated", field.calculated).key("calculatedFormula").null();
  out.member("cascadeDelete", cascades(field, &ParentLink::cascade));
  out.member("caseSensitive", field.case_sensitive);
  text_or_null(out, "compoundFieldName", field.compound).key("controllerName").null();
  out.member("createable", (field.createable && field.editable) || (audit && audit_open));
  out.member("custom", field.custom);
  write_default(out, field);
  out.key("defaultValueFormula").null().member("defaultedOnCreate", field.defaulted_on_create);
  out.member("dependentPicklist", false).member("deprecatedAndHidden", false);
  write_middle(out, field);
  write_rest(out, field);
  out.member("updateable", field.updateable && field.editable);
  out.member("writeRequiresMasterRead", false).end_object();
  text += out.view();
}

}  // namespace flit::sim::salesforce
