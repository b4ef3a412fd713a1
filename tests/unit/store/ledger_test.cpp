#include "store/ledger.hpp"

#include <fstream>

#include <sys/stat.h>

#include "base/lanes.hpp"
#include "store/notebook.hpp"
#include "store/sqlite.hpp"
#include "tests/unit/store/ledger_fixture.hpp"

namespace flit::store {
namespace {

Work put(std::string stream, std::string value) {
  return [=](sql::Connection& transaction) {
    return put_checkpoint(transaction, stream, value, Instant{});
  };
}

std::optional<std::string> value_of(const Ledger& ledger, const std::string& stream) {
  std::optional<std::string> value;
  const Result<void> done = ledger.read([&](sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, checkpoint(reader, stream));
    value = found;
    return {};
  });
  EXPECT_TRUE(done);
  return value;
}

TEST_F(LedgerTest, WhatWasCommittedIsThereAfterReopening) {
  commit(put("contacts", "cursor 7"));

  reopen();

  EXPECT_EQ(value_of(*ledger_, "contacts"), "cursor 7");
  EXPECT_EQ(ledger_->info().path, "interactive-to-dynamics365");
}

TEST_F(LedgerTest, WorkThatFailsLeavesNothingBehindAndHarmsNobody) {
  const Result<void> failed = ledger_->commit([](sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(put_checkpoint(transaction, "half", "written", Instant{}));
    return Error{.message = "stopped in the middle"};
  });
  commit(put("whole", "written"));

  EXPECT_EQ(failed.error().message, "stopped in the middle");
  EXPECT_EQ(value_of(*ledger_, "half"), std::nullopt);
  EXPECT_EQ(value_of(*ledger_, "whole"), "written");
}

TEST_F(LedgerTest, CommitsOfManyLanesAreAllThereAndShareWritesToDisk) {
  constexpr int lanes = 16;
  constexpr int each = 20;
  Lanes group(executor_, "writers", {});
  for (int lane = 0; lane < lanes; ++lane)
    group.spawn("writer " + std::to_string(lane), [this, lane](std::stop_token) {
      for (int i = 0; i < each; ++i)
        ASSERT_TRUE(ledger_->commit(put(std::to_string(lane) + "/" + std::to_string(i), "x")));
    });
  group.join();

  for (int lane = 0; lane < lanes; ++lane)
    EXPECT_EQ(value_of(*ledger_, std::to_string(lane) + "/" + std::to_string(each - 1)), "x");
  EXPECT_LE(ledger_->commits(), static_cast<std::uint64_t>(lanes * each));
}

TEST_F(LedgerTest, OneProcessAtATimeMayWrite) {
  const auto second = Ledger::open(file(), executor_);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, Fault::setup);
  EXPECT_NE(second.error().text().find("another process"), std::string::npos);
}

TEST_F(LedgerTest, ALedgerIsForItsOwnerOnly) {
  struct stat status {};
  ASSERT_EQ(stat(file().c_str(), &status), 0);

  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(LedgerTest, AnExistingLedgerIsNotOverwritten) {
  ledger_.reset();

  const auto again = Ledger::create(file(), {.id = "x", .path = "y"}, executor_);

  ASSERT_FALSE(again);
  EXPECT_NE(again.error().text().find("there is a ledger already"), std::string::npos);
}

TEST_F(LedgerTest, WhatADyingProcessLeftBehindWithoutAMigrationIsCompleted) {
  const auto half_made = folder_ / "half.db";
  { ASSERT_TRUE(open_sqlite(half_made, {})); }
  const auto opened = Ledger::open(half_made, executor_);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().text().find("init"), std::string::npos);

  const auto made = Ledger::create(half_made, {.id = "x", .path = "y"}, executor_);

  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ((*made)->info().id, "x");
}

/// The first page of a new ledger and the journal that is to take it back, as a power cut left
/// them.
TEST_F(LedgerTest, WhatAPowerCutLeftOfANewLedgerIsRolledBack) {
  const std::filesystem::path cut = folder_ / "cut.db";
  std::string page = std::string("SQLite format 3\0\x10\0\2\2\0@  \0\0\0\1\0\0\0\1", 32);
  page.resize(92);
  page += std::string("\0\0\0\1\0\x2e\x63\1\x0d\0\0\0\0\x10", 14);
  page.resize(4096);
  std::ofstream(cut, std::ios::binary) << page;
  std::string journal = std::string("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\0\0\0\0\1\2\3\4", 16);
  journal += std::string("\0\0\0\0\0\0\2\0\0\0\x10\0", 12);
  journal.resize(512);
  std::ofstream(cut.string() + "-journal", std::ios::binary) << journal;

  const auto made = Ledger::create(cut, {.id = "x", .path = "y"}, executor_);

  ASSERT_TRUE(made) << made.error().text();
  EXPECT_TRUE(Ledger::holds_migration(cut).value());
}

TEST_F(LedgerTest, ALedgerOfANewerVersionIsNotTouched) {
  ledger_.reset();
  {
    auto connection = open_sqlite(file(), {});
    ASSERT_TRUE(connection);
    ASSERT_TRUE((*connection)->execute("PRAGMA user_version = 99"));
  }

  const auto opened = Ledger::open(file(), executor_);

  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().text().find("version 99"), std::string::npos);
}

TEST_F(LedgerTest, ALedgerOfTheFirstVersionIsBroughtUpToDate) {
  ledger_.reset();
  {
    auto connection = open_sqlite(file(), {});
    ASSERT_TRUE(connection) << connection.error().text();
    ASSERT_TRUE((*connection)->execute("DROP INDEX assignment_pending; PRAGMA user_version = 1"));
  }

  reopen();

  read([](sql::Connection& reader) -> Result<void> {
    const sql::Use row =
        reader.use("SELECT count(*) FROM sqlite_schema WHERE name = 'assignment_pending'");
    FLIT_TRY(found, row->step());
    EXPECT_TRUE(found);
    EXPECT_EQ(row->integer(0), 1);
    return {};
  });
}

TEST_F(LedgerTest, OtherFilesAreNotLedgers) {
  std::ofstream(folder_ / "notes.txt") << std::string(4096, 'x');

  const auto text = Ledger::open(folder_ / "notes.txt", executor_);
  const auto nothing = Ledger::open(folder_ / "missing.db", executor_);

  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().fault, Fault::setup);
  ASSERT_FALSE(nothing);
  EXPECT_NE(nothing.error().text().find("flitstack init"), std::string::npos);
}

TEST_F(LedgerTest, AGenerationBeginsAndStays) {
  ASSERT_TRUE(ledger_->begin_generation(2));

  reopen();

  EXPECT_EQ(ledger_->info().generation, 2);
}

}  // namespace
}  // namespace flit::store
