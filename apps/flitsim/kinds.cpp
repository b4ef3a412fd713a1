#include "apps/flitsim/kinds.hpp"

#include "sim/dataverse/service/kind.hpp"
#include "sim/interactive/kind.hpp"
#include "sim/salesforce/service/kind.hpp"

namespace flit::sim {

// One line for each kind, in the order in which the help shows them.
Kinds all_kinds() {
  Kinds kinds;
  kinds.push_back(dataverse::make_kind());
  kinds.push_back(interactive::make_kind());
  kinds.push_back(salesforce::make_kind());
  return kinds;
}

}  // namespace flit::sim
