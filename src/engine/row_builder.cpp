#include "engine/row_builder.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "engine/also_rows.hpp"
#include "engine/links.hpp"
#include "store/edges.hpp"

namespace flit::engine {
namespace {

using mapping::Lookup;
using model::Value;
using store::NearEdge;

bool applies(const model::LinkRule& rule, const std::string& table) {
  if (rule.lookup.empty() && rule.further.empty()) return false;
  return rule.tables.empty() ||
         std::find(rule.tables.begin(), rule.tables.end(), table) != rule.tables.end();
}

bool accepts(const model::Field& column, std::string_view table) {
  return column.targets.empty() ||
         std::find(column.targets.begin(), column.targets.end(), table) != column.targets.end();
}

bool has_primary(const model::Schema& source, const std::string& association) {
  return std::any_of(
      source.associations.begin(), source.associations.end(),
      [&](const model::Association& one) { return one.name == association && one.has_primary; });
}

/// The role over there of an association's label; what no line names takes the role of "".
std::string role_of(const model::LinkRule& rule, const std::string& label) {
  std::string role;
  for (const auto& [named, there] : rule.roles) {
    if (named == label) return there;
    if (named.empty()) role = there;
  }
  return role;
}

bool is_there(const Lookup& lookup) {
  return lookup.kind == Lookup::Kind::found || lookup.kind == Lookup::Kind::later;
}

}  // namespace

bool BuiltRow::refused() const {
  return std::any_of(notes.begin(), notes.end(),
                     [](const mapping::FieldNote& note) { return note.refused; });
}

void BuiltRow::clear() {
  notes.clear();
  later.clear();
  refers_to.clear();
  placeholders.clear();
  further.clear();
  own.clear();
  also.clear();
  guessed_primary = false;
  associated = false;
}

Lookup RowBuilder::Waiting::noted(Lookup lookup, std::string_view object,
                                  std::string_view source_id) const {
  if (is_there(lookup)) records_.push_back({std::string(object), std::string(source_id)});
  if (lookup.kind == Lookup::Kind::later && lookup.stands_in)
    placeholders_.push_back({std::string(object), std::string(source_id)});
  return lookup;
}

Lookup RowBuilder::Waiting::record(std::string_view object, std::string_view source_id) const {
  return noted(lookups_.record(object, source_id), object, source_id);
}

Lookup RowBuilder::Waiting::record_or_placeholder(std::string_view object,
                                                  std::string_view source_id) const {
  return noted(lookups_.record_or_placeholder(object, source_id), object, source_id);
}

void RowBuilder::Waiting::give(BuiltRow& built) const {
  built.refers_to = std::exchange(records_, {});
  built.placeholders = std::exchange(placeholders_, {});
}

RowBuilder::RowBuilder(const Parts& parts, std::string_view object, std::size_t route)
    : parts_(parts),
      compiled_(*parts.map.find(object)),
      route_(route),
      columns_(compiled_.columns(route)),
      view_(compiled_.numbers()),
      waiting_(parts.lookups) {
  const model::Object* target = parts.map.destination().find_object(table());
  FLIT_CHECK(target != nullptr, "a compiled route leads to a table that exists");
  for (const model::LinkRule& rule : parts.map.rules(object)->links) {
    if (!applies(rule, table())) continue;
    Link link{&rule, nullptr, columns_.size(), {}};
    for (const std::string& name : rule.associations)
      link.associations.push_back(association_named(name));
    if (!rule.lookup.empty()) {
      link.column = target->find_field(rule.lookup);
      FLIT_CHECK(link.column != nullptr, "a compiled link leads to a column that exists");
      columns_.push_back(rule.lookup);
    }
    links_.push_back(std::move(link));
  }
  for (const mapping::CompiledAlso& also : parts.map.also(object)) {
    if (also.rule().lookup.empty() || !also.is_of(table())) continue;
    also_.push_back({&also, also_role(also.rule().name), columns_.size()});
    columns_.push_back(also.rule().lookup);
  }
  if (parts.path == nullptr || target->find_field(parts.path->stamp) == nullptr) return;
  stamp_place_ = columns_.size();
  columns_.push_back(parts.path->stamp);
}

std::size_t RowBuilder::association_named(const std::string& name) {
  for (std::size_t i = 0; i < associations_.size(); ++i)
    if (associations_[i].name == name) return i;
  associations_.push_back({.name = name,
                           .object = std::string(store::ends_of(name).second),
                           .has_primary = has_primary(parts_.map.source(), name)});
  return associations_.size() - 1;
}

Result<void> RowBuilder::prepare(std::span<const std::string> ids) {
  places_.clear();
  for (std::size_t i = 0; i < ids.size(); ++i) places_.emplace(ids[i], i);
  if (associations_.empty()) return {};
  return parts_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    for (Association& association : associations_) {
      association.edges.assign(ids.size(), {});
      std::vector<std::string> others;
      FLIT_TRY_VOID(parts_.books.edges.of(reader, {association.name, ids},
                                          [&](const NearEdge& edge) -> Result<void> {
                                            if (!edge.live) return {};
                                            association.edges[edge.place].push_back(edge);
                                            others.push_back(edge.to_id);
                                            return {};
                                          }));
      FLIT_TRY_VOID(parts_.lookups.expect(reader, association.object, others));
    }
    return {};
  });
}

