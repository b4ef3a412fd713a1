#include "engine/extraction.hpp"

#include <set>

#include <gtest/gtest.h>

#include "base/sim_executor.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::engine {
namespace {

using namespace std::chrono_literals;

/// Lists of numbered records, three a page, that can fail at the k-th call.
class NumberedSource final : public model::SourceReader {
 public:
  explicit NumberedSource(Executor& executor) : executor_(executor) {}

  Result<std::vector<model::Listing>> listings(std::stop_token) override {
    return std::vector<model::Listing>{
        {.name = "companies"}, {.name = "contacts"}, {.name = "deals"}};
  }

  Result<model::Page> read(const model::Listing& listing, const std::optional<model::Cursor>& from,
                           std::stop_token stop) override {
    ++calls;
    executor_.clock().sleep_for(20ms, stop);
    if (calls == fail_at) return Error{.fault = Fault::setup, .message = "this token may not read"};
    const int first = from ? std::stoi(from->text()) : 0;
    model::Page page;
    for (int i = first; i < first + 3 && i < size; ++i)
      page.records.push_back({.key = {listing.name, std::to_string(i)},
                              .payload = "{\"n\":" + std::to_string(i) + "}"});
    if (first + 3 < size) page.next = model::Cursor(std::to_string(first + 3));
    return page;
  }

  int size = 10;
  int calls = 0;
  int fail_at = 0;

 private:
  Executor& executor_;
};

class ExtractionTest : public ::testing::Test {
 protected:
  /// A process of its own: opens the ledger (or makes it), extracts, ends.
  Result<std::vector<ExtractedList>> extract(int fail_at, int& calls) {
    std::optional<Result<std::vector<ExtractedList>>> result;
    SimExecutor executor({.seed = 3});
    executor.run([&] {
      auto ledger =
          std::filesystem::exists(file())
              ? store::Ledger::open(file(), executor, {.sync = false})
              : store::Ledger::create(file(), {.id = "m", .path = "p"}, executor, {.sync = false});
      ASSERT_TRUE(ledger) << ledger.error().text();
      store::Books books;
      EventHub events;
      Environment environment{executor, events, **ledger, books};
      NumberedSource source(executor);
      source.fail_at = fail_at;
      Pacer pacer(executor, "source", {});
      result.emplace(Extraction(environment, source, pacer, {.lanes = 2}).run({}));
      calls = source.calls;
      read_ids(**ledger, books);
    });
    return *result;
  }

  std::filesystem::path file() const { return folder_ / "flitstack.db"; }

  void read_ids(const store::Ledger& ledger, const store::Books& books) {
    staged.clear();
    for (const char* object : {"companies", "contacts", "deals"}) {
      const auto done = ledger.read([&](store::sql::Connection& reader) {
        return books.staging.scan(reader, object, 0, INT64_MAX,
                                  [&](const store::StagedRecord& one) -> Result<void> {
                                    staged.insert(std::string(object) + "/" + one.record.key.id);
                                    return {};
                                  });
      });
      ASSERT_TRUE(done);
    }
  }

  std::multiset<std::string> staged;

 private:
  test::TemporaryDirectory folder_;
};

TEST_F(ExtractionTest, EveryRecordOfEveryListIsInTheLedgerOnce) {
  int calls = 0;
  const auto lists = extract(0, calls);

  ASSERT_TRUE(lists) << lists.error().text();
  EXPECT_EQ(lists->size(), 3U);
  EXPECT_EQ(staged.size(), 30U);
  EXPECT_EQ(std::set<std::string>(staged.begin(), staged.end()).size(), 30U);
}

TEST_F(ExtractionTest, GoesOnWhereItStoppedAndReadsNoPageTwice) {
  int first_calls = 0;
  const auto failed = extract(6, first_calls);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, Fault::setup);

  int second_calls = 0;
  const auto lists = extract(0, second_calls);

  ASSERT_TRUE(lists);
  EXPECT_EQ(staged.size(), 30U);
  EXPECT_LE(first_calls + second_calls, 3 * 4 + 2)
      << "only pages that were under way may be read again";
}

TEST_F(ExtractionTest, AFinishedExtractionCostsNothing) {
  int calls = 0;
  ASSERT_TRUE(extract(0, calls));

  ASSERT_TRUE(extract(0, calls));

  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace flit::engine
