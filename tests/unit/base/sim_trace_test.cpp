#include "base/sim_trace.hpp"

#include <gtest/gtest.h>

namespace flit {
namespace {

using namespace std::chrono_literals;

TEST(SimTrace, KeepsTheLastStepsOnlyButItsDigestCoversAll) {
  SimTrace all(10);
  SimTrace some(1);
  for (SimTrace* trace : {&all, &some}) {
    trace->add_lane("main");
    trace->add({1, 0s, 0, SimTrace::Why::starts, "", ""});
    trace->add({2, 1500ms, 0, SimTrace::Why::ready, "channel orders", "room"});
  }

  EXPECT_EQ(some.text(), "#2 +1.500000 main goes on: channel orders, room\n");
  EXPECT_EQ(all.steps().size(), 2U);
  EXPECT_EQ(all.digest(), some.digest());
}

TEST(SimTrace, TheFirstDifferenceIsShownFromBothSides) {
  SimTrace one(10);
  SimTrace other(10);
  one.add_lane("main");
  other.add_lane("main");
  one.add({1, 0s, 0, SimTrace::Why::starts, "", ""});

  EXPECT_EQ(first_difference(one, one), "");
  EXPECT_EQ(first_difference(one, other), "#1 +0.000000 main starts\n(ended)");
}

}  // namespace
}  // namespace flit
