#pragma once
/// @file A simulated Salesforce in this process, with short ways to load and to set up.

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "sim/salesforce/service/salesforce_simulator.hpp"

namespace flit::test {

class Org {
 public:
  explicit Org(sim::salesforce::SimulatorSettings settings = {})
      : simulator(std::move(settings), sim::Surroundings{clock, stats}) {
    EXPECT_TRUE(simulator.load());
    token = simulator.access().access_token;
  }

  sim::Response send(std::string method, const std::string& path, std::string body = {},
                     sim::Headers headers = {{"Content-Type", "application/json"}}) {
    headers.add("Authorization", "Bearer " + token);
    const std::string whole = path.starts_with('/') ? path : "/services/data/v66.0/" + path;
    const auto request =
        sim::Request::make(std::move(method), whole, std::move(headers), std::move(body));
    EXPECT_TRUE(request) << path;
    return simulator.handle(*request);
  }
  std::string get(const std::string& path) { return send("GET", path).body; }
  std::string query(std::string_view soql) { return get("query?q=" + percent::encode(soql)); }

  /// A member of a JSON object, or of the first object of a list.
  static std::string member(const std::string& body, std::string_view path) {
    const auto document = json::parse(body);
    if (!document) return "not JSON: " + body;
    json::Value root = document->root();
    if (root.is_array() && root.size() > 0) root = *root.elements().begin();
    const json::Value value = root.at_path(path);
    if (!value) return "(none) in " + body;
    const auto text = value.as_string();
    return text ? std::string(*text) : value.dump();
  }

  /// Runs an ingest job to its end; returns its path.
  std::string load(const std::string& job, const std::string& csv) {
    const auto created = send("POST", "jobs/ingest", job);
    EXPECT_EQ(created.status, 200) << created.body;
    std::string path = "jobs/ingest/" + member(created.body, "id");
    EXPECT_EQ(send("PUT", path + "/batches", csv, {{"Content-Type", "text/csv"}}).status, 201);
    EXPECT_EQ(send("PATCH", path, R"({"state":"UploadComplete"})").status, 200);
    EXPECT_EQ(member(get(path), "state"), "JobComplete") << get(path);
    return path;
  }

  /// A custom field through Tooling; its id.
  std::string add_field(const std::string& full_name, const std::string& metadata) {
    const auto made = send("POST", "tooling/sobjects/CustomField",
                           R"({"FullName":")" + full_name + R"(","Metadata":)" + metadata + "}");
    EXPECT_EQ(made.status, 201) << made.body;
    return member(made.body, "id");
  }

  /// A permission set that is assigned to the API's user; its id.
  std::string assigned_set() {
    std::string set =
        member(send("POST", "sobjects/PermissionSet", R"({"Name":"M","Label":"M"})").body, "id");
    const std::string user = simulator.organization().known.user.text();
    const auto assigned =
        send("POST", "sobjects/PermissionSetAssignment",
             R"({"AssigneeId":")" + user + R"(","PermissionSetId":")" + set + "\"}");
    EXPECT_EQ(assigned.status, 201) << assigned.body;
    return set;
  }

  void grant(const std::string& set, const std::string& field) {
    const auto granted =
        send("POST", "sobjects/FieldPermissions",
             R"({"ParentId":")" + set + R"(","SobjectType":")" + field.substr(0, field.find('.')) +
                 R"(","Field":")" + field + R"(","PermissionsRead":true,"PermissionsEdit":true})");
    EXPECT_EQ(granted.status, 201) << granted.body;
  }

  ManualClock machine{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};
  sim::SimClock clock{machine};
  sim::Stats stats;
  sim::salesforce::SalesforceSimulator simulator;
  std::string token;
};

inline constexpr std::string_view text_key =
    R"({"label":"Ext","type":"Text","length":64,"externalId":true,"unique":true})";

}  // namespace flit::test
