#include "engine/setup_columns.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "model/own_column.hpp"

namespace flit::engine {
namespace {

using model::Field;
using model::FieldType;

constexpr std::size_t longest_label = 100;  // what forms show; the sheet names no limit
constexpr std::uint32_t id_length = 100;    // of a source's record id

bool is_choice(FieldType type) {
  return type == FieldType::choice || type == FieldType::choices;
}
bool is_line(FieldType type) {
  return type == FieldType::text || type == FieldType::url || type == FieldType::email ||
         type == FieldType::phone;
}

/// The labels of a choice column, in order, each once under text::fold.
class Options {
 public:
  void add(const std::string& label) {
    if (!text::fold(label).empty() && known_.insert(text::fold(label)).second)
      labels_.push_back(label);
  }

  /// Two options of one list may carry one label (facts/sources.md XI-23): the second shows its
  /// value, so that neither is lost.
  void add(const model::Option& option, std::set<std::string>& of_this_list) {
    const std::string& label = option.label.empty() ? option.value : option.label;
    const bool taken = !of_this_list.insert(text::fold(label)).second;
    add(taken ? fmt::format("{} ({})", label, option.value) : label);
    known_.insert(text::fold(option.value));
  }

  bool knows(const std::string& text) const { return known_.contains(text::fold(text)); }
  const std::vector<std::string>& labels() const { return labels_; }

