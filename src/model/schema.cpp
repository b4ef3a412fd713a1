#include "model/schema.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace flit::model {
namespace {

constexpr std::array<std::pair<FieldType, std::string_view>, 19> type_names{{
    {FieldType::text, "text"},       {FieldType::long_text, "long_text"},
    {FieldType::html, "html"},       {FieldType::email, "email"},
    {FieldType::phone, "phone"},     {FieldType::url, "url"},
    {FieldType::integer, "integer"}, {FieldType::decimal, "decimal"},
    {FieldType::money, "money"},     {FieldType::boolean, "boolean"},
    {FieldType::date, "date"},       {FieldType::instant, "instant"},
    {FieldType::choice, "choice"},   {FieldType::choices, "choices"},
    {FieldType::file, "file"},       {FieldType::reference, "reference"},
    {FieldType::json, "json"},       {FieldType::uuid, "uuid"},
    {FieldType::unknown, "unknown"},
}};

template <typename Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [name](const Named& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(FieldType type) {
  for (const auto& [known, name] : type_names)
    if (known == type) return name;
  return "unknown";
}

std::optional<FieldType> field_type_named(std::string_view name) {
  for (const auto& [type, known] : type_names)
    if (known == name) return type;
  return {};
}

bool is_textual(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::html:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::json:
    case FieldType::unknown:
      return true;
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::money:
    case FieldType::boolean:
    case FieldType::date:
    case FieldType::instant:
    case FieldType::choice:
    case FieldType::choices:
    case FieldType::reference:
    case FieldType::file:
    case FieldType::uuid:
      return false;
  }
  return false;
}

const Field* Object::find_field(std::string_view field_name) const {
  return find_named(fields, field_name);
}

const Object* Schema::find_object(std::string_view object_name) const {
  return find_named(objects, object_name);
}

}  // namespace flit::model
