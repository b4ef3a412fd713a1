#include "http/tracing.hpp"

#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/scripted_transport.hpp"

namespace flit::http {
namespace {

using test::ScriptedTransport;

const Url contacts = *Url::parse("https://h/contacts?key=s3cret");

TEST(Tracing, TellsOfAnswers) {
  ScriptedTransport inner([](const Request&, int) -> Result<Response> {
    return Response{.status = 503, .body = "down"};
  });
  std::vector<ExchangeEvent> events;
  TracingTransport tracing(inner, [&](const ExchangeEvent& event) { events.push_back(event); });

  const auto response =
      tracing.send({.method = Method::post, .url = contacts, .body = "hello"}, {});

  ASSERT_TRUE(response);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].method, Method::post);
  EXPECT_EQ(events[0].where, "https://h/contacts?…");
  EXPECT_EQ(events[0].status, 503);
  EXPECT_EQ(events[0].bytes_sent, 5U);
  EXPECT_EQ(events[0].bytes_received, 4U);
  EXPECT_EQ(tracing.traffic().by_status_class[5], 1U);
}

TEST(Tracing, TellsOfFailures) {
  ScriptedTransport inner([](const Request&, int) -> Result<Response> {
    return Error{.fault = Fault::ambiguous, .message = "cut", .code = "disconnected"};
  });
  std::vector<ExchangeEvent> events;
  TracingTransport tracing(inner, [&](const ExchangeEvent& event) { events.push_back(event); });

  const auto response = tracing.send({.url = contacts}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(events.at(0).fault, Fault::ambiguous);
  EXPECT_EQ(events.at(0).code, "disconnected");
  EXPECT_EQ(tracing.traffic().failed, 1U);
  EXPECT_EQ(tracing.traffic().by_fault[static_cast<std::size_t>(Fault::ambiguous)], 1U);
}

TEST(Tracing, CountsStreams) {
  ScriptedTransport inner([](const Request& request, int) -> Result<Response> {
    std::array<char, 10> buffer{};
    while (*request.source(buffer) > 0) {
    }
    FLIT_TRY_VOID(request.sink({.status = 200}, "four"));
    return Response{.status = 200};
  });
  TracingTransport tracing(inner);
  const BodySource source = [left = 25U](std::span<char> buffer) mutable -> Result<std::size_t> {
    const std::size_t count = std::min<std::size_t>(left, buffer.size());
    left -= static_cast<unsigned>(count);
    return count;
  };
  const BodySink sink = [](const Response&, std::string_view) -> Result<void> { return {}; };

  ASSERT_TRUE(tracing.send({.url = contacts, .source = source, .sink = sink}, {}));

  EXPECT_EQ(tracing.traffic().bytes_sent, 25U);
  EXPECT_EQ(tracing.traffic().bytes_received, 4U);
}

TEST(Tracing, KnowsHowManyAreUnderWay) {
  std::latch both(2);
  ScriptedTransport inner([&](const Request&, int) -> Result<Response> {
    both.arrive_and_wait();
    return Response{.status = 200};
  });
  TracingTransport tracing(inner);

  {
    std::jthread one([&] { EXPECT_TRUE(tracing.send({.url = contacts}, {})); });
    std::jthread two([&] { EXPECT_TRUE(tracing.send({.url = contacts}, {})); });
  }

  EXPECT_EQ(tracing.traffic().max_in_flight, 2U);
  EXPECT_EQ(tracing.traffic().in_flight, 0U);
  EXPECT_EQ(tracing.traffic().answered, 2U);
}

}  // namespace
}  // namespace flit::http
