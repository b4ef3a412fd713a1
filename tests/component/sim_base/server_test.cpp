// The server over real sockets: what well-behaved clients get.

#include "sim/base/server.hpp"

#include <chrono>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/base/gzip.hpp"
#include "tests/component/sim_base/demo_service.hpp"
#include "tests/support/raw_http.hpp"

namespace flit::sim::test {
namespace {

using flit::test::http;
using flit::test::RawConnection;
using testing::HasSubstr;
using testing::StartsWith;

class ServerTest : public testing::Test {
 protected:
  std::uint16_t port() const { return server_->port(); }

  DemoService service_;
  RealClock real_;
  ScaledClock clock_{real_, 20};
  std::unique_ptr<Server> server_ = Server::start(service_, clock_).value();
};

TEST_F(ServerTest, AnswersWithWhatTheServiceSays) {
  const auto response = http(port(), "POST", "/accounts?$top=1", "hello");

  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "POST /accounts?$top=1 body=5\n");
  EXPECT_EQ(response->headers.at("content-type"), "text/plain; charset=utf-8");
}

TEST_F(ServerTest, TakesMethodsThatFewServersKnow) {
  EXPECT_THAT(http(port(), "MERGE", "/a")->body, StartsWith("MERGE /a"));
  EXPECT_THAT(http(port(), "PATCH", "/a", "x")->body, StartsWith("PATCH /a body=1"));
  EXPECT_THAT(http(port(), "DELETE", "/a", "why")->body, StartsWith("DELETE /a body=3"));
}

TEST_F(ServerTest, HeadIsGetWithoutTheBody) {
  const auto get = http(port(), "GET", "/large");
  const auto head = http(port(), "HEAD", "/large");

  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->headers.at("content-length"), get->headers.at("content-length"));
  EXPECT_EQ(head->body, "");
}

