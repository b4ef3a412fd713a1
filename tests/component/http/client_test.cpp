// The client against a real socket: what it sends, what it takes, and that it is reused by many.

#include "http/client.hpp"

#include <atomic>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

using namespace std::chrono_literals;
using test::always;
using test::answer;
using test::RawConnection;
using test::RawServer;

Result<Response> get(Client& client, const Url& url) {
  return client.send({.url = url}, {});
}

TEST(HttpClient, BringsStatusHeadersAndBody) {
  RawServer server(always(answer(200, R"({"a": 1})", {{"Content-Type", "application/json"}})));
  Client client;

  const auto response = get(client, server.url("/things?limit=2"));

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->headers.media_type(), "application/json");
  EXPECT_EQ(response->body, R"({"a": 1})");
  EXPECT_GE(response->body.capacity(), response->body.size() + body_padding);
  EXPECT_GT(response->timing.total.count(), 0);
}

TEST(HttpClient, AnErrorStatusIsAnAnswerWithItsBody) {
  RawServer server(always(answer(404, "no such thing")));
  Client client;

  const auto response = get(client, server.url("/"));

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->body, "no such thing");
}

/// Sends one request and returns what the server read.
test::RawRequest sent(Request request) {
  test::RawRequest seen;
  std::latch done(1);
  RawServer server([&](RawConnection& connection, int) {
    if (auto read = connection.read_request()) {
      seen = *read;
      connection.write(answer(204));
      done.count_down();
    }
  });
  request.url = server.url("/path?x=1");
  Client client;
  const auto response = client.send(request, {});
  EXPECT_TRUE(response) << response.error().text();
  if (response) done.wait();
  return seen;
}

TEST(HttpClient, SendsWhatTheRequestSays) {
  const auto seen = sent({.method = Method::patch,
                          .headers = {{"Content-Type", "application/json"}, {"If-Match", "*"}},
                          .body = R"({"name": "é"})"});

  EXPECT_EQ(seen.method, "PATCH");
  EXPECT_EQ(seen.target, "/path?x=1");
  EXPECT_EQ(seen.headers.find("If-Match"), "*");
  EXPECT_EQ(seen.headers.find("Content-Type"), "application/json");
  EXPECT_EQ(seen.headers.find("Accept-Encoding"), "gzip, br, zstd");
  EXPECT_EQ(seen.headers.find("User-Agent"), "FlitStack");
  EXPECT_EQ(seen.body, R"({"name": "é"})");
}

TEST(HttpClient, ANakedPostHasNoTypeAndNoBody) {
  const auto seen = sent({.method = Method::post, .headers = {{"X-Empty", ""}}});

  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.headers.find("Content-Length"), "0");
  EXPECT_FALSE(seen.headers.contains("Content-Type"));
  EXPECT_EQ(seen.headers.find("X-Empty"), "");
}

TEST(HttpClient, ADeleteHasNoBodyUnlessOneIsGiven) {
  const auto bare = sent({.method = Method::del});
  const auto loaded = sent({.method = Method::del, .body = "{}"});

  EXPECT_FALSE(bare.headers.contains("Content-Length"));
  EXPECT_EQ(loaded.method, "DELETE");
  EXPECT_EQ(loaded.body, "{}");
}

TEST(HttpClient, LargeBodiesLeaveWithoutWaitingForContinue) {
  const std::string body(3U << 20U, 'x');

  const auto seen = sent({.method = Method::put, .body = body});

  EXPECT_FALSE(seen.headers.contains("Expect"));
  EXPECT_EQ(seen.body, body);
}

TEST(HttpClient, HeadHasNoBodyWhateverItsLengthSays) {
  RawServer server(always("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
  Client client;

  const auto response = client.send({.method = Method::head, .url = server.url("/")}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->headers.find("Content-Length"), "1000");
  EXPECT_TRUE(response->body.empty());
}

TEST(HttpClient, PutsChunksTogetherAndIgnoresTrailers) {
  RawServer server(
      always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
             "5\r\nhello\r\n7;ext=1\r\n, world\r\n0\r\nX-Trailer: late\r\n\r\n"));
  Client client;

  const auto response = get(client, server.url("/"));

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "hello, world");
  EXPECT_FALSE(response->headers.contains("X-Trailer"));
}

TEST(HttpClient, PassesOverInterimAnswers) {
  RawServer server(
      always("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" +
             answer(201, "made")));
  Client client;

  const auto response =
      client.send({.method = Method::post, .url = server.url("/"), .body = "b"}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->status, 201);
  EXPECT_FALSE(response->headers.contains("Link"));
  EXPECT_EQ(response->body, "made");
}

TEST(HttpClient, KeepsConnections) {
  RawServer server(always(answer(200, "again")));
  Client client;

  for (int i = 0; i < 20; ++i) EXPECT_TRUE(get(client, server.url("/")));

  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, KeepsNoCookies) {
  std::atomic<bool> has_seen_cookie = false;
  RawServer server([&](RawConnection& connection, int) {
    while (auto request = connection.read_request()) {
      if (request->headers.contains("Cookie")) has_seen_cookie = true;
      connection.write(answer(200, "", {{"Set-Cookie", "ARRAffinity=server7; Path=/"}}));
    }
  });
  Client client;

  EXPECT_TRUE(get(client, server.url("/")));
  EXPECT_TRUE(get(client, server.url("/")));

  EXPECT_FALSE(has_seen_cookie);
}

TEST(HttpClient, TwoHundredLanesAreUnderWayAtOnce) {
  constexpr int lanes = 200;
  std::latch all_arrived(lanes);
  RawServer server([&](RawConnection& connection, int) {
    while (auto request = connection.read_request()) {
      all_arrived.arrive_and_wait();  // nobody is answered before everybody has asked
      connection.write(answer(200, request->body));
    }
  });
  Client client;
  std::atomic<int> right_answers = 0;

  {
    std::vector<std::jthread> threads;
    threads.reserve(lanes);
    for (int i = 0; i < lanes; ++i)
      threads.emplace_back([&, body = std::to_string(i)] {
        const auto response =
            client.send({.method = Method::post, .url = server.url("/"), .body = body}, {});
        if (response && response->body == body) ++right_answers;
      });
  }

  EXPECT_EQ(right_answers, lanes);
}

TEST(HttpClient, RefusesRequestsThatWouldBreakApart) {
  Client client;
  const Url url = *Url::parse("http://127.0.0.1:1/");

  const auto no_url = client.send({}, {});
  const auto split = client.send({.url = url, .headers = {{"X", "a\r\nEvil: b"}}}, {});
  const auto length = client.send({.url = url, .headers = {{"content-length", "5"}}}, {});

  for (const auto* result : {&no_url, &split, &length}) {
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().fault, Fault::permanent) << result->error().text();
  }
}

}  // namespace
}  // namespace flit::http
