#include "mapping/compiled_map.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/edit_distance.hpp"
#include "base/json_writer.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {

/// Goes through a map line by line; collects what is wrong instead of stopping at it.
class CompiledObject::Compiler {
 public:
  Compiler(const Settings& settings, std::vector<MapProblem>& problems)
      : settings_(settings), problems_(problems) {}

  CompiledObject compile() {
    CompiledObject compiled;
    compiled.object_ = settings_.map.object;
    compiled.numbers_ = std::make_unique<FieldNumbers>(settings_.source);
    numbers_ = compiled.numbers_.get();
    for (const model::Route& route : settings_.map.routes) add_route(compiled, route);
    for (const model::FieldRule& rule : settings_.map.fields) {
      speak_of("fields", settings_.map.fields, rule);
      if (!lands_somewhere(rule))
        problem("fields › " + rule.to, "no table of this object has the column " + rule.to, "");
    }
    for (const model::LinkRule& rule : settings_.map.links) check_link(rule);
    for (const model::StateRule& rule : settings_.map.states) check_state(rule);
    return compiled;
  }

 private:
  void problem(const std::string& place, std::string message, std::string remedy) {
    problems_.push_back(
        {settings_.map.object + " › " + place, std::move(message), std::move(remedy), item_});
  }
  /// The item of the file that problems from here on are about.
  template <typename Rule>
  void speak_of(std::string_view section, const std::vector<Rule>& all, const Rule& rule) {
    item_ = {settings_.map.object, section, static_cast<std::size_t>(&rule - all.data())};
  }
  void problem(const std::string& place, const Error& error) {
    problem(place, error.message, error.remedy);
  }

  void add_route(CompiledObject& compiled, const model::Route& written) {
    const std::string place = "routes › " + written.table;
    speak_of("routes", settings_.map.routes, written);
    const model::Object* table = settings_.destination.find_object(written.table);
    if (table == nullptr)
      return problem(place, "the destination has no table " + written.table,
                     suggestion(written.table));
    auto when = compile_condition(written.when, settings_.source, *numbers_);
    if (!when) return problem(place, when.error());
    Route& route = compiled.routes_.emplace_back();
    route.table = written.table;
    route.row = written.row;
    route.unrouted = written.unrouted;
    add_routing_fields(compiled, written.when);
    route.when = std::move(*when);
    for (const model::FieldRule& rule : settings_.map.fields) {
      speak_of("fields", settings_.map.fields, rule);
      if (applies(rule, *table)) add_operation(route, rule, *table);
    }
    speak_of("routes", settings_.map.routes, written);
    add_required(route, *table, place);
  }

  void add_routing_fields(CompiledObject& compiled, const model::Condition& condition) const {
    for (const model::Condition& part : condition.parts) add_routing_fields(compiled, part);
    const auto number = numbers_->find(condition.field);
    if (condition.field.empty() || !number) return;
    RoutingField field{*number, {}};
    for (const model::Option& option : settings_.source.fields[*number].options)
      if (!option.archived) field.known.push_back(option.value);
    compiled.routing_fields_.push_back(std::move(field));
  }

  static bool names_table(const model::FieldRule& rule, const std::string& table) {
    return rule.tables.empty() ||
           std::find(rule.tables.begin(), rule.tables.end(), table) != rule.tables.end();
  }

  /// A look-up is a column of every table that the link is for.
  void check_link(const model::LinkRule& rule) {
    if (rule.lookup.empty()) return;
    speak_of("links", settings_.map.links, rule);
    for (const model::Route& route : settings_.map.routes) {
      const model::Object* table = settings_.destination.find_object(route.table);
      const bool meant = rule.tables.empty() || std::find(rule.tables.begin(), rule.tables.end(),
                                                          route.table) != rule.tables.end();
      if (table == nullptr || !meant || table->find_field(rule.lookup) != nullptr) continue;
      problem("links › " + rule.lookup,
              fmt::format("{} has no column {}", table->name, rule.lookup),
              suggestion(*table, rule.lookup));
    }
  }

  void check_state(const model::StateRule& rule) {
    const std::string place = "states › " + rule.state;
    speak_of("states", settings_.map.states, rule);
    if (auto when = compile_condition(rule.when, settings_.source, *numbers_); !when)
      problem(place, when.error());
    const model::Object* table = settings_.destination.find_object(rule.table);
    if (table == nullptr)
      return problem(place, "the destination has no table " + rule.table, suggestion(rule.table));
    for (const model::FieldRule& field : rule.fields)
      if (!field.from.empty() && !numbers_->find(field.from))
        problem(place, fmt::format("{} has no field {}", settings_.source.name, field.from),
                suggestion(settings_.source, field.from));
  }

  /// A rule that names its tables must find its column there; one that names none takes what fits.
  bool applies(const model::FieldRule& rule, const model::Object& table) {
    if (!names_table(rule, table.name)) return false;
    if (table.find_field(rule.to) != nullptr) return true;
    if (rule.tables.empty()) return false;
    problem("fields › " + rule.to, fmt::format("{} has no column {}", table.name, rule.to),
            suggestion(table, rule.to));
    return false;
  }

  bool lands_somewhere(const model::FieldRule& rule) const {
    return std::any_of(
        settings_.map.routes.begin(), settings_.map.routes.end(), [&](const model::Route& route) {
          const model::Object* table = settings_.destination.find_object(route.table);
          return !rule.tables.empty() ||
                 (table != nullptr && table->find_field(rule.to) != nullptr);
        });
  }

