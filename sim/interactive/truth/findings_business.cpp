// Findings about deals, engagements, values and edges.

#include <algorithm>

#include "base/text.hpp"
#include "sim/interactive/truth/findings.hpp"

namespace flit::sim::interactive {

namespace {

bool has_association(const Judge& judge, std::string_view object, std::uint64_t id) {
  bool found = false;
  for (const auto& edges : judge.data().edges) {
    if (edges->type().from != object) continue;
    edges->each(Direction::forward, id,
                [&](const Edge& edge) { found |= judge.has_live(edges->type().to, edge.to); });
  }
  return found;
}

bool has_known_participant(const RecordTable& table, const Row& row) {
  Cells cells;
  table.read(row, cells);
  const auto document = json::parse(cells.participants.empty() ? "[]" : cells.participants);
  if (!document) return false;
  for (const json::Value one : document->root().elements())
    if (one["object"].is_string() && one["id"].is_string()) return true;
  return false;
}

/// Edges exist, but not exactly one of them is the primary one (facts/sources.md §1.6).
void find_guessed(const Judge& judge, std::string_view from, std::string_view to,
                  Findings& findings) {
  const auto view = judge.data().edge_view(from, to);
  if (!view) return;
  each_live(judge.data(), from, [&](const RecordTable&, const Row& row) {
    int edges = 0;
    int primaries = 0;
    view->table->each(view->direction, row.id, [&](const Edge& edge) {
      if (!judge.has_live(to, edge.to)) return;
      ++edges;
      primaries += edge.primary ? 1 : 0;
    });
    if (edges > 0 && primaries != 1) findings.add("primary_guessed", from, row.id);
    if (edges == 0 && from == "contacts")
      findings.add("contact_without_company", "contacts", row.id);
  });
}

void find_bad_options(const RecordTable& table, const Row& row, const Cells& cells,
                      Findings& findings) {
  const auto& properties = table.schema().properties();
  for (std::size_t i = 0; i < properties.size(); ++i) {
    const bool multi = properties[i].type == PropertyType::multi_enum;
    if (cells.values[i].empty() || (!multi && properties[i].type != PropertyType::enumeration))
      continue;
    const std::string value = unquoted(cells.values[i]);
    for (const std::string_view one : text::split(value, multi ? ";" : "\n")) {
      const Option* const option = properties[i].option(one);
      if (!one.empty() && (option == nullptr || option->archived))
        findings.add("value_not_an_option", table.schema().name, row.id);
    }
  }
}

}  // namespace

void find_in_deals(const Judge& judge, Findings& findings) {
  const Dataset& data = judge.data();
  each_live(data, "deals", [&](const RecordTable& table, const Row& row) {
    const auto found = data.stage(table.text(row, "stage_id"));
    if (found.stage == nullptr)
      findings.add("stage_unknown", "deals", row.id);
    else if (found.pipeline->id != table.text(row, "pipeline_id"))
      findings.add("stage_pipeline_mismatch", "deals", row.id);
    if (found.stage != nullptr && found.stage->closed && !found.stage->won)
      findings.add("stage_won_unset", "deals", row.id);
    const std::string currency = table.text(row, "currency_code");
    if (!currency.empty() && currency != data.account.currency)
      findings.add("foreign_currency", "deals", row.id);
    if (judge.of(table, row).reason == "out_of_range")
      findings.add("out_of_range", "deals", row.id);
  });
  std::map<std::uint64_t, bool> known;
  for (const StageEntry& entry : data.history) {
    const auto [at, fresh] = known.try_emplace(entry.stage_id, false);
    if (fresh) at->second = data.stage(std::to_string(entry.stage_id)).stage != nullptr;
    if (!at->second && judge.has_live("deals", entry.deal_id))
      findings.add("stage_deleted", "deals", entry.deal_id);
  }
}

void find_in_engagements(const Judge& judge, Findings& findings) {
  for (const std::string_view object : engagement_objects)
    each_live(judge.data(), object, [&](const RecordTable& table, const Row& row) {
      if (!has_association(judge, object, row.id) && !has_known_participant(table, row))
        findings.add("activity_without_parent", object, row.id);
      if (judge.of(table, row).reason == "end_before_start")
        findings.add("end_before_start", object, row.id);
    });
}

void find_in_values(const Judge& judge, Findings& findings) {
  Cells cells;
  for (const auto& each : judge.data().tables)
    each_live(judge.data(), each->schema().name, [&](const RecordTable& table, const Row& row) {
      table.read(row, cells);
      find_bad_options(table, row, cells, findings);
      const auto& properties = table.schema().properties();
      for (std::size_t i = 0; i < properties.size(); ++i) {
        if (properties[i].required && (cells.values[i].empty() || cells.values[i] == "\"\""))
          findings.add("missing_required", table.schema().name, row.id);
        if (properties[i].references.empty() || cells.values[i].empty()) continue;
        const auto id = parse_id(unquoted(cells.values[i]));
        if (!id || !judge.has_live(properties[i].references, *id))
          findings.add("broken_reference", table.schema().name, row.id);
      }
    });
}

void find_in_edges(const Judge& judge, Findings& findings) {
  find_guessed(judge, "contacts", "companies", findings);
  find_guessed(judge, "deals", "companies", findings);
  find_guessed(judge, "deals", "contacts", findings);
  for (const auto& edges : judge.data().edges) {
    const AssociationType& type = edges->type();
    for (const Edge& edge : edges->edges()) {
      if (edge.archived) continue;
      const bool from = judge.has_live(type.from, edge.from);
      const bool to = judge.has_live(type.to, edge.to);
      if (from && !to) findings.add("broken_reference", type.from, edge.from);
      if (to && !from) findings.add("broken_reference", type.to, edge.to);
    }
  }
}

}  // namespace flit::sim::interactive
