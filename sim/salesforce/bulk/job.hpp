#pragma once
/// @file What every Bulk 2.0 job has: an id, a state, a format, who made it and when (§3, §4).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "sim/salesforce/bulk/csv.hpp"

namespace flit::sim::salesforce::bulk {

/// Open → UploadComplete → InProgress → JobComplete | Failed; Aborted from the first three. A query
/// job starts as UploadComplete.
enum class JobState : std::uint8_t {
  open,
  upload_complete,
  in_progress,
  job_complete,
  failed,
  aborted,
};

std::string_view to_string(JobState state);

constexpr bool is_terminal(JobState state) {
  return state == JobState::job_complete || state == JobState::failed || state == JobState::aborted;
}

struct JobHead {
  std::string id{};
  JobState state = JobState::open;
  std::string object{};
  std::string user{};
  std::string version{};  ///< "66.0"
  CsvFormat format{};
  Instant created{};
  Instant modified{};
  std::string error{};
  std::uint64_t processed = 0;  ///< failed ones included
  std::uint64_t failed = 0;
};

/// lineEnding and columnDelimiter of a create request; contentType may only be CSV.
Result<CsvFormat> read_format(const json::Value& body);

/// The members that ingest and query jobs share, in the platform's order; `operation` as it is
/// written. Without braces.
void write_head(json::Writer& out, const JobHead& job, std::string_view operation);

/// "2018-12-18T22:51:36.000+0000"
std::string stamp_text(Instant instant);

/// Code in the platform's Bulk 2.0 spelling: upper case, no underscores (§3).
Error job_fault(std::string code, std::string message);

}  // namespace flit::sim::salesforce::bulk
