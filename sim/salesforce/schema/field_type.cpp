#include "sim/salesforce/schema/field_type.hpp"

#include <array>

namespace flit::sim::salesforce {
namespace {

constexpr std::array<std::string_view, 25> names = {"id",
                                                    "reference",
                                                    "string",
                                                    "textarea",
                                                    "boolean",
                                                    "int",
                                                    "long",
                                                    "double",
                                                    "currency",
                                                    "percent",
                                                    "date",
                                                    "datetime",
                                                    "time",
                                                    "picklist",
                                                    "multipicklist",
                                                    "combobox",
                                                    "email",
                                                    "phone",
                                                    "url",
                                                    "base64",
                                                    "address",
                                                    "location",
                                                    "encryptedstring",
                                                    "anyType",
                                                    "complexvalue"};

}  // namespace

std::string_view to_string(FieldType type) {
  return names[static_cast<std::size_t>(type)];
}

std::optional<FieldType> field_type(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<FieldType>(i);
  return std::nullopt;
}

std::string_view soap_type(FieldType type) {
  switch (type) {
    case FieldType::id:
    case FieldType::reference:
      return "tns:ID";
    case FieldType::boolean:
      return "xsd:boolean";
    case FieldType::integer:
      return "xsd:int";
    case FieldType::whole:
      return "xsd:long";
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent:
      return "xsd:double";
    case FieldType::date:
      return "xsd:date";
    case FieldType::datetime:
      return "xsd:dateTime";
    case FieldType::time:
      return "xsd:time";
    case FieldType::base64:
      return "xsd:base64Binary";
    case FieldType::address:
      return "urn:address";
    case FieldType::location:
      return "urn:location";
    case FieldType::any:
      return "xsd:anyType";
    default:
      return "xsd:string";
  }
}

bool is_text(FieldType type) {
  switch (type) {
    case FieldType::string:
    case FieldType::textarea:
    case FieldType::picklist:
    case FieldType::multipicklist:
    case FieldType::combobox:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::encrypted:
    case FieldType::any:
    case FieldType::complex:
      return true;
    default:
      return false;
  }
}

bool is_number(FieldType type) {
  switch (type) {
    case FieldType::integer:
    case FieldType::whole:
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent:
      return true;
    default:
      return false;
  }
}

bool is_choice(FieldType type) {
  return type == FieldType::picklist || type == FieldType::multipicklist ||
         type == FieldType::combobox;
}

bool is_compound(FieldType type) {
  return type == FieldType::address || type == FieldType::location;
}

}  // namespace flit::sim::salesforce
