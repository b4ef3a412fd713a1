#include "apps/flitsim/kinds.hpp"

namespace flit::sim {

// One line for each kind, in the order in which the help shows them:
//   kinds.push_back(dataverse::make_kind());
Kinds all_kinds() {
  Kinds kinds;
  return kinds;
}

}  // namespace flit::sim
