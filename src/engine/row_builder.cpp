#include "engine/row_builder.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "engine/links.hpp"

namespace flit::engine {
namespace {

using mapping::Lookup;
using model::Value;

constexpr std::string_view arrow = "→";

/// The two ends of "deals→companies".
std::pair<std::string, std::string> ends_of(std::string_view association) {
  const std::size_t at = association.find(arrow);
  if (at == std::string_view::npos) return {std::string(association), {}};
  return {std::string(association.substr(0, at)),
          std::string(association.substr(at + arrow.size()))};
}

bool applies(const model::LinkRule& rule, const std::string& table) {
  if (rule.lookup.empty()) return false;
  return rule.tables.empty() ||
         std::find(rule.tables.begin(), rule.tables.end(), table) != rule.tables.end();
}

bool accepts(const model::Field& column, std::string_view table) {
  return column.targets.empty() ||
         std::find(column.targets.begin(), column.targets.end(), table) != column.targets.end();
}

/// An edge read from its other end.
model::Edge turned(model::Edge edge, const std::string& association) {
  std::swap(edge.from_id, edge.to_id);
  edge.association = association;
  return edge;
}

}  // namespace

bool BuiltRow::refused() const {
  return std::any_of(notes.begin(), notes.end(),
                     [](const mapping::FieldNote& note) { return note.refused; });
}

void BuiltRow::clear() {
  notes.clear();
  later.clear();
  waits_for.clear();
  guessed_primary = false;
  used_fallback = false;
}

Lookup RowBuilder::Waiting::record(std::string_view object, std::string_view source_id) const {
  const Lookup lookup = lookups_.record(object, source_id);
  if (lookup.kind == Lookup::Kind::later)
    records_.push_back({std::string(object), std::string(source_id)});
  return lookup;
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
    const model::Field* column = target->find_field(rule.lookup);
    FLIT_CHECK(column != nullptr, "a compiled link leads to a column that exists");
    links_.push_back({&rule, column, columns_.size()});
    columns_.push_back(rule.lookup);
  }
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
  for (const Link& link : links_) FLIT_TRY_VOID(follow(link, record.key.id, arena, cells, built));
  built.waits_for = waiting_.take();
  if (parts_.lookups.failure()) return Error(*parts_.lookups.failure());
  return {};
}

/// Edges may be listed from either end; both lists of the source say the same.
Result<std::vector<model::Edge>> RowBuilder::edges(const std::string& association,
                                                   const std::string& id) const {
  std::vector<model::Edge> found;
  const auto [from, to] = ends_of(association);
  const std::string other_way = to + std::string(arrow) + from;
  const Result<void> read = parts_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(forward, parts_.books.staging.edges_from(reader, association, id));
    found = std::move(forward);
    if (!found.empty()) return {};
    FLIT_TRY(backward, parts_.books.staging.edges_to(reader, other_way, id));
    for (model::Edge& edge : backward) found.push_back(turned(std::move(edge), association));
    return {};
  });
  if (!read) return Error(read.error());
  return found;
}

/// Puts the row of a source record into the link's column; false when it cannot stand there.
bool RowBuilder::take(const Link& link, std::string_view object, std::string_view id,
                      model::Arena& arena, std::span<Value> cells, BuiltRow& built) {
  const Lookup lookup = waiting_.record(object, id);
  switch (lookup.kind) {
    case Lookup::Kind::found:
    case Lookup::Kind::later:
      break;
    case Lookup::Kind::missing:
      built.notes.push_back({.field = link.rule->associations.front(),
                             .column = columns_[link.place],
                             .code = "broken_reference",
                             .detail = fmt::format("{} {} does not exist", object, id)});
      return false;
    case Lookup::Kind::unusable:
      built.notes.push_back(
          {.field = link.rule->associations.front(),
           .column = columns_[link.place],
           .code = "reference_not_moved",
           .detail = fmt::format("{} {} was not moved: {}", object, id, lookup.reason)});
      return false;
  }
  if (!accepts(*link.column, lookup.target.table)) return false;
  cells[link.place] = Value::reference(lookup.target, arena);
  if (lookup.kind == Lookup::Kind::later) built.later.push_back(link.place);
  return true;
}

Result<void> RowBuilder::follow(const Link& link, const std::string& id, model::Arena& arena,
                                std::span<Value> cells, BuiltRow& built) {
  for (const std::string& association : link.rule->associations) {
    FLIT_TRY(all, edges(association, id));
    const std::string object = ends_of(association).second;
    const Primary primary = primary_of(all);
    if (primary.edge == nullptr) continue;
    built.guessed_primary |= primary.guessed;
    if (take(link, object, primary.edge->to_id, arena, cells, built)) return {};
    for (const model::Edge& edge : all)
      if (!edge.archived && &edge != primary.edge &&
          take(link, object, edge.to_id, arena, cells, built))
        return {};
  }
  if (link.rule->fallback.empty()) return {};
  const std::string& table =
      link.column->targets.empty() ? compiled_.table(route_) : link.column->targets.front();
  const std::string own = own_record(parts_.identities, table, link.rule->fallback).text();
  cells[link.place] = Value::reference({.table = table, .id = own}, arena);
  built.used_fallback = true;
  return {};
}

Uuid own_record(const Identities& identities, std::string_view table, std::string_view name) {
  return identities.of(table, {{"flitstack", std::string(name)}, "own"});
}

}  // namespace flit::engine
