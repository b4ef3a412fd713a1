#include "destinations/dataverse/metadata_json.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace flit::destinations::dataverse {
namespace {

using model::FieldType;

struct TypeName {
  std::string_view attribute_type;
  FieldType type;
};

// facts/dataverse.md §10; files, images and several choices read as Virtual (§11).
constexpr std::array type_names{
    TypeName{"String", FieldType::text},
    TypeName{"Memo", FieldType::long_text},
    TypeName{"Integer", FieldType::integer},
    TypeName{"BigInt", FieldType::integer},
    TypeName{"Decimal", FieldType::decimal},
    TypeName{"Double", FieldType::decimal},
    TypeName{"Money", FieldType::money},
    TypeName{"Boolean", FieldType::boolean},
    TypeName{"DateTime", FieldType::instant},
    TypeName{"Picklist", FieldType::choice},
    TypeName{"State", FieldType::choice},
    TypeName{"Status", FieldType::choice},
    TypeName{"MultiSelectPicklistType", FieldType::choices},
    TypeName{"MultiSelectPicklist", FieldType::choices},
    TypeName{"Lookup", FieldType::reference},
    TypeName{"Owner", FieldType::reference},
    TypeName{"Customer", FieldType::reference},
    TypeName{"Uniqueidentifier", FieldType::uuid},
    TypeName{"FileType", FieldType::file},
    TypeName{"ImageType", FieldType::file},
};

std::string value_of(json::Value managed) {
  if (managed.is_string()) return std::string(*managed.as_string());
  return std::string(managed["Value"].string_or(""));
}

bool is_set(json::Value flag, bool otherwise) {
  if (const auto value = flag.as_boolean()) return *value;
  return flag["Value"].as_boolean().value_or(otherwise);
}

model::Requirement requirement_of(std::string_view level) {
  if (level == "SystemRequired") return model::Requirement::system;
  if (level == "ApplicationRequired") return model::Requirement::application;
  if (level == "Recommended") return model::Requirement::recommended;
  return model::Requirement::none;
}

model::Cascade cascade_of(std::string_view behaviour) {
  if (behaviour == "Cascade") return model::Cascade::cascade;
  if (behaviour == "RemoveLink") return model::Cascade::remove_link;
  if (behaviour == "Restrict") return model::Cascade::restrict;
  return model::Cascade::none;
}

std::optional<Decimal> number_of(json::Value number) {
  const auto lexeme = number.as_number();
  if (!lexeme) return {};
  const auto value = Decimal::parse(*lexeme);
  return value ? std::optional<Decimal>(*value) : std::nullopt;
}

FieldType text_type(std::string_view format, FieldType otherwise) {
  if (format == "Email") return FieldType::email;
  if (format == "Url") return FieldType::url;
  if (format == "Phone") return FieldType::phone;
  return otherwise;
}

model::Option option_of(json::Value option) {
  model::Option made{.value = std::to_string(option["Value"].as_integer().value_or(0)),
                     .label = label_of(option["Label"])};
  if (const auto state = option["State"].as_integer()) made.state = std::to_string(*state);
  return made;
}

void refine_options(model::Field& field, json::Value attribute) {
  for (const char* name : {"OptionSet", "GlobalOptionSet"}) {
    auto options = options_of(attribute[name]);
    if (options.empty()) continue;
    field.options = std::move(options);
    return;
  }
}

}  // namespace

std::string label_of(json::Value label) {
  if (const auto text = label.at_path("UserLocalizedLabel.Label").as_string())
    return std::string(*text);
  for (const json::Value localized : label["LocalizedLabels"].elements())
    return std::string(localized["Label"].string_or(""));
  return {};
}

model::Object object_of(json::Value entity) {
  return {.name = std::string(entity["LogicalName"].string_or("")),
          .label = label_of(entity["DisplayName"]),
          .label_plural = label_of(entity["DisplayCollectionName"]),
          .set_name = std::string(entity["EntitySetName"].string_or("")),
          .primary_id = std::string(entity["PrimaryIdAttribute"].string_or("")),
          .primary_name = std::string(entity["PrimaryNameAttribute"].string_or("")),
          .custom = is_set(entity["IsCustomEntity"], false),
          .activity = is_set(entity["IsActivity"], false),
          .owned = entity["OwnershipType"].string_or("") == "UserOwned",
          .has_notes = is_set(entity["HasNotes"], false)};
}

