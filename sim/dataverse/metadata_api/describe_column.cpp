// AttributeMetadata and its derived types (fact sheet §11).

#include "sim/dataverse/metadata_api/describe.hpp"
#include "sim/dataverse/metadata_api/describe_parts.hpp"

namespace flit::sim::dataverse {
namespace {

void write_base(json::Writer& out, const Table& table, const Column& column) {
  const ColumnTypeNames& names = names_of(column.type);
  out.member("MetadataId", column.metadata_id.text());
  out.member("LogicalName", column.logical_name).member("SchemaName", column.schema_name);
  out.member("EntityLogicalName", table.logical_name);
  out.member("AttributeType", names.code);
  out.key("AttributeTypeName").begin_object().member("Value", names.name).end_object();
  out.member("ColumnNumber", column.index + 1).member("IsCustomAttribute", column.is_custom);
  out.member("IsManaged", !column.is_custom);
  out.member("IsPrimaryId", column.role == Role::primary_id && !table.is_activity);
  out.member("IsPrimaryName", column.is_primary_name);
  out.member("IsValidForCreate", column.valid_for_create);
  out.member("IsValidForUpdate", column.valid_for_update);
  out.member("IsValidForRead", column.valid_for_read);
  out.member("IsValidODataAttribute", column.in_web_api).member("IsLogical", !column.in_web_api);
  out.member("IsSecured", false).member("IsFilterable", true).member("IsRetrievable", true);
  out.member("IsSearchable", false).member("IsDataSourceSecret", false);
  out.member("CanBeSecuredForRead", false).member("CanBeSecuredForCreate", false);
  out.member("CanBeSecuredForUpdate", false).member("InheritsFrom", "");
  out.member("IntroducedVersion", "1.0").key("AttributeOf").null();
  out.key("LinkedAttributeId").null().key("ExternalName").null();
  out.key("RequiredLevel").begin_object().member("Value", to_string(column.required));
  out.member("CanBeChanged", column.required != RequiredLevel::system);
  out.member("ManagedPropertyLogicalName", "canmodifyrequirementlevelsettings").end_object();
  write_label(out, "DisplayName", column.display_name);
  write_label(out, "Description", column.description);
  write_managed(out, "IsAuditEnabled", true, "canmodifyauditsettings");
  write_managed(out, "IsCustomizable", true, "iscustomizable");
  write_managed(out, "IsRenameable", true, "isrenameable");
  write_managed(out, "IsValidForAdvancedFind", true, "canmodifysearchsettings");
  write_managed(out, "CanModifyAdditionalSettings", true, "canmodifyadditionalsettings");
}

void write_numbers(json::Writer& out, const Column& column) {
  if (column.type == ColumnType::integer || column.type == ColumnType::big_int) {
    out.member("MinValue", column.integer_minimum).member("MaxValue", column.integer_maximum);
    if (column.type == ColumnType::integer)
      out.member("Format", column.format.empty() ? "None" : column.format);
    return;
  }
  out.member("MinValue", column.minimum).member("MaxValue", column.maximum);
  out.member("Precision", column.precision).member("ImeMode", "Auto");
  if (column.type != ColumnType::money) return;
  out.member("PrecisionSource", column.precision_source);
  out.member("IsBaseCurrency", column.role == Role::base_amount).member("CalculationOf", "");
}

void write_default(json::Writer& out, std::string_view name, const Column& column) {
  out.key(name);
  if (column.default_value)
    out.integer(*column.default_value);
  else
    out.integer(-1);
}

void write_derived(json::Writer& out, const Column& column) {
  switch (column.type) {
    case ColumnType::string:
    case ColumnType::memo: {
      const std::string format = column.format.empty() ? "Text" : column.format;
      out.member("MaxLength", column.max_length).member("ImeMode", "Auto").member("Format", format);
      out.member("IsLocalizable", false);
      out.key("FormatName").begin_object().member("Value", format).end_object();
      out.member("DatabaseLength", column.max_length * 2);
      if (column.type == ColumnType::string)
        out.member("AutoNumberFormat", column.auto_number_format);
      break;
    }
    case ColumnType::integer:
    case ColumnType::big_int:
    case ColumnType::decimal:
    case ColumnType::floating:
    case ColumnType::money:
      write_numbers(out, column);
      break;
    case ColumnType::boolean:
      out.member("DefaultValue", column.default_value.value_or(0) != 0);
      break;
    case ColumnType::date_time: {
      constexpr std::string_view behaviours[] = {"UserLocal", "DateOnly", "TimeZoneIndependent"};
      out.member("Format", column.format.empty() ? "DateAndTime" : column.format);
      out.key("DateTimeBehavior").begin_object();
      out.member("Value", behaviours[static_cast<std::size_t>(column.behaviour)]).end_object();
      out.member("MinSupportedValue", "1753-01-01T00:00:00Z").member("ImeMode", "Auto");
      break;
    }
    case ColumnType::picklist:
    case ColumnType::multi_select:
    case ColumnType::state:
    case ColumnType::status:
      write_default(out, "DefaultFormValue", column);
      break;
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
      out.key("Targets").begin_array();
      for (const std::string& target : column.targets) out.string(target);
      out.end_array().member("Format", "None");
      break;
    case ColumnType::file:
      out.member("MaxSizeInKB", column.max_size_kb);
      break;
    case ColumnType::image:
      out.member("MaxSizeInKB", column.max_size_kb)
          .member("MaxHeight", 144)
          .member("MaxWidth", 144);
      out.member("IsPrimaryImage", column.is_primary_image);
      out.member("CanStoreFullImage", column.can_store_full_image);
      break;
    default:
      break;
  }
}

void write_option(json::Writer& out, const Option& option) {
  out.begin_object().member("Value", option.value);
  write_label(out, "Label", option.label);
  write_label(out, "Description", option.description);
  out.key("Color").null().member("IsManaged", false).key("MetadataId").null();
  if (option.state) out.member("State", *option.state).member("TransitionData", "");
  if (option.default_status)
    out.member("DefaultStatus", *option.default_status)
        .member("InvariantName", option.invariant_name);
  out.end_object();
}

void write_both_options(json::Writer& out, const OptionSet& options) {
  out.member("OptionSetType", "Boolean");
  for (const int value : {1, 0}) {
    out.key(value == 1 ? "TrueOption" : "FalseOption");
    if (const Option* option = options.find(value))
      write_option(out, *option);
    else
      out.null();
  }
}

void write_options(json::Writer& out, const OptionSet& options) {
  bool state = false, status = false;
  for (const Option& option : options.options) {
    state |= option.default_status.has_value();
    status |= option.state.has_value();
  }
  out.member("OptionSetType", state ? "State" : status ? "Status" : "Picklist");
  out.key("Options").begin_array();
  for (const Option& option : options.options) write_option(out, option);
  out.end_array();
}

}  // namespace

std::string_view to_string(RequiredLevel level) {
  switch (level) {
    case RequiredLevel::none:
      return "None";
    case RequiredLevel::system:
      return "SystemRequired";
    case RequiredLevel::application:
      return "ApplicationRequired";
    case RequiredLevel::recommended:
      return "Recommended";
  }
  return "";
}

MetaItem describe(const OptionSet& options, std::string_view type) {
  json::Writer out;
  out.begin_object().member("MetadataId", options.metadata_id.text()).member("Name", options.name);
  out.member("IsGlobal", options.is_global).member("IsCustomOptionSet", options.is_custom);
  out.member("IsManaged", !options.is_custom).key("ExternalTypeName").null();
  write_label(out, "DisplayName", options.display_name);
  write_label(out, "Description", "");
  if (type == "BooleanOptionSetMetadata")
    write_both_options(out, options);
  else
    write_options(out, options);
  out.end_object();
  return {.type = std::string(type), .json = out.take()};
}

MetaItem describe(const Table& table, const Column& column, bool whole) {
  json::Writer out;
  out.begin_object();
  write_base(out, table, column);
  if (whole) write_derived(out, column);
  out.end_object();
  MetaItem item{.type = std::string(names_of(column.type).metadata_class), .json = out.take()};
  item.children = [&column](std::string_view name) -> std::optional<MetaList> {
    if (name != "OptionSet" && name != "GlobalOptionSet") return std::nullopt;
    MetaList list{.is_collection = false};
    const bool wanted =
        column.options != nullptr && (name == "OptionSet" || column.options->is_global);
    if (wanted)
      list.items.push_back(describe(*column.options, column.type == ColumnType::boolean
                                                         ? "BooleanOptionSetMetadata"
                                                         : "OptionSetMetadata"));
    return list;
  };
  return item;
}

MetaList describe_columns(const Table& table, bool whole) {
  MetaList list;
  for (const Column& column : table.columns())
    if (!column.is_deleted) list.items.push_back(describe(table, column, whole));
  return list;
}

}  // namespace flit::sim::dataverse
