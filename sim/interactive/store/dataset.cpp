#include "sim/interactive/store/dataset.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "base/check.hpp"
#include "base/time.hpp"

namespace flit::sim::interactive {

RecordTable* Dataset::table(std::string_view object) const {
  for (const auto& table : tables)
    if (table->schema().name == object) return table.get();
  return nullptr;
}

RecordTable& Dataset::require(std::string_view object) const {
  RecordTable* const found = table(object);
  FLIT_CHECK(found != nullptr, "the caller knows that the object exists");
  return *found;
}

std::optional<EdgeView> Dataset::edge_view(std::string_view from, std::string_view to) const {
  for (const auto& table : edges) {
    if (table->type().from == from && table->type().to == to)
      return EdgeView{table.get(), Direction::forward};
    if (table->type().from == to && table->type().to == from)
      return EdgeView{table.get(), Direction::backward};
  }
  return std::nullopt;
}

EdgeTable& Dataset::edge_table(std::string_view from, std::string_view to) {
  if (const auto view = edge_view(from, to)) return *view->table;
  edges.push_back(std::make_unique<EdgeTable>(AssociationType{std::string(from), std::string(to)}));
  return *edges.back();
}

const Pipeline* Dataset::pipeline(std::string_view id) const {
  const auto found = std::find_if(pipelines.begin(), pipelines.end(),
                                  [&](const Pipeline& one) { return one.id == id; });
  return found == pipelines.end() ? nullptr : &*found;
}

Dataset::FoundStage Dataset::stage(std::string_view id) const {
  for (const Pipeline& pipeline : pipelines)
    for (const Stage& stage : pipeline.stages)
      if (stage.id == id) return {&pipeline, &stage};
  return {};
}

const Owner* Dataset::owner(std::uint64_t id) const {
  const auto found =
      std::find_if(owners.begin(), owners.end(), [&](const Owner& one) { return one.id == id; });
  return found == owners.end() ? nullptr : &*found;
}

const File* Dataset::file(std::uint64_t id) const {
  const auto found =
      std::lower_bound(files.begin(), files.end(), id,
                       [](const File& file, std::uint64_t wanted) { return file.id < wanted; });
  return found != files.end() && found->id == id ? &*found : nullptr;
}

bool Dataset::has_module(std::string_view key) const {
  return std::any_of(modules.begin(), modules.end(),
                     [&](const Module& module) { return module.key == key && module.enabled; });
}

void Dataset::add_standard_objects() {
  for (ObjectSchema& schema : standard_objects()) add_object(std::move(schema));
  for (AssociationType& type : standard_associations())
    edges.push_back(std::make_unique<EdgeTable>(std::move(type)));
}

RecordTable& Dataset::add_object(ObjectSchema schema) {
  tables.push_back(std::make_unique<RecordTable>(std::move(schema)));
  return *tables.back();
}

std::int64_t Dataset::last_activity(std::string_view object, std::uint64_t id) const {
  std::int64_t newest = no_time;
  for (const std::string_view engagement : engagement_objects) {
    const auto view = edge_view(object, engagement);
    const RecordTable* const engagements = table(engagement);
    if (!view || engagements == nullptr) continue;
    const bool forward = view->direction == Direction::forward;
    view->table->each(view->direction, id, [&](const Edge& edge) {
      const Row* row = engagements->find(forward ? edge.to : edge.from);
      if (row != nullptr && !row->is_archived())
        newest = std::max(newest, activity_time(*engagements, *row));
    });
  }
  return newest;
}

void Dataset::index_history() {
  history_by_deal.resize(history.size());
  std::iota(history_by_deal.begin(), history_by_deal.end(), 0U);
  std::stable_sort(
      history_by_deal.begin(), history_by_deal.end(),
      [&](std::uint32_t a, std::uint32_t b) { return history[a].deal_id < history[b].deal_id; });
}

/// The parents at the other end of the edges learn when something last happened to them.
void Dataset::note_activities(const EdgeTable& links, const RecordTable& engagements) const {
  RecordTable* const parents = table(links.type().to);
  if (parents == nullptr) return;
  for (const Edge& edge : links.edges()) {
    const Row* const row = edge.archived ? nullptr : engagements.find(edge.from);
    const Row* const parent = parents->find(edge.to);
    if (row == nullptr || parent == nullptr || row->is_archived()) continue;
    const std::int64_t at = activity_time(engagements, *row);
    if (at > parent->last_activity_ms) parents->set_last_activity(edge.to, at);
  }
}

void Dataset::seal() {
  index_history();
  for (const auto& table : edges) table->seal();
  for (const std::string_view engagement : engagement_objects) {
    const RecordTable* const engagements = table(engagement);
    if (engagements == nullptr) continue;  // an account may have it switched off
    for (const auto& table : edges)
      if (table->type().from == engagement) note_activities(*table, *engagements);
  }
}

std::size_t Dataset::bytes() const {
  std::size_t total = 0;
  for (const auto& table : tables) total += table->bytes();
  for (const auto& table : edges) total += table->edges().capacity() * sizeof(Edge);
  return total;
}

std::int64_t activity_time(const RecordTable& engagements, const Row& row) {
  const std::string& object = engagements.schema().name;
  if (object == "calls") return parse_ms(engagements.value(row, "started_at"));
  if (object == "emails") return parse_ms(engagements.value(row, "sent_at"));
  if (object == "meetings") return parse_ms(engagements.value(row, "starts_at"));
  if (object != "tasks") return no_time;
  const std::int64_t completed = parse_ms(engagements.value(row, "completed_at"));
  return completed != no_time ? completed : parse_ms(engagements.value(row, "due_at"));
}

std::int64_t parse_ms(std::string_view text) {
  if (text.size() > 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
  if (text.empty()) return no_time;
  const auto instant = parse_instant(text);
  return instant ? epoch_ms(*instant) : no_time;
}

std::optional<std::uint64_t> parse_id(std::string_view text) {
  std::uint64_t id = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (fault != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return id;
}

std::vector<Module> modules_of_edition(const std::string& edition) {
  std::vector<Module> modules{{"core", "Interactive CRM"}};
  if (edition == "solo") return modules;
  modules.push_back({"matters", "Matters"});
  modules.push_back({"documents", "Documents"});
  if (edition != "firm") return modules;
  modules.push_back({"clause_library", "Clause library"});
  modules.push_back({"hotdocs", "HotDocs"});
  modules.push_back({"workflows", "Workflows"});
  return modules;
}

}  // namespace flit::sim::interactive
