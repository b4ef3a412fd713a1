#pragma once
/// @file How rows that several records speak of stand in the ledger (mapping/compiled_also.hpp).
///
/// Their assignment has the records' object, the digest of the key for a source id, and a role of
/// its own, "also:company"; it names the record whose values the row takes. Who makes, compares or
/// explains rows asks for their map by the name that map_name() gives.

#include <string>
#include <string_view>

#include "engine/migration_map.hpp"
#include "store/assignments.hpp"

namespace flit::engine {

/// Whether an assignment's role is that of such a row.
bool is_also(std::string_view role);

/// "also:company"
std::string also_role(std::string_view also);

/// The name under which MigrationMap::find() knows what makes this row: the object, or the object
/// and the rule.
std::string map_name(const store::Assignment& assignment);

/// The object and the role of the rows that a map makes, by the name it goes under.
struct RowsOfMap {
  std::string object{};
  std::string role = "primary";
};
RowsOfMap rows_of(const MigrationMap& map, std::string_view name);

}  // namespace flit::engine
