#include "engine/row_image.hpp"
#include "tests/component/engine/taken_back.hpp"

namespace flit::engine {
namespace {

/// A row that was there before, changed by us as matching does: its old values are in the ledger.
class RestoringTest : public TakenBack {
 protected:
  void SetUp() override {
    TakenBack::SetUp();
    id =
        edit(R"({"op":"create","table":"account","values":{"name":"Old name","revenue":7}})").at(0);
    before = digest();
    stage(1);
    const Migration here = migration();
    ASSERT_TRUE(remember_before(here, 1, {}));
    update_as_matched();
  }

  void update_as_matched() {
    model::RecordBatch batch("account", model::Verb::update, {"name", "description"});
    model::Arena arena;
    const std::vector<model::Value> old{model::Value::text("Old name", arena),
                                        model::Value::null()};
    const std::string image = image_of(batch.columns(), old);
    auto cells = batch.append({.id = id});
    cells[0] = model::Value::text("New name", batch.arena());
    cells[1] = model::Value::text("Written by us", batch.arena());
    const store::Assignment plan{.source = 1,
                                 .object = "companies",
                                 .source_id = "1",
                                 .table = "account",
                                 .target_id = id,
                                 .verdict = store::Verdict::update};
    ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) -> Result<void> {
      return books.assignments.plan(transaction, std::span(&plan, 1));
    }));
    const std::int64_t assignment = assigned("companies", "1").id;
    const store::Intent intent{assignment, id, image};
    store::IntendedBatch intended;
    ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) -> Result<void> {
      FLIT_TRY(made, books.journal.intend(transaction,
                                          {.stream = "lane 0",
                                           .stage = "S-07",
                                           .phase = "accounts",
                                           .table = "account",
                                           .verb = model::Verb::update,
                                           .road = model::Road::individual,
                                           .writes = std::span(&intent, 1)},
                                          clock.now()));
      intended = made;
      return {};
    }));
    const auto sent = destination.writer.submit(batch, model::Road::individual, {});
    ASSERT_TRUE(sent) << sent.error().text();
    ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) -> Result<void> {
      FLIT_TRY_VOID(
          books.journal.settle(transaction, "lane 0", intended, sent->outcomes, clock.now()));
      return books.assignments.set_state(transaction, assignment, store::State::done);
    }));
    ASSERT_EQ(cell("account", id, "name"), "New name");
  }

  /// As a reference that had to wait is: it is said first that somebody else wrote meanwhile.
  void write_again() {
    const std::int64_t assignment = assigned("companies", "1").id;
    ASSERT_TRUE(ledger->commit([&](store::sql::Connection& transaction) {
      return books.assignments.note_edited(transaction, assignment);
    }));
    model::RecordBatch batch("account", model::Verb::update, {"description"});
    batch.append({.id = id})[0] = model::Value::text("Written later", batch.arena());
    ASSERT_TRUE(destination.writer.submit(batch, model::Road::individual, {}));
  }

  std::string id;
  std::string before;
};

TEST_F(RestoringTest, ARowThatWasThereBeforeGetsItsOldValuesBack) {
  const RollbackResult result = roll_back();

  EXPECT_EQ(cell("account", id, "name"), "Old name");
  EXPECT_EQ(cell("account", id, "description"), "");
  EXPECT_EQ(result.taken.restored, 1U);
  EXPECT_TRUE(result.equal);
  EXPECT_EQ(digest(), before);
}

TEST_F(RestoringTest, ARowThatSomebodyChangedSinceIsLeftAsItIs) {
  edit(fmt::format(R"({{"op":"update","table":"account","id":"{}","values":{{"name":"Theirs"}}}})",
                   id));

  roll_back();

  EXPECT_EQ(cell("account", id, "name"), "Theirs");
  EXPECT_EQ(kept(), (std::map<std::string, std::string>{{id, "edited"}}));
}

TEST_F(RestoringTest, ALostAnswerRestoresAllTheSame) {
  bool lost = false;
  transport.loses = [&](const http::Request& request) {
    return !lost && (lost = request.body.find("PATCH ") != std::string::npos);
  };

  const RollbackResult result = roll_back({.lanes = 1});

  EXPECT_TRUE(lost);
  EXPECT_EQ(cell("account", id, "name"), "Old name");
  EXPECT_TRUE(result.equal);
  EXPECT_TRUE(kept().empty());
}

/// Somebody wrote into it before our second write. What a rollback left that did not come to its
/// end is looked at again by the next one, and names us as who wrote it last.
TEST_F(RestoringTest, WhatAStoppedOneLeftTheNextOneLeavesToo) {
  edit(fmt::format(R"({{"op":"update","table":"account","id":"{}","values":{{"name":"Theirs"}}}})",
                   id));
  write_again();
  roll_back_until_kept(id);

  roll_back();

  EXPECT_EQ(cell("account", id, "name"), "Theirs");
  EXPECT_EQ(kept(), (std::map<std::string, std::string>{{id, "edited"}}));
}

}  // namespace
}  // namespace flit::engine
