#include "automap/known_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit::automap {

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

void collect_fields(const Condition& condition, std::set<std::string>& names) {
  if (!condition.field.empty()) names.insert(condition.field);
  for (const Condition& part : condition.parts) collect_fields(part, names);
}

class Sieve {
 public:
  Sieve(ObjectMap& map, const model::Object& object, const Surroundings& around,
        std::vector<std::string>& notes)
      : map_(map), object_(object), around_(around), notes_(notes) {}

  void routes() {
    std::erase_if(map_.routes, [&](const model::Route& route) {
      const bool table = around_.destination.find_object(route.table) != nullptr;
      const bool usable = table && is_askable(route.when, object_);
      if (!usable)
        note("route to " + route.table,
             table ? "it asks for a field that is not there" : "the destination has no such table");
      return !usable;
    });
    tables_ = tables_of(map_);
  }

  void fields() {
    std::erase_if(map_.fields, [&](const FieldRule& rule) {
      if (is_usable(rule)) return false;
      note(rule.from.empty() ? rule.to : rule.from + " → " + rule.to, "one of both is not there");
      return true;
    });
    std::erase_if(map_.ignored, [&](const model::IgnoredField& ignored) {
      return object_.find_field(ignored.from) == nullptr;
    });
  }

  void links_and_states() {
    std::erase_if(map_.links, [&](const model::LinkRule& link) {
      return !link.lookup.empty() &&
             std::none_of(tables_.begin(), tables_.end(),
                          [&](const std::string& table) { return will_have(table, link.lookup); });
    });
    std::erase_if(map_.states, [&](model::StateRule& state) {
      std::erase_if(state.fields, [&](const FieldRule& rule) { return !is_usable(rule); });
      return !contains(tables_, state.table) || !is_askable(state.when, object_);
    });
  }

  void also() {
    std::erase_if(map_.also, [&](model::AlsoRule& also) {
      const std::string what = "also " + also.name;
      const auto has = [&](const std::string& field) {
        return object_.find_field(field) != nullptr;
      };
      std::erase_if(also.fields, [&](const FieldRule& rule) {
        return (!rule.from.empty() && !has(rule.from)) || !will_have(also.table, rule.to);
      });
      const bool usable = !also.fields.empty() && is_askable(also.when, object_) &&
                          std::all_of(also.key.begin(), also.key.end(), has);
      if (!usable) note(what, "its key, its condition or all of its fields are not there");
      return !usable;
    });
  }

 private:
  void note(const std::string& what, const char* why) {
    notes_.push_back(fmt::format("{} › {}: {}", object_.name, what, why));
  }

  /// The table has the column, or the path makes it.
  bool will_have(const std::string& table, const std::string& column) const {
    const model::Object* found = around_.destination.find_object(table);
    if (found != nullptr && found->find_field(column) != nullptr) return true;
    return std::any_of(around_.columns.begin(), around_.columns.end(), [&](const KnownColumn& one) {
      return one.name == column && contains(one.tables, table);
    });
  }

  bool is_usable(const FieldRule& rule) const {
    if (!rule.from.empty() && object_.find_field(rule.from) == nullptr) return false;
    return std::any_of(tables_.begin(), tables_.end(), [&](const std::string& table) {
      return (rule.tables.empty() || contains(rule.tables, table)) && will_have(table, rule.to);
    });
  }

  ObjectMap& map_;
  const model::Object& object_;
  const Surroundings& around_;
  std::vector<std::string>& notes_;
  std::vector<std::string> tables_{};
};

}  // namespace

void keep_usable(ObjectMap& map, const model::Object& object, const Surroundings& around,
                 std::vector<std::string>& notes) {
  Sieve sieve(map, object, around, notes);
  sieve.routes();
  sieve.fields();
  sieve.links_and_states();
  sieve.also();
}

std::set<std::string> fields_named_in(const ObjectMap& map) {
  std::set<std::string> named;
  for (const FieldRule& rule : map.fields) named.insert(rule.from);
  for (const model::IgnoredField& field : map.ignored) named.insert(field.from);
  for (const model::LinkRule& link : map.links)
    named.insert(link.associations.begin(), link.associations.end());
  for (const model::StateRule& state : map.states)
    for (const FieldRule& rule : state.fields) named.insert(rule.from);
  for (const model::AlsoRule& also : map.also) {
    for (const FieldRule& rule : also.fields) named.insert(rule.from);
    if (!also.lookup.empty()) named.insert(also.key.begin(), also.key.end());
  }
  return named;
}

std::set<std::string> fields_that_decide(const ObjectMap& map) {
  std::set<std::string> names;
  for (const model::Route& route : map.routes) collect_fields(route.when, names);
  for (const model::StateRule& state : map.states) collect_fields(state.when, names);
  for (const model::AlsoRule& also : map.also) collect_fields(also.when, names);
  return names;
}

std::string moves_otherwise(const model::Field& field) {
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

}  // namespace flit::automap
