#include "destinations/dataverse/schema_check.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit::destinations::dataverse {
namespace {

using model::FieldType;

Error differs(std::string where, std::string_view what, std::string_view found,
              std::string_view expected) {
  return {.message = fmt::format("is there already with {} {}, expected {}", what, found, expected),
          .where = std::move(where),
          .remedy = "choose another name in the map, or change what is there"};
}

/// The kinds that the platform keeps apart; formats of text are none.
FieldType kind_of(FieldType type) {
  switch (type) {
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::uuid:
      return FieldType::text;
    case FieldType::html:
    case FieldType::json:
      return FieldType::long_text;
    default:
      return type;
  }
}

}  // namespace

Result<void> serves_as(const model::Object& found, const model::CreateTable& asked) {
  if (found.owned != asked.table.owned)
    return differs(asked.table.name, "ownership", found.owned ? "by users" : "by the organization",
                   asked.table.owned ? "by users" : "by the organization");
  if (found.activity != asked.table.activity)
    return differs(asked.table.name, "activity", found.activity ? "true" : "false",
                   asked.table.activity ? "true" : "false");
  return {};
}

Result<void> serves_as(const model::Field& found, const model::CreateColumn& asked) {
  const std::string where = asked.table + "." + asked.column.name;
  if (kind_of(found.type) != kind_of(asked.column.type))
    return differs(where, "type", to_string(found.type), to_string(asked.column.type));
  if (asked.column.max_length && found.max_length.value_or(0) < *asked.column.max_length)
    return differs(where, "length", std::to_string(found.max_length.value_or(0)),
                   std::to_string(*asked.column.max_length));
  if (asked.column.scale && found.scale && *found.scale < *asked.column.scale)
    return differs(where, "digits behind the point", std::to_string(*found.scale),
                   std::to_string(*asked.column.scale));
  return serves_as(found.options, asked.column.options, where);
}

Result<void> serves_as(const model::Field& found, const model::CreateRelationship& asked) {
  const std::string where = asked.relationship.child + "." + asked.lookup.name;
  if (found.type != FieldType::reference)
    return differs(where, "type", to_string(found.type), "reference");
  std::vector<std::string> targets = asked.lookup.targets;
  if (targets.empty()) targets.push_back(asked.relationship.parent);
  for (const std::string& target : targets)
    if (std::find(found.targets.begin(), found.targets.end(), target) == found.targets.end())
      return differs(where, "targets", fmt::format("{}", fmt::join(found.targets, ", ")), target);
  return {};
}

Result<void> serves_as(const std::vector<model::Option>& found,
                       const std::vector<model::Option>& asked, const std::string& where) {
  for (const model::Option& option : asked) {
    const auto same = std::find_if(found.begin(), found.end(), [&](const model::Option& known) {
      return option.value.empty() ? known.label == option.label : known.value == option.value;
    });
    if (same == found.end())
      return differs(where, "options without", option.value + " " + option.label, "it among them");
    if (same->label != option.label)
      return differs(where, "option " + option.value, same->label, option.label);
  }
  return {};
}

}  // namespace flit::destinations::dataverse
