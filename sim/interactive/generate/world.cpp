#include "sim/interactive/generate/world.hpp"

#include <algorithm>

namespace flit::sim::interactive {

namespace {

constexpr std::string_view generated_clock = "2026-11-02T08:00:00.000Z";
constexpr std::string_view first_record = "2015-03-02T09:00:00.000Z";

std::uint64_t engagements(const GenerateSettings& settings, std::uint64_t percent) {
  const std::uint64_t notes = settings.activity_count() / 7;
  return (settings.activity_count() - notes) * percent / 100;
}

/// What the percentages leave over, so that the sum is exact.
std::uint64_t tasks(const GenerateSettings& settings) {
  return settings.activity_count() - settings.activity_count() / 7 - engagements(settings, 30) -
         engagements(settings, 35) - engagements(settings, 15);
}

std::uint64_t matters(const GenerateSettings& settings) {
  const std::uint64_t tenth = settings.contacts / 10;
  return settings.has_cases() ? std::max<std::uint64_t>(tenth, 40) : tenth;
}

}  // namespace

World::World(Dataset& into, const GenerateSettings& how)
    : data(into),
      settings(how),
      now_ms(parse_ms(generated_clock)),
      start_ms(parse_ms(first_record)),
      contacts(1'001, how.contacts),
      companies(501, how.company_count()),
      deals(9'001, how.deal_count()),
      calls(700'001, engagements(how, 30)),
      emails(710'001, engagements(how, 35)),
      meetings(720'001, engagements(how, 15)),
      tasks(730'001, interactive::tasks(how)),
      notes(740'001, how.activity_count() / 7),
      matters(301, interactive::matters(how)) {}

std::int64_t World::created_ms(const Plan& plan, std::uint64_t id) const {
  const std::uint64_t count = std::max<std::uint64_t>(plan.count(), 1);
  const auto span = static_cast<std::uint64_t>(now_ms - start_ms - 3 * day_ms);
  const std::uint64_t step = std::max<std::uint64_t>(span / count, 1);
  const std::uint64_t at = id - plan.first_id();
  return start_ms + static_cast<std::int64_t>(at * step + mix64(settings.seed ^ id) % step);
}

Draft World::draft(const RecordTable& table, const Plan& plan, std::uint64_t id,
                   Random& random) const {
  Draft draft(table.schema());
  draft.id = id;
  draft.created_ms = created_ms(plan, id);
  const auto age = static_cast<std::uint64_t>(now_ms - draft.created_ms);
  const bool touched = random.below(3) != 0;
  draft.updated_ms =
      draft.created_ms + (touched ? static_cast<std::int64_t>(random.below(age)) : 0);
  draft.created_by = std::to_string(7 + random.below(20));
  draft.updated_by = std::to_string(7 + random.below(20));
  return draft;
}

std::string World::pick_owner(Random& random) const {
  const std::uint64_t roll = random.below(100);
  if (roll < 2) return {};
  if (settings.has_cases() && roll < 6) return json_text(id_text(special_owners.inactive));
  if (settings.has_cases() && roll < 7) return json_text(id_text(special_owners.deleted));
  if (settings.has_cases() && roll < 8) return json_text(id_text(special_owners.unmatched));
  if (settings.has_cases() && roll < 9) return json_text(id_text(special_owners.upper_case));
  if (settings.has_cases() && roll < 10) return json_text(id_text(special_owners.shared_successor));
  return json_text(id_text(first_ordinary_owner + random.below(ordinary_owners)));
}

std::uint64_t World::add_file(File file) {
  file.id = first_file_id + special_files.size();
  if (file.created_ms == 0) file.created_ms = start_ms + static_cast<std::int64_t>(file.id) * 1000;
  if (file.updated_ms == 0) file.updated_ms = file.created_ms;
  if (file.uploaded_by.empty()) file.uploaded_by = "7";
  special_files.push_back(std::move(file));
  return special_files.back().id;
}

void World::add_edge(const EdgeEnd& from, const EdgeEnd& to, std::string_view label, bool primary) {
  EdgeTable& table = data.edge_table(from.object, to.object);
  // a minute apart in the order in which the cases add them: created_at decides the primary
  const auto order = static_cast<std::int64_t>(table.edges().size());
  table.add({.from = from.id,
             .to = to.id,
             .label = label,
             .primary = primary,
             .created_ms = start_ms + day_ms + order * minute_ms});
}

void World::add_case(std::string name, std::vector<std::string> rows, std::string object,
                     std::vector<std::uint64_t> ids, std::string expect) {
  data.cases.push_back(
      {std::move(name), std::move(rows), std::move(object), std::move(ids), std::move(expect)});
}

std::string json_text(std::string_view text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

std::string id_text(std::uint64_t id) {
  return std::to_string(id);
}

}  // namespace flit::sim::interactive
