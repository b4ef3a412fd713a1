#pragma once
/// @file Both Bulk services over records in memory, and requests as clients send them.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "sim/salesforce/bulk/async_service.hpp"
#include "sim/salesforce/bulk/bulk_service.hpp"
#include "tests/unit/sim_salesforce_soql/memory_org.hpp"

namespace flit::test {

using namespace sim::salesforce::bulk;  // NOLINT(google-build-using-namespace): a test's own words

/// Saves rows into a list. Fields: Id, Name (required), Phone, Parent (its number is locked).
class MemoryWriter : public RowWriter {
 public:
  std::vector<std::map<std::string, std::string>> saved;
  std::size_t largest_chunk = 0;

  Result<void> check(const LoadRequest& request) const override {
    if (request.object != "Account")
      return Error{.message = "sObject type is not supported", .code = "INVALIDENTITY"};
    if (request.operation == Operation::hard_remove)
      return Error{.message =
                       "hardDelete operation requires special user profile permission, please "
                       "contact your system administrator",
                   .code = "FEATURENOTENABLED"};
    return {};
  }

  Result<std::unique_ptr<BoundLoad>> bind(const LoadRequest& /*request*/,
                                          std::span<const std::string> header) override {
    for (const std::string& name : header)
      if (name != "Id" && name != "Name" && name != "Phone" && name != "Parent")
        return Error{.message = "InvalidBatch : Field name not found : " + name};
    return std::unique_ptr<BoundLoad>(
        std::make_unique<Load>(*this, std::vector<std::string>(header.begin(), header.end())));
  }

 private:
  class Load : public BoundLoad {
   public:
    Load(MemoryWriter& writer, std::vector<std::string> header)
        : writer_(writer), header_(std::move(header)) {}

    void apply(std::span<const std::string_view> cells, std::vector<RowOutcome>& out) override {
      const std::size_t rows = cells.size() / header_.size();
      writer_.largest_chunk = std::max(writer_.largest_chunk, rows);
      for (std::size_t row = 0; row < rows; ++row) {
        std::map<std::string, std::string> values;
        for (std::size_t i = 0; i < header_.size(); ++i)
          values[header_[i]] = cells[row * header_.size() + i];
        if (values["Name"].empty()) {
          out.push_back(
              {.error = "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --"});
          continue;
        }
        writer_.saved.push_back(std::move(values));
        out.push_back({.success = true, .created = true, .id = "001000000000001AAA"});
      }
    }

    void locks_of(std::span<const std::string_view> row,
                  std::vector<std::uint64_t>& out) const override {
      for (std::size_t i = 0; i < header_.size(); ++i)
        if (header_[i] == "Parent" && !row[i].empty())
          out.push_back(static_cast<std::uint64_t>(std::stoi(std::string(row[i]))));
    }

   private:
    MemoryWriter& writer_;
    std::vector<std::string> header_;
  };
};

class MemoryReader : public RecordReader {
 public:
  MemoryOrg org;
  void read(const Use& use) const override { use(org, org.context()); }
};

class BulkFixture {
 public:
  explicit BulkFixture(BulkSettings settings = {})
      : world{writer, reader, clock, [this](std::string_view prefix) { return next_id(prefix); },
              settings} {}

  ManualClock machine;
  sim::SimClock clock{machine};
  MemoryWriter writer;
  MemoryReader reader;
  BulkWorld world;
  BulkService bulk{world};
  AsyncService async{world};

  /// "POST jobs/ingest", "GET async/job/750…"
  sim::Response send(const std::string& method, const std::string& target, std::string body = {},
                     sim::Headers headers = {}) {
    const auto request =
        sim::Request::make(method, "/" + target, std::move(headers), std::move(body));
    BulkCall call{.request = *request, .user = "005000000000001AAA"};
    const auto& segments = request->target.segments;
    call.path.assign(segments.begin() + 1, segments.end());
    call.parameters = request->target.parameters;
    return segments[0] == "jobs" ? bulk.handle(call) : async.handle(call);
  }

  /// Creates a job; returns its id.
  std::string create(const std::string& body) {
    const auto answer = send("POST", "jobs/ingest", body);
    return member(answer.body, "id");
  }

  /// Creates, uploads, closes.
  std::string load(const std::string& csv, const std::string& more = {}) {
    std::string id = create(R"({"object":"Account","operation":"insert")" + more + "}");
    send("PUT", "jobs/ingest/" + id + "/batches", csv, {{"Content-Type", "text/csv"}});
    send("PATCH", "jobs/ingest/" + id, R"({"state":"UploadComplete"})");
    return id;
  }

  std::string get(const std::string& target) { return send("GET", target).body; }

  static std::string member(const std::string& body, std::string_view name) {
    const auto document = json::parse(body);
    if (!document) return "not JSON: " + body;
    const json::Value value = document->root()[name];
    if (!value) return "(none)";
    const auto text = value.as_string();
    return text ? std::string(*text) : value.dump();
  }

 private:
  std::string next_id(std::string_view prefix) {
    return fmt::format("{}{:012}AAA", prefix, ++ids_);
  }
  int ids_ = 0;
};

}  // namespace flit::test
