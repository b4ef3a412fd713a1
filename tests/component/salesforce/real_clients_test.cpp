// What the Salesforce CLI, SFDMU, simple-salesforce and Singer's tap sent when they were run
// against the simulator to their satisfaction, sent again over real HTTP: every answer is what it
// was (fact sheet §9). FLIT_ACCEPT=1 records answers anew; the requests stay.

#include <regex>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "sim/base/frame.hpp"
#include "sim/base/server.hpp"
#include "tests/component/salesforce/simulated.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/raw_http.hpp"

namespace flit::sim::salesforce {
namespace {

const std::string folder = "sim_salesforce/";
constexpr std::size_t longest_answer = 1500;  // of longer ones (describes) the status is enough

std::string golden_text(const std::string& name) {
  return test::read_file(std::string(FLIT_SOURCE_DIR) + "/tests/golden/" + folder + name);
}

/// The request as the client wrote it: chunked where it was, no Content-Length then.
std::string bytes_of(json::Value request) {
  std::string text = std::string(request["method"].string_or("")) + " " +
                     std::string(request["target"].string_or("")) +
                     " HTTP/1.1\r\nHost: localhost:8898\r\nConnection: close\r\n";
  for (const auto& [name, value] : request["headers"].members())
    text += std::string(name) + ": " + std::string(value.string_or("")) + "\r\n";
  std::string body(request["body"].string_or(""));
  if (const auto encoded = request["base64"].as_string()) body = *base64::decode(*encoded);
  if (!request["chunked"].as_boolean().value_or(false))
    return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  text += "Transfer-Encoding: chunked\r\n\r\n";
  for (const std::string& part : {body.substr(0, body.size() / 2), body.substr(body.size() / 2)})
    if (!part.empty()) text += fmt::format("{:x}\r\n", part.size()) + part + "\r\n";
  return text + "0\r\n\r\n";
}

class RealClients : public testing::TestWithParam<const char*> {
 protected:
  static SimulatorSettings settings() {
    SimulatorSettings settings;
    settings.schema = golden_text("schema.json");
    return settings;
  }

  ManualClock machine_{std::chrono::sys_days(std::chrono::year(2026) / 11 / 30) +
                       std::chrono::minutes(12 * 60 + 36)};
  SimClock clock_{machine_};
  RealClock real_;
  ScaledClock wire_{real_, 1};
  Stats stats_;
  Surroundings surroundings_{clock_, stats_};
  SalesforceSimulator simulator_{settings(), surroundings_};
  Frame frame_{simulator_, surroundings_, {}};
  std::unique_ptr<Server> server_ = Server::start(frame_, wire_).value();
};

TEST_P(RealClients, GetTheAnswersThatSatisfiedThem) {
  ASSERT_TRUE(simulator_.load());
  const std::string name = std::string(GetParam()) + ".jsonl";
  const std::string recorded = golden_text(name);
  std::string replayed;
  for (const std::string_view line : text::split(recorded, "\n")) {
    if (line.empty()) continue;
    const auto exchange = json::parse(line);
    ASSERT_TRUE(exchange) << line;
    const json::Value request = exchange->root()["request"];
    test::RawConnection connection(server_->port());
    ASSERT_TRUE(connection.send(bytes_of(request)));
    const auto answer = connection.read();
    ASSERT_TRUE(answer) << line;
    json::Writer out;
    out.begin_object().key("request").raw(request.dump()).member("status", answer->status);
    if (!answer->body.empty() && answer->body.size() <= longest_answer)
      out.member("answer", answer->body);
    replayed += out.end_object().take() + "\n";
  }
  test::expect_golden(folder + name, replayed);
}

INSTANTIATE_TEST_SUITE_P(Recorded, RealClients,
                         testing::Values("sf_data", "sf_project", "sfdmu_3_collections",
                                         "sfdmu_3_bulk_2", "sfdmu_3_bulk_1", "sfdmu_5_collections",
                                         "sfdmu_5_bulk_2", "sfdmu_5_bulk_1", "simple_salesforce",
                                         "singer_rest", "singer_bulk"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace flit::sim::salesforce
