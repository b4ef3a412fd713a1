#pragma once
/// @file S-03: what must exist over there before data can move, as a list that people sign.
///
/// A plan states what is wanted, not what is left to do: a step that is there already stays in the
/// list, marked. So the plan of today and the plan of tomorrow, half applied, have one fingerprint,
/// and it changes only when what is wanted changes. Steps come in dependency order: tables, columns
/// with their choices, further options, relationships, keys. Pure; memory grows with the schema.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/observed.hpp"
#include "model/destination.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"
#include "model/schema_change.hpp"
#include "packs/path_pack.hpp"

namespace flit::engine {

/// Under which names and numbers a platform takes new things (facts/dataverse.md §11).
struct NamingRules {
  std::string prefix = "flit";              ///< of the publisher; names begin with it and "_"
  std::int64_t first_option = 727'000'000;  ///< option values count from here
  std::size_t longest_name = 50;
  std::uint32_t longest_line = 4000;  ///< beyond: a column of several lines
  std::uint32_t longest_text = 1'048'576;
  std::size_t most_options = 500;  ///< beyond: a column of text
};

struct PlannedChange {
  model::SchemaChange change;
  std::string reason;  ///< why it is wanted, for people
  std::string row{};   ///< of the mission
  bool there = false;  ///< exists already and serves
};

/// What stands in the plan's way, or would make it fail.
struct SetupProblem {
  std::string where;  ///< "opportunity.flit_stage"
  std::string message;
  std::string remedy;
};

/// G-D365-1: a licence that counts custom tables (facts/dataverse.md §15).
struct LicenceImpact {
  std::string edition{};
  std::uint64_t custom_tables_there = 0;
  std::uint64_t custom_tables_new = 0;
  std::optional<std::uint64_t> limit{};  ///< none: the edition has none

  bool exceeded() const { return limit && custom_tables_there + custom_tables_new > *limit; }
};

struct SetupPlan {
  std::vector<PlannedChange> changes{};
  std::vector<SetupProblem> problems{};
  LicenceImpact licence{};

  std::size_t missing() const;  ///< steps that are not there yet
};

struct SetupInputs {
  const packs::PathPack& path;
  const model::MapDocument& map;
  const model::Schema& source;
  const Observed& observed;
  const model::Schema& destination;  ///< as it is now, every table that the map writes to
  const model::DestinationFacts& facts;
  /// Names of what an earlier, perhaps interrupted run of this plan made ("account.flit_x").
  std::set<std::string> ours{};
  NamingRules names{};
};

SetupPlan plan_setup(const SetupInputs& inputs);

/// The destination as it will be once the plan is applied: what a map is checked against before.
model::Schema with_plan(const model::Schema& destination, const SetupPlan& plan);

/// "account.flit_source_id", "key account.flit_source_key": how a step is known in the ledger.
std::string name_of(const model::SchemaChange& change);

}  // namespace flit::engine
