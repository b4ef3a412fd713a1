#include "engine/identity.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

const model::RecordKey anna{{"contacts", "101"}, "primary"};

TEST(Identities, TheSameRecordHasTheSameIdentityWheneverItIsAskedFor) {
  EXPECT_EQ(Identities("m", 1).of("contact", anna), Identities("m", 1).of("contact", anna));
  EXPECT_EQ(Identities("m", 1).of("contact", anna).version(), 5);
}

TEST(Identities, WhateverDiffersMakesAnotherIdentity) {
  const Uuid first = Identities("m", 1).of("contact", anna);

  EXPECT_NE(first, Identities("n", 1).of("contact", anna));
  EXPECT_NE(first, Identities("m", 2).of("contact", anna));
  EXPECT_NE(first, Identities("m", 1).of("lead", anna));
  EXPECT_NE(first, Identities("m", 1).of("contact", {{"companies", "101"}, "primary"}));
  EXPECT_NE(first, Identities("m", 1).of("contact", {{"contacts", "102"}, "primary"}));
  EXPECT_NE(first, Identities("m", 1).of("contact", {{"contacts", "101"}, "spouse"}));
}

TEST(Identities, PartsDoNotRunIntoEachOther) {
  EXPECT_NE(Identities("m", 1).of("t", {{"ab", "c"}, "r"}),
            Identities("m", 1).of("t", {{"a", "bc"}, "r"}));
  EXPECT_NE(Identities("m", 11).of("t", {{"a", "b"}, "r"}),
            Identities("m1", 1).of("t", {{"a", "b"}, "r"}));
}

// Written down once: these ids are in customers' destinations and may never change.
TEST(Identities, AreTheSameInEveryVersion) {
  EXPECT_EQ(Identities("0b8e8d0c", 1).of("contact", anna).text(),
            "fdeec718-f105-541e-a50b-37f245f3918d");
}

}  // namespace
}  // namespace flit::engine
