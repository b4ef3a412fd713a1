// The simulator behind its server: many connections, slow and broken clients, odd bodies (§8, §16).

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "sim/base/frame.hpp"
#include "sim/base/server.hpp"
#include "tests/component/dataverse/simulated.hpp"
#include "tests/support/raw_http.hpp"

namespace flit::sim::dataverse {
namespace {

using flit::test::Broken;
using flit::test::http;
using flit::test::RawConnection;
using testing::HasSubstr;

class OverHttp : public testing::Test {
 public:
  ~OverHttp() override { EXPECT_EQ(who_am_i()->status, 200) << "it must live on"; }

 protected:
  std::uint16_t port() const { return server_->port(); }
  std::string head(const std::string& method, const std::string& path, std::size_t length) const {
    return method + " /api/data/v9.2/" + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
           simulator_.access().access_token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(length) +
           "\r\n\r\n";
  }
  std::optional<flit::test::RawResponse> who_am_i() const {
    return http(port(), "GET", "/api/data/v9.2/WhoAmI", "",
                "Authorization: Bearer " + simulator_.access().access_token + "\r\n");
  }
  std::optional<flit::test::RawResponse> post(const std::string& path,
                                              const std::string& body) const {
    return http(port(), "POST", "/api/data/v9.2/" + path, body,
                "Content-Type: application/json\r\nAuthorization: Bearer " +
                    simulator_.access().access_token + "\r\n");
  }

  RealClock real_;
  ScaledClock scaled_{real_, 1};
  SimClock clock_{real_};
  Stats stats_;
  Surroundings surroundings_{clock_, stats_};
  DataverseSimulator simulator_{{}, surroundings_};
  Frame frame_{simulator_, surroundings_, {}};
  std::unique_ptr<Server> server_ = Server::start(frame_, scaled_).value();
};

TEST_F(OverHttp, FiveHundredKeptAliveConnectionsWriteAndReadWithoutAStall) {
  std::vector<RawConnection> clients;
  clients.reserve(500);
  for (int i = 0; i < 500; ++i) clients.emplace_back(port());
  const std::string body = R"({"name":"A"})";

  for (int round = 0; round < 2; ++round) {
    for (auto& client : clients)
      ASSERT_TRUE(client.send(head("POST", "accounts", body.size()) + body));
    for (auto& client : clients) {
      const auto answer = client.read();  // a stalled one runs into the reader's own deadline
      ASSERT_TRUE(answer && answer->status == 204);
    }
  }

  EXPECT_THAT(http(port(), "GET", "/__sim/stats")->body, HasSubstr(R"("account":1000)"));
}

/// What is kept between requests (orders of ids, rights, process flows) is shared by all threads.
TEST_F(OverHttp, ReadersAndWritersGoBesideEachOther) {
  const std::string bearer = "Authorization: Bearer " + simulator_.access().access_token + "\r\n";
  const std::string fetch =
      "accounts?fetchXml=%3Cfetch%3E%3Centity%20name='account'%3E%3Cattribute%20name='name'/%3E"
      "%3C/entity%3E%3C/fetch%3E";
  const std::vector<std::string> reads{
      "accounts?$select=name&$orderby=name&$top=5",
      "opportunities?$select=name&$expand=parentaccountid($select=name)",
      "opportunitysalesprocesses?$select=traversedpath&$top=3",
      "privileges?$select=name&$filter=startswith(name,'prvReadA')",
      "EntityDefinitions(LogicalName='account')/Attributes?$select=LogicalName",
      fetch};
  constexpr int rounds = 15;
  std::atomic<int> good{0};

  {
    std::vector<std::jthread> clients;
    clients.reserve(reads.size());
    for (const std::string& read : reads)
      clients.emplace_back([&, path = "/api/data/v9.2/" + read] {
        for (int i = 0; i < rounds; ++i) {
          const auto answer = http(port(), "GET", path, "", bearer);
          good += answer && answer->status == 200 ? 1 : 0;
        }
      });
    for (const char* set : {"accounts", "opportunities"})
      clients.emplace_back([&, set] {
        for (int i = 0; i < rounds; ++i) {
          const auto answer = post(set, R"({"name":"A"})");
          good += answer && answer->status == 204 ? 1 : 0;
        }
      });
  }

  EXPECT_EQ(good, rounds * 8);
}

TEST_F(OverHttp, AClientThatStopsInTheMiddleOfABodyWritesNothing) {
  RawConnection leaving(port());
  leaving.send(head("POST", "accounts", 100) + R"({"name":"half)");
  RawConnection slow(port());
  slow.send(head("POST", "accounts", 12) + R"({"name":)");
  leaving.half_close();
  leaving.read();

  slow.send(R"("A"})");

  EXPECT_EQ(slow.read()->status, 204);
  EXPECT_NE(leaving.broken(), Broken::timed_out);
  EXPECT_THAT(http(port(), "GET", "/__sim/stats")->body, HasSubstr(R"("account":1)"));
}

TEST_F(OverHttp, AHalfClosedClientGetsItsAnswer) {
  RawConnection connection(port());
  connection.send(head("POST", "accounts", 12) + R"({"name":"A"})");
  connection.half_close();

  EXPECT_EQ(connection.read()->status, 204);
}

TEST_F(OverHttp, DeepJsonIsRefusedAndNotClimbed) {
  const std::string arrays(200'000, '[');
  std::string objects;
  for (int i = 0; i < 50'000; ++i) objects += R"({"a":)";

  for (const std::string& body : {arrays, objects, R"({"Targets":)" + arrays + "}",
                                  R"({"contact_customer_accounts":)" + arrays}) {
    EXPECT_EQ(post("accounts", body)->status, 400);
    EXPECT_EQ(post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", body)->status, 400);
  }
}

TEST_F(OverHttp, TextThatIsNoUtf8IsRefused) {
  for (const std::string bad : {"\xFF", "\xC3", "\xE2\x82", "\xED\xA0\x80", "\xC0\xAF"}) {
    EXPECT_EQ(post("accounts", "{\"name\":\"" + bad + "\"}")->status, 400);
    EXPECT_EQ(post("accounts", "{\"" + bad + "\":1}")->status, 400);
    EXPECT_LT(post("$batch", "--" + bad)->status, 500);
  }
  EXPECT_LT(http(port(), "GET", "/api/data/v9.2/accounts?$filter=name%20eq%20'%FF'", "",
                 "Authorization: Bearer " + simulator_.access().access_token + "\r\n")
                ->status,
            500);
}

TEST_F(OverHttp, AHugeBodyIsAnsweredInThePlatformsWords) {
  const std::string name(5'000'000, 'x');

  EXPECT_THAT(post("accounts", R"({"name":")" + name + "\"}")->body, HasSubstr("0x80044331"));
}

}  // namespace
}  // namespace flit::sim::dataverse
