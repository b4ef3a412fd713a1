#include "sim/base/request_log.hpp"

#include <gtest/gtest.h>

namespace flit::sim {
namespace {

TEST(RequestLog, KeepsTheNewestAndNumbersAll) {
  RequestLog log;
  for (int i = 1; i <= 1500; ++i)
    log.add(Instant{}, Request::make("GET", "/r/" + std::to_string(i)).value(), {}, {});

  const auto last = log.last(2);

  ASSERT_EQ(last.size(), 2U);
  EXPECT_EQ(last[0].target, "/r/1499");
  EXPECT_EQ(last[1].number, 1500U);
  EXPECT_EQ(log.last(9999).size(), RequestLog::capacity);
}

TEST(RequestLog, KeepsNoCredentials) {
  RequestLog log;
  log.add(Instant{},
          Request::make("GET", "/", {{"authorization", "Bearer secret"}, {"Prefer", "x"}}).value(),
          {}, {});

  const auto entry = log.last(1).front();

  ASSERT_EQ(entry.headers.size(), 1U);
  EXPECT_EQ(entry.headers.front().name, "Prefer");
}

TEST(RequestLog, KeepsTheBeginningOfAnErrorAndSaysWhatStruck) {
  RequestLog log;
  log.add(Instant{}, Request::make("GET", "/").value(), Response::json(429, std::string(5000, 'e')),
          InjectedFault{.kind = FaultKind::throttled});

  const auto entry = log.last(1).front();

  EXPECT_EQ(entry.error.size(), 1000U);
  EXPECT_EQ(entry.status, 429);
  EXPECT_EQ(entry.fault, "429");
}

}  // namespace
}  // namespace flit::sim
