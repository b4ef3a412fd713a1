#include "sim/dataverse/metadata_api/column_payload.hpp"

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/payload/reference.hpp"

namespace flit::sim::dataverse {
namespace {

struct Range {
  double low;
  double high;
};

Refusal out_of_bounds(std::string_view property) {
  return errors::invalid_argument("The value of '" + std::string(property) +
                                  "' is outside of what the platform allows.");
}

Answer<void> read_length(json::Value body, Column& column) {
  const bool memo = column.type == ColumnType::memo;
  const std::int64_t most = memo ? 1'048'576 : 4000;  // §10
  const std::int64_t length = body["MaxLength"].as_integer().value_or(memo ? 2000 : 100);
  if (length < 1 || length > most) return refuse(out_of_bounds("MaxLength"));
  column.max_length = static_cast<int>(length);
  const auto format = body["FormatName"]["Value"].as_string();
  column.format =
      std::string(format ? *format : body["Format"].string_or(memo ? "TextArea" : "Text"));
  column.auto_number_format = std::string(body["AutoNumberFormat"].string_or(""));
  return {};
}

Answer<void> read_number(json::Value body, Column& column, Range widest, int most_places) {
  column.minimum = body["MinValue"].as_double().value_or(widest.low);
  column.maximum = body["MaxValue"].as_double().value_or(widest.high);
  const std::int64_t places = body["Precision"].as_integer().value_or(2);
  if (column.minimum < widest.low || column.maximum > widest.high ||
      column.minimum > column.maximum)
    return refuse(out_of_bounds("MinValue"));
  if (places < 0 || places > most_places) return refuse(out_of_bounds("Precision"));
  column.precision = static_cast<int>(places);
  column.precision_source = static_cast<int>(body["PrecisionSource"].as_integer().value_or(2));
  return {};
}

Answer<void> read_whole_number(json::Value body, Column& column) {
  const bool big = column.type == ColumnType::big_int;
  const std::int64_t low = big ? INT64_MIN : INT32_MIN, high = big ? INT64_MAX : INT32_MAX;
  column.integer_minimum = body["MinValue"].as_integer().value_or(low);
  column.integer_maximum = body["MaxValue"].as_integer().value_or(high);
  column.format = std::string(body["Format"].string_or("None"));
  if (column.integer_minimum < low || column.integer_maximum > high ||
      column.integer_minimum > column.integer_maximum)
    return refuse(out_of_bounds("MinValue"));
  return {};
}

Answer<void> read_date(json::Value body, Column& column) {
  const std::string_view behaviour = body["DateTimeBehavior"]["Value"].string_or("UserLocal");
  column.format = std::string(body["Format"].string_or("DateOnly"));
  if (behaviour == "DateOnly")
    column.behaviour = DateBehaviour::date_only;
  else if (behaviour == "TimeZoneIndependent")
    column.behaviour = DateBehaviour::time_zone_independent;
  else if (behaviour != "UserLocal")
    return refuse(out_of_bounds("DateTimeBehavior"));
  return {};
}

Answer<void> read_boolean(json::Value body, Column& column) {
  column.default_value = body["DefaultValue"].as_boolean().value_or(false) ? 1 : 0;
  column.options = std::make_shared<OptionSet>();
  const auto add = [&](std::string_view name, int value, std::string_view usual) {
    std::string label = label_of(body["OptionSet"][name]["Label"]);
    column.options->options.push_back(
        {.value = value, .label = label.empty() ? std::string(usual) : label});
  };
  add("TrueOption", 1, "Yes");
  add("FalseOption", 0, "No");
  return {};
}

Answer<void> read_choice(const Session& session, json::Value body, Column& column) {
  if (const auto uri = body["GlobalOptionSet@odata.bind"].as_string()) {
    const auto path = odata::parse_resource_path(uri->substr(uri->front() == '/' ? 1 : 0), {});
    if (!path || path->empty() || path->front().arguments.empty())
      return refuse(errors::bad_uri("The bound option set could not be read."));
    const std::string& text = path->front().arguments[0].values.at(0).text;
    const auto id = Uuid::parse(text);
    column.options =
        id ? session.org.catalogue->global_choice(*id) : session.org.catalogue->global_choice(text);
    if (column.options == nullptr)
      return refuse(errors::other(400, 0x80048403, "Invalid OptionSet"));
  } else {
    FLIT_TRY(options, read_option_set(session, body["OptionSet"]));
    column.options = std::move(options);
  }
  if (const auto value = body["DefaultFormValue"].as_integer(); value && *value >= 0)
    column.default_value = static_cast<int>(*value);
  return {};
}

/// §11: 32,768 KB and 10,240 KB unless said; files up to 10 GB, images up to 30 MB.
Answer<void> read_content(json::Value body, Column& column) {
  const bool file = column.type == ColumnType::file;
  const std::int64_t size = body["MaxSizeInKB"].as_integer().value_or(file ? 32'768 : 10'240);
  if (size < 1 || size > (file ? 10'485'760 : 30'720))
    return refuse(errors::other(400, file ? 0x80090009 : 0x8009000e,
                                "MaxSizeInKB is outside of the allowed range."));
  column.max_size_kb = static_cast<int>(size);
  column.can_store_full_image = body["CanStoreFullImage"].as_boolean().value_or(false);
  column.is_primary_image = body["IsPrimaryImage"].as_boolean().value_or(false);
  return {};
}

Answer<void> read_by_type(const Session& session, json::Value body, Column& column) {
  switch (column.type) {
    case ColumnType::string:
    case ColumnType::memo:
      return read_length(body, column);
    case ColumnType::integer:
    case ColumnType::big_int:
      return read_whole_number(body, column);
    case ColumnType::decimal:
      return read_number(body, column, {-100'000'000'000.0, 100'000'000'000.0}, 10);
    case ColumnType::floating:
      return read_number(body, column, {-100'000'000'000.0, 100'000'000'000.0}, 5);
    case ColumnType::money:
      return read_number(body, column, {-922'337'203'685'477.0, 922'337'203'685'477.0}, 4);
    case ColumnType::boolean:
      return read_boolean(body, column);
    case ColumnType::date_time:
      return read_date(body, column);
    case ColumnType::picklist:
    case ColumnType::multi_select:
      return read_choice(session, body, column);
    case ColumnType::file:
    case ColumnType::image:
      return read_content(body, column);
    case ColumnType::lookup:
    case ColumnType::customer:
      return {};
    default:
      return refuse(errors::invalid_argument("Columns of this type cannot be created."));
  }
}

}  // namespace

RequiredLevel read_required_level(json::Value body) {
  const std::string_view level = body["RequiredLevel"]["Value"].string_or("None");
  if (level == "ApplicationRequired") return RequiredLevel::application;
  return level == "Recommended" ? RequiredLevel::recommended : RequiredLevel::none;
}

Answer<std::shared_ptr<OptionSet>> read_option_set(const Session& session, json::Value body) {
  auto options = std::make_shared<OptionSet>();
  options->name = std::string(body["Name"].string_or(""));
  options->display_name = label_of(body["DisplayName"]);
  options->is_custom = true;
  for (const json::Value each : body["Options"].elements()) {
    Option option;
    const auto value = each["Value"].as_integer();
    option.value = value ? static_cast<int>(*value) : next_option_value(session, *options);
    option.label = label_of(each["Label"]);
    if (options->find(option.value) != nullptr)
      return refuse(errors::other(400, 0x80048403, "Invalid OptionSet"));
    options->options.push_back(std::move(option));
  }
  return options;
}

Answer<Column> read_column(const Session& session, json::Value body,
                           std::optional<ColumnType> fallback) {
  const auto type = column_type_of_class(body["@odata.type"].string_or(""));
  if (!type && !fallback)
    return refuse(errors::payload("AttributeMetadata",
                                  "The '@odata.type' of the attribute is missing or unknown."));
  Column column;
  column.type = type.value_or(fallback.value_or(ColumnType::string));
  column.schema_name = std::string(body["SchemaName"].string_or(""));
  column.logical_name = facts::lower_ascii(column.schema_name);
  column.display_name = label_of(body["DisplayName"]);
  column.description = label_of(body["Description"]);
  column.required = read_required_level(body);
  column.is_custom = column.valid_for_create = column.valid_for_update = true;
  column.is_primary_name = body["IsPrimaryName"].as_boolean().value_or(false);
  constexpr std::size_t longest = 50;  // §11 [U]: the maker's limit, the stricter one
  FLIT_TRY_VOID(check_schema_name(session, column.schema_name, longest));
  FLIT_TRY_VOID(read_by_type(session, body, column));
  return column;
}

Answer<void> change_column(const Session& session, json::Value body, Column& column) {
  if (const std::string label = label_of(body["DisplayName"]); !label.empty())
    column.display_name = label;
  if (const std::string text = label_of(body["Description"]); !text.empty())
    column.description = text;
  if (body["RequiredLevel"].exists() && column.required != RequiredLevel::system)
    column.required = read_required_level(body);
  Column changed = column;
  const bool has_limits =
      body["MaxLength"].exists() || body["MinValue"].exists() || body["Precision"].exists();
  if (has_limits) {
    FLIT_TRY_VOID(read_by_type(session, body, changed));
    column = std::move(changed);
  }
  return {};
}

}  // namespace flit::sim::dataverse
