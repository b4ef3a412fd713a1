#include "sim/salesforce/bulk/job.hpp"

#include "base/time.hpp"

namespace flit::sim::salesforce::bulk {

std::string_view to_string(JobState state) {
  switch (state) {
    case JobState::open:
      return "Open";
    case JobState::upload_complete:
      return "UploadComplete";
    case JobState::in_progress:
      return "InProgress";
    case JobState::job_complete:
      return "JobComplete";
    case JobState::failed:
      return "Failed";
    case JobState::aborted:
      return "Aborted";
  }
  return "";
}

Error job_fault(std::string code, std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message), .code = std::move(code)};
}

std::string stamp_text(Instant instant) {
  return format_instant(instant, {.fraction_digits = 3, .style = OffsetStyle::compact});
}

Result<CsvFormat> read_format(const json::Value& body) {
  CsvFormat format;
  const std::string_view content = body["contentType"].string_or("CSV");
  if (content != "CSV")
    return job_fault("INVALIDJOB", "Unsupported contentType: " + std::string(content));
  const std::string_view ending = body["lineEnding"].string_or("LF");
  if (ending != "LF" && ending != "CRLF")
    return job_fault("INVALIDJOB", "Unsupported lineEnding: " + std::string(ending));
  format.line_ending = ending == "LF" ? LineEnding::lf : LineEnding::crlf;
  const std::string_view name = body["columnDelimiter"].string_or("COMMA");
  const auto delimiter = delimiter_named(name);
  if (!delimiter)
    return job_fault("INVALIDJOB", "Unsupported columnDelimiter: " + std::string(name));
  format.delimiter = *delimiter;
  return format;
}

void write_head(json::Writer& out, const JobHead& job, std::string_view operation) {
  out.member("id", job.id).member("operation", operation).member("object", job.object);
  out.member("createdById", job.user).member("createdDate", stamp_text(job.created));
  out.member("systemModstamp", stamp_text(job.modified)).member("state", to_string(job.state));
  out.member("concurrencyMode", "Parallel").member("contentType", "CSV");
  out.key("apiVersion").number(job.version);
  out.member("lineEnding", job.format.line_ending == LineEnding::lf ? "LF" : "CRLF");
  out.member("columnDelimiter", delimiter_name(job.format.delimiter));
}

}  // namespace flit::sim::salesforce::bulk
