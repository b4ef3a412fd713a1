#pragma once
/// @file A simulated Dataverse in this process, and short ways to talk to it.

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/json_reader.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"

namespace flit::sim::dataverse {

/// The element of an array; absent beyond its end.
inline json::Value item(json::Value array, std::size_t index) {
  for (const json::Value element : array.elements())
    if (index-- == 0) return element;
  return {};
}

/// A text as the name of a test case: letters, digits and underscores.
inline std::string test_name(std::string text) {
  constexpr std::size_t longest = 60;
  text.resize(std::min(text.size(), longest));
  for (char& c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return text;
}

struct Answered {
  int status = 0;
  Headers headers{};
  std::string body{};
  json::Document document{};

  json::Value json() {
    const auto read = document.read(body);
    EXPECT_TRUE(read) << body;
    return read ? *read : json::Value{};
  }
  /// The first row of a collection; absent when there is none.
  json::Value first() { return item(json()["value"], 0); }
  std::string code() { return std::string(json().at_path("error.code").string_or("")); }
};

class Simulated {
 public:
  explicit Simulated(SimulatorSettings settings = {})
      : simulator(std::move(settings), Surroundings{clock, stats}) {
    token = simulator.access().access_token;
  }

  /// `path` stands below /api/data/v9.2/.
  Answered send(std::string method, const std::string& path, std::string body = "",
                Headers headers = {}) {
    if (!headers.contains("Authorization")) headers.add("Authorization", "Bearer " + token);
    if (!headers.contains("Content-Type")) headers.add("Content-Type", "application/json");
    headers.add("Host", "sim.example");
    auto request = Request::make(std::move(method), "/api/data/v9.2/" + path, std::move(headers),
                                 std::move(body));
    EXPECT_TRUE(request) << path;
    Response response = simulator.handle(*request);
    return {.status = response.status,
            .headers = std::move(response.headers),
            .body = std::move(response.body)};
  }

  /// The id in the OData-EntityId of a create that must succeed.
  std::string create(const std::string& set, std::string body) {
    Answered made = send("POST", set, std::move(body));
    EXPECT_EQ(made.status, 204) << made.body;
    const std::string url(made.headers.value_or("OData-EntityId", ""));
    const std::size_t open = url.rfind('(');
    return open == std::string::npos ? url : url.substr(open + 1, 36);
  }

  /// A fresh token of the client credentials: "flit" is the first application user, "flit2" the
  /// second.
  std::string token_of(const std::string& client) {
    const Response answer = simulator.handle(*Request::make(
        "POST", "/t/oauth2/v2.0/token", {},
        "grant_type=client_credentials&scope=x&client_secret=flit&client_id=" + client));
    const auto read = json::parse(answer.body);
    EXPECT_TRUE(read && answer.status == 200) << answer.body;
    return std::string(read->root()["access_token"].string_or(""));
  }

  ManualClock machine{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};
  SimClock clock{machine};
  Stats stats;
  DataverseSimulator simulator;
  std::string token;
};

}  // namespace flit::sim::dataverse
