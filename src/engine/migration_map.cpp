#include "engine/migration_map.hpp"

#include <fmt/format.h>

namespace flit::engine {
namespace {

Error not_workable(const std::vector<mapping::MapProblem>& problems) {
  std::string text = fmt::format("{} lines of the map cannot work", problems.size());
  for (const mapping::MapProblem& problem : problems) {
    text += "\n  " + problem.where + ": " + problem.message;
    if (!problem.remedy.empty()) text += " (" + problem.remedy + ")";
  }
  return {.fault = Fault::setup,
          .message = std::move(text),
          .remedy = "Edit map/ and run `flitstack map check`"};
}

}  // namespace

Result<MigrationMap> MigrationMap::compile(const model::MapDocument& document,
                                           const model::Schema& source,
                                           const model::Schema& destination,
                                           const mapping::Locale& locale) {
  MigrationMap map;
  map.document_ = std::make_unique<model::MapDocument>(document);
  map.source_ = std::make_unique<model::Schema>(source);
  map.destination_ = std::make_unique<model::Schema>(destination);
  map.locale_ = std::make_unique<mapping::Locale>(locale);
  std::vector<mapping::MapProblem> problems;
  for (const model::ObjectMap& object : map.document_->objects) {
    if (!object.held.empty()) continue;
    const model::Object* described = map.source_->find_object(object.object);
    if (described == nullptr) {
      problems.push_back({object.object, "the source has no such object",
                          "Remove its file, or look at the inventory"});
      continue;
    }
    map.add({object, *described, *map.destination_, locale}, problems);
  }
  if (!problems.empty()) return not_workable(problems);
  return map;
}

void MigrationMap::add(const Settings& settings, Problems& problems) {
  const model::ObjectMap& object = settings.map;
  auto compiled = mapping::CompiledObject::compile(settings, problems);
  if (!compiled) return;
  checks_.emplace(object.object,
                  mapping::compile_checks(object, settings.source, compiled->numbers(), problems));
  for (const model::AlsoRule& rule : object.also) add_also(settings, rule, problems);
  for (const model::StateRule& rule : object.states) add_states(settings, rule.table, problems);
  objects_.emplace(object.object, std::move(*compiled));
}

void MigrationMap::add_also(const Settings& settings, const model::AlsoRule& rule,
                            Problems& problems) {
  auto also = mapping::CompiledAlso::compile(settings, rule, problems);
  if (!also) return;
  const std::string& object = settings.map.object;
  model::ObjectMap rules = mapping::map_of_also(object, rule);
  also_rules_.emplace(rules.object, std::move(rules));
  also_[object].push_back(std::move(*also));
}

/// Of all states of one table, once for the first rule that names it.
void MigrationMap::add_states(const Settings& settings, const std::string& table,
                              Problems& problems) {
  const std::pair place(settings.map.object, table);
  if (states_.contains(place)) return;
  auto states = mapping::CompiledStates::compile(settings, table, problems);
  if (states) states_.emplace(place, std::move(*states));
}

const mapping::CompiledObject* MigrationMap::find(std::string_view object) const {
  if (const auto known = objects_.find(object); known != objects_.end()) return &known->second;
  for (const auto& [name, rules] : also_)
    for (const mapping::CompiledAlso& also : rules)
      if (also.object().object() == object) return &also.object();
  return nullptr;
}

const mapping::CompiledStates* MigrationMap::states(std::string_view object,
                                                    std::string_view table) const {
  const auto known = states_.find({std::string(object), std::string(table)});
  return known == states_.end() ? nullptr : &known->second;
}

std::span<const mapping::CompiledCheck> MigrationMap::checks(std::string_view object) const {
  const auto known = checks_.find(object);
  if (known == checks_.end()) return {};
  return known->second;
}

std::span<const mapping::CompiledAlso> MigrationMap::also(std::string_view object) const {
  const auto known = also_.find(object);
  if (known == also_.end()) return {};
  return known->second;
}

const model::ObjectMap* MigrationMap::rules(std::string_view object) const {
  for (const model::ObjectMap& one : document_->objects)
    if (one.object == object) return &one;
  const auto also = also_rules_.find(object);
  return also == also_rules_.end() ? nullptr : &also->second;
}

std::string MigrationMap::held(std::string_view object) const {
  const model::ObjectMap* known = rules(object);
  return known == nullptr ? std::string("the map does not name this object") : known->held;
}

}  // namespace flit::engine