 private:
  std::set<std::string> known_;
  std::vector<std::string> labels_;
};

bool was_seen(const ObservedField* observed, const std::string& value) {
  return observed != nullptr &&
         std::any_of(observed->values.begin(), observed->values.end(),
                     [&](const ObservedValue& one) { return one.text == value; });
}

struct Gathered {
  Options options;
  std::size_t only_in_data = 0;
  bool too_many = false;
};

void gather(const ColumnUse& use, Gathered& gathered) {
  if (use.rule != nullptr && use.rule->fallback && !use.rule->fallback->empty())
    gathered.options.add(*use.rule->fallback);
  if (use.rule != nullptr && use.rule->values && !use.rule->values->pairs.empty()) {
    for (const auto& [from, to] : use.rule->values->pairs) gathered.options.add(to);
    return;
  }
  if (use.source == nullptr) return;
  std::set<std::string> of_this_list;
  for (const model::Option& option : use.source->options)
    if (!option.archived || was_seen(use.observed, option.value))
      gathered.options.add(option, of_this_list);
  if (use.observed == nullptr) return;
  gathered.too_many |= use.observed->more_values;
  for (const ObservedValue& value : use.observed->values) {
    if (gathered.options.knows(value.text)) continue;
    gathered.options.add(std::string(text::trim(value.text)));
    ++gathered.only_in_data;
  }
}

std::string named(const std::vector<ColumnUse>& uses) {
  std::vector<std::string> names;
  for (const ColumnUse& use : uses)
    if (std::find(names.begin(), names.end(), use.name()) == names.end())
      names.push_back(use.name());
  return names.empty() ? std::string("filled by the engine") : "keeps " + text::join(names, ", ");
}

std::uint32_t longest(const std::vector<ColumnUse>& uses) {
  std::uint32_t most = 0;
  for (const ColumnUse& use : uses)
    if (use.observed != nullptr) most = std::max(most, use.observed->longest);
  return most;
}

void fit_choices(WantedColumn& wanted, const std::vector<ColumnUse>& options,
                 const NamingRules& names) {
  Gathered gathered;
  for (const ColumnUse& use : options) gather(use, gathered);
  const auto& labels = gathered.options.labels();
  if (gathered.too_many || labels.size() > names.most_options) {
    wanted.field.type = FieldType::text;
    wanted.field.max_length = model::roomy(longest(options));
    wanted.reason +=
        fmt::format("; more than {} values: text instead of a choice",
                    gathered.too_many ? ObservedField::most_values : names.most_options);
    return;
  }
  for (std::size_t i = 0; i < labels.size(); ++i)
    wanted.field.options.push_back(
        {.value = std::to_string(names.first_option + static_cast<std::int64_t>(i)),
         .label = labels[i]});
  wanted.reason += fmt::format("; {} choices", labels.size());
  if (gathered.only_in_data > 0)
    wanted.reason += fmt::format(", {} of them only found in the data", gathered.only_in_data);
}

/// A text must hold the longest value seen; a line that cannot becomes several.
void fit_length(WantedColumn& wanted, const std::vector<ColumnUse>& uses,
                const NamingRules& names) {
  const std::uint32_t seen = longest(uses);
  Field& field = wanted.field;
  const std::uint32_t stated = field.max_length.value_or(0);
  std::uint32_t length = seen > stated ? model::roomy(seen) : stated;
  if (is_line(field.type) && length > names.longest_line) field.type = FieldType::long_text;
  length = std::min(length, is_line(field.type) ? names.longest_line : names.longest_text);
  if (seen > stated)
    wanted.reason += fmt::format("; the longest value found has {} characters", seen);
  field.max_length = length;
}

void fit(WantedColumn& wanted, const std::vector<ColumnUse>& uses,
         const std::vector<ColumnUse>& options, const NamingRules& names) {
  wanted.field.custom = true;
  if (is_choice(wanted.field.type)) fit_choices(wanted, options, names);
  if (model::is_textual(wanted.field.type)) fit_length(wanted, uses, names);
}

/// As the source states it, and exact enough for what was seen.
void take_type(Field& field, const Field& source, const ObservedField* observed) {
  Field own = model::own_column(source, field.name);
  field.type = own.type;
  field.max_length = own.max_length;
  field.scale = own.scale;
  if (field.type == FieldType::decimal && observed != nullptr)
    field.scale = std::min<std::uint8_t>(10, std::max(own.scale.value_or(0), observed->scale));
}

/// A whole number that does not fit 32 bits is kept as a decimal (facts/dataverse.md §10).
void widen(Field& field, const ObservedField* observed) {
  if (field.type != FieldType::integer || observed == nullptr) return;
  const Decimal most = Decimal::of(2'147'483'647);
  if ((observed->max && *observed->max > most) ||
      (observed->min && *observed->min < most.negated())) {
    field.type = FieldType::decimal;
    field.scale = 0;
  }
}

}  // namespace

std::string ColumnUse::name() const {
  const std::string field = source == nullptr ? std::string("a constant") : source->name;
  return object == nullptr ? field : object->object + "." + field;
}

WantedColumn column_of(const packs::CustomColumn& column, const std::vector<ColumnUse>& uses,
                       const std::vector<ColumnUse>& options, const NamingRules& names) {
  WantedColumn wanted{{.name = column.name, .label = column.label, .type = column.type},
                      named(uses)};
  if (model::is_textual(column.type)) wanted.field.max_length = column.length;
  if (column.type == FieldType::decimal || column.type == FieldType::money)
    wanted.field.scale = column.scale;
  fit(wanted, uses, options, names);
  return wanted;
}

WantedColumn column_of(const std::string& name, const std::vector<ColumnUse>& uses,
                       const std::vector<ColumnUse>& options, const NamingRules& names) {
  WantedColumn wanted{{.name = name, .label = name}, named(uses)};
  const ColumnUse& first = uses.front();
  if (first.source == nullptr) {
    wanted.field.type = FieldType::text;
    wanted.field.max_length = id_length;
  } else {
    const std::string& label = first.source->label.empty() ? name : first.source->label;
    wanted.field.label = utf8::prefix_of_utf16_units(label, longest_label);
    take_type(wanted.field, *first.source, first.observed);
    widen(wanted.field, first.observed);
  }
  fit(wanted, uses, options, names);
  return wanted;
}

bool same_storage(FieldType one, FieldType other) {
  const auto storage = [](FieldType type) {
    if (is_line(type) || type == FieldType::uuid) return FieldType::text;
    if (type == FieldType::html || type == FieldType::json) return FieldType::long_text;
    return type;
  };
  return storage(one) == storage(other);
}

}  // namespace flit::engine
