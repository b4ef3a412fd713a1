#pragma once
/// @file Jobs and batches of Bulk API 1.0 (fact sheet §5). Guarded by BulkWorld's mutex.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "sim/salesforce/bulk/ingest_batch.hpp"
#include "sim/salesforce/bulk/query_job.hpp"

namespace flit::sim::salesforce::bulk {

enum class ContentType : std::uint8_t { csv, xml, json };
enum class AsyncState : std::uint8_t { open, closed, aborted, failed };
enum class BatchState : std::uint8_t { queued, in_progress, completed, failed, not_processed };

std::string_view to_string(ContentType type);
std::string_view to_string(AsyncState state);
std::string_view to_string(BatchState state);
std::string_view media_type(ContentType type);

/// One member of an answer, in XML an element, in JSON a member; `is_number` without quotes.
struct InfoField {
  std::string name{};
  std::string value{};
  bool is_number = false;
};
using Info = std::vector<InfoField>;

/// "jobInfo", "batchInfo" in the job's notation: XML unless the job is JSON.
std::string write_info(std::string_view name, const Info& info, ContentType type);
std::string write_info_list(std::string_view list, std::string_view name,
                            const std::vector<Info>& infos, ContentType type);

inline constexpr std::string_view async_namespace =
    R"(xmlns="http://www.force.com/2009/06/asyncapi/dataload")";

/// Rows of one batch and their outcomes, in the order in which they were sent.
struct AsyncBatch : OutcomeSink {
  std::string id{};
  std::string job{};
  BatchState state = BatchState::queued;
  std::string message{};
  std::string request{};  ///< the body as it was sent
  Instant created{};
  Instant modified{};
  std::uint64_t processed = 0;
  std::uint64_t failed = 0;
  std::vector<RowOutcome> outcomes{};
  std::vector<std::pair<std::string, CsvRows>> results{};  ///< of a query: result id → rows

  void row(std::span<const std::string_view> cells, const RowOutcome& outcome) override;
  void finished() override;
  bool is_stopped() const override { return stopped; }

  Info info() const;
  /// CSV, or the job's notation.
  std::string result(ContentType type) const;

  bool stopped = false;
};

struct AsyncJob {
  std::string id{};
  AsyncState state = AsyncState::open;
  std::string operation{};  ///< as it was sent: "insert", "query"
  LoadRequest request{};
  ContentType content = ContentType::csv;
  bool zipped = false;        ///< ZIP_CSV and its siblings: batches are archives
  bool made_by_json = false;  ///< its jobInfo is written in JSON, as it was sent
  bool serial = false;
  std::string version{};
  Instant created{};
  Instant modified{};
  std::uint64_t chunk_rows = 0;  ///< PK chunking; 0: off
  std::vector<std::shared_ptr<AsyncBatch>> batches{};

  bool is_query() const { return operation == "query" || operation == "queryAll"; }
  std::shared_ptr<AsyncBatch> find(std::string_view batch) const;
  Info info() const;
  /// How the job itself is told of; batches follow `content`.
  ContentType notation() const { return made_by_json ? ContentType::json : content; }
};

/// A batch of XML or JSON records as CSV with every field that occurs in one of them: a missing
/// field is an empty cell, a null "#N/A", a parent "Account.Ext__c".
Result<std::string> records_as_csv(std::string_view text, ContentType type);

/// The rows of a query result in the job's notation.
std::string write_rows(const CsvRows& rows, ContentType type, std::string_view object);

}  // namespace flit::sim::salesforce::bulk
