#pragma once
/// @file The kinds of column, and the three names that the metadata API has for each.
///
/// AttributeTypeCode ("String"), AttributeTypeName ("StringType") and the derived metadata class
/// ("StringAttributeMetadata"): fact sheet §11. File, image and multi-select columns say "Virtual"
/// as their type code.

#include <cstdint>
#include <optional>
#include <string_view>

namespace flit::sim::dataverse {

enum class ColumnType : std::uint8_t {
  string,
  memo,
  integer,
  big_int,
  decimal,
  floating,
  money,
  boolean,
  date_time,
  picklist,
  multi_select,
  state,
  status,
  lookup,
  customer,
  owner,
  party_list,
  unique_identifier,
  entity_name,
  virtual_type,
  image,
  file,
  managed_property,
};

struct ColumnTypeNames {
  std::string_view code;            ///< AttributeType
  std::string_view name;            ///< AttributeTypeName/Value
  std::string_view metadata_class;  ///< without the namespace
  std::string_view edm;             ///< the type of the OData property
};

const ColumnTypeNames& names_of(ColumnType type);

/// By the name used in the shipped facts: the type code, with "Image" and "PartyList" spelled out.
std::optional<ColumnType> column_type_of_fact(std::string_view name);

/// By the derived class, with or without "Microsoft.Dynamics.CRM." or "#Microsoft.Dynamics.CRM.".
std::optional<ColumnType> column_type_of_class(std::string_view metadata_class);

/// Lookup, customer or owner: one row of another table.
bool is_reference(ColumnType type);

/// Picklist, state, status or multi-select: numbers with labels (booleans have labels too).
bool has_options(ColumnType type);

}  // namespace flit::sim::dataverse
