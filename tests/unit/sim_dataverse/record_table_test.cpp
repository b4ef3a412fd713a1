// Rows in the order of their ids while rows come and go: what paging beside a load stands on.

#include "sim/dataverse/records/record_table.hpp"

#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace flit::sim::dataverse {
namespace {

Uuid id_of(std::uint32_t number) {
  Uuid::Bytes bytes{};
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  return Uuid(bytes);
}

std::unique_ptr<Row> row_of(const Uuid& id) {
  auto row = std::make_unique<Row>();
  row->head.id = id;
  return row;
}

std::vector<Uuid> ids_after(const RecordTable& rows, const std::optional<Uuid>& after,
                            std::size_t most) {
  std::vector<Uuid> ids;
  rows.each_after(after, [&](const Row& row) {
    ids.push_back(row.head.id);
    return ids.size() < most;
  });
  return ids;
}

TEST(RecordTable, ReadsInIdOrderWhateverCameAndWentBetweenThePages) {
  const Table table;
  RecordTable rows(table);
  std::set<Uuid> wanted;
  std::mt19937 random(7);
  constexpr std::uint32_t ids = 3000;

  for (int step = 0; step < 20'000; ++step) {
    const Uuid id = id_of(static_cast<std::uint32_t>(random() % ids));
    if (random() % 3 == 0) {
      rows.take(id);
      wanted.erase(id);
    } else {
      rows.put(row_of(id));
      wanted.insert(id);
    }
    if (step % 37 != 0) continue;
    const Uuid after = id_of(static_cast<std::uint32_t>(random() % ids));
    std::vector<Uuid> page;
    for (auto at = wanted.upper_bound(after); at != wanted.end() && page.size() < 50; ++at)
      page.push_back(*at);
    ASSERT_EQ(ids_after(rows, after, 50), page) << "step " << step;
  }
  EXPECT_EQ(ids_after(rows, {}, ids), std::vector<Uuid>(wanted.begin(), wanted.end()));
}

TEST(RecordTable, ARowThatComesBackIsReadOnce) {
  const Table table;
  RecordTable rows(table);
  rows.put(row_of(id_of(1)));
  rows.put(row_of(id_of(2)));
  EXPECT_EQ(ids_after(rows, {}, 9).size(), 2U);

  rows.put(rows.take(id_of(1)));

  EXPECT_EQ(ids_after(rows, {}, 9), (std::vector{id_of(1), id_of(2)}));
}

TEST(IdOrder, TakesNewEntriesIntoTheBulkAndForgetsThoseThatWent) {
  IdOrder order;
  const auto lives = [](const IdOrder::Entry& entry) { return entry.slot % 2 == 0; };
  for (std::uint32_t i = 0; i < 10'000; ++i) order.add(id_of(i * 7919 % 10'000), i);

  order.settle(lives);
  order.add(id_of(5), 1);
  order.settle(lives);

  std::vector<Uuid> walked;
  order.walk({}, [&](const IdOrder::Entry& entry) {
    walked.push_back(entry.id);
    return true;
  });
  EXPECT_TRUE(order.is_settled());
  EXPECT_TRUE(std::is_sorted(walked.begin(), walked.end()));
  EXPECT_EQ(walked.size(), 5001U);
}

TEST(RecordTable, KnowsWhoRefersToATargetWhateverCameAndWentAndMoved) {
  Table table;
  table.add_column({.logical_name = "parentid", .type = ColumnType::lookup});
  RecordTable rows(table);
  std::map<Uuid, Uuid> wanted;  // row, target
  std::mt19937 random(11);
  constexpr std::uint32_t ids = 500, targets = 40;

  for (int step = 0; step < 20'000; ++step) {
    const Uuid id = id_of(static_cast<std::uint32_t>(random() % ids));
    const Uuid target = id_of(1'000'000 + static_cast<std::uint32_t>(random() % targets));
    if (random() % 3 == 0) {
      rows.take(id);
      wanted.erase(id);
    } else {
      const ColumnCell cell{0, Cell::lookup(0, target)};
      auto row = row_of(id);
      row->pack({&cell, 1});
      rows.put(std::move(row));
      wanted[id] = target;
    }
    std::vector<Uuid> expected;
    for (const auto& [row, named] : wanted)
      if (named == target) expected.push_back(row);
    ASSERT_EQ(rows.referring(0, target), expected) << "step " << step;
  }
}

TEST(ReferrerIndex, ForgetsTargetsThatNobodyNamesWhenItGrows) {
  ReferrerIndex index;
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    index.add(id_of(i), 3);
    index.remove(id_of(i), 3);
  }
  index.add(id_of(7), 3);

  std::vector<std::uint32_t> found;
  index.each(id_of(7), [&](std::uint32_t slot) { found.push_back(slot); });
  index.each(id_of(8), [&](std::uint32_t slot) { found.push_back(slot); });

  EXPECT_EQ(found, std::vector<std::uint32_t>{3});
  EXPECT_LT(index.memory(), 4096U);
}

}  // namespace
}  // namespace flit::sim::dataverse