TEST_F(ServerTest, KeepsTheConnectionForTheNextRequest) {
  RawConnection connection(port());

  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(connection.send("GET /again HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_THAT(connection.read()->body, StartsWith("GET /again"));
  }
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  RawConnection connection(port());

  connection.send("GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_THAT(connection.read()->body, StartsWith("GET /one"));
  EXPECT_THAT(connection.read()->body, StartsWith("GET /two"));
}

TEST_F(ServerTest, ReadsChunkedBodies) {
  RawConnection connection(port());

  connection.send(
      "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nTrailer: x\r\n\r\n");

  EXPECT_THAT(connection.read()->body, HasSubstr("body=11"));
}

TEST_F(ServerTest, SaysContinueToAClientThatWaitsForIt) {
  RawConnection connection(port());
  connection.send(
      "POST /c HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  connection.send("ok");

  EXPECT_THAT(connection.read()->body, HasSubstr("body=2"));
}

TEST_F(ServerTest, UnpacksGzipRequests) {
  const auto response =
      http(port(), "POST", "/g", gzip(std::string(100'000, 'g')), "Content-Encoding: gzip\r\n");

  EXPECT_THAT(response->body, HasSubstr("body=100000"));
}

TEST_F(ServerTest, CompressesLongTextWhenTheClientAcceptsIt) {
  const auto packed = http(port(), "GET", "/large", "", "Accept-Encoding: deflate, gzip\r\n");
  const auto refused = http(port(), "GET", "/large", "", "Accept-Encoding: gzip;q=0\r\n");
  const auto small = http(port(), "GET", "/small", "", "Accept-Encoding: gzip\r\n");

  ASSERT_EQ(packed->headers.at("content-encoding"), "gzip");
  EXPECT_EQ(gunzip(packed->body, 10'000).value().size(), 8'002U);
  EXPECT_FALSE(refused->headers.contains("content-encoding"));
  EXPECT_FALSE(small->headers.contains("content-encoding"));
}

TEST_F(ServerTest, StreamsBodiesOfUnknownLength) {
  const auto response = http(port(), "GET", "/stream");

  EXPECT_EQ(response->headers.at("transfer-encoding"), "chunked");
  EXPECT_EQ(response->body, std::string(200'000, 's'));
}

TEST_F(ServerTest, TakesUrlsAsLongAsDataverseDoes) {
  const std::string target = "/a?$filter=" + std::string(65'000, 'f');

  EXPECT_THAT(http(port(), "GET", target)->body, StartsWith("GET " + target));
}

TEST_F(ServerTest, HandsMultipartBodiesOverAsTheyAre) {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";

  const auto response =
      http(port(), "POST", "/m", body, "Content-Type: multipart/form-data; boundary=b\r\n");

  EXPECT_THAT(response->body, HasSubstr("body=" + std::to_string(body.size())));
}

TEST_F(ServerTest, ADelayIsInPlatformSeconds) {
  const auto before = std::chrono::steady_clock::now();

  const auto response = http(port(), "GET", "/delay");

  const auto took = std::chrono::steady_clock::now() - before;
  EXPECT_EQ(response->status, 200);
  EXPECT_GE(took, std::chrono::milliseconds(50));  // one second at scale 20
  EXPECT_LT(took, std::chrono::milliseconds(1000));
}

TEST_F(ServerTest, ATruncatedAnswerPromisesMoreThanItGives) {
  RawConnection connection(port());
  connection.send("GET /truncate/300 HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_FALSE(connection.read().has_value());
  EXPECT_EQ(connection.broken(), flit::test::Broken::closed);
}

TEST_F(ServerTest, AResetIsSeenAsAReset) {
  RawConnection connection(port());
  connection.send("GET /reset HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_FALSE(connection.read().has_value());
  EXPECT_EQ(connection.broken(), flit::test::Broken::reset);
}

TEST_F(ServerTest, FiveHundredKeptAliveConnectionsAreAllServedPromptly) {
  std::vector<RawConnection> clients;
  for (int i = 0; i < 500; ++i) clients.emplace_back(port());
  const auto before = std::chrono::steady_clock::now();

  for (int round = 0; round < 3; ++round) {
    for (auto& client : clients) ASSERT_TRUE(client.send("GET /r HTTP/1.1\r\nHost: x\r\n\r\n"));
    for (auto& client : clients) ASSERT_TRUE(client.read().has_value());
  }

  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

TEST_F(ServerTest, FiveHundredAnswersMayWaitAtOnce) {
  std::vector<RawConnection> clients;
  for (int i = 0; i < 500; ++i) clients.emplace_back(port());
  const auto before = std::chrono::steady_clock::now();

  for (auto& client : clients) client.send("GET /delay HTTP/1.1\r\nHost: x\r\n\r\n");
  for (auto& client : clients) ASSERT_EQ(client.read()->status, 200);

  // one after the other they would take 25 seconds
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(8));
}

TEST_F(ServerTest, StoppingAnswersWhatHasArrivedAndNothingElse) {
  Server& server = *server_;
  RawConnection waiting(port());
  waiting.send("GET /delay HTTP/1.1\r\nHost: x\r\n\r\n");
  RawConnection idle(port());
  idle.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_EQ(idle.read()->status, 200);  // by now the first request has arrived, too

  server.stop();

  EXPECT_EQ(waiting.read()->status, 200);
  EXPECT_FALSE(idle.read().has_value());
}

TEST(Server, TellsItsAddressBeforeItServes) {
  DemoService service;
  RealClock clock;
  std::string told;

  const auto server =
      Server::start(service, clock, {}, [&](const std::string& url) { told = url; }).value();

  EXPECT_EQ(told, server->url());
  EXPECT_EQ(http(server->port(), "GET", "/a")->status, 200);
}

/// libmicrohttpd ends the program when it is stopped while an answer is put off.
TEST(Server, MayBeStoppedWhileRequestsArriveThatWouldBePutOff) {
  DemoService service;
  RealClock clock;
  for (int i = 0; i < 300; ++i) {
    const auto server = Server::start(service, clock).value();
    for (int client = 0; client < 3; ++client)
      RawConnection(server->port()).send("GET /delay HTTP/1.1\r\nHost: x\r\n\r\n");
  }
}

TEST(Server, SaysWhenThePortIsTaken) {
  DemoService service;
  RealClock clock;
  const auto first = Server::start(service, clock).value();

  const auto second = Server::start(service, clock, {.port = first->port()});

  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().fault, Fault::setup);
}

}  // namespace
}  // namespace flit::sim::test
