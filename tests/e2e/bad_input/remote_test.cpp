// What stands at the other end of a wrong address, a lying proxy or a broken TLS connection:
// tests/golden/e2e/remote.txt and tls.txt. Every case is typed against the source, the authority
// that hands out tokens and the destination; behind it the right address works as if nothing had
// been.

#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sweep.hpp"
#include "tests/support/compressed.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/tls_identity.hpp"

namespace flit::test {
namespace {

const std::string file = "flitstack.yaml";
const std::vector<std::string> inventory{"inventory", "--again"};

/// One of the three that the product talks to, and how its address is written in flitstack.yaml.
enum class Whom { source, authority, destination };

class Remote : public testing::Test {
 protected:
  Remote() {
    ends.typed({"init", "interactive-to-dynamics365", "--source-url", ends.source.url() + "/api/v1",
                "--destination-url", ends.destination.url(), "--authority", ends.destination.url(),
                "--tenant", "simulated"});
    right = sweep.read(file);
  }

  std::string with(Whom whom, const std::string& url) const {
    switch (whom) {
      case Whom::source:
        return replaced(right, "base_url: \"" + ends.source.url(), "base_url: \"" + url);
      case Whom::authority:
        return replaced(right, "authority: \"" + ends.destination.url(), "authority: \"" + url);
      case Whom::destination:
        return replaced(right, "  url: \"" + ends.destination.url(), "  url: \"" + url);
    }
    return right;
  }

  void expect(const std::string& what, int code, const std::string& text,
              const std::vector<std::string>& environment = {}) {
    sweep.write(file, text);
    sweep.expect(what, code, inventory, environment);
    sweep.write(file, right);
  }

  void expect_works() { sweep.expect("and with the right address", 0, inventory); }

