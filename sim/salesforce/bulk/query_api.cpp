// jobs/query: create, poll, page through, abort, delete (fact sheet §4).

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "sim/salesforce/bulk/bulk_service.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::uint64_t pages_ahead = 5;

/// A locator is the number of the first row of its page.
std::string locator_of(std::uint64_t row) {
  return base64::encode(std::to_string(row), base64::url_form);
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> row_of(std::string_view locator) {
  if (locator.empty()) return 0;
  const auto decoded = base64::decode(locator, base64::url_form);
  return decoded ? number(*decoded) : std::nullopt;
}

}  // namespace

Response BulkService::query(const BulkCall& call) {
  const std::string& method = call.request.method;
  const std::string_view id = call.segment(1);
  if (id.empty()) {
    if (method == "POST") return create_query(call);
    return method == "GET" ? list(call, query_jobs_) : method_not_allowed(method);
  }
  const auto job = query_jobs_.find(id);
  if (!job) return not_found();
  const std::string_view below = call.segment(2);
  if (below == "results" || below == "resultPages") {
    if (method != "GET") return method_not_allowed(method);
    return below == "results" ? query_results(call, *job) : result_pages(call, *job);
  }
  if (!below.empty()) return not_found();
  if (method == "GET") return json_answer(200, job->info(true));
  if (method == "PATCH") return change_query(call, *job);
  if (method != "DELETE") return method_not_allowed(method);
  if (!is_terminal(job->head.state))
    return json_error(400, job_fault("API_ERROR",
                                     "Error encountered when deleting the job because the job is "
                                     "not terminated"));
  query_jobs_.erase(job->head.id);
  return Response{.status = 204};
}

Response BulkService::create_query(const BulkCall& call) {
  const auto document = json::parse(call.request.body);
  if (!document) return json_error(400, job_fault("JSON_PARSER_ERROR", document.error().message));
  const json::Value body = document->root();
  const std::string_view operation = body["operation"].string_or("");
  if (operation != "query" && operation != "queryAll")
    return json_error(
        400, job_fault("INVALIDOPERATION", fmt::format("Unsupported operation: '{}'", operation)));
  const auto job = std::make_shared<QueryJob>();
  job->deleted = operation == "queryAll";
  job->query = body["query"].string_or("");
  const auto format = read_format(body);
  if (!format) return json_error(400, format.error());
  auto object = check_query(job->query, job->deleted, world_.reader);
  if (!object) return json_error(400, object.error());
  if (!world_.quota.take_query_job())
    return json_error(400, job_fault("EXCEEDEDQUOTA", "ApiBulkQuery daily limit exceeded"));
  job->head = {.id = world_.next_id("750"),
               .state = JobState::upload_complete,
               .object = std::move(*object),
               .user = call.user,
               .version = call.version,
               .format = *format,
               .created = world_.clock.now(),
               .modified = world_.clock.now()};
  query_jobs_.add(job);
  return json_answer(200, job->info(false));
}

Response BulkService::change_query(const BulkCall& call, QueryJob& job) {
  const auto document = json::parse(call.request.body);
  const std::string state(document ? document->root()["state"].string_or("") : "");
  if (state != "Aborted")
    return json_error(400, job_fault("INVALIDJOBSTATE", "Invalid job state: '" + state + "'"));
  if (is_terminal(job.head.state))
    return json_error(400,
                      job_fault("INVALIDJOBSTATE", "Aborting already Completed Job not allowed"));
  job.head.state = JobState::aborted;
  job.head.modified = world_.clock.now();
  return json_answer(200, job.info(false));
}

/// The rows of all jobs that wait are written now; the records' lock is taken while ours is held,
/// never the other way round.
void BulkService::run_queries() {
  const std::lock_guard lock(world_.mutex);
  for (const auto& [id, job] : query_jobs_.all()) {
    if (job->head.state != JobState::upload_complete) continue;
    auto rows = run_query(job->query, job->deleted, job->head.format, world_.reader);
    job->head.state = rows ? JobState::job_complete : JobState::failed;
    job->head.modified = world_.clock.now();
    if (rows) {
      job->rows = std::move(*rows);
      job->head.processed = job->rows.size();
    } else {
      job->head.error = rows.error().message;
    }
  }
}

Response BulkService::query_results(const BulkCall& call, const QueryJob& job) const {
  if (job.head.state != JobState::job_complete)
    return json_error(400, job_fault("INVALIDJOBSTATE", "The job is not JobComplete"));
  if (call.version != job.head.version)
    return json_error(409, job_fault("API_ERROR",
                                     "The results of a job are read with the API "
                                     "version that created it"));
  const auto from = row_of(call.parameter("locator"));
  if (!from || *from > job.rows.size())
    return json_error(400, job_fault("INVALID_QUERY_LOCATOR", "invalid query locator"));
  std::uint64_t rows = world_.settings.page_rows;
  if (const std::string_view asked = call.parameter("maxRecords"); !asked.empty()) {
    const auto wanted = number(asked);
    if (!wanted || *wanted == 0)
      return json_error(400, job_fault("INVALIDJOB", "maxRecords must be a positive number"));
    rows = std::min(rows, *wanted);
  }
  rows = std::min(rows, job.rows.size() - *from);
  Response answer = csv_answer(job.rows.header + std::string(job.rows.rows(*from, rows)));
  world_.quota.spend_results(answer.body.size());
  const std::uint64_t next = *from + rows;
  // The literal "null" ends the clients' loops (§0.1).
  answer.headers.add("Sforce-Locator", next < job.rows.size() ? locator_of(next) : "null");
  answer.headers.add("Sforce-NumberOfRecords", std::to_string(rows));
  return answer;
}

Response BulkService::result_pages(const BulkCall& call, const QueryJob& job) const {
  if (job.head.state != JobState::job_complete)
    return json_error(400, job_fault("INVALIDJOBSTATE", "The job is not JobComplete"));
  const auto from = row_of(call.parameter("locator"));
  if (!from) return json_error(400, job_fault("INVALID_QUERY_LOCATOR", "invalid query locator"));
  const std::string base =
      fmt::format("/services/data/v{}/jobs/query/{}", call.version, job.head.id);
  json::Writer out;
  out.begin_object().key("resultPages").begin_array();
  std::uint64_t at = *from;
  for (std::uint64_t page = 0; page < pages_ahead && at < job.rows.size(); ++page) {
    out.begin_object().member("resultUrl",
                              fmt::format("{}/results?locator={}", base, locator_of(at)));
    out.end_object();
    at += world_.settings.page_rows;
  }
  out.end_array();
  const bool done = at >= job.rows.size();
  out.key("nextRecordsUrl");
  if (done)
    out.null();
  else
    out.string(fmt::format("{}/resultPages?locator={}", base, locator_of(at)));
  return json_answer(200, out.member("done", done).end_object().take());
}

}  // namespace flit::sim::salesforce::bulk
