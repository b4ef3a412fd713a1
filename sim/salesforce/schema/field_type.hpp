#pragma once
/// @file The types of a describe (fact sheet §2.3) and what follows from each.

#include <cstdint>
#include <optional>
#include <string_view>

namespace flit::sim::salesforce {

enum class FieldType : std::uint8_t {
  id,
  reference,
  string,
  textarea,
  boolean,
  integer,
  whole,  ///< "long"
  real,   ///< "double"
  currency,
  percent,
  date,
  datetime,
  time,
  picklist,
  multipicklist,
  combobox,
  email,
  phone,
  url,
  base64,
  address,
  location,
  encrypted,
  any,
  complex,
};

std::string_view to_string(FieldType type);  ///< as a describe says it: "double", "int"
std::optional<FieldType> field_type(std::string_view name);

std::string_view soap_type(FieldType type);  ///< "xsd:string", "tns:ID" …

bool is_text(FieldType type);      ///< whose values are text
bool is_number(FieldType type);    ///< whose values are numbers
bool is_choice(FieldType type);    ///< which have a list of values
bool is_compound(FieldType type);  ///< made of other fields: address, location

}  // namespace flit::sim::salesforce
