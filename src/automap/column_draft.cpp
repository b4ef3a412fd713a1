#include "automap/column_draft.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace flit::automap {

using model::FieldType;

namespace {

// Room for texts comes in steps, so that a longer value of tomorrow fits as well.
std::uint32_t room_for(std::uint32_t longest) {
  constexpr std::array<std::uint32_t, 5> steps{100, 250, 500, 1000, 2000};
  const auto* step = std::find_if(steps.begin(), steps.end(), [&](auto s) { return longest <= s; });
  return step == steps.end() ? 4000 : *step;
}

// Of two options that read the same the later ones say their value as well.
std::vector<model::Option> told_apart(std::vector<model::Option> options) {
  std::set<std::string> seen;
  for (model::Option& option : options) {
    if (option.label.empty()) option.label = option.value;
    if (!seen.insert(text::fold(option.label)).second) option.label += " (" + option.value + ")";
  }
  return options;
}

bool is_list(FieldType type) {
  return type == FieldType::choice || type == FieldType::choices;
}

}  // namespace

std::string column_name(const std::string& prefix, const std::string& field, std::size_t serial) {
  constexpr std::size_t longest = 50;  // Dataverse, logical names of columns
  std::string words = text::replace_all(text::slug(field), ".", "_");
  words = text::replace_all(words, "-", "_");
  if (words.empty()) words = "field_" + std::to_string(serial);
  return (prefix + words).substr(0, longest - 3);  // three places for a number behind it
}

std::optional<model::Field> column_for(const model::Field& field, const std::string& name) {
  constexpr std::uint32_t memo = 100000;
  model::Field column{.name = name, .label = field.label.empty() ? field.name : field.label};
  column.description = field.description;
  column.custom = true;
  column.type = field.type;
  switch (field.type) {
    case FieldType::file:
      return std::nullopt;
    case FieldType::choice:
    case FieldType::choices:
      column.options = told_apart(field.options);
      if (!field.options.empty()) break;
      column.type = FieldType::text;
      column.max_length = field.type == FieldType::choice ? 250 : 2000;
      break;
    case FieldType::reference:
    case FieldType::uuid:
    case FieldType::phone:
      column.type = FieldType::text;
      column.max_length = 100;
      break;
    case FieldType::long_text:
    case FieldType::html:
    case FieldType::json:
      column.type = FieldType::long_text;
      column.max_length = memo;
      break;
    case FieldType::text:
    case FieldType::unknown:
      column.type = field.max_length.value_or(0) > 4000 ? FieldType::long_text : FieldType::text;
      column.max_length =
          column.type == FieldType::long_text ? memo : room_for(field.max_length.value_or(250));
      break;
    case FieldType::url:
      column.max_length = room_for(std::max<std::uint32_t>(field.max_length.value_or(0), 500));
      break;
    case FieldType::email:
      column.max_length = 250;
      break;
    case FieldType::decimal:
    case FieldType::money:
      // Money needs a currency beside it; a number keeps the amount exactly.
      column.type = FieldType::decimal;
      column.scale = field.scale.value_or(2);
      break;
    case FieldType::integer:
    case FieldType::boolean:
    case FieldType::date:
    case FieldType::instant:
      break;
  }
  return column;
}

model::FieldRule preserving_rule(const model::Field& field, const model::Field& column) {
  model::FieldRule rule{.from = field.name, .to = column.name};
  rule.preserved = true;
  if (field.type == FieldType::json) rule.convert = "json";
  if (field.type == FieldType::choice && !is_list(column.type)) rule.convert = "label";
  if (is_list(column.type)) {
    rule.values = model::ValueMap{.pairs = {}, .other = model::OtherValues::null};
  }
  return rule;
}

TakenNames::TakenNames(const model::Schema& destination, const model::MapDocument* known,
                       const std::vector<KnownColumn>& columns) {
  for (const KnownColumn& column : columns)
    for (const std::string& table : column.tables)
      names_[table].insert(text::ascii_lower(column.name));
  for (const model::Object& table : destination.objects)
    for (const model::Field& column : table.fields)
      names_[table.name].insert(text::ascii_lower(column.name));
  if (known == nullptr) return;
  for (const model::ObjectMap& object : known->objects) {
    for (const model::FieldRule& rule : object.fields)
      for (const model::Route& route : object.routes)
        names_[route.table].insert(text::ascii_lower(rule.to));
    for (const model::AlsoRule& also : object.also)
      for (const model::FieldRule& rule : also.fields)
        names_[also.table].insert(text::ascii_lower(rule.to));
  }
}

bool TakenNames::is_taken(const std::string& name, const std::vector<std::string>& tables) const {
  return std::any_of(tables.begin(), tables.end(), [&](const std::string& table) {
    const auto found = names_.find(table);
    return found != names_.end() && found->second.count(name) > 0;
  });
}

std::string TakenNames::take(const std::string& wanted, const std::vector<std::string>& tables) {
  std::string name = text::ascii_lower(wanted);
  for (int number = 2; is_taken(name, tables); ++number)
    name = text::ascii_lower(wanted) + "_" + std::to_string(number);
  for (const std::string& table : tables) names_[table].insert(name);
  return name;
}

}  // namespace flit::automap
