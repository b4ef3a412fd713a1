#include "sim/interactive/store/record_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flit::sim::interactive {
namespace {

using testing::ElementsAre;

class RecordTableTest : public testing::Test {
 protected:
  Draft contact(std::uint64_t id, std::int64_t updated) const {
    Draft draft(table_.schema());
    draft.id = id;
    draft.created_ms = 1'000;
    draft.updated_ms = updated;
    return draft;
  }
  std::vector<std::uint64_t> ids_by_time(bool archived) const {
    std::vector<std::uint64_t> ids;
    for (const std::uint32_t at : table_.by_time(archived)) ids.push_back(table_.rows()[at].id);
    return ids;
  }

  RecordTable table_{standard_objects().front()};
};

TEST_F(RecordTableTest, GivesBackEveryKindOfValue) {
  Draft draft = contact(7, 5'000);
  draft.text("email", "a\"b\n@x.example").text("status", "active").flag("email_opt_out", false);
  draft.number("birth_date", -86'400'000).json("consent", R"({"a":[1]})").clear("first_name");
  draft.system.tags = R"(["1"])";
  table_.append(draft);

  const Row& row = *table_.find(7);
  EXPECT_EQ(table_.text(row, "email"), "a\"b\n@x.example");
  EXPECT_EQ(table_.value(row, "status"), "\"active\"");
  EXPECT_EQ(table_.value(row, "email_opt_out"), "false");
  EXPECT_EQ(table_.value(row, "birth_date"), "-86400000");
  EXPECT_EQ(table_.value(row, "consent"), R"({"a":[1]})");
  EXPECT_EQ(table_.value(row, "first_name"), "");
  EXPECT_EQ(table_.draft(row).system.tags, R"(["1"])");
}

TEST_F(RecordTableTest, FindsIdsWithGaps) {
  for (const std::uint64_t id : {5U, 6U, 9U, 1'000'000U}) table_.append(contact(id, 1));

  EXPECT_EQ(table_.find(9)->id, 9U);
  EXPECT_EQ(table_.find(7), nullptr);
  EXPECT_EQ(table_.find(1'000'001), nullptr);
  EXPECT_EQ(table_.lower_bound(7), 2U);
}

TEST_F(RecordTableTest, KeepsTheOrderByTimeThroughChanges) {
  for (const std::uint64_t id : {1U, 2U, 3U}) table_.append(contact(id, 10));
  EXPECT_THAT(ids_by_time(false), ElementsAre(1, 2, 3));

  table_.replace(contact(1, 20));
  EXPECT_THAT(ids_by_time(false), ElementsAre(2, 3, 1));

  Draft archived = contact(3, 10);
  archived.archived_ms = 99;
  table_.replace(archived);
  EXPECT_THAT(ids_by_time(false), ElementsAre(2, 1));
  EXPECT_THAT(ids_by_time(true), ElementsAre(3));
  EXPECT_EQ(table_.live(), 2U);

  table_.erase(2);
  EXPECT_THAT(ids_by_time(false), ElementsAre(1));
}

TEST_F(RecordTableTest, NeedsFewBytesForARecord) {
  for (std::uint64_t id = 1; id <= 10'000; ++id) {
    Draft draft = contact(id, 10);
    draft.text("email", "somebody@mail.example").text("status", "active");
    table_.append(draft);
  }

  EXPECT_LT(table_.bytes() / 10'000, 160U);
}

}  // namespace
}  // namespace flit::sim::interactive
