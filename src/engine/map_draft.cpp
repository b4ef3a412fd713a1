#include "engine/map_draft.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace flit::engine {
namespace {

using model::Condition;
using model::FieldRule;
using model::ObjectMap;

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// Every field that a condition looks at is there.
bool is_askable(const Condition& condition, const model::Object& object) {
  if (!condition.field.empty() && object.find_field(condition.field) == nullptr) return false;
  return std::all_of(condition.parts.begin(), condition.parts.end(),
                     [&](const Condition& part) { return is_askable(part, object); });
}

std::vector<std::string> tables_of(const ObjectMap& map) {
  std::vector<std::string> tables;
  for (const model::Route& route : map.routes)
    if (!contains(tables, route.table)) tables.push_back(route.table);
  return tables;
}

/// Fields that some line of the map speaks for.
std::set<std::string> spoken_for(const ObjectMap& map) {
  std::set<std::string> names;
  for (const FieldRule& rule : map.fields) names.insert(rule.from);
  for (const model::IgnoredField& ignored : map.ignored) names.insert(ignored.from);
  for (const model::StateRule& state : map.states)
    for (const FieldRule& rule : state.fields) names.insert(rule.from);
  return names;
}

std::string why_ignored(const model::Field& field) {
  if (field.archived) return "archived at the source: list it under fields to move it all the same";
  if (field.name == "@archived" || field.name == "@archived_at")
    return "archived records do not move";
  if (field.name == "@merged_into" || field.name == "@merged_ids")
    return "merges are followed, and listed in the duplicate report";
  if (field.name == "@tags") return "ids of tags; their labels are mapped";
  if (field.name == "@participants") return "people of an activity";
  if (field.name.starts_with("@")) return "looked up from a record that is linked";
  return {};
}

/// Fields that a condition looks at.
void collect_fields(const Condition& condition, std::set<std::string>& names) {
  if (!condition.field.empty()) names.insert(condition.field);
  for (const Condition& part : condition.parts) collect_fields(part, names);
}

/// Fields that decide where a record goes or in which state it ends, and have no column.
std::set<std::string> deciding(const ObjectMap& map) {
  std::set<std::string> names;
  for (const model::Route& route : map.routes) collect_fields(route.when, names);
  for (const model::StateRule& state : map.states) collect_fields(state.when, names);
  return names;
}

}  // namespace

std::string column_name(const std::string& prefix, const std::string& field,
                        const std::vector<std::string>& taken, std::size_t length) {
  std::string name = prefix + "_";
  for (const char c : field) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && std::isalnum(byte) != 0;
    if (plain) name.push_back(static_cast<char>(std::tolower(byte)));
    if (!plain && name.back() != '_') name.push_back('_');
  }
  while (name.size() > prefix.size() + 1 && name.back() == '_') name.pop_back();
  if (name.size() == prefix.size() + 1) name += "field";
  name.resize(std::min(name.size(), length));
  std::string free = name;
  for (int n = 2; contains(taken, free); ++n) {
    const std::string number = fmt::format("_{}", n);
    free = name.substr(0, length - number.size()) + number;
  }
  return free;
}

MapDrafter::MapDrafter(const Parts& parts, MapDraftSettings settings)
    : parts_(parts), settings_(std::move(settings)) {}

MapDraft MapDrafter::draft() const {
  MapDraft draft;
  draft.map.path = parts_.path.path;
  for (const model::Object& object : parts_.source.objects)
    draft.map.objects.push_back(object_map(object, draft));
  for (const mapping::ObjectFile& known : parts_.path.objects)
    if (parts_.source.find_object(known.object) == nullptr) {
      if (!known.held.empty()) draft.map.objects.push_back(mapping::object_map(known));
      draft.notes.push_back(fmt::format("{}: this source does not have it", known.object));
    }
  return draft;
}

ObjectMap MapDrafter::object_map(const model::Object& object, MapDraft& draft) const {
  for (const mapping::ObjectFile& known : parts_.path.objects) {
    if (known.object != object.name) continue;
    ObjectMap map = mapping::object_map(known);
    if (!map.held.empty()) return map;
    keep_usable(map, object, draft);
    place_the_rest(map, object);
    return map;
  }
  return {.object = object.name,
          .held = object.custom ? "custom tables are not yet made"
                                : "the path says nothing about this object"};
}

/// The table has the column, or the plan makes it.
bool MapDrafter::will_have(const std::string& table, const std::string& column) const {
  const model::Object* found = parts_.destination.find_object(table);
  if (found != nullptr && found->find_field(column) != nullptr) return true;
  return std::any_of(parts_.path.columns.begin(), parts_.path.columns.end(),
                     [&](const packs::CustomColumn& one) {
                       return one.name == column && contains(one.tables, table);
                     });
}

