// Kept connections that die: what may be repeated silently, and what may not.

#include <atomic>
#include <semaphore>

#include <gtest/gtest.h>

#include "http/client.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

using test::answer;
using test::RawConnection;
using test::RawServer;

/// The first connection answers once and dies when a second request has come; later ones answer.
class DyingServer {
 public:
  DyingServer()
      : server_([this](RawConnection& connection, int number) {
          while (connection.read_request()) {
            ++requests_;
            if (number == 0 && requests_ > 1) return;
            connection.write(answer(200));
          }
        }) {}

  Request request(Method method, std::string body = {}) const {
    return {.method = method, .url = server_.url("/"), .body = std::move(body)};
  }
  int requests() const { return requests_; }

 private:
  std::atomic<int> requests_ = 0;
  RawServer server_;
};

TEST(KeptConnections, AReadIsRepeatedOnANewOne) {
  DyingServer server;
  Client client;
  ASSERT_TRUE(client.send(server.request(Method::get), {}));

  const auto second = client.send(server.request(Method::get), {});

  EXPECT_TRUE(second) << second.error().text();
  EXPECT_EQ(server.requests(), 3);
}

TEST(KeptConnections, AWriteIsNeverRepeatedAndIsInDoubt) {
  for (const Method method : {Method::post, Method::put, Method::patch, Method::del})
    for (const std::string& body : {std::string(), std::string("{}"), std::string(200'000, 'x')}) {
      DyingServer server;
      Client client;
      ASSERT_TRUE(client.send(server.request(Method::get), {}));

      const auto second = client.send(server.request(method, body), {});

      ASSERT_FALSE(second) << to_string(method);
      EXPECT_EQ(second.error().fault, Fault::ambiguous) << second.error().text();
      EXPECT_EQ(server.requests(), 2) << to_string(method) << " was sent again";
    }
}

TEST(KeptConnections, APostThatOnlyReadsMayBeRepeated) {
  for (const std::size_t size : {std::size_t{10}, std::size_t{200'000}}) {
    DyingServer server;
    Client client;
    ASSERT_TRUE(client.send(server.request(Method::get), {}));
    Request query = server.request(Method::post, std::string(size, 'q'));
    query.effect = Effect::read;

    const auto second = client.send(query, {});

    EXPECT_TRUE(second) << second.error().text();
  }
}

TEST(KeptConnections, OneThatTheServerClosedMeanwhileIsNotUsedForAWrite) {
  std::binary_semaphore closed(0);
  RawServer server([&](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    connection.write(answer(200));
    connection.half_close();
    closed.release();
    connection.await_close();
  });
  Client client;

  for (int i = 0; i < 5; ++i) {
    const auto response = client.send({.method = Method::post, .url = server.url("/")}, {});
    closed.acquire();

    EXPECT_TRUE(response) << response.error().text();
  }
  EXPECT_EQ(server.connections(), 5);
}

TEST(KeptConnections, OneWithExcessBytesIsNotTrusted) {
  std::atomic<int> stale = 0;
  RawServer server([&](RawConnection& connection, int) {
    while (connection.read_request()) connection.write(answer(200, "right") + answer(200, "stale"));
  });
  Client client;

  for (int i = 0; i < 10; ++i) {
    const auto response = client.send({.url = server.url("/")}, {});
    if (response && response->body != "right") ++stale;
  }

  EXPECT_EQ(stale, 0) << "an answer to nobody was taken for ours";
}

}  // namespace
}  // namespace flit::http
