#include "store/journal.hpp"

#include "base/check.hpp"
#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

using model::RowOutcome;
using model::Verb;

class JournalTest : public LedgerTest {
 protected:
  IntendedBatch intend(const std::vector<Intent>& writes, Verb verb = Verb::create) {
    IntendedBatch intended;
    commit([&](sql::Connection& transaction) -> Result<void> {
      FLIT_TRY(batch, journal_.intend(transaction,
                                      {.stream = "lane 1",
                                       .stage = "S-07",
                                       .phase = "accounts",
                                       .table = "account",
                                       .verb = verb,
                                       .writes = writes},
                                      Instant{}));
      intended = batch;
      return {};
    });
    return intended;
  }
  void settle(const IntendedBatch& batch, const std::vector<RowOutcome>& outcomes) {
    commit([&](sql::Connection& transaction) {
      return journal_.settle(transaction, "lane 1", batch, outcomes, Instant{});
    });
  }
  std::optional<std::string> break_of_chain() {
    std::optional<std::string> broken;
    read([&](sql::Connection& reader) -> Result<void> {
      FLIT_TRY(verification, journal_.verify(reader));
      broken = verification.broken;
      return {};
    });
    return broken;
  }
  void tamper(const char* statement) {
    commit([&](sql::Connection& transaction) { return transaction.execute(statement); });
  }

  Names names_;
  Journal journal_{names_};
};

TEST_F(JournalTest, ABatchIsOpenFromItsIntentToItsSettlement) {
  const IntendedBatch batch =
      intend({{.assignment = 1, .target_id = "a"}, {.assignment = 2, .target_id = "b"}});
  const auto open = [&] {
    std::size_t count = 0;
    read([&](sql::Connection& reader) -> Result<void> {
      FLIT_TRY(batches, journal_.open_batches(reader));
      count = batches.size();
      return {};
    });
    return count;
  };
  EXPECT_EQ(open(), 1U);
  reopen();
  EXPECT_EQ(open(), 1U);

  settle(batch, {{},
                 {.kind = RowOutcome::Kind::failed,
                  .error = Error{.message = "too long", .code = "0x80044331"}}});

  EXPECT_EQ(open(), 0U);
  EXPECT_EQ(break_of_chain(), std::nullopt);
}

TEST_F(JournalTest, NoUpdateIsMeantWithoutItsBeforeImage) {
  EXPECT_THROW(intend({{.assignment = 1, .target_id = "a"}}, Verb::update), Bug);
}

TEST_F(JournalTest, ABatchIsSettledOnce) {
  const IntendedBatch batch = intend({{.assignment = 1, .target_id = "a"}});
  settle(batch, {{}});

  EXPECT_THROW(settle(batch, {{}}), Bug);
}

TEST_F(JournalTest, ChangesComeBackNewestFirstWithWhatUndoingNeeds) {
  intend({{.assignment = 1, .target_id = "a"}});
  intend({{.assignment = 2, .target_id = "b", .before_image = R"({"name":"old"})"}}, Verb::update);

  std::vector<Change> changes;
  read([&](sql::Connection& reader) {
    return journal_.changes(reader, "account", [&](const Change& change) -> Result<void> {
      changes.push_back(change);
      return {};
    });
  });

  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].target.id, "b");
  EXPECT_EQ(changes[0].before_image, R"({"name":"old"})");
  EXPECT_EQ(changes[1].verb, Verb::create);
}

class Tampering : public JournalTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(Tampering, IsFound) {
  const IntendedBatch batch =
      intend({{.assignment = 1, .target_id = "a"}, {.assignment = 2, .target_id = "b"}});
  settle(batch, {{},
                 {.kind = RowOutcome::Kind::failed,
                  .error = Error{.message = "too long", .code = "0x80044331"}}});
  commit([&](sql::Connection& transaction) {
    return journal_.note(transaction, "gates", "approved", R"({"gate":"map","by":"Ada"})",
                         Instant{});
  });
  ASSERT_EQ(break_of_chain(), std::nullopt);

  tamper(GetParam());

  EXPECT_NE(break_of_chain(), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Of, Tampering,
    ::testing::Values("UPDATE operation SET target_id = 'c' WHERE target_id = 'b'",
                      "DELETE FROM operation WHERE target_id = 'a'",
                      "INSERT INTO operation (batch, assignment, verb, target_table, target_id) "
                      "VALUES (1, 9, 0, 1, 'x')",
                      "INSERT INTO operation (batch, assignment, verb, target_table, target_id) "
                      "VALUES (7, 9, 0, 1, 'x')",
                      "UPDATE operation_result SET message = 'fine'",
                      "DELETE FROM operation_result",
                      "UPDATE fact SET body = replace(body, 'Ada', 'Eve') WHERE stream = 'gates'",
                      "UPDATE fact SET at = at + 1 WHERE stream = 'lane 1' AND number = 1",
                      "DELETE FROM fact WHERE stream = 'lane 1' AND number = 1"));

TEST_F(JournalTest, ASealNamesTheHeadOfEveryStreamSoThatAnEndCannotBeCutOff) {
  intend({{.assignment = 1, .target_id = "a"}});
  commit([&](sql::Connection& transaction) { return journal_.seal(transaction, Instant{}); });
  ASSERT_EQ(break_of_chain(), std::nullopt);

  tamper("DELETE FROM operation; DELETE FROM fact WHERE stream = 'lane 1'");

  EXPECT_NE(break_of_chain(), std::nullopt);
}

}  // namespace
}  // namespace flit::store
