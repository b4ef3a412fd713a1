#pragma once
/// @file A new ledger in a folder of its own, for each test.

#include <memory>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/thread_executor.hpp"
#include "store/ledger.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::store {

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made =
        Ledger::create(file(), {.id = "0b8e8d0c", .path = "interactive-to-dynamics365"}, executor_);
    ASSERT_TRUE(made) << made.error().text();
    ledger_ = std::move(*made);
  }

  std::filesystem::path file() const { return folder_ / "flitstack.db"; }

  void reopen() {
    ledger_.reset();
    auto opened = Ledger::open(file(), executor_);
    ASSERT_TRUE(opened) << opened.error().text();
    ledger_ = std::move(*opened);
  }

  void commit(const Work& work) {
    const Result<void> done = ledger_->commit(work);
    ASSERT_TRUE(done) << done.error().text();
  }
  void read(const Work& work) const {
    const Result<void> done = ledger_->read(work);
    ASSERT_TRUE(done) << done.error().text();
  }

  test::TemporaryDirectory folder_;
  RealClock clock_;
  ThreadExecutor executor_{clock_};
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace flit::store
