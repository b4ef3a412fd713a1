// jobs/ingest: create, upload, close, abort, poll, fetch, delete (fact sheet §3).

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/bulk/bulk_service.hpp"
#include "sim/salesforce/bulk/multipart.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::size_t max_inline_characters = 100'000;
constexpr std::size_t max_upload = 150UL * 1024 * 1024 / 4 * 3;  // 150 MB once it is base64

/// The job as the body describes it, without what the service adds.
Result<IngestJob> read_job(std::string_view text) {
  auto document = json::parse(text);
  if (!document) return job_fault("JSON_PARSER_ERROR", document.error().message);
  const json::Value body = document->root();
  if (!body.is_object()) return job_fault("JSON_PARSER_ERROR", "The body must be a JSON object");
  IngestJob job;
  job.request.object = body["object"].string_or("");
  if (job.request.object.empty())
    return job_fault("INVALIDJOB", "Required field object is missing");
  const std::string_view name = body["operation"].string_or("");
  const auto operation = operation_named(name);
  if (!operation)
    return job_fault("INVALIDOPERATION", fmt::format("Unsupported operation: '{}'", name));
  job.request.operation = *operation;
  job.request.external_id_field = body["externalIdFieldName"].string_or("");
  job.request.assignment_rule = body["assignmentRuleId"].string_or("");
  if (*operation == Operation::upsert && job.request.external_id_field.empty())
    return job_fault("INVALIDJOB", "External ID was blank for upsert");
  FLIT_TRY(format, read_format(body));
  job.head.format = format;
  return job;
}

std::string_view media_type(std::string_view content_type) {
  return content_type.substr(0, content_type.find(';'));
}

/// The two parts of a multipart create, in any order; the job's own text alone otherwise.
struct CreateBody {
  std::string_view job{};
  std::optional<std::string_view> content{};
};

Result<CreateBody> read_create(const BulkCall& call) {
  const std::string_view type = call.header("Content-Type");
  if (!is_multipart(type)) return CreateBody{.job = call.request.body};
  auto parts = read_form(type, call.request.body);
  if (!parts) return job_fault("CLIENTINPUTERROR", parts.error().message);
  const FormPart* job = find_part(*parts, "job");
  const FormPart* content = find_part(*parts, "content");
  if (job == nullptr || content == nullptr)
    return job_fault("CLIENTINPUTERROR", "A multipart request has the parts 'job' and 'content'");
  if (content->content.size() > max_inline_characters)
    return job_fault("CLIENTINPUTERROR",
                     "The content of a multipart request has at most 100000 characters");
  return CreateBody{.job = job->content, .content = content->content};
}

}  // namespace

Response BulkService::ingest(const BulkCall& call) {
  const std::string& method = call.request.method;
  const std::string_view id = call.segment(1);
  if (id.empty()) {
    if (method == "POST") return create_ingest(call);
    return method == "GET" ? list(call, ingest_jobs_) : method_not_allowed(method);
  }
  const auto job = ingest_jobs_.find(id);
  if (!job) return not_found();
  const std::string_view below = call.segment(2);
  if (below == "batches") return method == "PUT" ? upload(call, *job) : method_not_allowed(method);
  if (!below.empty())
    return method == "GET" ? ingest_results(*job, below) : method_not_allowed(method);
  if (method == "GET") return json_answer(200, job->info(true));
  if (method == "PATCH") return change_ingest(call, job);
  if (method == "DELETE") return remove_ingest(*job);
  return method_not_allowed(method);
}

Response BulkService::create_ingest(const BulkCall& call) {
  const auto body = read_create(call);
  if (!body) return json_error(400, body.error());
  auto read = read_job(body->job);
  if (!read) return json_error(400, read.error());
  const auto job = std::make_shared<IngestJob>(std::move(*read));
  job->request.user = call.user;
  if (const auto checked = world_.writer.check(job->request); !checked)
    return json_error(400, checked.error());
  job->head.id = world_.next_id("750");
  job->head.object = job->request.object;
  job->head.user = call.user;
  job->head.version = call.version;
  job->head.created = job->head.modified = world_.clock.now();
  ingest_jobs_.add(job);
  if (!body->content) return json_answer(200, job->info(false));
  job->text = *body->content;
  job->uploaded = true;
  close(job);
  return json_answer(200, job->info(false));
}

/// The state reads UploadComplete until somebody looks again: the schedule has not run yet.
void BulkService::close(const std::shared_ptr<IngestJob>& job) {
  job->head.state = JobState::upload_complete;
  job->head.modified = world_.clock.now();
  waiting_.push_back(job);
}

Response BulkService::upload(const BulkCall& call, IngestJob& job) {
  if (job.uploaded)
    return json_error(
        400, job_fault("CLIENTINPUTERROR",
                       fmt::format("Found multiple contents for job: <{}>, please 'Close' / "
                                   "'Abort' / 'Delete' the current Job then create a new Job and "
                                   "make sure you only do 'PUT' once on a given Job.",
                                   job.head.id)));
  if (job.head.state != JobState::open)
    return json_error(400,
                      job_fault("INVALIDJOBSTATE",
                                "Invalid job state: " + std::string(to_string(job.head.state))));
  if (media_type(call.header("Content-Type")) != "text/csv")
    return json_error(
        400, job_fault("CLIENTINPUTERROR", "Only text/csv is allowed as the content of a job"));
  if (call.request.body.size() > max_upload)
    return json_error(400, job_fault("CLIENTINPUTERROR", "The job data exceeds 150 MB"));
  job.text = call.request.body;
  job.uploaded = true;
  return Response{.status = 201};
}

Response BulkService::change_ingest(const BulkCall& call, const std::shared_ptr<IngestJob>& job) {
  const auto document = json::parse(call.request.body);
  const std::string state(document ? document->root()["state"].string_or("") : "");
  if (state == "UploadComplete") {
    if (job->head.state != JobState::open)
      return json_error(400,
                        job_fault("INVALIDJOBSTATE", "Closing already Completed Job not allowed"));
    close(job);
    return json_answer(200, job->info(false));
  }
  if (state != "Aborted")
    return json_error(400, job_fault("INVALIDJOBSTATE", "Invalid job state: '" + state + "'"));
  if (is_terminal(job->head.state))
    return json_error(400,
                      job_fault("INVALIDJOBSTATE", "Aborting already Completed Job not allowed"));
  job->abort(world_.clock.now());
  return json_answer(200, job->info(false));
}

Response BulkService::ingest_results(const IngestJob& job, std::string_view which) const {
  // simple-salesforce spells unprocessedRecords.
  const std::string name = text::ascii_lower(which);
  if (name != "successfulresults" && name != "failedresults" && name != "unprocessedrecords")
    return not_found();
  if (!is_terminal(job.head.state))
    return json_error(400, job_fault("INVALIDJOBSTATE",
                                     "Results are available once the job is JobComplete, Failed "
                                     "or Aborted"));
  if (name == "successfulresults") return csv_answer(job.successful_results());
  if (name == "failedresults") return csv_answer(job.failed_results());
  return csv_answer(job.unprocessed_records());
}

Response BulkService::remove_ingest(const IngestJob& job) {
  if (!is_terminal(job.head.state) && job.head.state != JobState::upload_complete)
    return json_error(400, job_fault("API_ERROR",
                                     "Error encountered when deleting the job because the job is "
                                     "not terminated"));
  const std::string id = job.head.id;
  ingest_jobs_.erase(id);
  return Response{.status = 204};
}

}  // namespace flit::sim::salesforce::bulk
