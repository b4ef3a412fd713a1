// A name server that says nothing holds up one lane, not all. getaddrinfo() is ours in this binary.

#include <condition_variable>
#include <mutex>
#include <string_view>

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include "http/client.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

/// The name server that answers nothing for "silent.test" until it is released.
struct SilentNameServer {
  std::mutex mutex;
  std::condition_variable changed;
  int asked = 0;
  bool is_released = false;

  void fall_silent() {
    const std::lock_guard lock(mutex);
    is_released = false;
  }
  void ask() {
    std::unique_lock lock(mutex);
    ++asked;
    changed.notify_all();
    changed.wait(lock, [this] { return is_released; });
    --asked;
    changed.notify_all();
  }
  void await_question() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return asked > 0; });
  }
  void release() {
    std::unique_lock lock(mutex);
    is_released = true;
    changed.notify_all();
    changed.wait(lock, [this] { return asked == 0; });
  }
};

SilentNameServer& name_server() {
  // A resolver's thread may outlive the test.
  static auto* const server = new SilentNameServer;
  return *server;
}

}  // namespace

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  const std::string_view name = node == nullptr ? "" : node;
  if (name == "nowhere.test") return EAI_NONAME;
  if (name == "silent.test") {
    name_server().ask();
    return EAI_AGAIN;
  }
  using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto next = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return next(node, service, hints, result);
}

namespace {

using namespace std::chrono_literals;

TEST(HttpResolver, ASilentNameServerStopsNeitherOtherLanesNorAStop) {
  test::RawServer server(test::always(test::answer(200, "quick")));
  const Url silent = *Url::parse("http://silent.test/");
  name_server().fall_silent();
  const Request write{.method = Method::post, .url = silent, .deadlines = {.connect = 50ms}};
  {
    Client client;
    std::stop_source stop;
    Result<Response> stopped = Error{};
    std::jthread lane([&] { stopped = client.send({.url = silent}, stop.get_token()); });

    name_server().await_question();
    const auto other = client.send({.url = server.url("/")}, {});
    const auto late = client.send(write, {});
    stop.request_stop();
    lane.join();

    EXPECT_TRUE(other) << other.error().text();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().fault, Fault::transient) << late.error().text();
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().fault, Fault::cancelled) << stopped.error().text();
  }
  name_server().release();
}

TEST(HttpResolver, ANameWithoutAddressSaysWhatToCheck) {
  Client client;

  const auto result = client.send(
      {.method = Method::post, .url = *Url::parse("http://nowhere.test/x?key=s3cret")}, {});

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "resolve") << result.error().text();
  EXPECT_EQ(result.error().fault, Fault::transient);
  EXPECT_NE(result.error().remedy.find("DNS"), std::string::npos);
  EXPECT_EQ(result.error().text().find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace flit::http
