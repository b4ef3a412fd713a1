// TLS: verified unless a test says otherwise, and never downgraded.

#include <gtest/gtest.h>

#include "http/client.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/tls_identity.hpp"

namespace flit::http {
namespace {

using namespace std::chrono_literals;
using test::always;
using test::answer;
using test::RawConnection;
using test::RawServer;

class Tls : public testing::Test {
 protected:
  Tls() { identity_.write_ca_file(ca_file_); }

  test::TemporaryDirectory directory_;
  std::filesystem::path ca_file_ = directory_ / "ca.pem";
  test::TlsIdentity identity_{"127.0.0.1"};
  RawServer server_{always(answer(200, "secret")), identity_.server()};
};

void expect_setup(const Result<Response>& result, std::string_view code) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, code) << result.error().text();
  EXPECT_EQ(result.error().fault, Fault::setup) << result.error().text();
  EXPECT_FALSE(result.error().remedy.empty());
}

TEST_F(Tls, AnUnknownAuthorityIsNotTrusted) {
  Client client;

  expect_setup(client.send({.method = Method::post, .url = server_.url("/")}, {}), "tls_verify");
}

TEST_F(Tls, AnAuthorityNamedInTheSettingsIsTrusted) {
  Client client({.ca_file = ca_file_});

  const auto response = client.send({.url = server_.url("/")}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "secret");
}

TEST_F(Tls, ACertificateForAnotherHostIsNotAccepted) {
  test::TlsIdentity other("other.example");
  other.write_ca_file(ca_file_);
  RawServer server(always(answer(200)), other.server());
  Client client({.ca_file = ca_file_});

  expect_setup(client.send({.url = server.url("/")}, {}), "tls_verify");
}

TEST_F(Tls, AMissingCaFileIsAMatterOfSetup) {
  Client client({.ca_file = directory_ / "nowhere.pem"});

  expect_setup(client.send({.url = server_.url("/")}, {}), "tls_setup");
}

TEST_F(Tls, OnlyATestMayLookAway) {
  Client client({.tls = ClientSettings::Tls::unverified_for_tests});

  EXPECT_TRUE(client.send({.url = server_.url("/")}, {}));
}

TEST_F(Tls, AServerThatSpeaksNoTlsIsTransientForAWriteToo) {
  RawServer plain([](RawConnection& connection, int) {
    connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    connection.await_close();
  });
  const Url url = *Url::parse("https://127.0.0.1:" + std::to_string(plain.port()) + "/");
  Client client;

  const auto result = client.send({.method = Method::post, .url = url, .body = "x"}, {});

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "tls_handshake") << result.error().text();
  EXPECT_EQ(result.error().fault, Fault::transient);
}

TEST_F(Tls, AHandshakeThatNeverEndsMeetsTheConnectDeadline) {
  RawServer mute([](RawConnection& connection, int) { connection.await_close(); });
  const Url url = *Url::parse("https://127.0.0.1:" + std::to_string(mute.port()) + "/");
  Client client;

  const auto result =
      client.send({.method = Method::post, .url = url, .deadlines = {.connect = 50ms}}, {});

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "timeout_connect") << result.error().text();
  EXPECT_EQ(result.error().fault, Fault::transient);
}

TEST_F(Tls, ACutAfterTheRequestLeavesAWriteInDoubt) {
  RawServer server([](RawConnection& connection, int) { connection.read_request(); },
                   identity_.server());
  Client client({.ca_file = ca_file_});

  const auto result = client.send({.method = Method::post, .url = server.url("/")}, {});

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().fault, Fault::ambiguous) << result.error().text();
}

TEST_F(Tls, ConnectionsAreKept) {
  Client client({.ca_file = ca_file_});

  for (int i = 0; i < 10; ++i) EXPECT_TRUE(client.send({.url = server_.url("/")}, {}));

  EXPECT_EQ(server_.connections(), 1);
}

TEST_F(Tls, AskingForHttp2TakesHttp1WhereThereIsNothingElse) {
  Client client({.ca_file = ca_file_});

  const auto response = client.send({.url = server_.url("/"), .version = HttpVersion::http2}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "secret");
}

TEST_F(Tls, ARedirectToPlainHttpIsRefused) {
  RawServer plain(always(answer(200)));
  RawServer server(always(answer(302, "", {{"Location", plain.url("/").text()}})),
                   identity_.server());
  Client client({.ca_file = ca_file_});

  const auto response = client.send({.url = server.url("/"), .max_redirects = 1}, {});

  ASSERT_FALSE(response);
  EXPECT_NE(response.error().message.find("from https to http"), std::string::npos);
  EXPECT_EQ(plain.connections(), 0);
}

}  // namespace
}  // namespace flit::http
