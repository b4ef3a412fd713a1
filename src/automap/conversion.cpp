#include "automap/conversion.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

namespace flit::automap {

namespace {

double value(const Candidate& candidate, Feature feature) {
  return candidate.features[static_cast<std::size_t>(feature)];
}

bool says(const FieldTerms& field, std::string_view word) {
  const auto in = [&](const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return in(field.name_words) || in(field.label_words);
}

std::string time_conversion(const FieldTerms& field, const ColumnTerms& column) {
  if (field.values.value_class == ValueClass::epoch_s) return "epoch_s";
  if (field.values.value_class == ValueClass::epoch_ms) return "epoch_ms";
  const bool from_instant =
      field.kind == Kind::instant || field.values.value_class == ValueClass::instant;
  return from_instant && column.kind == Kind::date ? "date_only" : "";
}

std::string number_conversion(const FieldTerms& field, const ColumnTerms& column) {
  const std::string& name = column.choice_key;
  const bool to_seconds = name.find("seconds") != std::string::npos;
  const bool to_minutes = name.find("minutes") != std::string::npos;
  const bool in_minutes = says(field, "minutes") || says(field, "minute") || says(field, "mins");
  const bool in_seconds = says(field, "seconds") || says(field, "s") || says(field, "secs");
  const bool in_ms = says(field, "ms") || says(field, "millis") || says(field, "milliseconds");
  if (to_minutes && in_ms) return "milliseconds";
  if (to_seconds && in_minutes) return "minutes";
  if (to_minutes && in_seconds) return "seconds";
  if (field.values.value_class == ValueClass::money_text) return "currency_str";
  const bool money = column.kind == Kind::money;
  if (money && (says(field, "cents") || says(field, "cent") || says(field, "minor")))
    return "cents";
  const bool to_percent =
      column.kind == Kind::percent || name.find("probability") != std::string::npos;
  if (to_percent && field.values.value_class == ValueClass::fraction) return "fraction_to_percent";
  return "";
}

std::string text_conversion(const FieldTerms& field, const ColumnTerms& column,
                            const Candidate& candidate) {
  if (value(candidate, Feature::second_line) > 0.5) return "concat";
  if (value(candidate, Feature::whole_name_alone) +
              value(candidate, Feature::whole_name_beside_parts) >
          0.5 &&
      field.values.value_class != ValueClass::company)
    return "split_name";
  const bool url =
      column.kind == Kind::url || column.choice_key.find("website") != std::string::npos;
  if (url && field.values.value_class == ValueClass::domain) return "domain_to_url";
  if (field.values.value_class == ValueClass::html && column.kind != Kind::long_text)
    return "html_to_text";
  return "";
}

std::string loss(const FieldTerms& field, const ColumnTerms& column,
                 const std::vector<ValuePair>& value_map) {
  const int room = column.field->max_length;
  if (room > 0 && field.field->max_length > room)
    return fmt::format("the longest value has {} characters, the column holds {}",
                       field.field->max_length, room);
  const auto open = std::count_if(value_map.begin(), value_map.end(),
                                  [](const ValuePair& pair) { return !pair.to; });
  if (open > 0)
    return fmt::format("{} of {} choices have no counterpart and would be left empty", open,
                       value_map.size());
  if (field.kind == Kind::choices && column.kind == Kind::choice)
    return "several values per record, the column takes one";
  return {};
}

int room_for(int longest) {
  for (const int step : {50, 100, 255, 1000, 4000})
    if (longest * 3 / 2 <= step) return step;
  return 4000;
}

}  // namespace

Conversion choose_conversion(const FieldTerms& field, const ColumnTerms& column,
                             const Candidate& candidate, const std::vector<ValuePair>& value_map) {
  Conversion result;
  result.warning = loss(field, column, value_map);
  if (column.kind == Kind::reference) {
    result.name = "lookup";
  } else if (column.kind == Kind::choice ||
             (column.kind == Kind::boolean && !value_map.empty() && field.kind != Kind::boolean)) {
    result.name = "value_map";
  } else if (column.kind == Kind::date || column.kind == Kind::instant) {
    result.name = time_conversion(field, column);
  } else {
    result.name = number_conversion(field, column);
    if (result.name.empty()) result.name = text_conversion(field, column, candidate);
  }
  return result;
}

std::optional<ColumnProposal> propose_column(const FieldTerms& field, const std::string& reason,
                                             const std::string& table) {
  constexpr std::array<std::string_view, 5> unwanted{"derived", "record_key", "system", "binary",
                                                     "no_equivalent"};
  if (std::find(unwanted.begin(), unwanted.end(), reason) != unwanted.end() || field.own_key ||
      field.kind == Kind::binary)
    return std::nullopt;
  ColumnProposal column;
  column.table = table;
  column.label = field.field->label;
  if (column.label.empty())
    for (const std::string& word : field.name_words)
      column.label += (column.label.empty() ? "" : " ") + word;
  if (!column.label.empty() && column.label[0] >= 'a' && column.label[0] <= 'z')
    column.label[0] = static_cast<char>(column.label[0] - 'a' + 'A');
  column.type = to_string(field.kind);
  // Long numbers look like telephone numbers: without a word for it they stay text.
  const bool named_phone = field.field->kind == Kind::phone || says(field, "phone") ||
                           says(field, "tel") || says(field, "mobile") || says(field, "fax");
  if (field.kind == Kind::phone && !named_phone) column.type = "text";
  const bool text = column.type == "text" || field.kind == Kind::unknown || field.kind == Kind::id;
  if (text) {
    column.type = "text";
    column.length = room_for(std::max(field.field->max_length, 20));
  }
  for (const Choice& choice : field.field->choices)
    column.choices.push_back(choice.label.empty() ? choice.value : choice.label);
  column.why = field.values.seen > 0
                   ? fmt::format("{} of {} samples: {}", field.values.fitting, field.values.seen,
                                 automap::to_string(field.values.value_class))
                   : fmt::format("declared as {}", field.field->native_type);
  return column;
}

}  // namespace flit::automap
