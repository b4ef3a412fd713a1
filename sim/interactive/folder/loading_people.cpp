// Inputs, rows, owners, pipelines, tags.

#include <filesystem>
#include <set>

#include "base/text.hpp"
#include "sim/base/snapshot.hpp"
#include "sim/interactive/folder/loading.hpp"

namespace flit::sim::interactive {

Result<void> Loading::read_inputs(const std::string& root) {
  for (const InputSettings& settings : manifest_.inputs) {
    FLIT_TRY(bytes, read_file((std::filesystem::path(root) / settings.path).string()));
    FLIT_TRY(input, TableInput::parse(settings, bytes));
    inputs_.emplace(settings.name, std::move(input));
  }
  return {};
}

Result<std::vector<RowPlace>> Loading::places(const std::string& name,
                                              const std::optional<Condition>& where) {
  const auto input = inputs_.find(name);
  if (input == inputs_.end())
    return Error{.fault = Fault::setup, .message = "there is no input '" + name + "'"};
  std::vector<RowPlace> places;
  for (std::size_t row = 0; row < input->second.rows(); ++row) {
    const RowPlace place{.input = &input->second, .row = row, .number = places.size() + 1};
    if (where) {
      FLIT_TRY(held, evaluator_.holds(*where, place));
      if (!held) continue;
    }
    places.push_back(place);
  }
  return places;
}

Result<std::vector<RowPlace>> Loading::places(const Selection& selection) {
  if (selection.from.empty()) return std::vector<RowPlace>{RowPlace{}};
  FLIT_TRY(all, places(selection.from, selection.where));
  if (selection.distinct.empty()) return all;
  std::vector<RowPlace> kept;
  std::set<std::vector<std::string>> seen;
  for (RowPlace& place : all) {
    std::vector<std::string> key;
    for (const std::string& column : selection.distinct) {
      const auto at = place.input->column(column);
      if (!at) return row_error(place, "there is no column '" + column + "'");
      key.emplace_back(place.input->cell(place.row, *at));
    }
    if (!seen.insert(std::move(key)).second) continue;
    place.number = kept.size() + 1;
    kept.push_back(std::move(place));
  }
  return kept;
}

Result<std::string> Loading::required(const ValueSpec& spec, const RowPlace& place,
                                      const char* what) {
  FLIT_TRY(made, evaluator_.value(spec, place));
  if (!made) return row_error(place, std::string(what) + " must not be null");
  return std::move(*made);
}

Result<std::string> Loading::text(const std::optional<ValueSpec>& spec, const RowPlace& place) {
  if (!spec) return std::string();
  FLIT_TRY(made, evaluator_.value(*spec, place));
  return made.value_or("");
}

Result<std::uint64_t> Loading::id(const ValueSpec& spec, const RowPlace& place) {
  FLIT_TRY(made, required(spec, place, "an id"));
  const auto number = parse_id(made);
  if (!number) return row_error(place, "the id '" + made + "' is no number");
  return *number;
}

Result<void> Loading::make_owner(const OwnerSpec& spec, const RowPlace& place) {
  Owner owner;
  FLIT_TRY(number, id(spec.id, place));
  owner.id = number;
  FLIT_TRY(name, text(spec.name, place));
  const auto space = name.rfind(' ');
  owner.first_name = space == name.npos ? "" : name.substr(0, space);
  owner.last_name = space == name.npos ? name : name.substr(space + 1);
  FLIT_TRY(user_id, text(spec.user_id, place));
  owner.user_id = std::move(user_id);
  FLIT_TRY(email, text(spec.email, place));
  owner.email = std::move(email);
  FLIT_TRY(active, text(spec.active, place));
  owner.active = active != "false";
  FLIT_TRY(type, text(spec.type, place));
  if (!type.empty()) owner.type = std::move(type);
  for (const ValueSpec& team : spec.teams) {
    FLIT_TRY(made, evaluator_.value(team, place));
    if (made) owner.teams.push_back(std::move(*made));
  }
  const std::int64_t created = parse_ms(manifest_.defaults.created_at.value_or(""));
  owner.created_ms = owner.updated_ms = created == no_time ? data_.clock_ms : created;
  data_.owners.push_back(std::move(owner));
  return {};
}

Result<void> Loading::make_pipeline(const PipelineSpec& spec, const RowPlace& place) {
  Pipeline pipeline;
  FLIT_TRY(number, id(spec.id, place));
  FLIT_TRY(label, required(spec.label, place, "a label"));
  pipeline.id = std::to_string(number);
  pipeline.label = std::move(label);
  pipeline.order = static_cast<int>(data_.pipelines.size()) + 1;
  for (const StageSpec& stage : spec.stages) {
    Stage made{
        .id = stage.id.value_or(std::to_string(number * 10 + static_cast<std::uint64_t>(stage.n)))};
    made.label = stage.label;
    made.order = stage.order;
    made.probability = stage.probability.value_or("");
    made.forecast_category = stage.forecast_category.value_or("");
    made.closed = stage.closed;
    made.won = stage.won;
    made.archived = stage.archived;
    pipeline.stages.push_back(std::move(made));
  }
  data_.pipelines.push_back(std::move(pipeline));
  return {};
}

Result<void> Loading::make_people() {
  for (const OwnerSpec& spec : manifest_.owners) {
    FLIT_TRY(rows, places(spec));
    for (const RowPlace& place : rows) FLIT_TRY_VOID(make_owner(spec, place));
  }
  std::sort(data_.owners.begin(), data_.owners.end(),
            [](const Owner& a, const Owner& b) { return a.id < b.id; });
  for (const PipelineSpec& spec : manifest_.pipelines) {
    FLIT_TRY(rows, places(spec));
    for (const RowPlace& place : rows) FLIT_TRY_VOID(make_pipeline(spec, place));
  }
  for (const TagSpec& spec : manifest_.tags) {
    FLIT_TRY(rows, places(spec));
    for (const RowPlace& place : rows) {
      FLIT_TRY(number, id(spec.id, place));
      FLIT_TRY(label, required(spec.label, place, "a label"));
      data_.tags.push_back({.id = number,
                            .label = std::move(label),
                            .objects = spec.objects,
                            .updated_ms = data_.clock_ms});
    }
  }
  return {};
}

}  // namespace flit::sim::interactive
