#include "engine/source_side.hpp"

#include <algorithm>

namespace flit::engine {
namespace {

bool is_for(const std::vector<std::string>& tables, std::string_view table) {
  return tables.empty() || std::find(tables.begin(), tables.end(), table) != tables.end();
}

/// The first field that a condition looks at.
std::string field_of(const model::Condition& condition) {
  if (!condition.field.empty()) return condition.field;
  for (const model::Condition& part : condition.parts)
    if (std::string field = field_of(part); !field.empty()) return field;
  return {};
}

std::string spelled(json::Value value) {
  if (const auto text = value.as_string()) return std::string(*text);
  return value.dump();
}

}  // namespace

SourceSide::SourceSide(const MigrationMap& map, std::string_view object, std::string_view table)
    : compiled_(*map.find(object)), view_(compiled_.numbers()) {
  const model::ObjectMap& rules = *map.rules(object);
  for (const model::Route& route : rules.routes)
    if (route.table == table && because_.empty()) because_ = route.because;
  for (const model::FieldRule& rule : rules.fields)
    if (is_for(rule.tables, table)) rules_[rule.to].push_back(&rule);
  for (const model::LinkRule& rule : rules.links)
    if (!rule.lookup.empty() && is_for(rule.tables, table) && !rule.associations.empty())
      links_.emplace(rule.lookup, rule.associations.front());
  add_states(rules, table);
}

/// What is written together with a last state, and the field that decides about it.
void SourceSide::add_states(const model::ObjectMap& rules, std::string_view table) {
  for (const model::StateRule& state : rules.states) {
    if (state.table != table) continue;
    for (const std::string_view column : {"statecode", "statuscode"})
      states_.emplace(column, field_of(state.when));
    for (const model::FieldRule& rule : state.fields) {
      auto& known = rules_[rule.to];
      if (std::find(known.begin(), known.end(), &rule) == known.end()) known.push_back(&rule);
    }
  }
}

Result<void> SourceSide::open(const model::Record& record) {
  return view_.open(record.payload);
}

SourceSide::Said SourceSide::behind(std::string_view column) const {
  const auto value_of = [&](std::string_view field) {
    const auto number = compiled_.numbers().find(field);
    return number ? view_.field(*number) : json::Value();
  };
  Said said;
  if (const auto rules = rules_.find(column); rules != rules_.end()) {
    for (const model::FieldRule* rule : rules->second) {
      const json::Value value = rule->from.empty() ? json::Value() : value_of(rule->from);
      if (!mapping::is_empty(value)) return {rule->from, spelled(value), false};
      if (said.field.empty()) said.field = rule->from;
      said.constant = said.constant || rule->fallback.has_value();
    }
    return said;
  }
  if (const auto link = links_.find(column); link != links_.end()) return {link->second, {}, false};
  if (const auto state = states_.find(column); state != states_.end()) {
    const json::Value value = value_of(state->second);
    return {state->second, mapping::is_empty(value) ? std::string() : spelled(value), false};
  }
  said.constant = true;  // the migration's own: its stamp, an owner for what has none
  return said;
}

}  // namespace flit::engine
