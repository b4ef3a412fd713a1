// S-09 and S-10 on generated data and the shipped packs: what was loaded reads back as it was
// meant, down to the last cell, the books balance, and all of it can be taken back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/destination_digest.hpp"
#include "engine/difference.hpp"
#include "engine/loader.hpp"
#include "engine/preflight.hpp"
#include "engine/reconciliation.hpp"
#include "engine/rollback.hpp"
#include "world.hpp"

namespace flit::engine::test {
namespace {

/// "account.revenue of companies 501: expected 5, read 4 (different)" for what should not be.
std::vector<std::string> surprises(const Migration& migration) {
  std::vector<std::string> found;
  const auto counts = compare_rows(
      migration, {.only_sampled = false, .every_field = false},
      [&](const RecordDifference& record) -> Result<void> {
        for (const FieldDifference& field : record.fields)
          found.push_back(record.table + "." + field.column + " of " + record.object + " " +
                          record.source_id + ": expected " + field.expected + ", read " +
                          field.read + " (" + std::string(to_string(field.verdict)) + ")");
        return {};
      },
      {});
  EXPECT_TRUE(counts) << counts.error().text();
  return found;
}

TEST(ReadBack, GeneratedDataHoldsEveryCellBalancesAndIsTakenBack) {
  World world({.contacts = 150, .activities = 250, .seed = 1});
  world.extract();
  world.prepare();
  const Migration migration = world.migration();
  const std::string before = world.dataverse().digest().digest();
  const auto remembered = remember_before(migration, 2, {});
  ASSERT_TRUE(remembered) << remembered.error().text();
  ASSERT_TRUE(Preflight(migration).run({}));
  const auto loaded = Loader(migration, {}).run({});
  ASSERT_TRUE(loaded) << loaded.error().text();

  EXPECT_THAT(surprises(migration), ::testing::IsEmpty());
  const auto books = Reconciliation(migration, {}).run({});
  ASSERT_TRUE(books) << books.error().text();
  EXPECT_TRUE(books->balanced());
  EXPECT_GT(books->total.compared.fields, 5000U);
  EXPECT_EQ(books->total.compared.mismatches(), 0U);
  EXPECT_EQ(books->total.compared.of(CellVerdict::edited), 0U);
  for (const auto& [name, table] : books->tables) {
    if (table.some_companions) continue;
    EXPECT_EQ(table.unexplained(), 0) << name;
  }

  const auto result = Rollback(migration, {}).run({});
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_TRUE(result->equal);
  EXPECT_EQ(result->taken.kept, 0U);
  EXPECT_EQ(world.dataverse().digest().digest(), before);
}

}  // namespace
}  // namespace flit::engine::test
