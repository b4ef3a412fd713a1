#include "store/undoing.hpp"

#include "store/history.hpp"
#include "store/journal.hpp"
#include "store/lookups.hpp"
#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

class UndoingTest : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    plan("1", Verdict::create, State::done);
    plan("2", Verdict::create, State::planned);
    plan("3", Verdict::update, State::done);
    plan("4", Verdict::create, State::failed);
    plan("5", Verdict::skip, State::planned);
    plan("6", Verdict::create, State::intended, 2);
  }

  void plan(const std::string& id, Verdict verdict, State state, std::int64_t depth = 0) {
    const Assignment one{.source = 1,
                         .object = "contacts",
                         .source_id = id,
                         .table = "contact",
                         .target_id = "t-" + id,
                         .verdict = verdict,
                         .depth = depth};
    commit([&](sql::Connection& transaction) {
      return assignments_.plan(transaction, std::span(&one, 1));
    });
    set(id, state);
  }

  void set(const std::string& id, State state) {
    const std::int64_t number = find(id).id;
    commit([&](sql::Connection& transaction) {
      return assignments_.set_state(transaction, number, state);
    });
  }

  Assignment find(const std::string& id) {
    std::optional<Assignment> found;
    read([&](sql::Connection& reader) -> Result<void> {
      FLIT_TRY(one, assignments_.find(reader, "contacts", id, "primary"));
      found = one;
      return {};
    });
    return found.value_or(Assignment{});
  }

  std::vector<std::string> reached(Verdict verdict, std::int64_t depth) {
    std::vector<std::string> ids;
    read([&](sql::Connection& reader) {
      return undoing_.reached(reader, {"contact", verdict, depth}, 0, 100,
                              [&](const Assignment& one) -> Result<void> {
                                ids.push_back(one.source_id);
                                return {};
                              });
    });
    return ids;
  }

  /// A write for a record, on record and settled.
  void write(const std::string& id, std::string_view stage, model::Verb verb,
             std::string_view image) {
    const Assignment one = find(id);
    Intent intent{one.id, one.target_id, image};
    commit([&](sql::Connection& transaction) -> Result<void> {
      FLIT_TRY(batch, journal_.intend(transaction,
                                      {.stream = "lane 0",
                                       .stage = stage,
                                       .phase = "contacts",
                                       .table = "contact",
                                       .verb = verb,
                                       .road = model::Road::individual,
                                       .writes = std::span(&intent, 1)},
                                      clock_.now()));
      const std::vector<model::RowOutcome> outcomes(1);
      return journal_.settle(transaction, "lane 0", batch, outcomes, clock_.now());
    });
  }

  TakenBack taken_back() {
    TakenBack taken;
    read([&](sql::Connection& reader) -> Result<void> {
      FLIT_TRY(found, undoing_.taken_back(reader));
      taken = found;
      return {};
    });
    return taken;
  }

  Names names_;
  Assignments assignments_{names_};
  Journal journal_{names_};
  Undoing undoing_{names_, assignments_};
};

TEST_F(UndoingTest, WhatAWriteMayHaveReachedIsTakenBackDeepestFirst) {
  Reach reach;
  read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, undoing_.reach(reader, "contact", false));
    reach = found;
    return {};
  });

  EXPECT_EQ(reach.rows, 4U);
  EXPECT_EQ(reach.deepest, 2);
  EXPECT_EQ(reached(Verdict::create, 2), (std::vector<std::string>{"6"}));
  EXPECT_EQ(reached(Verdict::create, 0), (std::vector<std::string>{"1", "4"}));
  EXPECT_EQ(reached(Verdict::update, 0), (std::vector<std::string>{"3"}));
}

TEST_F(UndoingTest, WhatWasKeptStaysAsItIsAndEverythingElseIsPlannedAnew) {
  commit([&](sql::Connection& transaction) {
    return undoing_.keep(transaction, find("1").id, "edited", "somebody changed it");
  });
  set("3", State::rolled_back);

  commit([&](sql::Connection& transaction) { return undoing_.reopen(transaction, false); });

  EXPECT_EQ(find("1").state, State::kept);
  EXPECT_EQ(find("1").reason, "edited");
  EXPECT_EQ(find("1").detail, "somebody changed it");
  for (const char* id : {"2", "3", "4", "5", "6"}) EXPECT_EQ(find(id).state, State::planned) << id;
}

TEST_F(UndoingTest, ASampleIsReopenedAlone) {
  commit([&](sql::Connection& transaction) {
    return assignments_.mark_sampled(transaction, find("1").id, true);
  });

  commit([&](sql::Connection& transaction) { return undoing_.reopen(transaction, true); });

  EXPECT_EQ(find("1").state, State::planned);
  EXPECT_FALSE(find("1").sampled);
  EXPECT_EQ(find("3").state, State::done);
}

TEST_F(UndoingTest, TheJournalKnowsWhatWasTakenBackWhoeverDidIt) {
  write("1", "S-10", model::Verb::remove, "{}");
  write("3", "S-10", model::Verb::update, "{}");
  for (const char* id : {"1", "3", "4"}) set(id, State::rolled_back);
  set("6", State::kept);

  const TakenBack taken = taken_back();

  EXPECT_EQ(taken.deleted, 1U) << "what was refused was never there";
  EXPECT_EQ(taken.restored, 1U);
  EXPECT_EQ(taken.kept, 1U);
}

TEST_F(UndoingTest, ARowsHistoryIsToldInOrderWithItsBeforeImages) {
  write("3", "S-07", model::Verb::update, R"({"name":["text","old"]})");
  write("3", "S-10", model::Verb::update, R"({"name":["text","new"]})");
  std::vector<std::string> told;

  read([&](sql::Connection& reader) {
    return history(names_, reader, find("3").id, [&](const Step& step) -> Result<void> {
      told.push_back(step.stage + " " + std::string(to_string(step.verb)) + " " +
                     step.before_image.value_or("-"));
      return {};
    });
  });

  EXPECT_EQ(told, (std::vector<std::string>{R"(S-07 update {"name":["text","old"]})",
                                            R"(S-10 update {"name":["text","new"]})"}));
}

TEST_F(UndoingTest, AnIdIsFoundWhicheverSideItIsOf) {
  const Assignment link{.source = 1,
                        .object = "contacts",
                        .source_id = "1→501",
                        .role = "link:contacts→companies",
                        .table = "connection",
                        .target_id = "l-1"};
  commit([&](sql::Connection& transaction) {
    return assignments_.plan(transaction, std::span(&link, 1));
  });
  const auto count = [&](std::string_view id) {
    std::size_t found = 0;
    read([&](sql::Connection& reader) -> Result<void> {
      FLIT_TRY(all, assignments_of(reader, id));
      found = all.size();
      return {};
    });
    return found;
  };

  EXPECT_EQ(count("1"), 2U) << "the record and its link";
  EXPECT_EQ(count("501"), 1U);
  EXPECT_EQ(count("50"), 0U);
  EXPECT_EQ(count("T-6"), 1U) << "ids over there have no case";
}

}  // namespace
}  // namespace flit::store
