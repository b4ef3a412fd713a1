#include "automap/inference.hpp"

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/utf8.hpp"

namespace flit::automap {

namespace {

bool is_blank(const std::string& value) {
  return value.find_first_not_of(" \t\r\n") == std::string::npos;
}

int length_of(const std::string& value) {
  return static_cast<int>(utf8::utf16_units(utf8::repaired(value)));
}

// A list that people choose from: few short words, each of them often.
bool is_list_of_choices(const std::map<std::string, std::size_t>& counts, std::size_t values,
                        ValueClass value_class) {
  constexpr std::size_t most_choices = 30;
  constexpr std::size_t repeated = 3;
  const bool words = value_class == ValueClass::word || value_class == ValueClass::code;
  return words && values >= enough_values && counts.size() > 1 && counts.size() <= most_choices &&
         counts.size() * repeated <= values &&
         std::all_of(counts.begin(), counts.end(),
                     [](const auto& entry) { return entry.first.size() <= 40; });
}

// How many values belong to which class, most frequent first.
std::vector<std::string> classes_of(const std::vector<std::string>& values) {
  constexpr std::size_t shown = 3;
  std::map<ValueClass, std::size_t> counts;
  for (const std::string& value : values)
    if (!is_blank(value)) ++counts[classify({value}).value_class];
  std::vector<std::pair<ValueClass, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sorted.size() > shown) sorted.resize(shown);
  std::vector<std::string> classes;
  classes.reserve(sorted.size());
  for (const auto& [value_class, count] : sorted)
    classes.push_back(fmt::format("{} ({})", to_string(value_class), count));
  return classes;
}

model::FieldType type_of(Kind kind) {
  using model::FieldType;
  switch (kind) {
    case Kind::text:
    case Kind::id:
      return FieldType::text;
    case Kind::long_text:
      return FieldType::long_text;
    case Kind::integer:
      return FieldType::integer;
    case Kind::number:
    case Kind::percent:
      return FieldType::decimal;
    case Kind::money:
      return FieldType::money;
    case Kind::boolean:
      return FieldType::boolean;
    case Kind::date:
      return FieldType::date;
    case Kind::instant:
      return FieldType::instant;
    case Kind::choice:
      return FieldType::choice;
    case Kind::choices:
      return FieldType::choices;
    case Kind::reference:
      return FieldType::reference;
    case Kind::email:
      return FieldType::email;
    case Kind::phone:
      return FieldType::phone;
    case Kind::url:
      return FieldType::url;
    case Kind::binary:
      return FieldType::file;
    case Kind::unknown:
      return FieldType::unknown;
  }
  return FieldType::unknown;
}

}  // namespace

Inference infer(const std::vector<std::string>& values) {
  Inference found;
  std::map<std::string, std::size_t> counts;
  for (const std::string& value : values) {
    if (is_blank(value)) {
      ++found.evidence.empty;
      continue;
    }
    ++counts[value];
    found.max_length = std::max(found.max_length, length_of(value));
  }
  found.evidence.values = values.size();
  const std::size_t filled = values.size() - found.evidence.empty;
  if (filled == 0) return found;
  const ValueEvidence seen = classify(values);
  found.kind = effective_kind(Field{}, seen);
  found.evidence.share = static_cast<double>(seen.fitting) / static_cast<double>(seen.seen);
  found.evidence.examples = classes_of(values);
  if (filled < enough_values) return found;
  found.distinct_ratio = static_cast<double>(counts.size()) / static_cast<double>(filled);
  found.unique = counts.size() == filled && found.kind != Kind::long_text;
  if (is_list_of_choices(counts, filled, seen.value_class)) {
    found.kind = Kind::choice;
    for (const auto& entry : counts) found.choices.push_back({entry.first, entry.first});
  }
  return found;
}

void fill_from_samples(Schema& schema) {
  for (Object& object : schema.objects)
    for (Field& field : object.fields) {
      if (field.samples.empty()) continue;
      const Inference found = infer(field.samples);
      if (field.max_length == 0) field.max_length = found.max_length;
      if (field.distinct_ratio < 0.0) field.distinct_ratio = found.distinct_ratio;
      if (field.kind != Kind::unknown || !field.choices.empty()) continue;
      if (found.kind != Kind::choice) continue;
      field.choices = found.choices;
      field.choices_in_order = false;
    }
}

void fill_from_values(model::Field& field, const std::vector<std::string>& values) {
  if (field.type != model::FieldType::unknown) return;
  Inference found = infer(values);
  if (found.kind == Kind::unknown) return;
  field.type = type_of(found.kind);
  if (!field.max_length && model::is_textual(field.type))
    field.max_length = static_cast<std::uint32_t>(found.max_length);
  for (Choice& choice : found.choices)
    field.options.push_back({std::move(choice.value), std::move(choice.label)});
  field.unique = field.unique || found.unique;
  field.evidence = std::move(found.evidence);
}

bool names_people(const model::Field& field, const Lexicon& lexicon) {
  for (const std::string& said : {field.name, field.label})
    for (const Token& token : lexicon.bag(said).tokens) {
      const std::string_view holds = lexicon.concept_class(token.id);
      if (holds == "given_name" || holds == "family_name" || holds == "person_name" ||
          holds == "email" || holds == "phone")
        return true;
    }
  return false;
}

void forget_values(model::Field& field) {
  if (field.type != model::FieldType::choice && field.type != model::FieldType::choices) return;
  field.type = model::FieldType::text;
  field.options.clear();
}

}  // namespace flit::automap
