#include "automap/column_draft.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "model/own_column.hpp"

namespace flit::automap {

using model::FieldType;

namespace {

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
  if (field.type == FieldType::file) return std::nullopt;
  model::Field column = model::own_column(field, name);
  column.label = field.label.empty() ? field.name : field.label;
  column.description = field.description;
  if (is_list(column.type)) column.options = told_apart(field.options);
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
