#include "engine/line.hpp"

#include <atomic>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/thread_executor.hpp"

namespace flit::engine {
namespace {

class LineTest : public ::testing::Test {
 protected:
  /// Hands out 1 to `count`; a lane squares, and the sum is collected.
  Line<int, int> squares(int count) {
    return {.name = "squaring",
            .lanes = 3,
            .next = [this, count]() -> Result<std::optional<int>> {
              return given < count ? std::optional(++given) : std::nullopt;
            },
            .work = [](std::size_t, int& number, std::stop_token) -> Result<int> {
              return number * number;
            },
            .collect = [this](int&& square) -> Result<void> {
              sum += square;
              return {};
            }};
  }

  RealClock clock;
  ThreadExecutor executor{clock};
  int given = 0;
  int sum = 0;
};

TEST_F(LineTest, EveryChunkIsWorkedOnOnceAndEveryOutcomeCollected) {
  ASSERT_TRUE(run(executor, squares(100), {}));

  EXPECT_EQ(sum, 338350);
}

TEST_F(LineTest, WithNothingToDoItEnds) {
  EXPECT_TRUE(run(executor, squares(0), {}));
}

TEST_F(LineTest, AnErrorOfAnyLaneStopsAllAndIsReturned) {
  auto failing_work = squares(1000);
  failing_work.work = [](std::size_t, int& number, std::stop_token) -> Result<int> {
    if (number == 20) return Error{.message = "twenty"};
    return 0;
  };
  auto failing_plan = squares(1000);
  failing_plan.next = []() -> Result<std::optional<int>> { return Error{.message = "no plan"}; };
  auto failing_end = squares(1000);
  failing_end.collect = [](int&&) -> Result<void> { return Error{.message = "no room"}; };

  const auto work = run(executor, failing_work, {});
  const auto plan = run(executor, failing_plan, {});
  const auto end = run(executor, failing_end, {});

  ASSERT_FALSE(work);
  EXPECT_EQ(work.error().message, "twenty");
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().message, "no plan");
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().message, "no room");
  EXPECT_LT(given, 1000) << "it did not go on to the end";
}

TEST_F(LineTest, AStopFromOutsideIsNoSuccess) {
  std::stop_source source;
  auto line = squares(1000);
  line.collect = [&](int&&) -> Result<void> {
    source.request_stop();
    return {};
  };

  const auto stopped = run(executor, line, source.get_token());

  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().fault, Fault::cancelled);
}

}  // namespace
}  // namespace flit::engine
