#include "sim/dataverse/metadata/column_type.hpp"

#include <array>

namespace flit::sim::dataverse {
namespace {

constexpr std::array<ColumnTypeNames, 23> names{{
    {"String", "StringType", "StringAttributeMetadata", "Edm.String"},
    {"Memo", "MemoType", "MemoAttributeMetadata", "Edm.String"},
    {"Integer", "IntegerType", "IntegerAttributeMetadata", "Edm.Int32"},
    {"BigInt", "BigIntType", "BigIntAttributeMetadata", "Edm.Int64"},
    {"Decimal", "DecimalType", "DecimalAttributeMetadata", "Edm.Decimal"},
    {"Double", "DoubleType", "DoubleAttributeMetadata", "Edm.Double"},
    {"Money", "MoneyType", "MoneyAttributeMetadata", "Edm.Decimal"},
    {"Boolean", "BooleanType", "BooleanAttributeMetadata", "Edm.Boolean"},
    {"DateTime", "DateTimeType", "DateTimeAttributeMetadata", "Edm.DateTimeOffset"},
    {"Picklist", "PicklistType", "PicklistAttributeMetadata", "Edm.Int32"},
    {"Virtual", "MultiSelectPicklistType", "MultiSelectPicklistAttributeMetadata", "Edm.String"},
    {"State", "StateType", "StateAttributeMetadata", "Edm.Int32"},
    {"Status", "StatusType", "StatusAttributeMetadata", "Edm.Int32"},
    {"Lookup", "LookupType", "LookupAttributeMetadata", "Edm.Guid"},
    {"Customer", "CustomerType", "LookupAttributeMetadata", "Edm.Guid"},
    {"Owner", "OwnerType", "LookupAttributeMetadata", "Edm.Guid"},
    {"PartyList", "PartyListType", "LookupAttributeMetadata", "Edm.String"},
    {"Uniqueidentifier", "UniqueidentifierType", "UniqueIdentifierAttributeMetadata", "Edm.Guid"},
    {"EntityName", "EntityNameType", "EntityNameAttributeMetadata", "Edm.String"},
    {"Virtual", "VirtualType", "AttributeMetadata", "Edm.String"},
    {"Virtual", "ImageType", "ImageAttributeMetadata", "Edm.Binary"},
    {"Virtual", "FileType", "FileAttributeMetadata", "Edm.Guid"},
    {"ManagedProperty", "ManagedPropertyType", "ManagedPropertyAttributeMetadata", "Edm.String"},
}};

std::string_view without_namespace(std::string_view name) {
  if (!name.empty() && name.front() == '#') name.remove_prefix(1);
  constexpr std::string_view prefix = "Microsoft.Dynamics.CRM.";
  if (name.substr(0, prefix.size()) == prefix) name.remove_prefix(prefix.size());
  return name;
}

}  // namespace

const ColumnTypeNames& names_of(ColumnType type) {
  return names.at(static_cast<std::size_t>(type));
}

std::optional<ColumnType> column_type_of_fact(std::string_view name) {
  if (name == "Image") return ColumnType::image;
  if (name == "File") return ColumnType::file;
  if (name == "MultiSelectPicklist") return ColumnType::multi_select;
  if (name == "Virtual") return ColumnType::virtual_type;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i].code == name) return static_cast<ColumnType>(i);
  return std::nullopt;
}

std::optional<ColumnType> column_type_of_class(std::string_view metadata_class) {
  const std::string_view wanted = without_namespace(metadata_class);
  if (wanted == "ComplexLookupAttributeMetadata") return ColumnType::lookup;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i].metadata_class == wanted) return static_cast<ColumnType>(i);
  return std::nullopt;
}

bool is_reference(ColumnType type) {
  return type == ColumnType::lookup || type == ColumnType::customer || type == ColumnType::owner;
}

bool has_options(ColumnType type) {
  return type == ColumnType::picklist || type == ColumnType::multi_select ||
         type == ColumnType::state || type == ColumnType::status;
}

}  // namespace flit::sim::dataverse
