// Large bodies: through a sink, from a source, never whole in memory, and never in another's way.

#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "http/client.hpp"
#include "http/handover.hpp"
#include "tests/support/compressed.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

using namespace std::chrono_literals;
using test::always;
using test::answer;
using test::RawConnection;
using test::RawServer;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + (i >> 11U));
  return text;
}

/// Collects what a sink is given.
struct Collector {
  std::string bytes;
  std::size_t largest = 0;
  int status = 0;

  BodySink sink() {
    return [this](const Response& head, std::string_view piece) -> Result<void> {
      status = head.status;
      largest = std::max(largest, piece.size());
      bytes += piece;
      return {};
    };
  }
};

TEST(HttpSink, GetsTheBodyPieceByPiece) {
  const std::string body = pattern(5U << 20U);
  RawServer server(always(answer(200, body)));
  Client client;
  Collector collector;

  const auto response = client.send({.url = server.url("/"), .sink = collector.sink()}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(collector.bytes, body);
  EXPECT_EQ(collector.status, 200);
  EXPECT_LT(collector.largest, 2 * Handover::window);
  EXPECT_TRUE(response->body.empty());
}

TEST(HttpSink, IsNotBoundByTheLimitOfMemory) {
  const std::string body = pattern(100'000);
  RawServer server(always(answer(200, body)));
  Client client;
  Collector collector;

  const auto response =
      client.send({.url = server.url("/"), .sink = collector.sink(), .max_body = 1000}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(collector.bytes, body);
}

TEST(HttpSink, AnErrorPageIsNotTheFile) {
  RawServer server(always(answer(403, "no")));
  Client client;
  Collector collector;

  const auto response = client.send({.url = server.url("/"), .sink = collector.sink()}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "no");
  EXPECT_TRUE(collector.bytes.empty());
}

TEST(HttpSink, ACutFileIsAnErrorAfterItsLastPiece) {
  RawServer server([](RawConnection& connection, int) {
    if (connection.read_request())
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  });
  Client client;
  Collector collector;

  const auto response = client.send({.url = server.url("/"), .sink = collector.sink()}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "truncated");
  EXPECT_EQ(collector.bytes, "half");
}

TEST(HttpSink, AnErrorOfTheSinkEndsTheTransferAndIsTheResult) {
  RawServer server(always(answer(200, pattern(10U << 20U))));
  Client client;
  const BodySink full = [](const Response&, std::string_view) -> Result<void> {
    return Error{.fault = Fault::setup, .message = "the disk is full"};
  };

  const auto response = client.send({.url = server.url("/"), .sink = full}, {});
  const auto next = client.send({.url = server.url("/")}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().message, "the disk is full");
  EXPECT_TRUE(next) << "the client is not usable any more: " << next.error().text();
}

TEST(HttpSink, ASlowOneHoldsUpNobodyElse) {
  const std::string body = pattern(3U << 20U);  // more than the window
  RawServer server(always(answer(200, body)));
  Client client;
  std::latch is_stuck(1);
  std::latch may_go_on(1);
  Collector collector;
  std::jthread slow([&] {
    const BodySink sink = [&](const Response& head, std::string_view piece) -> Result<void> {
      if (collector.bytes.empty()) {
        is_stuck.count_down();
        may_go_on.wait();
      }
      return collector.sink()(head, piece);
    };
    EXPECT_TRUE(client.send({.url = server.url("/slow"), .sink = sink}, {}));
  });

  is_stuck.wait();
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(client.send({.url = server.url("/quick")}, {}));
  may_go_on.count_down();
  slow.join();

  EXPECT_EQ(collector.bytes, body);
}

TEST(HttpSink, AsksForNoCompressionAndTakesItAllTheSame) {
  const std::string body = pattern(1U << 20U);
  std::string asked;
  RawServer server([&](RawConnection& connection, int) {
    const auto request = connection.read_request();
    if (!request) return;
    asked = request->headers.find("Accept-Encoding").value_or("");
    connection.write(answer(200, test::gzipped(body), {{"Content-Encoding", "gzip"}}));
    connection.await_close();
  });
  Collector collector;

  {
    Client client;
    const auto response = client.send({.url = server.url("/"), .sink = collector.sink()}, {});
    ASSERT_TRUE(response) << response.error().text();
  }

  EXPECT_EQ(asked, "identity");
  EXPECT_EQ(collector.bytes, body);
}

TEST(HttpSink, HalfACompressedFileIsAnError) {
  const std::string compressed = test::gzipped(pattern(100'000));
  RawServer server(always(
      answer(200, compressed.substr(0, compressed.size() / 2), {{"Content-Encoding", "gzip"}})));
  Client client;
  Collector collector;

  const auto response = client.send(
      {.url = server.url("/"), .sink = collector.sink(), .compression = Compression::on}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "encoding");
}

TEST(HttpSink, AnEmptyFileIsAFile) {
  RawServer server(always(answer(200, "")));
  Client client;
  Collector collector;

  const auto response = client.send({.url = server.url("/"), .sink = collector.sink()}, {});

  EXPECT_TRUE(response) << response.error().text();
}

/// Gives `body` in pieces of `step` bytes.
BodySource source_of(const std::string& body, std::size_t step) {
  return [&body, step, at = std::size_t{0}](std::span<char> buffer) mutable -> Result<std::size_t> {
    const std::size_t count = std::min({step, buffer.size(), body.size() - at});
    std::copy_n(body.begin() + static_cast<std::ptrdiff_t>(at), count, buffer.begin());
    at += count;
    return count;
  };
}

struct Upload {
  Result<Response> response;
  test::RawRequest seen;
};

Upload upload(BodySource source, std::optional<std::uint64_t> size) {
  test::RawRequest seen;
  std::latch done(1);
  RawServer server([&](RawConnection& connection, int) {
    if (auto request = connection.read_request()) {
      seen = std::move(*request);
      done.count_down();
      connection.write(answer(201));
    }
  });
  Client client;
  auto response = client.send({.method = Method::patch,
                               .url = server.url("/"),
                               .source = std::move(source),
                               .source_size = size},
                              {});
  if (response) done.wait();
  return {std::move(response), std::move(seen)};
}

TEST(HttpSource, SendsABodyOfKnownSize) {
  const std::string body = pattern(3U << 20U);

  const Upload result = upload(source_of(body, 100'000), body.size());

  ASSERT_TRUE(result.response) << result.response.error().text();
  EXPECT_EQ(result.seen.method, "PATCH");
  EXPECT_EQ(result.seen.headers.find("Content-Length"), std::to_string(body.size()));
  EXPECT_EQ(sha256_hex(result.seen.body), sha256_hex(body));
}

TEST(HttpSource, SendsABodyOfUnknownSizeInChunks) {
  const std::string body = pattern(300'001);

  const Upload result = upload(source_of(body, 1000), std::nullopt);

  ASSERT_TRUE(result.response) << result.response.error().text();
  EXPECT_FALSE(result.seen.headers.contains("Content-Length"));
  EXPECT_EQ(sha256_hex(result.seen.body), sha256_hex(body));
}

TEST(HttpSource, AnErrorOfTheSourceIsTheResult) {
  const BodySource broken = [](std::span<char>) -> Result<std::size_t> {
    return Error{.fault = Fault::permanent, .message = "the file has gone"};
  };

  const Upload result = upload(broken, 100);

  ASSERT_FALSE(result.response);
  EXPECT_EQ(result.response.error().message, "the file has gone");
}

TEST(HttpSource, OneThatDoesNotGiveWhatWasAnnouncedIsRefused) {
  const std::string body = pattern(100);

  for (const std::uint64_t announced : {150U, 50U}) {
    const Upload result = upload(source_of(body, 100), announced);

    ASSERT_FALSE(result.response);
    EXPECT_EQ(result.response.error().fault, Fault::permanent);
    EXPECT_NE(result.response.error().message.find("100 bytes"), std::string::npos)
        << result.response.error().text();
  }
}

TEST(HttpSource, AServerThatRefusesBeforeTheEndIsHeard) {
  RawServer server([](RawConnection& connection, int) {
    if (!connection.read_head()) return;
    connection.write(answer(413, "too large"));
    connection.await_close();
  });
  Client client;
  const std::string body = pattern(20U << 20U);

  const auto response = client.send({.method = Method::put,
                                     .url = server.url("/"),
                                     .source = source_of(body, 1U << 16U),
                                     .source_size = body.size()},
                                    {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->status, 413);
}

}  // namespace
}  // namespace flit::http
