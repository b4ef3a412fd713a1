#include "mapping/compiled_also.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

// Enough that two keys of a hundred million never meet, and short enough to read aloud.
constexpr std::size_t digits_of_key = 32;

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// What is wrong with a rule beyond what its columns say.
class Critic {
 public:
  Critic(const CompiledObject::Settings& settings, const model::AlsoRule& rule,
         std::vector<MapProblem>& problems)
      : settings_(settings), rule_(rule), problems_(problems) {}

  void look() {
    const auto same = [&](const model::AlsoRule& one) { return one.name == rule_.name; };
    if (std::count_if(settings_.map.also.begin(), settings_.map.also.end(), same) > 1)
      problem("another row of this object has that name", "Give each its own");
    for (const std::string& field : rule_.key)
      if (settings_.source.find_field(field) == nullptr)
        problem(fmt::format("{} has no field {}", settings_.source.name, field),
                did_you_mean_text(field, names_of(settings_.source)));
    for (const std::string& table : rule_.tables)
      if (!is_route(table)) problem(fmt::format("no record of this object lands on {}", table), "");
    for (const model::FieldRule& field : rule_.fields)
      for (const auto& [name, value] : field.arguments)
        if (name == "match")
          problem("rows like this are not matched with rows that are there", "Take 'match' out");
    for (const model::Route& route : settings_.map.routes)
      if (rule_.tables.empty() || contains(rule_.tables, route.table)) look_up(route.table);
  }

 private:
  void problem(std::string message, std::string remedy) {
    problems_.push_back(
        {also_name(settings_.map.object, rule_.name), std::move(message), std::move(remedy)});
  }

  static std::vector<std::string_view> names_of(const model::Object& object) {
    std::vector<std::string_view> names;
    for (const model::Field& field : object.fields) names.push_back(field.name);
    return names;
  }

  bool is_route(const std::string& table) const {
    return std::any_of(settings_.map.routes.begin(), settings_.map.routes.end(),
                       [&](const model::Route& route) { return route.table == table; });
  }

  /// The column of the record's own row that leads to this one.
  void look_up(const std::string& name) {
    const model::Object* table = settings_.destination.find_object(name);
    if (rule_.lookup.empty() || table == nullptr) return;
    const model::Field* column = table->find_field(rule_.lookup);
    if (column == nullptr)
      return problem(fmt::format("{} has no column {}", name, rule_.lookup),
                     did_you_mean_text(rule_.lookup, names_of(*table)));
    if (column->type != model::FieldType::reference ||
        (!column->targets.empty() && !contains(column->targets, rule_.table)))
      problem(fmt::format("{}.{} does not lead to {}", name, rule_.lookup, rule_.table), "");
    for (const model::FieldRule& field : settings_.map.fields)
      if (field.to == rule_.lookup && (field.tables.empty() || contains(field.tables, name)))
        problem(fmt::format("{}.{} is filled from {} already", name, rule_.lookup, field.from),
                "Take one of both out");
    for (const model::LinkRule& link : settings_.map.links)
      if (link.lookup == rule_.lookup && (link.tables.empty() || contains(link.tables, name)))
        problem(fmt::format("{}.{} is filled by an association already", name, rule_.lookup),
                "Take one of both out");
  }

  const CompiledObject::Settings& settings_;
  const model::AlsoRule& rule_;
  std::vector<MapProblem>& problems_;
};

/// Each part with its length in front: no two lists of parts give the same text.
void append_part(std::string& text, std::string_view value) {
  const std::string part = text::fold_case(text::collapse_white_space(text::nfc(value)));
  text += fmt::format("{}:{}", part.size(), part);
}

}  // namespace

std::string also_name(std::string_view object, std::string_view also) {
  return fmt::format("{} › also {}", object, also);
}

model::ObjectMap map_of_also(const std::string& object, const model::AlsoRule& rule) {
  return {.object = also_name(object, rule.name),
          .routes = {{.table = rule.table,
                      .when = rule.when,
                      .row = rule.row,
                      .because = rule.why.reason}},
          .fields = rule.fields};
}

std::optional<CompiledAlso> CompiledAlso::compile(const CompiledObject::Settings& settings,
                                                  const model::AlsoRule& rule,
                                                  std::vector<MapProblem>& problems) {
  const std::size_t before = problems.size();
  Critic(settings, rule, problems).look();
  const model::ObjectMap map = map_of_also(settings.map.object, rule);
  auto object = CompiledObject::compile(
      {map, settings.source, settings.destination, settings.locale}, problems);
  if (problems.size() > before || !object) return {};
  CompiledAlso compiled;
  compiled.rule_ = rule;
  compiled.object_ = std::move(*object);
  for (const std::string& field : rule.key)
    compiled.key_.push_back(*compiled.object_.numbers().find(field));
  return compiled;
}

bool CompiledAlso::is_of(std::string_view table) const {
  return rule_.tables.empty() || contains(rule_.tables, table);
}

std::string CompiledAlso::key_of(const RecordView& record, std::string_view payload) const {
  if (!object_.route_of(record, payload)) return {};
  std::string text;
  std::string buffer;
  for (const std::size_t number : key_)
    append_part(text, is_empty(record.field(number)) ? std::string_view()
                                                     : text_of(record.field(number), buffer));
  if (text.starts_with("0:")) return {};
  return sha256_hex(text).substr(0, digits_of_key);
}

}  // namespace flit::mapping
