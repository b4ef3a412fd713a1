#include "engine/chunk_loader.hpp"

#include "tests/unit/engine/small_company.hpp"
#include "tests/unit/engine/tables_in_memory.hpp"

namespace flit::engine {
namespace {

using store::State;

class ChunkLoaderTest : public SmallCompany {
 protected:
  void SetUp() override {
    SmallCompany::SetUp();
    for (const char* id : {"1", "2", "3"})
      stage("companies", id, std::string(R"({"name":"Company )") + id + "\"}");
    assess();
  }

  Result<LoadCounts> load() {
    begin();
    auto maker = make_row_maker(*migration_, {.table = "account", .object = "companies"});
    EXPECT_TRUE(maker) << maker.error().text();
    ChunkLoader loader(*migration_, **maker, {"lane 1", "S-07", "accounts"});
    LoadCounts total;
    for (const store::OpenBatch& open : open_batches()) {
      const auto chunk = chunk_of(open.batch);
      auto counts = loader.settle_open({open.batch, first_operation_}, chunk, before_, {});
      if (!counts) return counts;
      total += *counts;
    }
    const auto chunk = planned();
    if (chunk.empty()) return total;
    auto counts = loader.load(chunk, {});
    if (counts) *counts += total;
    return counts;
  }

  std::vector<store::Assignment> chunk_of(std::int64_t batch) {
    std::vector<store::Assignment> chunk;
    first_operation_ = 0;
    before_.clear();
    EXPECT_TRUE(ledger_->read([&](store::sql::Connection& reader) {
      return books_.journal.operations(
          reader, batch, [&](const store::Change& change) -> Result<void> {
            if (first_operation_ == 0) first_operation_ = change.operation;
            FLIT_TRY(assignment, books_.assignments.by_id(reader, change.assignment));
            chunk.push_back(*assignment);
            before_.push_back(change.before_image.value_or(""));
            return {};
          });
    }));
    return chunk;
  }

  std::vector<store::Assignment> planned() {
    std::vector<store::Assignment> all;
    EXPECT_TRUE(ledger_->read([&](store::sql::Connection& reader) {
      return books_.assignments.scan(reader, {.table = "account", .state = State::planned}, 0, 100,
                                     [&](const store::Assignment& one) -> Result<void> {
                                       all.push_back(one);
                                       return {};
                                     });
    }));
    return all;
  }

  std::vector<store::OpenBatch> open_batches() {
    std::vector<store::OpenBatch> open;
    EXPECT_TRUE(ledger_->read([&](store::sql::Connection& reader) -> Result<void> {
      FLIT_TRY(found, books_.journal.open_batches(reader));
      open = std::move(found);
      return {};
    }));
    return open;
  }

  std::int64_t first_operation_ = 0;
  std::vector<std::string> before_;
};

TEST_F(ChunkLoaderTest, AChunkIsOneRequestAndEveryRowIsDone) {
  const auto counts = load();

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(counts->done, 3U);
  EXPECT_EQ(destination.requests, 1);
  EXPECT_EQ(destination.ids.size(), 3U);
  EXPECT_TRUE(open_batches().empty());
  EXPECT_EQ(assigned("companies", "2").state, State::done);
}

TEST_F(ChunkLoaderTest, OneBadRowFailsAloneAndSaysWhy) {
  destination.refuses = "Company 2";

  const auto counts = load();

  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->done, 2U);
  EXPECT_EQ(counts->failed, 1U);
  EXPECT_EQ(destination.requests, 2);
  EXPECT_EQ(assigned("companies", "2").state, State::failed);
  EXPECT_EQ(assigned("companies", "2").reason, "0x8004431a");
  EXPECT_EQ(assigned("companies", "2").detail, "not that one");
}

class LostAnswer : public ChunkLoaderTest, public ::testing::WithParamInterface<bool> {};

TEST_P(LostAnswer, LeavesAnOpenBatchThatTheNextProcessSettlesWithoutDoublingAnything) {
  const Error lost{.fault = Fault::ambiguous, .message = "the connection broke"};
  (GetParam() ? destination.after_commit : destination.before_commit) = lost;
  ASSERT_FALSE(load());
  EXPECT_EQ(open_batches().size(), 1U);
  EXPECT_EQ(assigned("companies", "1").state, State::intended);

  const auto counts = load();

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_EQ(counts->done, 3U);
  EXPECT_EQ(destination.ids.size(), 3U);
  EXPECT_TRUE(open_batches().empty());
  EXPECT_EQ(assigned("companies", "1").state, State::done);
}

INSTANTIATE_TEST_SUITE_P(BeforeAndAfterTheCommit, LostAnswer, ::testing::Bool());

TEST_F(ChunkLoaderTest, LoadingAgainSendsNothing) {
  ASSERT_TRUE(load());

  ASSERT_TRUE(load());

  EXPECT_EQ(destination.requests, 1);
}

}  // namespace
}  // namespace flit::engine
