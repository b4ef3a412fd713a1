#pragma once
/// @file A simulated Salesforce in this process, and short ways to talk to it.

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/salesforce/service/salesforce_simulator.hpp"

namespace flit::sim::salesforce {

struct Answered {
  int status = 0;
  Headers headers{};
  std::string body{};
  Fate fate{};
  json::Document document{};

  json::Value json() {
    const auto read = document.read(body);
    EXPECT_TRUE(read) << body;
    return read ? *read : json::Value{};
  }
  /// Of the first entry of an error body.
  std::string code() { return member("errorCode"); }
  std::string message() { return member("message"); }

 private:
  std::string member(std::string_view name) {
    const json::Value root = json();
    return root.size() == 0 || !root.is_array()
               ? std::string()
               : std::string((*root.elements().begin())[name].string_or(""));
  }
};

inline json::Value element(json::Value list, std::size_t index) {
  for (const json::Value each : list.elements())
    if (index-- == 0) return each;
  return {};
}

class Simulated {
 public:
  explicit Simulated(SimulatorSettings settings = {})
      : simulator(std::move(settings), Surroundings{clock, stats}) {
    EXPECT_TRUE(simulator.load());
    token = simulator.access().access_token;
  }

  /// `path` stands below /services/data/v66.0/, or is a whole path.
  Answered send(std::string method, const std::string& path, std::string body = "",
                Headers headers = {}) {
    if (!headers.contains("Authorization")) headers.add("Authorization", "Bearer " + token);
    if (!headers.contains("Content-Type")) headers.add("Content-Type", "application/json");
    headers.add("Host", "sim.example");
    const std::string whole = path.starts_with('/') ? path : "/services/data/v66.0/" + path;
    auto request = Request::make(std::move(method), whole, std::move(headers), std::move(body));
    EXPECT_TRUE(request) << path;
    Response response = simulator.handle(*request);
    return {.status = response.status,
            .headers = std::move(response.headers),
            .body = std::move(response.body),
            .fate = response.fate};
  }
  Answered get(const std::string& path) { return send("GET", path); }
  Answered query(std::string_view soql) { return get("query?q=" + percent::encode(soql)); }

  /// The id of a record that must be created.
  std::string create(const std::string& object, std::string body) {
    Answered made = send("POST", "sobjects/" + object, std::move(body));
    EXPECT_EQ(made.status, 201) << made.body;
    return std::string(made.json()["id"].string_or(""));
  }
  /// The code that refuses a create.
  std::string refused(const std::string& object, std::string body) {
    return send("POST", "sobjects/" + object, std::move(body)).code();
  }
  /// One value of a record, as JSON text.
  std::string value(const std::string& object, const std::string& id, const std::string& field) {
    Answered read = get("sobjects/" + object + "/" + id + "?fields=" + field);
    EXPECT_EQ(read.status, 200) << read.body;
    return read.json()[field].dump();
  }

  ManualClock machine{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};
  SimClock clock{machine};
  Stats stats;
  SalesforceSimulator simulator;
  std::string token;
};

/// Account.Ext__c unique and telling case, Account.Loose__c external id only, Account.Folded__c
/// unique without case, Account.Kind__c restricted, Account.Tags__c, Project__c under Account.
inline constexpr std::string_view test_schema = R"j({
  "objects": [{"name": "Project__c", "label": "Project", "auto_number": "P-{0000}"}],
  "fields": [
    {"object": "Account", "name": "Ext__c", "type": "string", "length": 64, "external_id": true, "unique": true, "case_sensitive": true},
    {"object": "Account", "name": "Loose__c", "type": "string", "length": 64, "external_id": true},
    {"object": "Account", "name": "Folded__c", "type": "string", "length": 64, "external_id": true, "unique": true},
    {"object": "Account", "name": "Kind__c", "label": "Kind", "type": "picklist", "values": ["A", "B"], "restricted": true},
    {"object": "Account", "name": "Tags__c", "label": "Tags", "type": "multipicklist", "values": ["x", "y", "z"]},
    {"object": "Project__c", "name": "Account__c", "type": "reference", "to": ["Account"], "children": "Projects", "cascade": true}],
  "record_types": [{"object": "Account", "name": "Household"}]})j";

inline SimulatorSettings with_schema(SimulatorSettings settings = {}) {
  settings.schema = std::string(test_schema);
  return settings;
}

}  // namespace flit::sim::salesforce