model::Field field_of(json::Value attribute) {
  model::Field field{.name = std::string(attribute["LogicalName"].string_or("")),
                     .label = label_of(attribute["DisplayName"])};
  std::string native(attribute["AttributeType"].string_or(""));
  if (native == "Virtual") native = value_of(attribute["AttributeTypeName"]);
  for (const TypeName& known : type_names) {
    if (known.attribute_type != native) continue;
    field.type = known.type;
    field.native_type = native;
  }
  field.required = requirement_of(value_of(attribute["RequiredLevel"]));
  field.custom = is_set(attribute["IsCustomAttribute"], false);
  field.creatable = is_set(attribute["IsValidForCreate"], true);
  field.updatable = is_set(attribute["IsValidForUpdate"], true);
  field.hidden = !is_set(attribute["IsValidForRead"], true);
  field.calculated = !field.creatable && !field.updatable;
  return field;
}

void refine(model::Field& field, json::Value attribute) {
  if (const auto length = attribute["MaxLength"].as_integer())
    field.max_length = static_cast<std::uint32_t>(*length);
  if (const auto scale = attribute["Precision"].as_integer())
    field.scale = static_cast<std::uint8_t>(*scale);
  if (const auto least = number_of(attribute["MinValue"])) field.min = least;
  if (const auto most = number_of(attribute["MaxValue"])) field.max = most;
  if (field.type == FieldType::text)
    field.type = text_type(value_of(attribute["FormatName"]), field.type);
  if (value_of(attribute["DateTimeBehavior"]) == "DateOnly") field.type = FieldType::date;
  for (const json::Value target : attribute["Targets"].elements())
    field.targets.emplace_back(target.string_or(""));
  refine_options(field, attribute);
}

model::Key key_of(json::Value key) {
  model::Key made{
      .name = std::string(key["LogicalName"].string_or(key["SchemaName"].string_or(""))),
      .fields = {}};
  for (const json::Value field : key["KeyAttributes"].elements())
    made.fields.emplace_back(field.string_or(""));
  made.active = key["EntityKeyIndexStatus"].string_or("") == "Active";
  return made;
}

model::Relationship relationship_of(json::Value relationship) {
  const json::Value cascades = relationship["CascadeConfiguration"];
  return {.name = std::string(relationship["SchemaName"].string_or("")),
          .child = std::string(relationship["ReferencingEntity"].string_or("")),
          .field = std::string(relationship["ReferencingAttribute"].string_or("")),
          .parent = std::string(relationship["ReferencedEntity"].string_or("")),
          .navigation =
              std::string(relationship["ReferencingEntityNavigationPropertyName"].string_or("")),
          .on_delete = cascade_of(cascades["Delete"].string_or("")),
          .on_assign = cascade_of(cascades["Assign"].string_or(""))};
}

model::Association association_of(json::Value relationship) {
  return {.name = std::string(relationship["SchemaName"].string_or("")),
          .from = std::string(relationship["Entity1LogicalName"].string_or("")),
          .to = std::string(relationship["Entity2LogicalName"].string_or(""))};
}

void drop_companions(std::vector<model::Field>& fields) {
  std::vector<std::string> companions;
  for (const model::Field& field : fields) {
    if (field.type != FieldType::reference) continue;
    for (const char* ending : {"name", "yominame", "type", "typecode"})
      companions.push_back(field.name + ending);
  }
  std::erase_if(fields, [&](const model::Field& field) {
    const bool is_companion =
        std::find(companions.begin(), companions.end(), field.name) != companions.end();
    return field.native_type.empty() || (is_companion && !field.custom);
  });
}

std::vector<model::Option> options_of(json::Value option_set) {
  std::vector<model::Option> options;
  for (const json::Value option : option_set["Options"].elements())
    options.push_back(option_of(option));
  for (const char* side : {"FalseOption", "TrueOption"})
    if (option_set[side].is_object()) options.push_back(option_of(option_set[side]));
  return options;
}

}  // namespace flit::destinations::dataverse
