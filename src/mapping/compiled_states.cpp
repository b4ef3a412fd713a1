#include "mapping/compiled_states.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/edit_distance.hpp"

namespace flit::mapping {
namespace {

using model::FieldRule;
using model::StateRule;

/// The table as it looks to the last write: what an update may write counts as writable.
model::Schema writable_last(const model::Object& table) {
  model::Schema schema;
  schema.objects.push_back(table);
  for (model::Field& field : schema.objects.front().fields) field.creatable |= field.updatable;
  return schema;
}

/// The value of an option by its value or label; `state`: only options that belong to it.
const model::Option* option_named(const model::Field& field, const std::string& named,
                                  const std::string& state) {
  for (const model::Option& option : field.options) {
    if (option.value != named && option.label != named) continue;
    if (state.empty() || option.state == state) return &option;
  }
  return nullptr;
}

MapProblem unknown(const std::string& object, const model::Field& field, const std::string& named) {
  std::vector<std::string_view> labels;
  for (const model::Option& option : field.options) labels.push_back(option.label);
  return {fmt::format("{} › states › {}", object, named),
          fmt::format("'{}' is no option of {}", named, field.name),
          did_you_mean_text(named, labels),
          {}};
}

/// Columns of one rule: the state, its status, and what is written together with them.
std::vector<FieldRule> fields_of(const std::string& object, const StateRule& rule,
                                 const model::Object& table, std::vector<MapProblem>& problems) {
  std::vector<FieldRule> fields;
  const model::Field* state = table.find_field(state_column);
  const model::Field* status = table.find_field(status_column);
  if (state == nullptr || status == nullptr) {
    problems.push_back({object + " › states", fmt::format("{} has no states", table.name), "", {}});
    return fields;
  }
  const model::Option* wanted = option_named(*state, rule.state, {});
  if (wanted == nullptr) {
    problems.push_back(unknown(object, *state, rule.state));
    return fields;
  }
  fields.push_back({.to = state->name, .fallback = wanted->value});
  if (!rule.status.empty()) {
    const model::Option* reason = option_named(*status, rule.status, wanted->value);
    if (reason == nullptr) {
      problems.push_back(unknown(object, *status, rule.status));
      return fields;
    }
    fields.push_back({.to = status->name, .fallback = reason->value});
  }
  fields.insert(fields.end(), rule.fields.begin(), rule.fields.end());
  return fields;
}

}  // namespace

std::optional<CompiledStates> CompiledStates::compile(const CompiledObject::Settings& settings,
                                                      const std::string& table,
                                                      std::vector<MapProblem>& problems) {
  const std::size_t before = problems.size();
  CompiledStates compiled;
  const model::Object* described = settings.destination.find_object(table);
  if (described == nullptr) return compiled;  // the routes say so already
  const model::Schema schema = writable_last(*described);
  for (const StateRule& rule : settings.map.states) {
    if (rule.table != table) continue;
    const std::size_t known = problems.size();
    const auto blame = [&] {  // the map below is made for the compiler, and in no file
      for (std::size_t i = known; i < problems.size(); ++i)
        problems[i].item = {settings.map.object, "states",
                            static_cast<std::size_t>(&rule - settings.map.states.data())};
    };
    model::ObjectMap map{.object = settings.map.object,
                         .routes = {{.table = table, .when = rule.when}},
                         .fields = fields_of(settings.map.object, rule, *described, problems)};
    blame();
    if (problems.size() > before) continue;
    auto object =
        CompiledObject::compile({map, settings.source, schema, settings.locale}, problems);
    blame();
    if (!object) continue;
    std::vector<std::size_t> places;
    for (const std::string& column : object->columns(0)) {
      auto at = std::find(compiled.columns_.begin(), compiled.columns_.end(), column);
      if (at == compiled.columns_.end()) at = compiled.columns_.insert(at, column);
      places.push_back(static_cast<std::size_t>(at - compiled.columns_.begin()));
    }
    compiled.rules_.push_back({std::move(*object), std::move(places)});
  }
  if (problems.size() > before) return {};
  return compiled;
}

std::optional<std::size_t> CompiledStates::rule_of(const RecordView& record,
                                                   std::string_view payload) const {
  for (std::size_t i = 0; i < rules_.size(); ++i)
    if (rules_[i].object.route_of(record, payload)) return i;
  return {};
}

void CompiledStates::transform(const RecordView& record, std::size_t rule, const Context& context,
                               std::span<model::Value> cells, std::vector<FieldNote>& notes) const {
  const Rule& chosen = rules_[rule];
  std::vector<model::Value> own(chosen.places.size());
  chosen.object.transform(record, 0, context, own, notes);
  for (std::size_t i = 0; i < own.size(); ++i) cells[chosen.places[i]] = own[i];
}

}  // namespace flit::mapping
