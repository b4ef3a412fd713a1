// The product never asks a simulator for what no real platform would tell.

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/support/process.hpp"

namespace flit::test {
namespace {

TEST(Product, KnowsNoAddressOfASimulatorsControls) {
  std::ifstream in(binary("flitstack"), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};

  ASSERT_GT(bytes.size(), 1'000'000U);
  EXPECT_EQ(bytes.find("__sim"), std::string::npos);
}

}  // namespace
}  // namespace flit::test
