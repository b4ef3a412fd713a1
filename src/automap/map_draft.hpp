#pragma once
/// @file From a proposal to the map that people check: routes, rules, links, states, ignored
/// fields, and the columns to make where real data has no home.
///
/// What is known already (a path's pack) is kept word for word, as far as source and destination
/// have what it names (known_lines.hpp); the proposal speaks only for fields that no line of it
/// names. Every source field ends up in at least one of mapped, preserved and ignored, with its
/// confidence, its reason and what else was considered. Nothing lossy is silent: a conversion that
/// the engine cannot do, or a value map that gives up a distinction, keeps the original in a column
/// of its own. Pure, deterministic.

#include <string>
#include <vector>

#include "automap/known_lines.hpp"
#include "automap/proposal.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"
#include "model/schema_change.hpp"

namespace flit::automap {

/// A column that must exist before the map can be compiled; the rule that fills it is `preserved`.
struct ColumnToMake {
  std::string object{};  ///< source object and field whose values it keeps
  std::string field{};
  model::CreateColumn create{};
  std::string why{};
};

struct MapDraft {
  model::MapDocument map{};
  std::vector<ColumnToMake> columns{};
  std::vector<std::string> notes{};  ///< what of the known map does not apply here, and why
};

struct DraftRequest {
  const Proposal& proposal;          ///< of adapt(source) onto adapt(destination)
  const model::Schema& source;       ///< as it was given to adapt()
  const model::Schema& destination;  ///< as it is today, without the columns to make
  std::string path{};
  const model::MapDocument* known = nullptr;  ///< null: the proposal says everything
  std::vector<KnownColumn> known_columns{};   ///< that the path makes
  /// Objects that `known` does not name wait for a person instead of following the proposal.
  bool only_known_objects = false;
  /// From this confidence on a proposal becomes a rule; below, the field gets a column of its own
  /// and what was proposed stands beside it as an alternative.
  double accept = 0.0;
  std::string prefix = "flit_";  ///< of the names of columns to make
};

MapDraft to_map(const DraftRequest& request);

}  // namespace flit::automap