void MapDrafter::keep_usable(ObjectMap& map, const model::Object& object, MapDraft& draft) const {
  const auto drop = [&](const std::string& what, const std::string& why) {
    draft.notes.push_back(fmt::format("{} › {}: {}", object.name, what, why));
  };
  std::erase_if(map.routes, [&](const model::Route& route) {
    const bool table = parts_.destination.find_object(route.table) != nullptr;
    const bool usable = table && is_askable(route.when, object);
    if (!usable)
      drop("route to " + route.table,
           table ? "it asks for a field that is not there" : "the destination has no such table");
    return !usable;
  });
  const std::vector<std::string> tables = tables_of(map);
  const auto unusable = [&](const FieldRule& rule) {
    if (!rule.from.empty() && object.find_field(rule.from) == nullptr) return true;
    return std::none_of(tables.begin(), tables.end(), [&](const std::string& table) {
      return (rule.tables.empty() || contains(rule.tables, table)) && will_have(table, rule.to);
    });
  };
  std::erase_if(map.fields, [&](const FieldRule& rule) {
    if (!unusable(rule)) return false;
    drop(rule.from.empty() ? rule.to : rule.from + " → " + rule.to, "one of both is not there");
    return true;
  });
  std::erase_if(map.links, [&](const model::LinkRule& link) {
    return !link.lookup.empty() &&
           std::none_of(tables.begin(), tables.end(),
                        [&](const std::string& table) { return will_have(table, link.lookup); });
  });
  std::erase_if(map.states, [&](model::StateRule& state) {
    std::erase_if(state.fields, unusable);
    return !contains(tables, state.table) || !is_askable(state.when, object);
  });
  std::erase_if(map.ignored, [&](const model::IgnoredField& ignored) {
    return object.find_field(ignored.from) == nullptr;
  });
}

void MapDrafter::place_the_rest(ObjectMap& map, const model::Object& object) const {
  const std::set<std::string> known = spoken_for(map);
  const std::set<std::string> decides = deciding(map);
  const std::vector<std::string> tables = tables_of(map);
  std::map<std::string, FieldSuggestion> suggested;
  if (parts_.proposer != nullptr) suggested = parts_.proposer->propose(object, tables);
  std::vector<std::string> taken;
  for (const packs::CustomColumn& column : parts_.path.columns) taken.push_back(column.name);
  for (const FieldRule& rule : map.fields) taken.push_back(rule.to);

  for (const model::Field& field : object.fields) {
    if (known.contains(field.name)) continue;
    if (const std::string why = why_ignored(field); !why.empty()) {
      map.ignored.push_back({field.name, why});
      continue;
    }
    if (field.calculated && decides.contains(field.name)) {
      map.ignored.push_back({field.name, "it decides the state, which says the same"});
      continue;
    }
    const auto found = suggested.find(field.name);
    const FieldSuggestion* best = found == suggested.end() ? nullptr : &found->second;
    const bool sure = best != nullptr && !best->column.empty() && !contains(taken, best->column) &&
                      best->why.confidence.value_or(0) >= settings_.accept;
    FieldRule rule = sure ? FieldRule{.from = field.name,
                                      .to = best->column,
                                      .convert = best->convert,
                                      .values = best->values,
                                      .why = best->why}
                          : own_column(object, field, taken);
    if (!sure && best != nullptr) {
      rule.why.alternatives = best->why.alternatives;
      if (!best->column.empty())
        rule.why.alternatives.insert(rule.why.alternatives.begin(),
                                     {best->column, best->why.confidence.value_or(0)});
    }
    taken.push_back(rule.to);
    map.fields.push_back(std::move(rule));
  }
}

FieldRule MapDrafter::own_column(const model::Object&, const model::Field& field,
                                 std::vector<std::string>& taken) const {
  FieldRule rule{.from = field.name,
                 .to = column_name(settings_.prefix, field.name, taken, settings_.name_length),
                 .preserved = true};
  const bool listed =
      field.type == model::FieldType::choice || field.type == model::FieldType::choices;
  if (listed) rule.values = model::ValueMap{.other = model::OtherValues::null};
  if (field.type == model::FieldType::json) rule.convert = "json";
  rule.why.reason = field.calculated ? "calculated at the source: its value is kept as it was"
                                     : "no column of the destination means this: it gets its own";
  return rule;
}

}  // namespace flit::engine
