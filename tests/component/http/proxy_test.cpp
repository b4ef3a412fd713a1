// Proxies: only the one in the settings, whatever the environment says.

#include <cstdlib>

#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "http/client.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/tls_identity.hpp"
#include "tests/support/tunnel.hpp"

namespace flit::http {
namespace {

using test::always;
using test::answer;
using test::RawConnection;
using test::RawServer;

ClientSettings through(const RawServer& proxy) {
  return {.proxy = *Proxy::parse(proxy.url("").text())};
}

TEST(HttpProxy, GetsPlainRequestsWithTheWholeUrl) {
  std::string target;
  RawServer proxy([&](RawConnection& connection, int) {
    if (const auto request = connection.read_request()) {
      target = request->target;
      connection.write(answer(200, "from the proxy"));
    }
  });
  Client client(through(proxy));

  const auto response = client.send({.url = *Url::parse("http://crm.example/x?y=1")}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "from the proxy");
  EXPECT_EQ(target, "http://crm.example/x?y=1");
}

TEST(HttpProxy, TunnelsTlsAndSeesNoHeaderOfIt) {
  test::TemporaryDirectory directory;
  test::TlsIdentity identity("crm.example");
  identity.write_ca_file(directory / "ca.pem");
  RawServer server(always(answer(200, "through the tunnel")), identity.server());
  test::RawRequest connect;
  RawServer proxy([&](RawConnection& connection, int) {
    const auto request = connection.read_request();
    if (!request) return;
    connect = *request;
    connection.write("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n");
    test::tunnel(connection.socket(), server.port());
  });
  ClientSettings settings = through(proxy);
  settings.ca_file = directory / "ca.pem";
  settings.proxy->user = "flit";
  settings.proxy->password = Secret("s3cret");

  Result<Response> response = Error{};
  {
    Client client(settings);
    response = client.send(
        {.url = *Url::parse("https://crm.example/x"), .headers = {{"Authorization", "Bearer t"}}},
        {});
  }

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "through the tunnel");
  EXPECT_FALSE(response->headers.contains("X-Proxy"));
  EXPECT_EQ(connect.method, "CONNECT");
  EXPECT_EQ(connect.target, "crm.example:443");
  EXPECT_EQ(connect.headers.find("Proxy-Authorization"), "Basic " + base64::encode("flit:s3cret"));
  EXPECT_FALSE(connect.headers.contains("Authorization"));
}

TEST(HttpProxy, ThatWantsOtherCredentialsIsAMatterOfSetup) {
  RawServer proxy(always(answer(407)));
  Client client(through(proxy));

  const auto response =
      client.send({.method = Method::post, .url = *Url::parse("https://crm.example/")}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "proxy") << response.error().text();
  EXPECT_EQ(response.error().fault, Fault::setup);
}

TEST(HttpProxy, ThatCannotReachTheHostIsTransientForAWriteToo) {
  RawServer proxy(always(answer(502)));
  Client client(through(proxy));

  const auto response =
      client.send({.method = Method::post, .url = *Url::parse("https://crm.example/")}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "connect") << response.error().text();
  EXPECT_EQ(response.error().fault, Fault::transient);
}

TEST(HttpProxy, IsBypassedForTheHostsNamed) {
  RawServer server(always(answer(200, "direct")));
  RawServer proxy(always(answer(200, "from the proxy")));
  ClientSettings settings = through(proxy);
  settings.proxy->bypass = {".example.com", "127.0.0.1"};
  Client client(settings);

  const auto response = client.send({.url = server.url("/")}, {});

  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "direct");
}

TEST(HttpProxy, OfTheEnvironmentIsIgnored) {
  RawServer server(always(answer(200, "direct")));
  test::RefusingPort nobody;
  ::setenv("http_proxy", nobody.url("").text().c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  Client client;

  const auto response = client.send({.url = server.url("/")}, {});

  ::unsetenv("http_proxy");  // NOLINT(concurrency-mt-unsafe)
  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "direct");
}

}  // namespace
}  // namespace flit::http
