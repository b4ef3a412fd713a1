#pragma once
/// @file Which records are worth trying first: for every risk that the data hold, the record that
/// shows it best.
///
/// A risk is a route, a choice value, an owner class, a last state, or an extreme: the longest text
/// of a field, the oldest record, the deepest hierarchy. One pass over everything; memory grows
/// with the number of risks (fields times options), not with the records. Ties go to the record
/// that was seen first, so the same data give the same answer. Not thread-safe.

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/migration.hpp"
#include "model/record.hpp"

namespace flit::engine {

/// One risk and the record that shows it.
struct Risk {
  std::string name;  ///< "choice contacts.lead_source = website"
  model::SourceKey record;
};

class RiskSurvey {
 public:
  /// `migration` outlives this.
  explicit RiskSurvey(const Migration& migration) : migration_(migration) {}

  /// The risks in the order in which they should be covered: routes, hierarchies, states and owner
  /// classes before extremes, extremes before single choice values. Only records that are planned
  /// to be made are looked at.
  Result<std::vector<Risk>> run(std::stop_token stop);

 private:
  class ObjectSurvey;
  const Migration& migration_;
};

}  // namespace flit::engine
