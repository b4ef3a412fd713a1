#include "model/batch.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit::model {
namespace {

TEST(RecordBatch, RowsStartAbsentAndKeepWhatIsPutIntoThem) {
  RecordBatch batch("account", Verb::create, {"name", "revenue"});
  batch.append({.operation = 7, .id = "a-1"})[0] = Value::text("Northwind", batch.arena());
  batch.append({.operation = 8, .id = "a-2"})[1] = Value::integer(5);

  EXPECT_EQ(batch.size(), 2U);
  EXPECT_EQ(batch.at(0, 0).as_text(), "Northwind");
  EXPECT_TRUE(batch.at(0, 1).is_absent());
  EXPECT_EQ(batch.at(1, 1).as_integer(), 5);
  EXPECT_EQ(batch.header(1).id, "a-2");
}

TEST(RecordBatch, AResetBatchIsEmptyAndUsesTheSameMemory) {
  RecordBatch batch("account", Verb::create, {"name"});
  const auto fill = [&batch] {
    for (int i = 0; i < 500; ++i)
      batch.append({.id = "an-id"})[0] = Value::text("a name", batch.arena());
  };
  fill();
  const std::size_t memory = batch.arena().capacity();

  batch.reset();
  fill();

  EXPECT_EQ(batch.size(), 500U);
  EXPECT_EQ(batch.arena().capacity(), memory);
}

TEST(RecordBatch, ReadingBeyondItsEndIsABug) {
  RecordBatch batch("account", Verb::create, {"name"});
  batch.append({});

  EXPECT_THROW(batch.at(1, 0), Bug);
  EXPECT_THROW(batch.at(0, 1), Bug);
}

}  // namespace
}  // namespace flit::model
