// The real launcher with a list of kinds that tests need.

#include "apps/flitsim/launcher.hpp"
#include "tests/component/sim_base/shelf.hpp"

int main(int argc, char** argv) {
  flit::sim::Kinds kinds;
  kinds.push_back(std::make_unique<flit::sim::test::ShelfKind>());
  return flit::sim::launch(argc, argv, kinds, "1.2.3");
}
