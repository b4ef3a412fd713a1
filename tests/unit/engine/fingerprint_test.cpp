#include "engine/fingerprint.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

TEST(Fingerprint, ChangesWithAnyPartAndSaysWhich) {
  const Parts approved{{"map/contacts.yaml", "c1"}, {"map/deals.yaml", "d1"}};
  const Parts now{{"map/contacts.yaml", "c2"}, {"map/calls.yaml", "x"}};

  EXPECT_NE(fingerprint_of(approved), fingerprint_of(now));
  EXPECT_EQ(changes(approved, now),
            (std::vector<std::string>{"map/contacts.yaml changed", "map/deals.yaml is gone",
                                      "map/calls.yaml is new"}));
  EXPECT_TRUE(changes(approved, approved).empty());
}

TEST(Fingerprint, NamesAndContentsDoNotRunIntoEachOther) {
  EXPECT_NE(fingerprint_of(Parts{{"a", "b=c"}}), fingerprint_of(Parts{{"a=b", "c"}}));
}

}  // namespace
}  // namespace flit::engine