  BothEnds ends{{.source = {"--generate", "contacts=5", "--seed", "7"}}};
  Sweep sweep{ends};
  std::string right;
};

TEST_F(Remote, WrongAddressesAndCredentialsAreToldApart) {
  const RefusingPort refusing;
  std::string nobody = refusing.url("/").text();
  nobody.pop_back();

  expect("a wrong token", 2, right, {"FLIT_SOURCE_TOKEN=wrong"});
  expect("a wrong client id", 2, right, {"FLIT_DEST_CLIENT_ID=wrong"});
  expect("a wrong secret", 2, right, {"FLIT_DEST_CLIENT_SECRET=wrong"});
  expect("nobody listens where the source should be", 5, with(Whom::source, nobody));
  expect("nobody listens where the authority should be", 5, with(Whom::authority, nobody));
  expect("nobody listens where the destination should be", 5, with(Whom::destination, nobody));
  expect("a host without an address", 5, with(Whom::source, "http://nowhere.invalid"));
  expect("another path of the source", 2, replaced(right, "/api/v1", "/api/v2"));
  expect("no path of the source", 2, replaced(right, "/api/v1", ""));
  expect("the destination in place of the source", 2, with(Whom::source, ends.destination.url()));
  expect("the source in place of the destination", 2, with(Whom::destination, ends.source.url()));
  expect("a path behind the destination", 2,
         with(Whom::destination, ends.destination.url() + "/main.aspx"));
  expect("https where plain HTTP is spoken", 5,
         with(Whom::destination, replaced(ends.destination.url(), "http:", "https:")));

  const RawServer unknown_tenant(always(answer(
      400,
      R"({"error":"invalid_request","error_description":"AADSTS90002: Tenant 'simulated' not found."})",
      {{"Content-Type", "application/json"}})));
  expect("a tenant that does not exist", 2,
         with(Whom::authority, fmt::format("http://127.0.0.1:{}", unknown_tenant.port())));
  expect_works();
  sweep.compare("remote.txt");
}

/// The same answer to everything that is asked.
struct Liar {
  const char* what;
  RawServer::Script says;
  int source, authority, destination;  ///< exit codes
};

RawServer::Script redirect_to_itself() {
  return [](RawConnection& connection, int) {
    while (const auto request = connection.read_request())
      connection.write(answer(302, "", {{"Location", request->target}}));
  };
}

/// One answer, and the end of the connection.
RawServer::Script once(std::string bytes) {
  return [bytes = std::move(bytes)](RawConnection& connection, int) {
    if (connection.read_request()) connection.write(bytes);
  };
}

std::string bomb() {
  return gzipped("[" + std::string(std::size_t{80} << 20U, ' ') + "]");
}

const http::Headers json{{"Content-Type", "application/json"}};
const http::Headers html{{"Content-Type", "text/html"}};

std::vector<Liar> liars() {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  return {
      {"a login page", always(answer(200, "<html>Sign in</html>", html)), 2, 2, 2},
      {"a page that refuses", always(answer(403, "<html>Blocked</html>", html)), 2, 2, 2},
      {"a gateway without a server", always(answer(502, "<html>Bad</html>", html)), 5, 5, 5},
      {"an empty object", always(answer(200, "{}", json)), 5, 2, 2},
      {"an empty list", always(answer(200, "[]", json)), 5, 2, 2},
      {"nothing", always(answer(200, "", json)), 5, 2, 5},
      {"half a text", always(answer(200, "{\"results\": [{\"id\": \"1", json)), 5, 2, 5},
      {"less than announced", once(head + "Content-Length: 700\r\n\r\n{}"), 5, 5, 5},
      {"another host", always(answer(302, "", {{"Location", "http://127.0.0.1:9/x"}})), 2, 2, 2},
      {"itself, for ever", redirect_to_itself(), 2, 2, 2},
      {"no HTTP", once("SSH-2.0-OpenSSH_9.2\r\n\r\n"), 5, 5, 5},
      {"a compression that is damaged",
       always(answer(200, "no gzip", {{"Content-Encoding", "gzip"}})), 5, 5, 5},
      {"a compression that nobody asked for",
       always(answer(200, "{}", {{"Content-Encoding", "secret"}})), 5, 5, 5},
      {"more than memory holds", once(head + "Content-Length: 1000000000000\r\n\r\n"), 5, 5, 5},
      {"little that becomes more than memory holds",
       always(answer(200, bomb(),
                     {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}})),
       5, 5, 5},
  };
}

TEST_F(Remote, AProxyThatLiesIsNotBelieved) {
  for (const Liar& liar : liars()) {
    const RawServer server(liar.says);
    const std::string url = fmt::format("http://127.0.0.1:{}", server.port());
    expect(fmt::format("the source answers {}", liar.what), liar.source, with(Whom::source, url));
    expect(fmt::format("the authority answers {}", liar.what), liar.authority,
           with(Whom::authority, url));
    expect(fmt::format("the destination answers {}", liar.what), liar.destination,
           with(Whom::destination, url));
  }
  expect_works();
  sweep.compare("liars.txt");
}

class Tls : public Remote {
 protected:
  /// Whatever the server answers, it is not asked: the handshake is what the case is about.
  std::string at(const RawServer& server, const std::string& host = "127.0.0.1") const {
    return with(Whom::source, fmt::format("https://{}:{}", host, server.port()));
  }

  std::string trusting(const std::string& text, const TlsIdentity& identity) const {
    identity.write_ca_file(ends.project() / "authorities.pem");
    return text + "network: {ca_file: authorities.pem}\n";
  }
};

TEST_F(Tls, ACertificateIsAcceptedFromWhomItIsExpectedOnly) {
  const auto says = always(answer(401, "", json));
  const TlsIdentity good("127.0.0.1");
  const TlsIdentity expired("127.0.0.1", TlsIdentity::Validity::past);
  const TlsIdentity other("other.example");
  const RawServer server(says, good.server());
  const RawServer late(says, expired.server());
  const RawServer stranger(says, other.server());

  expect("an authority that nobody knows", 2, at(server));
  expect("a certificate that has expired", 2, trusting(at(late), expired));
  expect("a certificate of another host", 2, trusting(at(stranger), other));
  expect("a CA file that is not there", 2, at(server) + "network: {ca_file: no.pem}\n");
  sweep.write("no.pem", "no certificate");
  expect("a CA file that is none", 2, at(server) + "network: {ca_file: no.pem}\n");
  expect("a password in the proxy's address", 2,
         right + "network: {proxy: \"http://me:planted@proxy.example\"}\n");
  expect("and with the CA file, the server itself is heard", 2, trusting(at(server), good));
  expect_works();
  EXPECT_EQ(sweep.all().find("planted"), std::string::npos) << "a password was shown";
  sweep.compare("tls.txt");
}

}  // namespace
}  // namespace flit::test
