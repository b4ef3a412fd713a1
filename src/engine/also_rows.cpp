#include "engine/also_rows.hpp"

namespace flit::engine {
namespace {

constexpr std::string_view also_prefix = "also:";

}  // namespace

bool is_also(std::string_view role) {
  return role.starts_with(also_prefix);
}

std::string also_role(std::string_view also) {
  return std::string(also_prefix).append(also);
}

std::string map_name(const store::Assignment& assignment) {
  if (!is_also(assignment.role)) return assignment.object;
  return mapping::also_name(assignment.object,
                            std::string_view(assignment.role).substr(also_prefix.size()));
}

RowsOfMap rows_of(const MigrationMap& map, std::string_view name) {
  for (const model::ObjectMap& object : map.document().objects)
    for (const mapping::CompiledAlso& also : map.also(object.object))
      if (also.object().object() == name) return {object.object, also_role(also.rule().name)};
  return {.object = std::string(name)};
}

}  // namespace flit::engine
