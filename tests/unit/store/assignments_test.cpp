#include "store/assignments.hpp"

#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

class AssignmentsTest : public LedgerTest {
 protected:
  void plan(const std::vector<Assignment>& all) {
    commit([&](sql::Connection& transaction) { return assignments_.plan(transaction, all); });
  }
  Assignment find(const std::string& id, const std::string& role = "primary") {
    std::optional<Assignment> found;
    read([&](sql::Connection& reader) -> Result<void> {
      FLIT_TRY(one, assignments_.find(reader, "contacts", id, role));
      found = one;
      return {};
    });
    EXPECT_TRUE(found.has_value());
    return found.value_or(Assignment{});
  }

  Names names_;
  Assignments assignments_{names_};
};

Assignment contact(const std::string& id, Verdict verdict = Verdict::create,
                   const std::string& reason = "") {
  return {.source = 1,
          .object = "contacts",
          .source_id = id,
          .table = "contact",
          .target_id = "t-" + id,
          .verdict = verdict,
          .reason = reason};
}

TEST_F(AssignmentsTest, APlanIsReplacedUntilSomethingWasSent) {
  plan({contact("1", Verdict::fail, "out_of_range")});
  plan({contact("1")});
  EXPECT_EQ(find("1").verdict, Verdict::create);

  commit([&](sql::Connection& transaction) {
    return assignments_.set_state(transaction, find("1").id, State::done);
  });
  plan({contact("1", Verdict::skip, "rule")});

  EXPECT_EQ(find("1").verdict, Verdict::create);
  EXPECT_EQ(find("1").state, State::done);
}

TEST_F(AssignmentsTest, AScanGivesWhatPassesTheFilterPageByPage) {
  std::vector<Assignment> all;
  all.reserve(10);
  for (int i = 0; i < 10; ++i)
    all.push_back(contact(std::to_string(i), i % 2 == 0 ? Verdict::create : Verdict::hold, ""));
  plan(all);

  std::vector<std::string> seen;
  std::int64_t after = 0;
  for (int page = 0; page < 4; ++page)
    read([&](sql::Connection& reader) {
      return assignments_.scan(
          reader, {.table = "contact", .verdict = Verdict::create, .state = State::planned}, after,
          2, [&](const Assignment& one) -> Result<void> {
            seen.push_back(one.source_id);
            after = one.id;
            return {};
          });
    });

  EXPECT_EQ(seen, (std::vector<std::string>{"0", "2", "4", "6", "8"}));
}

TEST_F(AssignmentsTest, TheCountsAddUpToTheRecords) {
  plan({contact("1"), contact("2", Verdict::hold, "no_email"), contact("3", Verdict::merge),
        contact("4")});
  commit([&](sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(assignments_.set_state(transaction, find("1").id, State::done));
    return assignments_.fail(transaction, find("4").id, "duplicate", "emailaddress1 is taken");
  });

  std::map<Outcome, std::uint64_t> totals;
  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(counts, assignments_.count(reader));
    for (const OutcomeCount& one : counts) totals[one.outcome] += one.count;
    return {};
  });

  EXPECT_EQ(
      totals,
      (std::map<Outcome, std::uint64_t>{
          {Outcome::created, 1}, {Outcome::held, 1}, {Outcome::merged, 1}, {Outcome::failed, 1}}));
  EXPECT_EQ(find("4").detail, "emailaddress1 is taken");
}

TEST_F(AssignmentsTest, ARowOverThereLeadsBackToEveryRecordThatBecameIt) {
  Assignment merged = contact("2");
  merged.target_id = "t-1";
  plan({contact("1"), merged});

  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, assignments_.by_target(reader, "t-1"));
    EXPECT_EQ(found.size(), 2U);
    return {};
  });
}

}  // namespace
}  // namespace flit::store
