#include "automap/rule_draft.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace flit::automap {

using model::FieldType;

namespace {

using Pairs = std::vector<ValuePair>;

constexpr std::string_view no_conversion = "\x01";

bool holds_users(const std::vector<std::string>& targets) {
  return std::any_of(targets.begin(), targets.end(), [](const std::string& target) {
    const std::string name = text::ascii_lower(target);
    return name == "systemuser" || name == "user" || name == "team" || name == "group";
  });
}

// The engine's name for how a reference is carried over, or why it cannot be.
std::string reference_conversion(const model::Field& source, const model::Field& column,
                                 model::FieldRule& rule, std::string& obstacle) {
  const bool both = source.type == FieldType::reference && column.type == FieldType::reference;
  if (!both) {
    obstacle = column.type == FieldType::reference
                   ? "the column is a reference, and the field holds no identity of a record"
                   : "the field is a reference, the column is not";
    return std::string(no_conversion);
  }
  if (holds_users(column.targets)) {
    rule.fallback = "";  // whoever the owners' list names for records without an owner
    return "owner";
  }
  if (source.targets.empty()) {
    obstacle = "the source does not say whose identities these are";
    return std::string(no_conversion);
  }
  rule.arguments = {{"object", source.targets.front()}};
  return "record";
}

std::string value_conversion(const FieldProposal& proposal, const model::Field& source,
                             const model::Field& column, std::string& obstacle) {
  const std::string& name = proposal.conversion;
  if (name == "split_name" || name == "concat" || name == "parse_address" ||
      name == "currency_str") {
    obstacle = "it needs the conversion " + name + ", which a person must write";
    return std::string(no_conversion);
  }
  const bool says_epoch = source.native_type.find("epoch") != std::string::npos;
  if ((name == "epoch_s" || name == "epoch_ms") && !says_epoch) {
    obstacle = "it counts seconds since 1970, and the source's description does not say so";
    return std::string(no_conversion);
  }
  if (name == "date_only") return "date";
  if (name == "fraction_to_percent") return "percent";
  if (name == "html_to_text") return "plain_text";
  if (name == "cents") return "cents";
  if (name == "milliseconds") return "minutes";
  if (name == "seconds") return "seconds_as_minutes";
  if (name == "minutes") return "minutes_as_seconds";
  const bool to_list = column.type == FieldType::choice || column.type == FieldType::choices;
  if (source.type == FieldType::choice && !to_list && model::is_textual(column.type))
    return "label";
  if (source.type == FieldType::choices && !to_list) {
    obstacle = "several choices do not go into one value";
    return std::string(no_conversion);
  }
  if (column.type == FieldType::file || source.type == FieldType::file) {
    obstacle = "files move on a path of their own";
    return std::string(no_conversion);
  }
  return "";
}

// People read labels; a value is named only where two options share one.
std::string option_name(const model::Field& column, const ValuePair& pair) {
  const auto same = std::count_if(column.options.begin(), column.options.end(),
                                  [&](const auto& o) { return o.label == pair.to_label; });
  return same == 1 ? pair.to_label : *pair.to;
}

const model::Option* option_of(const model::Field& column, const ValuePair& pair) {
  if (!pair.to) return nullptr;
  const auto found =
      std::find_if(column.options.begin(), column.options.end(), [&](const model::Option& o) {
        return o.value == *pair.to || (!pair.to_label.empty() && o.label == pair.to_label);
      });
  return found == column.options.end() ? nullptr : &*found;
}

// A flag's options may be numbered; a map says "true" and "false".
std::string truth_named(const model::Field& column, const ValuePair& pair) {
  if (column.type != FieldType::boolean || !pair.to) return {};
  if (*pair.to == "true" || *pair.to == "1") return "true";
  return *pair.to == "false" || *pair.to == "0" ? "false" : "";
}

bool gives_up_distinctions(const Pairs& pairs) {
  std::set<std::string> targets;
  return std::any_of(pairs.begin(), pairs.end(), [&](const ValuePair& pair) {
    return !pair.to || pair.how == "other" || !targets.insert(*pair.to).second;
  });
}

// Columns of the platform's own states take no value at creation: other states are entered last.
bool is_state(const model::Field& column) {
  const std::string type = text::ascii_lower(column.native_type);
  return type == "state" || text::ascii_lower(column.name) == "statecode";
}

bool is_status(const model::Field& column) {
  return std::any_of(column.options.begin(), column.options.end(),
                     [](const model::Option& option) { return option.state.has_value(); });
}

const std::string& first_state(const model::Object& table) {
  static const std::string active = "0";
  for (const model::Field& column : table.fields)
    if (is_state(column) && !column.options.empty()) return column.options.front().value;
  return active;
}

std::string state_label(const model::Object& table, const std::string& value) {
  for (const model::Field& column : table.fields)
    if (is_state(column))
      for (const model::Option& option : column.options)
        if (option.value == value) return option.label;
  return value;
}

model::StateRule state_rule(const model::Field& source, const model::Object& table,
                            const std::string& value, std::string state, std::string status) {
  model::StateRule rule;
  rule.table = table.name;
  rule.when = {.kind = model::Condition::Kind::equals, .field = source.name, .values = {value}};
  rule.state = std::move(state);
  rule.status = std::move(status);
  rule.because = source.name + " is " + value + " at the source";
  return rule;
}

// Values of the first state are written with the row; the others become states.
void enter_states(const Pairs& pairs, const model::Field& source, const model::Field& column,
                  const model::Object& table, TableDraft& draft) {
  model::ValueMap first{.pairs = {}, .other = model::OtherValues::null};
  const auto understood = std::count_if(pairs.begin(), pairs.end(),
                                        [](const ValuePair& pair) { return pair.to.has_value(); });
  draft.loses = true;  // a state keeps no original
  if (2 * understood < static_cast<std::ptrdiff_t>(pairs.size())) {
    draft.obstacle = "most of its values say nothing about the state of a row";
    return;
  }
  for (const ValuePair& pair : pairs) {
    const model::Option* option = option_of(column, pair);
    if (option == nullptr) continue;
    const std::string state = is_state(column) ? option->value : option->state.value_or("");
    if (state != first_state(table))
      draft.states.push_back(
          is_state(column)
              ? state_rule(source, table, pair.from, option->label, "")
              : state_rule(source, table, pair.from, state_label(table, state), option->label));
    else if (!is_state(column))
      first.pairs.emplace_back(pair.from, option_name(column, pair));
  }
  if (!first.pairs.empty()) {
    draft.rule = model::FieldRule{.from = source.name, .to = column.name};
    draft.rule->values = std::move(first);
  }
  if (!draft.lands()) draft.obstacle = "none of its values has a state of its own";
}

std::optional<model::ValueMap> value_map_of(const Pairs& pairs, const model::Field& source,
                                            const model::Field& column) {
  if (column.options.empty() && column.type != FieldType::boolean) return std::nullopt;
  if (pairs.empty() || source.type == FieldType::boolean) return std::nullopt;
  model::ValueMap values{.pairs = {}, .other = model::OtherValues::null};
  for (const ValuePair& pair : pairs)
    if (const std::string truth = truth_named(column, pair); !truth.empty())
      values.pairs.emplace_back(pair.from, truth);
    else if (option_of(column, pair) != nullptr)
      values.pairs.emplace_back(pair.from, option_name(column, pair));
  return values;
}

model::ValueMap equal_labels(const model::Field& column) {
  model::ValueMap values{.pairs = {}, .other = model::OtherValues::null};
  for (const model::Option& option : column.options)
    values.pairs.emplace_back(option.label, option.value);
  return values;
}

}  // namespace

