#include "sim/base/digest.hpp"

#include <gtest/gtest.h>

namespace flit::sim {
namespace {

Sha256::Value row(std::string_view name, std::string_view city) {
  return RowHasher().cell("name", name).cell("city", city).finish();
}

TEST(RowHasher, TheOrderOfCellsDoesNotMatterTheirNamesDo) {
  EXPECT_EQ(RowHasher().cell("a", "1").cell("b", "2").finish(),
            RowHasher().cell("b", "2").cell("a", "1").finish());
  EXPECT_NE(RowHasher().cell("a", "1").cell("b", "2").finish(),
            RowHasher().cell("a", "2").cell("b", "1").finish());
}

TEST(RowHasher, CellsCannotRunIntoEachOther) {
  EXPECT_NE(RowHasher().cell("a", "1b:2").finish(),
            RowHasher().cell("a", "1").cell("b", "2").finish());
  EXPECT_NE(RowHasher().cell("ab", "c").finish(), RowHasher().cell("a", "bc").finish());
  EXPECT_NE(RowHasher().cell("a", "").finish(), RowHasher().finish());
}

TEST(RowHasher, IsReadyForTheNextRow) {
  RowHasher hasher;
  hasher.cell("a", "1").finish();

  EXPECT_EQ(hasher.cell("b", "2").finish(), RowHasher().cell("b", "2").finish());
}

TEST(TableDigest, ARowThatStandsThereTwiceChangesIt) {
  TableDigest once;
  once.add(row("Lund", "Aarhus"));
  TableDigest twice = once;
  twice.add(row("Lund", "Aarhus"));

  EXPECT_NE(once.hex(), twice.hex());
}

TEST(DigestReport, AnEmptyTableIsAsGoodAsNone) {
  DigestReport none;
  DigestReport empty;
  empty.tables["custom"];

  EXPECT_EQ(none.digest(), empty.digest());
}

TEST(DigestReport, TheSameRowInAnotherTableIsAnotherState) {
  DigestReport one;
  one.tables["a"].add(row("Lund", "Aarhus"));
  DigestReport other;
  other.tables["b"].add(row("Lund", "Aarhus"));

  EXPECT_NE(one.digest(), other.digest());
}

}  // namespace
}  // namespace flit::sim
