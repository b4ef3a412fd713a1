#pragma once
/// @file What a ledger says beside what truth.json expects, in words that a failing test can show.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "world.hpp"

namespace flit::engine::test {

/// "contacts 105: expected created lead, found held contact (no_route)" for each record that ended
/// otherwise; objects that the map holds are expected to be held unless archived.
std::vector<std::string> outcome_differences(World& world);

/// code → object → source ids of everything that the stages found.
using Found = std::map<std::string, std::map<std::string, std::set<std::string>>>;
Found findings_of(World& world, std::string_view stage = "S-05");
Found expected_findings(World& world);

/// Assignments that a load left with something to do.
std::vector<std::string> unfinished(World& world);

/// The pairs of spouses that are to be linked, as "101→102".
std::set<std::string> expected_spouses(World& world);
std::set<std::string> planned_spouses(World& world);

}  // namespace flit::engine::test