Result<std::size_t> RowBuilder::place_of(const std::string& id) {
  if (const auto known = places_.find(id); known != places_.end()) return known->second;
  FLIT_TRY_VOID(prepare({&id, 1}));
  return std::size_t{0};
}

Result<void> RowBuilder::build(const model::Record& record, model::Arena& arena,
                               std::span<Value> cells, BuiltRow& built) {
  FLIT_CHECK(cells.size() == columns_.size(), "a row has a cell for each column");
  built.clear();
  FLIT_TRY_VOID(view_.open(record.payload));
  const std::size_t fields = compiled_.columns(route_).size();
  compiled_.transform(view_, route_, {arena, waiting_}, cells.first(fields), built.notes);
  for (const mapping::FieldNote& note : built.notes) {
    if (note.code != "later") continue;
    const auto place = std::find(columns_.begin(), columns_.end(), note.column) - columns_.begin();
    built.later.push_back(static_cast<std::size_t>(place));
  }
  const Draft draft{arena, cells, built};
  if (!links_.empty()) {
    FLIT_TRY(place, place_of(record.key.id));
    for (const Link& link : links_) follow(link, place, draft);
  }
  for (const Also& also : also_) lead_to(also, record.payload, draft);
  if (stamp_place_) cells[*stamp_place_] = Value::integer(stamp_of(parts_.ledger.info()));
  waiting_.give(built);
  if (parts_.lookups.failure()) return Error(*parts_.lookups.failure());
  return {};
}

void RowBuilder::follow(const Link& link, std::size_t place, const Draft& draft) {
  const Taken taken = choose(link, place, draft);
  if (!link.rule->further.empty()) add_further(link, place, taken, draft.built);
  if (taken.edge == nullptr && link.column != nullptr && !link.rule->fallback.empty())
    fall_back(link.rule->fallback, link.place, draft);
}

/// A row spoken of that is not planned cannot be led to; the preflight says why.
void RowBuilder::lead_to(const Also& also, std::string_view payload, const Draft& draft) const {
  const model::AlsoRule& rule = also.compiled->rule();
  const std::string key = also.compiled->key_of(view_, payload);
  const Lookup lookup =
      key.empty() ? Lookup{} : parts_.lookups.also(compiled_.object(), also.role, key);
  if (is_there(lookup)) {
    draft.cells[also.place] = Value::reference(lookup.target, draft.arena);
    if (lookup.kind == Lookup::Kind::later) draft.built.later.push_back(also.place);
    draft.built.also.push_back({also.compiled->object().object(), key});
    return;
  }
  if (!key.empty())
    draft.built.notes.push_back(
        {.field = rule.key.front(),
         .column = columns_[also.place],
         .code = "reference_not_moved",
         .detail = fmt::format("its {} was not moved: {}", rule.name, lookup.reason)});
  if (!rule.fallback.empty()) fall_back(rule.fallback, also.place, draft);
}

