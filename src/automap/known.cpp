#include "automap/known.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace flit::automap {

namespace {

constexpr double settled = 0.995;

bool has_column(const Schema& schema, const std::string& table, const std::string& column) {
  return std::any_of(schema.objects.begin(), schema.objects.end(), [&](const Object& object) {
    return object.name == table &&
           std::any_of(object.fields.begin(), object.fields.end(),
                       [&](const Field& field) { return field.name == column; });
  });
}

/// The table of the rule that has its column today; empty: none has.
std::string table_of(const model::FieldRule& rule, const model::ObjectMap& map,
                     const Schema& destination) {
  for (const model::Route& route : map.routes) {
    const bool meant = rule.tables.empty() || std::find(rule.tables.begin(), rule.tables.end(),
                                                        route.table) != rule.tables.end();
    if (meant && has_column(destination, route.table, rule.to)) return route.table;
  }
  return {};
}

void take(FieldProposal& field, const model::FieldRule& rule, const std::string& table,
          const std::string& name) {
  std::erase_if(field.candidates, [&](const Target& target) {
    return target.table == table && target.column == rule.to;
  });
  Target target;
  target.table = table;
  target.column = rule.to;
  target.confidence = settled;
  target.reasons = {{"pack", "the pack " + name + " maps it so", 0.0}};
  field.candidates.insert(field.candidates.begin(), std::move(target));
  field.band = Band::ready;
  field.conversion = rule.convert;
  field.refusal.clear();
  field.refusal_text.clear();
  field.contended_by.clear();
  field.warning.clear();
  field.new_column.reset();
  field.value_map.clear();
  if (rule.values)
    for (const auto& [from, to] : rule.values->pairs)
      field.value_map.push_back({from, to, to, "pack"});
}

void refuse(FieldProposal& field, const std::string& reason, std::string text) {
  for (Target& target : field.candidates) target.confidence = std::min(target.confidence, 0.45);
  field.band = Band::decide;
  field.refusal = reason;
  field.refusal_text = std::move(text);
}

bool settle(FieldProposal& field, const model::ObjectMap& map, const Schema& destination,
            const std::string& name) {
  const model::FieldRule* own = nullptr;
  for (const model::FieldRule& rule : map.fields) {
    if (rule.from != field.field) continue;
    if (const std::string table = table_of(rule, map, destination); !table.empty()) {
      take(field, rule, table, name);
      return true;
    }
    if (own == nullptr) own = &rule;
  }
  if (own != nullptr) {
    refuse(field, "custom",
           fmt::format("The pack {} keeps it in a column of its own, {}.", name, own->to));
    return true;
  }
  for (const model::IgnoredField& ignored : map.ignored)
    if (ignored.from == field.field) {
      refuse(field, "no_equivalent",
             fmt::format("The pack {} leaves it out: {}.", name, ignored.reason));
      field.new_column.reset();
      return true;
    }
  return false;
}

void settle_tables(ObjectProposal& object, const model::ObjectMap& map) {
  for (auto route = map.routes.begin(); route != map.routes.end(); ++route) {
    std::erase_if(object.tables, [&](const TableProposal& t) { return t.table == route->table; });
    object.tables.insert(object.tables.begin(), {route->table, settled});
  }
}

}  // namespace

int apply_known(Proposal& proposal, const model::MapDocument& known, const Schema& destination,
                const std::string& name) {
  int count = 0;
  for (const model::ObjectMap& map : known.objects) {
    if (!map.held.empty()) continue;
    for (ObjectProposal& object : proposal.objects)
      if (object.object == map.object) settle_tables(object, map);
    for (FieldProposal& field : proposal.fields)
      if (field.object == map.object && settle(field, map, destination, name)) ++count;
  }
  return count;
}

}  // namespace flit::automap
