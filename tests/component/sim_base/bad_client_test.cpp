// The server against clients that break the rules: it answers or closes, and lives on.

#include <algorithm>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "sim/base/gzip.hpp"
#include "sim/base/server.hpp"
#include "tests/component/sim_base/demo_service.hpp"
#include "tests/support/raw_http.hpp"

namespace flit::sim::test {
namespace {

using flit::test::http;
using flit::test::RawConnection;

class BadClient : public testing::Test {
 public:
  ~BadClient() override {
    EXPECT_EQ(http(port(), "GET", "/alive")->status, 200) << "it must live on";
  }

 protected:
  std::uint16_t port() const { return server_->port(); }

  DemoService service_;
  RealClock real_;
  ScaledClock clock_{real_, 20};
  std::unique_ptr<Server> server_ =
      Server::start(service_, clock_, {.max_body_bytes = 100'000}).value();
};

TEST_F(BadClient, NonsenseIsRefused) {
  for (const std::string text :
       {"\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02 tls?\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon here\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"}) {
    RawConnection connection(port());
    connection.send(text);
    connection.half_close();
    const auto response = connection.read();
    EXPECT_TRUE(!response || response->status >= 400) << text << response->status;
    EXPECT_NE(connection.broken(), flit::test::Broken::timed_out) << text;
  }
}

TEST_F(BadClient, ABrokenEscapeInTheUrlIsRefused) {
  EXPECT_EQ(http(port(), "GET", "/a%zz")->status, 400);
  EXPECT_EQ(http(port(), "GET", "/a?b=%4")->status, 400);
}

TEST_F(BadClient, ABodyBeyondTheLimitIsRefusedBeforeItIsSent) {
  RawConnection connection(port());
  connection.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");

  EXPECT_EQ(connection.read()->status, 413);
}

TEST_F(BadClient, AnEndlessChunkedBodyIsCutOff) {
  RawConnection connection(port());
  connection.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "2710\r\n" + std::string(10'000, 'c') + "\r\n";

  bool open = true;
  for (int i = 0; open && i < 10'000; ++i) open = connection.send(chunk);

  EXPECT_FALSE(open);
}

TEST_F(BadClient, AChunkedBodySlightlyBeyondTheLimitGetsItsAnswer) {
  RawConnection connection(port());
  connection.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  connection.send("1D4C0\r\n" + std::string(120'000, 'c') + "\r\n0\r\n\r\n");

  EXPECT_EQ(connection.read()->status, 413);
}

TEST_F(BadClient, ASmallBodyThatUnpacksToALargeOneIsRefused) {
  const std::string bomb = gzip(std::string(10'000'000, '\0'));

  EXPECT_EQ(http(port(), "POST", "/a", bomb, "Content-Encoding: gzip\r\n")->status, 413);
  EXPECT_EQ(http(port(), "POST", "/a", "no gzip", "Content-Encoding: gzip\r\n")->status, 400);
  EXPECT_EQ(http(port(), "POST", "/a", "x", "Content-Encoding: br\r\n")->status, 415);
}

TEST_F(BadClient, HeadersWithoutEndAreRefused) {
  RawConnection connection(port());
  connection.send("GET / HTTP/1.1\r\nHost: x\r\n");
  bool open = true;
  for (int i = 0; open && i < 3'000; ++i)
    open = connection.send("X-" + std::to_string(i) + ": " + std::string(100, 'h') + "\r\n");

  const auto response = connection.read();
  EXPECT_TRUE(!response || response->status == 431) << response->status;
}

TEST_F(BadClient, ATargetWithoutEndIsRefused) {
  const auto response = http(port(), "GET", "/" + std::string(300'000, 'u'));

  EXPECT_TRUE(!response || response->status == 414 || response->status == 431) << response->status;
}

TEST_F(BadClient, AHalfClosedClientStillGetsItsAnswer) {
  RawConnection connection(port());
  connection.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
  connection.half_close();

  EXPECT_EQ(connection.read()->status, 200);
}

TEST_F(BadClient, AHalfClosedClientThatMustWaitIsLetGo) {
  RawConnection connection(port());
  connection.send("GET /delay HTTP/1.1\r\nHost: x\r\n\r\n");
  connection.half_close();

  connection.read();

  EXPECT_NE(connection.broken(), flit::test::Broken::timed_out);
}

TEST_F(BadClient, AClientThatLeavesInTheMiddleHarmsNobody) {
  RawConnection(port()).send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
  RawConnection(port()).send("GET /delay HTTP/1.1\r\nHost: x\r\n\r\n");
  RawConnection(port()).send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  RawConnection(port()).send("GET /a HTT");
}

TEST_F(BadClient, ManySlowClientsDoNotHoldUpAQuickOne) {
  std::vector<RawConnection> slow;
  for (int i = 0; i < 300; ++i) {
    slow.emplace_back(port());
    slow.back().send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Le");
  }

  EXPECT_EQ(http(port(), "GET", "/quick")->status, 200);
  for (auto& client : slow) client.send("ngth: 1\r\n\r\nx");
  for (auto& client : slow) EXPECT_EQ(client.read()->status, 200);
}

TEST_F(BadClient, AServiceThatThrowsBecomesA500) {
  EXPECT_EQ(http(port(), "GET", "/throw")->status, 500);
}

TEST_F(BadClient, AHeaderCannotSmuggleAnother) {
  const auto response = http(port(), "GET", "/header");

  EXPECT_EQ(response->status, 500);
  EXPECT_FALSE(response->headers.contains("x-smuggled"));
}

TEST_F(BadClient, AStreamThatFailsBreaksTheConnection) {
  RawConnection connection(port());
  connection.send("GET /stream/fail HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_FALSE(connection.read().has_value());
}

TEST_F(BadClient, AStatusOutsideHttpIsABug) {
  EXPECT_EQ(http(port(), "GET", "/status/99")->status, 500);
  EXPECT_EQ(http(port(), "GET", "/status/204")->status, 204);
}

}  // namespace
}  // namespace flit::sim::test