/// Of each association in order of preference the primary one, then whichever can stand there.
RowBuilder::Taken RowBuilder::choose(const Link& link, std::size_t place, const Draft& draft) {
  Taken taken{};
  for (const std::size_t number : link.associations) {
    const Association& association = associations_[number];
    const std::vector<NearEdge>& edges = association.edges[place];
    const Primary primary = primary_of(edges);
    if (primary.edge == nullptr) continue;
    draft.built.associated = true;
    draft.built.guessed_primary |= association.has_primary && primary.guessed;
    if (link.column == nullptr || taken.edge != nullptr) continue;
    if (take(link, association, *primary.edge, draft)) taken = {number, primary.edge};
    for (const NearEdge& edge : edges)
      if (taken.edge == nullptr && &edge != primary.edge && take(link, association, edge, draft))
        taken = {number, &edge};
  }
  return taken;
}

/// Puts the row of a source record into the link's column; false when it cannot stand there.
bool RowBuilder::take(const Link& link, const Association& association, const NearEdge& edge,
                      const Draft& draft) {
  const Lookup lookup = waiting_.record(association.object, edge.to_id);
  if (!is_there(lookup)) {
    draft.built.notes.push_back(
        {.field = association.name,
         .column = columns_[link.place],
         .code = "reference_not_moved",
         .detail = fmt::format("{} {} was not moved: {}", association.object, edge.to_id,
                               lookup.reason)});
    return false;
  }
  if (!accepts(*link.column, lookup.target.table)) return false;
  draft.cells[link.place] = Value::reference(lookup.target, draft.arena);
  if (lookup.kind == Lookup::Kind::later) draft.built.later.push_back(link.place);
  return true;
}

/// Everything that is not in the look-up; several labels of one pair in one role are one link.
void RowBuilder::add_further(const Link& link, std::size_t place, const Taken& taken,
                             BuiltRow& built) {
  for (const std::size_t number : link.associations) {
    const Association& association = associations_[number];
    for (const NearEdge& edge : association.edges[place]) {
      if (taken.edge != nullptr && taken.association == number && taken.edge->to_id == edge.to_id)
        continue;
      if (!is_there(parts_.lookups.record(association.object, edge.to_id))) continue;
      const FurtherLink further{.association = association.name,
                                .to = edge.to_id,
                                .role = role_of(*link.rule, edge.label),
                                .table = link.rule->further,
                                .edge = edge.seq};
      const bool known =
          std::any_of(built.further.begin(), built.further.end(), [&](const FurtherLink& one) {
            return one.association == further.association && one.to == further.to &&
                   one.role == further.role;
          });
      if (!known) built.further.push_back(further);
    }
  }
}

void RowBuilder::fall_back(const std::string& own, std::size_t place, const Draft& draft) const {
  const std::string table = table_of_own(own, place);
  const std::string id = own_record(parts_.identities, table, own).text();
  draft.cells[place] = Value::reference({.table = table, .id = id}, draft.arena);
  draft.built.own.push_back(own);
}

std::string RowBuilder::table_of_own(const std::string& own, std::size_t place) const {
  if (parts_.path != nullptr)
    for (const packs::OwnRecord& record : parts_.path->records)
      if (record.name == own) return record.table;
  const model::Field* column =
      parts_.map.destination().find_object(table())->find_field(columns_[place]);
  return column->targets.empty() ? table() : column->targets.front();
}

Uuid own_record(const Identities& identities, std::string_view table, std::string_view name) {
  return identities.of(table, {{"flitstack", std::string(name)}, "own"});
}

std::string detail_of(const mapping::FieldNote& note) {
  return fmt::format("{} → {}: {}", note.field.empty() ? "(nothing)" : note.field, note.column,
                     note.detail);
}

}  // namespace flit::engine
