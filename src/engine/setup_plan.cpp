#include "engine/setup_plan.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/setup_columns.hpp"

namespace flit::engine {
namespace {

constexpr std::uint64_t professional_tables = 15;  // facts/dataverse.md §15

/// A column of a table.
struct Place {
  std::string table;
  std::string column;
  auto operator<=>(const Place&) const = default;
  std::string text() const { return table + "." + column; }
};

bool names(const std::vector<std::string>& tables, const std::string& table) {
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

class Planner {
 public:
  explicit Planner(const SetupInputs& inputs) : in_(inputs) {}

  SetupPlan plan() {
    collect_uses();
    plan_columns();
    plan_keys();
    plan_.licence = licence();
    return std::move(plan_);
  }

 private:
  void collect_uses() {
    for (const model::ObjectMap& object : in_.map.objects)
      if (object.held.empty()) collect_uses(object);
    for (const packs::OwnRecord& record : in_.path.records)
      for (const auto& [column, value] : record.values)
        if (custom(record.table, column) != nullptr) uses_[{record.table, column}];
  }

  void collect_uses(const model::ObjectMap& object) {
    for (const model::FieldRule& rule : object.fields)
      for (const model::Route& route : object.routes) use(object, rule, route.table);
    for (const model::AlsoRule& also : object.also)
      for (const model::FieldRule& rule : also.fields) use(object, rule, also.table);
    for (const model::StateRule& state : object.states)
      for (const model::FieldRule& rule : state.fields) use(object, rule, state.table);
  }

  void use(const model::ObjectMap& object, const model::FieldRule& rule, const std::string& table) {
    if (!rule.tables.empty() && !names(rule.tables, table)) return;
    if (rule.tables.empty() && custom(table, rule.to) == nullptr && elsewhere(rule.to)) return;
    uses_[{table, rule.to}].push_back(use_of(object, rule));
  }

  ColumnUse use_of(const model::ObjectMap& object, const model::FieldRule& rule) const {
    ColumnUse made{.object = &object, .rule = &rule};
    const model::Object* source = in_.source.find_object(object.object);
    if (source != nullptr && !rule.from.empty()) made.source = source->find_field(rule.from);
    made.observed = observed(object.object + "." + rule.from);
    return made;
  }

  const ObservedField* observed(const std::string& name) const {
    const auto known = in_.observed.find(name);
    return known == in_.observed.end() ? nullptr : &known->second;
  }

  /// The path has this column, but for other tables: a rule without tables means those.
  bool elsewhere(const std::string& column) const {
    return std::any_of(in_.path.columns.begin(), in_.path.columns.end(),
                       [&](const packs::CustomColumn& one) { return one.name == column; });
  }

  const packs::CustomColumn* custom(const std::string& table, const std::string& column) const {
    for (const packs::CustomColumn& one : in_.path.columns)
      if (one.name == column && names(one.tables, table)) return &one;
    return nullptr;
  }

  /// In the order of the path's columns, then what only the map names, by table and name.
  void plan_columns() {
    for (const packs::CustomColumn& column : in_.path.columns)
      for (const std::string& table : column.tables) {
        const auto used = uses_.find({table, column.name});
        if (used == uses_.end()) continue;
        want(used->first,
             column_of(column, used->second, option_uses(column.name, &column), in_.names),
             column.row);
      }
    for (const auto& [place, uses] : uses_)
      if (custom(place.table, place.column) == nullptr) plan_named(place, uses);
  }

  void plan_named(const Place& place, const std::vector<ColumnUse>& uses) {
    const model::Object* table = in_.destination.find_object(place.table);
    if (table == nullptr || is_foreign(*table, place.column)) return;
    // A name without our prefix is somebody's column: what is wrong with it, the map's check says.
    if (!place.column.starts_with(in_.names.prefix + "_")) return;
    if (!is_legal(place.column)) return not_legal(place);
    WantedColumn wanted =
        column_of(place.column, uses, option_uses(place.column, nullptr), in_.names);
    tell_apart(*table, wanted.field, uses.front());
    want(place, std::move(wanted), uses.front().rule->row);
  }

  /// The column is there, and not of our making.
  bool is_foreign(const model::Object& table, const std::string& column) const {
    return table.find_field(column) != nullptr &&
           !in_.ours.contains(Place{table.name, column}.text());
  }

  /// Two columns of a form that read the same are told apart by the field that each keeps.
  void tell_apart(const model::Object& table, model::Field& column, const ColumnUse& use) {
    const std::string label = text::fold(column.label);
    const bool there =
        std::any_of(table.fields.begin(), table.fields.end(), [&](const model::Field& one) {
          return one.name != column.name && text::fold(one.label) == label;
        });
    const bool planned = !labels_.insert({table.name, label}).second;
    if ((there || planned) && use.source != nullptr)
      column.label += fmt::format(" ({})", use.source->name);
  }

  bool is_legal(const std::string& name) const {
    const auto good = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    return name.size() > in_.names.prefix.size() + 1 && name.size() <= in_.names.longest_name &&
           std::all_of(name.begin(), name.end(), good);
  }

  void not_legal(const Place& place) {
    problem(place.text(), "this is no name for a column",
            fmt::format("Use small letters, digits and _ behind {}_, {} characters at most",
                        in_.names.prefix, in_.names.longest_name));
  }

  /// Everything that writes a column of this name, whichever table, after the list that the path
  /// says.
  std::vector<ColumnUse> option_uses(const std::string& column,
                                     const packs::CustomColumn* said) const {
    std::vector<ColumnUse> all;
    if (said != nullptr && !said->options_from.empty()) {
      const auto point = said->options_from.find('.');
      const model::Object* object = in_.source.find_object(said->options_from.substr(0, point));
      if (object != nullptr && point != std::string::npos)
        all.push_back({.source = object->find_field(said->options_from.substr(point + 1)),
                       .observed = observed(said->options_from)});
    }
    for (const auto& [place, uses] : uses_)
      if (place.column == column) all.insert(all.end(), uses.begin(), uses.end());
    return all;
  }

  void want(const Place& place, WantedColumn wanted, const std::string& row) {
    const model::Object* table = in_.destination.find_object(place.table);
    if (table == nullptr)
      return problem(place.text(), "the destination has no table " + place.table,
                     "Check that the application is installed and that the account may see it");
    const model::Field* found = table->find_field(place.column);
    if (found == nullptr)
      return add(model::CreateColumn{place.table, std::move(wanted.field)},
                 std::move(wanted.reason), row, false);
    if (!same_storage(found->type, wanted.field.type))
      return problem(place.text(),
                     fmt::format("is there already as {}, expected {}", to_string(found->type),
                                 to_string(wanted.field.type)),
                     "Give the map another name for it, or remove the column that is there");
    if (wanted.field.max_length && found->max_length.value_or(0) < *wanted.field.max_length)
      problem(place.text(),
              fmt::format("is there already with a length of {}, expected {}",
                          found->max_length.value_or(0), *wanted.field.max_length),
              "Lengthen it in the maker portal");
    std::vector<model::Option> further = match_options(wanted.field, *found);
    add(model::CreateColumn{place.table, wanted.field}, wanted.reason, row, true);
    for (model::Option& option : further)
      add(model::AddOption{place.table, place.column, std::move(option)},
          "a value of " + place.column + " that is not offered yet", row, false);
  }

  /// Gives wanted options the values they have over there; returns those that are missing.
  std::vector<model::Option> match_options(model::Field& wanted, const model::Field& found) const {
    std::int64_t next = in_.names.first_option;
    for (const model::Option& option : found.options)
      next = std::max<std::int64_t>(next, std::strtoll(option.value.c_str(), nullptr, 10) + 1);
    std::vector<model::Option> missing;
    for (model::Option& option : wanted.options) {
      const auto same =
          std::find_if(found.options.begin(), found.options.end(), [&](const model::Option& one) {
            return text::fold(one.label) == text::fold(option.label);
          });
      if (same != found.options.end()) {
        option.value = same->value;
      } else {
        option.value = std::to_string(next++);
        missing.push_back(option);
      }
    }
    return missing;
  }

  void plan_keys() {
    for (const packs::CustomKey& key : in_.path.keys)
      for (const std::string& table : key.tables) plan_key(key, table);
  }

  /// Over columns that are made for this migration. Where they were there before us, another
  /// migration may have filled them with ids of another source, which may be equal: no key then.
  void plan_key(const packs::CustomKey& key, const std::string& table) {
    const model::Object* described = in_.destination.find_object(table);
    if (described == nullptr) return;
    for (const std::string& column : key.columns)
      if (!uses_.contains({table, column}) || is_foreign(*described, column)) return;
    const bool there =
        std::any_of(described->keys.begin(), described->keys.end(), [&](const model::Key& one) {
          return text::equals_ascii_fold(one.name, key.name) && one.active;
        });
    add(model::CreateKey{table, {.name = key.name, .fields = key.columns}},
        "each source record at most once; found by its source id", key.row, there);
  }

  LicenceImpact licence() const {
    LicenceImpact impact{.edition = in_.facts.edition,
                         .custom_tables_there = in_.facts.custom_tables};
    for (const PlannedChange& one : plan_.changes)
      impact.custom_tables_new +=
          std::holds_alternative<model::CreateTable>(one.change) && !one.there;
    if (text::ascii_lower(impact.edition).find("professional") != std::string::npos)
      impact.limit = professional_tables;
    return impact;
  }

  void add(model::SchemaChange change, std::string reason, const std::string& row, bool there) {
    plan_.changes.push_back({std::move(change), std::move(reason), row, there});
  }
  void problem(std::string where, std::string message, std::string remedy) {
    plan_.problems.push_back({std::move(where), std::move(message), std::move(remedy)});
  }

  const SetupInputs& in_;
  std::map<Place, std::vector<ColumnUse>> uses_;
  std::set<std::pair<std::string, std::string>> labels_;  // of columns that only the map names
  SetupPlan plan_;
};

/// What a change adds to a description; tables it does not know stay away.
struct Overlay {
  model::Schema& schema;

  model::Object* table(const std::string& name) const {
    for (model::Object& object : schema.objects)
      if (object.name == name) return &object;
    return nullptr;
  }
  void put(const std::string& name, const model::Field& field) const {
    model::Object* object = table(name);
    if (object == nullptr) return;
    for (model::Field& known : object->fields)
      if (known.name == field.name) return;
    object->fields.push_back(field);
  }

  void operator()(const model::CreateTable& step) const {
    if (table(step.table.name) == nullptr) schema.objects.push_back(step.table);
  }
  void operator()(const model::CreateColumn& step) const { put(step.table, step.column); }
  void operator()(const model::CreateChoice&) const {}
  void operator()(const model::AddOption& step) const {
    model::Object* object = table(step.table);
    if (object == nullptr) return;
    for (model::Field& field : object->fields)
      if (field.name == step.column) field.options.push_back(step.option);
  }
  void operator()(const model::CreateRelationship& step) const {
    put(step.relationship.child, step.lookup);
    schema.relationships.push_back(step.relationship);
  }
  void operator()(const model::CreateKey& step) const {
    if (model::Object* object = table(step.table)) object->keys.push_back(step.key);
  }
};

struct NameOf {
  std::string operator()(const model::CreateTable& step) const { return step.table.name; }
  std::string operator()(const model::CreateColumn& step) const {
    return step.table + "." + step.column.name;
  }
  std::string operator()(const model::CreateChoice& step) const { return "choice " + step.name; }
  std::string operator()(const model::AddOption& step) const {
    return fmt::format("option {}.{} {}", step.table, step.column, step.option.value);
  }
  std::string operator()(const model::CreateRelationship& step) const {
    return step.relationship.child + "." + step.lookup.name;
  }
  std::string operator()(const model::CreateKey& step) const {
    return "key " + step.table + "." + step.key.name;
  }
};

}  // namespace

std::size_t SetupPlan::missing() const {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [](const auto& one) { return !one.there; }));
}

SetupPlan plan_setup(const SetupInputs& inputs) {
  return Planner(inputs).plan();
}

model::Schema with_plan(const model::Schema& destination, const SetupPlan& plan) {
  model::Schema planned = destination;
  for (const PlannedChange& one : plan.changes)
    if (!one.there) std::visit(Overlay{planned}, one.change);
  return planned;
}

std::string name_of(const model::SchemaChange& change) {
  return std::visit(NameOf{}, change);
}

}  // namespace flit::engine
