#pragma once
/// @file From probabilities to decisions: ranking, contention between fields, signs for the
/// calibrator.

#include <vector>

#include "automap/features.hpp"
#include "automap/model.hpp"

namespace flit::automap {

/// One case, ranked.
struct Decision {
  const Case* entry = nullptr;
  std::vector<int> order{};           ///< candidate indices, best first
  std::vector<double> probability{};  ///< in that order
  double none = 1.0;                  ///< probability of "none"
  int contended_by = -1;    ///< index of the decision that fills the same column more surely
  bool contending = false;  ///< keeps a column that others want too
  bool gave_way = false;    ///< moved to its next free column
  bool fills_required =
      false;  ///< taken because a name or subject must be filled and nothing else does
  Signs signs{};
  double confidence = 0.0;  ///< calibrated, of the first choice; 0 without candidates
};

/// Ranks all cases and settles who wants the same column. Confidence is filled from the model.
std::vector<Decision> decide(const std::vector<Case>& cases,
                             const std::vector<ObjectGuess>& guesses, const Model& model);

}  // namespace flit::automap
