// HTTP/2 when asked for: many lanes over one connection, and cuts that are noticed all the same.

#include <array>
#include <atomic>
#include <cstdio>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/client.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/tls_identity.hpp"

namespace flit::http {
namespace {

/// Runs http2_server.mjs; its standard input is ours to close.
class NodeServer {
 public:
  explicit NodeServer(const std::string& pem_file) {
    const std::string script =
        (std::filesystem::path(FLIT_SOURCE_DIR) / "tests/component/http/http2_server.mjs").string();
    std::array<int, 2> output{};
    std::array<int, 2> input{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0 || ::pipe2(input.data(), O_CLOEXEC) != 0) return;
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(input[0], STDIN_FILENO);
      ::dup2(output[1], STDOUT_FILENO);
      ::execlp("node", "node", script.c_str(), pem_file.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(input[0]);
    ::close(output[1]);
    input_ = input[1];
    FILE* lines = ::fdopen(output[0], "r");
    if (std::fscanf(lines, "%d", &port_) != 1) port_ = 0;
    std::fclose(lines);
  }
  ~NodeServer() {
    ::close(input_);
    ::waitpid(process_, nullptr, 0);
  }
  NodeServer(const NodeServer&) = delete;
  NodeServer& operator=(const NodeServer&) = delete;

  bool has_started() const { return port_ != 0; }
  Url url(const std::string& path) const {
    return *Url::parse("https://127.0.0.1:" + std::to_string(port_) + path);
  }

 private:
  pid_t process_ = -1;
  int input_ = -1;
  int port_ = 0;
};

class Http2 : public testing::Test {
 protected:
  void SetUp() override {
    identity_.write_ca_file(directory_ / "ca.pem");
    identity_.write_server_file(directory_ / "server.pem");
    server_ = std::make_unique<NodeServer>((directory_ / "server.pem").string());
    if (!server_->has_started()) GTEST_SKIP() << "node is not installed: script/setup does that";
    client_ = std::make_unique<Client>(ClientSettings{.ca_file = directory_ / "ca.pem"});
  }

  Result<Response> send(Method method, const std::string& path) {
    return client_->send(
        {.method = method, .url = server_->url(path), .version = HttpVersion::http2}, {});
  }
  std::string text_of(const std::string& path) {
    const auto response = send(Method::get, path);
    return response ? response->body : response.error().text();
  }

  test::TemporaryDirectory directory_;
  test::TlsIdentity identity_{"127.0.0.1"};
  std::unique_ptr<NodeServer> server_;
  std::unique_ptr<Client> client_;
};

TEST_F(Http2, IsSpokenOnlyWhenAskedFor) {
  Client other({.ca_file = directory_ / "ca.pem"});

  const auto usual = other.send({.url = server_->url("/version")}, {});

  ASSERT_TRUE(usual) << usual.error().text();
  EXPECT_EQ(usual->body, "1.1");
  EXPECT_EQ(text_of("/version"), "2.0");
}

TEST_F(Http2, ManyLanesShareAConnection) {
  constexpr int lanes = 50;
  ASSERT_EQ(text_of("/version"), "2.0");
  std::atomic<int> together = 0;

  {
    std::vector<std::jthread> threads;
    threads.reserve(lanes);
    for (int i = 0; i < lanes; ++i)
      threads.emplace_back([&] {
        if (text_of("/wait?lanes=" + std::to_string(lanes)) == "together") ++together;
      });
  }

  EXPECT_EQ(together, lanes);
  EXPECT_EQ(text_of("/sessions"), "1");
}

TEST_F(Http2, ACutStreamIsNoSuccess) {
  const auto read = send(Method::get, "/cut");
  const auto write = send(Method::post, "/cut");

  ASSERT_FALSE(read) << read->body;
  ASSERT_FALSE(write) << write->body;
  EXPECT_EQ(read.error().fault, Fault::transient) << read.error().text();
  EXPECT_EQ(write.error().fault, Fault::ambiguous) << write.error().text();
}

TEST_F(Http2, AConnectionThatDiesLeavesAWriteInDoubt) {
  ASSERT_EQ(text_of("/version"), "2.0");

  const auto write = send(Method::post, "/hang-up");

  ASSERT_FALSE(write);
  EXPECT_EQ(write.error().fault, Fault::ambiguous) << write.error().text();
  EXPECT_EQ(text_of("/version"), "2.0");
}

}  // namespace
}  // namespace flit::http
