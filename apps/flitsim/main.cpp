#include "apps/flitsim/kinds.hpp"

int main(int argc, char** argv) {
  return flit::sim::launch(argc, argv, flit::sim::all_kinds(), FLIT_VERSION);
}
