#include "store/staging.hpp"

#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

using model::Edge;
using model::Record;

Record contact(const std::string& id, const std::string& payload) {
  return {.key = {"contacts", id}, .payload = payload};
}

class StagingTest : public LedgerTest {
 protected:
  StagedCounts put(const std::vector<Record>& records) {
    StagedCounts counts;
    commit([&](sql::Connection& transaction) -> Result<void> {
      FLIT_TRY(now, staging_.put(transaction, records));
      counts = now;
      return {};
    });
    return counts;
  }

  std::vector<std::string> scanned_ids() {
    std::vector<std::string> ids;
    read([&](sql::Connection& reader) {
      return staging_.scan(reader, "contacts", 0, INT64_MAX,
                           [&](const StagedRecord& staged) -> Result<void> {
                             ids.push_back(staged.record.key.id);
                             return {};
                           });
    });
    return ids;
  }

  Names names_;
  Staging staging_{names_};
};

TEST_F(StagingTest, RecordsComeBackAsTheyCameInTheOrderOfTheirFirstSight) {
  put({contact("9", R"({"a":1})"), contact("10", R"({"a":2})")});
  put({contact("2", R"({"a":3})"), contact("9", R"({"a":4})")});

  EXPECT_EQ(scanned_ids(), (std::vector<std::string>{"9", "10", "2"}));
  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, staging_.find(reader, "contacts", "9"));
    EXPECT_EQ(found ? found->record.payload : "not found", R"({"a":4})");
    return {};
  });
}

TEST_F(StagingTest, AnUnchangedRecordCostsNoWrite) {
  put({contact("1", "{}"), contact("2", "{}")});

  const StagedCounts again =
      put({contact("1", "{}"), contact("2", R"({"b":1})"), contact("3", "{}")});

  EXPECT_EQ(again.unchanged, 1U);
  EXPECT_EQ(again.changed, 1U);
  EXPECT_EQ(again.added, 1U);
}

TEST_F(StagingTest, BeingArchivedIsAChange) {
  put({contact("1", "{}")});
  Record archived = contact("1", "{}");
  archived.archived = true;
  archived.merged_into = "77";

  EXPECT_EQ(put({archived}).changed, 1U);
  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, staging_.find(reader, "contacts", "1"));
    EXPECT_TRUE(found && found->record.archived);
    EXPECT_EQ(found ? found->record.merged_into : std::nullopt, "77");
    return {};
  });
}

TEST_F(StagingTest, EdgesAreFoundFromBothEndsOldestFirst) {
  const auto edge = [](const char* from, const char* to, int second) {
    return Edge{.association = "contacts→companies",
                .from_id = from,
                .to_id = to,
                .label = "employer",
                .created_at = Instant(std::chrono::seconds(second))};
  };
  commit([&](sql::Connection& transaction) {
    return staging_.put_edges(
        transaction, std::vector<Edge>{edge("1", "20", 5), edge("1", "9", 5), edge("1", "7", 1),
                                       edge("2", "9", 3), edge("1", "9", 5)});
  });

  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(from, staging_.edges_from(reader, "contacts→companies", "1"));
    FLIT_TRY(to, staging_.edges_to(reader, "contacts→companies", "9"));
    EXPECT_EQ(from.size(), 3U);
    EXPECT_EQ(from[0].to_id, "7");
    EXPECT_EQ(from[1].to_id, "9");
    EXPECT_EQ(from[2].to_id, "20");
    EXPECT_EQ(to.size(), 2U);
    return {};
  });
}

TEST_F(StagingTest, AnObjectNobodyStagedIsEmpty) {
  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(count, staging_.count(reader, "matters"));
    FLIT_TRY(found, staging_.find(reader, "matters", "1"));
    EXPECT_EQ(count, 0U);
    EXPECT_FALSE(found.has_value());
    return {};
  });
}

}  // namespace
}  // namespace flit::store
