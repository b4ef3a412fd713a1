// Deadlines and stops: how long a request may take, and what is known when it took longer.

#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "http/client.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

using namespace std::chrono_literals;
using test::answer;
using test::RawConnection;
using test::RawServer;
using Clock = std::chrono::steady_clock;

/// Reads a request and never answers.
void stay_silent(RawConnection& connection, int) {
  if (connection.read_request()) connection.await_close();
}

void expect_fault(const Result<Response>& result, std::string_view code, Fault fault) {
  ASSERT_FALSE(result) << "status " << result->status;
  EXPECT_EQ(result.error().code, code) << result.error().text();
  EXPECT_EQ(result.error().fault, fault) << result.error().text();
}

TEST(HttpDeadlines, NoAnswerIsAFaultForAReadAndDoubtForAWrite) {
  RawServer server(stay_silent);
  Client client;
  const Deadlines deadlines{.first_byte = 20ms};

  const auto read = client.send({.url = server.url("/"), .deadlines = deadlines}, {});
  const auto write = client.send(
      {.method = Method::post, .url = server.url("/"), .body = "x", .deadlines = deadlines}, {});

  expect_fault(read, "timeout_first_byte", Fault::transient);
  expect_fault(write, "timeout_first_byte", Fault::ambiguous);
  EXPECT_NE(read.error().message.find("20 ms"), std::string::npos);
}

TEST(HttpDeadlines, AnInterimAnswerIsNotTheAnswer) {
  RawServer server([](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 100 Continue\r\n\r\n");
    connection.await_close();
  });
  Client client;

  const auto result = client.send({.url = server.url("/"), .deadlines = {.first_byte = 20ms}}, {});

  expect_fault(result, "timeout_first_byte", Fault::transient);
}

TEST(HttpDeadlines, TheClockForTheFirstByteStartsWhenTheRequestHasLeft) {
  RawServer server([](RawConnection& connection, int) {
    if (!connection.read_head() || !connection.await("\r\n0\r\n\r\n")) return;
    connection.write(answer(201));
    connection.await_close();
  });
  Client client;
  Request request{.method = Method::put, .url = server.url("/")};
  request.deadlines.first_byte = 300ms;
  const auto end = Clock::now() + request.deadlines.first_byte + 100ms;
  request.source = [&](std::span<char> buffer) -> Result<std::size_t> {
    if (Clock::now() >= end) return 0;
    std::fill_n(buffer.begin(), 1000, 'x');
    return 1000;
  };

  const auto result = client.send(request, {});

  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(result->status, 201);
}

TEST(HttpDeadlines, ABodyThatStopsIsNoticedLongBeforeTheTotal) {
  RawServer server([](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    connection.await_close();
  });
  Client client;

  const auto result = client.send({.url = server.url("/"), .deadlines = {.silence = 20ms}}, {});

  expect_fault(result, "timeout_silence", Fault::transient);
}

TEST(HttpDeadlines, AServerThatDripsForEverMeetsTheTotal) {
  RawServer server([](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    // Ends when the client has gone: then the peer's reset makes poll() report it.
    for (int i = 0; i < 100'000'000 && connection.is_open(); ++i) connection.write("1\r\nx\r\n");
  });
  Client client;

  const auto result = client.send(
      {.url = server.url("/"), .deadlines = {.total = 100ms}, .max_body = 1U << 30U}, {});

  expect_fault(result, "timeout_total", Fault::transient);
}

TEST(HttpDeadlines, AConnectionThatIsNeverAcceptedIsTransientEvenForAWrite) {
  test::SilentPort port;
  Client client;

  const auto result = client.send(
      {.method = Method::post, .url = port.url("/"), .body = "x", .deadlines = {.connect = 50ms}},
      {});

  expect_fault(result, "timeout_connect", Fault::transient);
}

TEST(HttpDeadlines, ATotalThatEndsWhileConnectingIsCalledTheTotal) {
  test::SilentPort port;
  Client client;

  const auto result =
      client.send({.method = Method::post, .url = port.url("/"), .deadlines = {.total = 50ms}}, {});

  expect_fault(result, "timeout_total", Fault::transient);
}

TEST(HttpDeadlines, ARefusedConnectionIsTransientEvenForAWrite) {
  test::RefusingPort port;
  Client client;

  const auto result = client.send({.method = Method::post, .url = port.url("/"), .body = "x"}, {});

  expect_fault(result, "connect", Fault::transient);
  EXPECT_NE(result.error().text().find(port.url("/").text()), std::string::npos);
}

TEST(HttpStop, EndsARequestWithinASecond) {
  std::latch asked(1);
  RawServer server([&](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    asked.count_down();
    connection.await_close();
  });
  Client client;
  std::stop_source stop;
  Clock::time_point stopped_at;
  std::jthread stopper([&] {
    asked.wait();
    stopped_at = Clock::now();
    stop.request_stop();
  });

  const auto result =
      client.send({.method = Method::post, .url = server.url("/")}, stop.get_token());

  const auto took = Clock::now() - stopped_at;
  expect_fault(result, "cancelled", Fault::cancelled);
  EXPECT_LT(took, 1s);
}

TEST(HttpStop, ARequestAfterTheStopIsNeverSent) {
  RawServer server(stay_silent);
  Client client;
  std::stop_source stop;
  stop.request_stop();

  const auto result = client.send({.url = server.url("/")}, stop.get_token());

  expect_fault(result, "cancelled", Fault::cancelled);
  EXPECT_EQ(server.connections(), 0);
}

TEST(HttpStop, EndsAllLanesAndTheClientGoesOn) {
  constexpr int lanes = 50;
  std::latch asked(lanes);
  RawServer server([&](RawConnection& connection, int number) {
    if (!connection.read_request()) return;
    if (number >= lanes) return connection.write(answer(204));
    asked.count_down();
    connection.await_close();
  });
  Client client;
  std::stop_source stop;
  std::atomic<int> cancelled = 0;

  {
    std::vector<std::jthread> threads;
    threads.reserve(lanes);
    for (int i = 0; i < lanes; ++i)
      threads.emplace_back([&] {
        const auto result = client.send({.url = server.url("/")}, stop.get_token());
        if (!result && result.error().fault == Fault::cancelled) ++cancelled;
      });
    asked.wait();
    stop.request_stop();
  }
  const auto after = client.send({.url = server.url("/")}, {});

  EXPECT_EQ(cancelled, lanes);
  EXPECT_TRUE(after) << after.error().text();
}

/// Stops come at every moment of a request's life: before, during, after. For the sanitizers.
TEST(HttpStop, MayComeAtAnyMoment) {
  RawServer server(test::always(answer(200, "quick")));
  Client client;

  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int lane = 0; lane < 4; ++lane)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        std::stop_source stop;
        std::jthread stopper([&] { stop.request_stop(); });
        const auto result = client.send({.url = server.url("/")}, stop.get_token());
        EXPECT_TRUE(result || result.error().fault == Fault::cancelled);
      }
    });
}

}  // namespace
}  // namespace flit::http