  void add_operation(Route& route, const model::FieldRule& rule, const model::Object& table) {
    const std::string place = fmt::format("fields › {} → {}.{}", rule.from, table.name, rule.to);
    const model::Field& column = *table.find_field(rule.to);
    if (!column.creatable)
      return problem(place, fmt::format("{}.{} cannot be written", table.name, rule.to),
                     "Map it elsewhere or ignore it");
    static const model::Field nothing{.name = "a constant"};
    const model::Field* source = &nothing;
    std::size_t from = constant;
    if (!rule.from.empty()) {
      const auto number = numbers_->find(rule.from);
      if (!number)
        return problem(place, fmt::format("{} has no field {}", settings_.source.name, rule.from),
                       suggestion(settings_.source, rule.from));
      from = *number;
      source = &settings_.source.fields[from];
    } else if (!rule.fallback) {
      return problem(place, "neither 'from' nor 'fallback' is given",
                     "Name a source field, or the constant to write");
    }
    auto converter = make_converter(rule, *source, column, settings_.locale);
    if (!converter) return problem(place, converter.error());
    route.operations.push_back(
        {from, place_of(route, rule.to), rule.from, std::move(*converter), fallback_of(rule)});
  }

  /// A text as JSON; texts that are not well-formed UTF-8 are repaired on the way.
  static std::optional<json::Document> fallback_of(const model::FieldRule& rule) {
    if (!rule.fallback) return {};
    std::string text;
    json::append_quoted(text, *rule.fallback);
    auto document = json::parse(text);
    FLIT_CHECK(document.has_value(), "what is quoted is JSON");
    return std::move(*document);
  }

  static std::size_t place_of(Route& route, const std::string& column) {
    const auto known = std::find(route.columns.begin(), route.columns.end(), column);
    if (known == route.columns.end()) route.columns.push_back(column);
    return static_cast<std::size_t>(std::find(route.columns.begin(), route.columns.end(), column) -
                                    route.columns.begin());
  }

  void add_required(Route& route, const model::Object& table, const std::string& place) {
    for (const model::Field& column : table.fields) {
      const bool ours = column.required == model::Requirement::system && column.creatable &&
                        !column.calculated && column.name != table.primary_id;
      if (!ours) continue;
      const auto known = std::find(route.columns.begin(), route.columns.end(), column.name);
      if (known == route.columns.end()) continue;  // the platform fills it, or the engine does
      route.required.push_back(static_cast<std::size_t>(known - route.columns.begin()));
    }
    if (route.columns.empty())
      problem(place, "no field of this object is mapped to it", "Map at least one field");
  }

  std::string suggestion(const std::string& table) const {
    std::vector<std::string_view> names;
    for (const model::Object& object : settings_.destination.objects) names.push_back(object.name);
    return did_you_mean_text(table, names);
  }
  static std::string suggestion(const model::Object& object, const std::string& name) {
    std::vector<std::string_view> names;
    for (const model::Field& field : object.fields) names.push_back(field.name);
    return did_you_mean_text(name, names);
  }

  const Settings& settings_;
  std::vector<MapProblem>& problems_;
  const FieldNumbers* numbers_ = nullptr;
  MapItem item_{};
};

std::optional<CompiledObject> CompiledObject::compile(const Settings& settings,
                                                      std::vector<MapProblem>& problems) {
  const std::size_t before = problems.size();
  CompiledObject compiled = Compiler(settings, problems).compile();
  if (problems.size() > before) return {};
  return compiled;
}

std::optional<std::size_t> CompiledObject::route_of(const RecordView& record,
                                                    std::string_view payload) const {
  for (std::size_t i = 0; i < routes_.size(); ++i)
    if (routes_[i].when->holds(record, payload)) return i;
  return {};
}

bool CompiledObject::is_named(const RecordView& record) const {
  std::string buffer;
  return std::any_of(
      routing_fields_.begin(), routing_fields_.end(), [&](const RoutingField& field) {
        const json::Value value = record.field(field.number);
        return !is_empty(value) && std::find(field.known.begin(), field.known.end(),
                                             text_of(value, buffer)) != field.known.end();
      });
}

void CompiledObject::run(const Operation& operation, const RecordView& record, const Route& route,
                         const Context& context, const Row& row) const {
  json::Value source = operation.from == constant ? json::Value() : record.field(operation.from);
  if (is_empty(source)) {
    if (!operation.fallback) return;
    source = operation.fallback->root();
  }
  Converted converted = operation.converter->convert(source, context);
  row.cells[operation.to].take(converted.value);
  if (converted.trouble == Converted::Trouble::none) return;
  row.notes.push_back({.field = operation.field,
                       .column = route.columns[operation.to],
                       .refused = converted.trouble == Converted::Trouble::refused,
                       .code = converted.code,
                       .detail = std::move(converted.detail)});
}

// Of several rules for one column the first that finds a value wins.
void CompiledObject::transform(const RecordView& record, std::size_t route_number,
                               const Context& context, std::span<model::Value> cells,
                               std::vector<FieldNote>& notes) const {
  const Route& route = routes_[route_number];
  for (const Operation& operation : route.operations)
    if (!cells[operation.to].has_value()) run(operation, record, route, context, {cells, notes});
  for (const std::size_t place : route.required)
    if (!cells[place].has_value())
      notes.push_back({.field = {},
                       .column = route.columns[place],
                       .refused = true,
                       .code = "missing_required",
                       .detail = "the destination does not take a row without it"});
}

}  // namespace flit::mapping
