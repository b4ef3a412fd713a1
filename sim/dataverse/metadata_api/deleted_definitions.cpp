#include "sim/dataverse/metadata_api/deleted_definitions.hpp"

#include <set>

namespace flit::sim::dataverse {
namespace {

std::set<Uuid> columns_of_dead_tables(const Catalogue& catalogue) {
  std::set<Uuid> ids;
  for (const Table& table : catalogue.tables())
    if (table.is_deleted)
      for (const Column& column : table.columns()) ids.insert(column.metadata_id);
  return ids;
}

}  // namespace

LiveDefinitions live_definitions(const Catalogue& catalogue) {
  LiveDefinitions live;
  for (const Table& table : catalogue.tables()) {
    if (table.is_deleted) continue;
    live.push_back({table.metadata_id, DefinitionKind::table});
    for (const Column& column : table.columns())
      if (!column.is_deleted) live.push_back({column.metadata_id, DefinitionKind::column});
  }
  for (const OneToMany& one : catalogue.one_to_many())
    if (!one.schema_name.empty()) live.push_back({one.metadata_id, DefinitionKind::relationship});
  for (const ManyToMany& many : catalogue.many_to_many())
    if (!many.schema_name.empty()) live.push_back({many.metadata_id, DefinitionKind::relationship});
  for (const auto& [name, choice] : catalogue.global_choices())
    live.push_back({choice->metadata_id, DefinitionKind::choice});
  return live;
}

void note_deleted(Organization& org, const LiveDefinitions& before) {
  const LiveDefinitions after = live_definitions(*org.catalogue);
  const std::set<Uuid> unmentioned = columns_of_dead_tables(*org.catalogue);
  auto lives = after.begin();
  for (const LiveDefinition& one : before) {
    const bool is_left = lives != after.end() && *lives == one;
    if (is_left)
      ++lives;
    else if (one.kind != DefinitionKind::column || !unmentioned.contains(one.id))
      org.deleted_definitions.push_back({one.kind, one.id, org.metadata_requests.size()});
  }
}

}  // namespace flit::sim::dataverse