std::optional<Target> target_on(const FieldProposal& proposal, const model::Object& table) {
  // Of the first choice's confidence. That a table is not the likeliest costs a factor of forty:
  // what is not much further down than that means the same, and stands where the first cannot.
  constexpr double worth_naming = 0.1;
  constexpr double worth_alone = 0.016;
  const Target& first = proposal.candidates.front();
  const model::Field* same = table.find_field(first.column);
  const bool has_sibling = same != nullptr && same->creatable;
  for (const Target& target : proposal.candidates)
    if (target.table == table.name && table.find_field(target.column) != nullptr &&
        target.confidence >= (has_sibling ? worth_naming : worth_alone) * first.confidence)
      return target;
  if (!has_sibling) return std::nullopt;
  Target sibling = first;
  sibling.table = table.name;
  sibling.value_map.clear();
  return sibling;
}

TableDraft draft_for_table(const FieldProposal& proposal, const Target& target,
                           const model::Field& source, const model::Object& table) {
  TableDraft draft;
  const model::Field& column = *table.find_field(target.column);
  const Pairs& pairs = target.value_map.empty() ? proposal.value_map : target.value_map;
  if (is_state(column) || is_status(column)) {
    enter_states(pairs, source, column, table, draft);
    return draft;
  }
  model::FieldRule rule{.from = source.name, .to = target.column};
  const bool reference = source.type == FieldType::reference || column.type == FieldType::reference;
  rule.convert = reference ? reference_conversion(source, column, rule, draft.obstacle)
                           : value_conversion(proposal, source, column, draft.obstacle);
  if (rule.convert == no_conversion) return draft;
  rule.values = value_map_of(pairs, source, column);
  if (rule.values && rule.values->pairs.empty()) {
    draft.obstacle = "none of its choices is on the column's list";
    return draft;
  }
  draft.loses = rule.values && gives_up_distinctions(pairs);
  const bool to_list = column.type == FieldType::choice || column.type == FieldType::choices;
  if (to_list && !rule.values) {
    // Free text into a list: what reads like an option becomes it, everything is kept beside it.
    rule.values = equal_labels(column);
    draft.loses = true;
  }
  draft.rule = std::move(rule);
  return draft;
}

model::Rationale rationale_of(const FieldProposal& proposal) {
  constexpr std::size_t reasons = 3;
  model::Rationale why;
  if (proposal.candidates.empty()) return why;
  const Target& first = proposal.candidates.front();
  why.confidence = first.confidence;
  std::size_t given = 0;
  for (const Reason& reason : first.reasons) {
    if (reason.contribution <= 0 || given == reasons) continue;
    why.reason += (given++ > 0 ? "; " : "") + reason.evidence;
  }
  if (!proposal.warning.empty())
    why.reason += (given > 0 ? "; mind: " : "mind: ") + proposal.warning;
  for (std::size_t i = 1; i < std::min<std::size_t>(proposal.candidates.size(), 4); ++i) {
    const Target& other = proposal.candidates[i];
    const bool elsewhere = other.table != first.table;
    why.alternatives.emplace_back(elsewhere ? other.table + "." + other.column : other.column,
                                  other.confidence);
  }
  return why;
}

}  // namespace flit::automap
