#include "sim/salesforce/bulk/async_service.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "sim/salesforce/bulk/async_zip.hpp"
#include "sim/salesforce/bulk/job.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::size_t max_batch_bytes = 10'000'000;  // §5
constexpr std::uint64_t default_chunk_rows = 100'000;
constexpr std::uint64_t max_chunk_rows = 250'000;

std::string_view media_of(std::string_view content_type) {
  return text::trim(content_type.substr(0, content_type.find(';')));
}

bool is_json(const Request& request) {
  return media_of(request.headers.value_or("Content-Type", "")) == "application/json";
}

/// The members of a jobInfo, from XML or JSON.
Result<std::map<std::string, std::string>> read_info(const BulkCall& call) {
  std::map<std::string, std::string> info;
  if (is_json(call.request)) {
    auto document = json::parse(call.request.body);
    if (!document) return document.error();
    for (const json::Member member : document->root().members())
      info[std::string(member.key)] = std::string(member.value.string_or(""));
    return info;
  }
  auto root = xml::read(call.request.body);
  if (!root) return root.error();
  for (const xml::Node& node : root->children) info[node.name] = std::string(text::trim(node.text));
  return info;
}

std::optional<ContentType> content_named(std::string_view name) {
  if (name == "CSV") return ContentType::csv;
  if (name == "XML") return ContentType::xml;
  if (name == "JSON") return ContentType::json;
  return std::nullopt;
}

/// Sforce-Enable-PKChunking: TRUE, or chunkSize=100000; parent=…; startRow=…
std::uint64_t chunk_rows(std::string_view header) {
  if (header.empty() || text::equals_ascii_fold(header, "FALSE")) return 0;
  std::uint64_t rows = default_chunk_rows;
  const std::string_view name = "chunkSize=";
  if (const std::size_t at = header.find(name); at != std::string_view::npos) {
    const std::string_view digits = header.substr(at + name.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), rows);
  }
  return std::clamp<std::uint64_t>(rows, 1, max_chunk_rows);
}

Response info_answer(int status, std::string_view name, const Info& info, ContentType type) {
  const ContentType notation = type == ContentType::json ? type : ContentType::xml;
  return Response{
      .status = status,
      .headers = {{"Content-Type", std::string(media_type(notation)) + ";charset=UTF-8"}},
      .body = write_info(name, info, notation)};
}

}  // namespace

Response AsyncService::error(const Request& request, int status, std::string_view code,
                             std::string_view message) {
  if (is_json(request)) {
    json::Writer object;
    object.begin_object().member("exceptionCode", code).member("exceptionMessage", message);
    // Exactly this type: Singer's tap compares it.
    return Response{.status = status,
                    .headers = {{"Content-Type", "application/json"}},
                    .body = object.end_object().take()};
  }
  return error(status, code, message);
}

Response AsyncService::error(int status, std::string_view code, std::string_view message) {
  xml::Writer out;
  out.open("error", async_namespace).element("exceptionCode", code);
  out.element("exceptionMessage", message);
  return Response{.status = status,
                  .headers = {{"Content-Type", "application/xml;charset=UTF-8"}},
                  .body = out.close("error").take()};
}

Response AsyncService::handle(const BulkCall& call) {
  run();
  const std::lock_guard lock(world_.mutex);
  const std::string& method = call.request.method;
  if (call.segment(0) != "job")
    return error(call.request, 404, "InvalidUrl", "Destination URL not found");
  if (call.segment(1).empty()) {
    if (method == "POST") return create_job(call);
    return error(call.request, 405, "UnsupportedMethod", "Only POST is allowed here");
  }
  const auto found = jobs_.find(call.segment(1).substr(0, 15));
  if (found == jobs_.end())
    return error(call.request, 400, "InvalidJob",
                 "Unable to find job: " + std::string(call.segment(1)));
  AsyncJob& job = *found->second;
  if (call.segment(2).empty()) {
    if (method == "POST") return change_job(call, job);
    return info_answer(200, "jobInfo", job.info(), job.notation());
  }
  if (call.segment(2) != "batch")
    return error(call.request, 404, "InvalidUrl", "Destination URL not found");
  if (call.segment(3).empty()) {
    if (method == "POST") return create_batch(call, job);
    std::vector<Info> infos;
    for (const auto& one : job.batches) infos.push_back(one->info());
    const ContentType notation = job.content == ContentType::json ? job.content : ContentType::xml;
    return Response{.headers = {{"Content-Type", std::string(media_type(notation))}},
                    .body = write_info_list("batchInfoList", "batchInfo", infos, notation)};
  }
  const auto one = job.find(call.segment(3));
  if (!one)
    return error(call.request, 400, "InvalidBatch",
                 "Unable to find batch: " + std::string(call.segment(3)));
  return batch(call, job, *one);
}

Response AsyncService::create_job(const BulkCall& call) {
  auto info = read_info(call);
  if (!info) return error(call.request, 400, "InvalidJob", info.error().text());
  const auto job = std::make_shared<AsyncJob>();
  job->operation = (*info)["operation"];
  job->request.object = (*info)["object"];
  job->request.external_id_field = (*info)["externalIdFieldName"];
  job->request.assignment_rule = (*info)["assignmentRuleId"];
  job->request.user = call.user;
  job->serial = (*info)["concurrencyMode"] == "Serial";
  std::string content = (*info)["contentType"];
  job->made_by_json = is_json(call.request);
  if (content.empty()) content = job->made_by_json ? "JSON" : "XML";
  job->zipped = content.starts_with("ZIP_") && !job->is_query();
  const auto type = content_named(std::string_view(content).substr(job->zipped ? 4 : 0));
  if (!type) return error(call.request, 400, "InvalidJob", "Unsupported contentType: " + content);
  job->content = *type;
  if (!job->is_query()) {
    const auto operation = operation_named(job->operation);
    if (!operation)
      return error(call.request, 400, "InvalidJob", "Unknown operation: " + job->operation);
    job->request.operation = *operation;
    if (*operation == Operation::upsert && job->request.external_id_field.empty())
      return error(call.request, 400, "InvalidJob", "External ID was blank for upsert");
    if (const auto checked = world_.writer.check(job->request); !checked)
      return error(call.request, 400,
                   checked.error().code == "FEATURENOTENABLED" ? "FeatureNotEnabled" : "InvalidJob",
                   checked.error().message);
  }
  job->chunk_rows = chunk_rows(call.header("Sforce-Enable-PKChunking"));
  job->id = world_.next_id("750");
  job->version = call.version;
  job->created = job->modified = world_.clock.now();
  jobs_.emplace(job->id.substr(0, 15), job);
  return info_answer(201, "jobInfo", job->info(), job->notation());
}

Response AsyncService::change_job(const BulkCall& call, AsyncJob& job) {
  auto info = read_info(call);
  if (!info) return error(call.request, 400, "InvalidJob", info.error().text());
  const std::string& state = (*info)["state"];
  if (state != "Closed" && state != "Aborted")
    return error(call.request, 400, "InvalidJobState", "Unknown job state: " + state);
  if (job.state == AsyncState::aborted || job.state == AsyncState::failed)
    return error(call.request, 400, "InvalidJobState",
                 "The job is " + std::string(to_string(job.state)));
  job.state = state == "Closed" ? AsyncState::closed : AsyncState::aborted;
  job.modified = world_.clock.now();
  if (job.state == AsyncState::aborted)
    for (const auto& one : job.batches) one->stopped = one->state != BatchState::completed;
  return info_answer(200, "jobInfo", job.info(), job.notation());
}

std::shared_ptr<AsyncBatch> AsyncService::add_batch(AsyncJob& job) {
  auto batch = std::make_shared<AsyncBatch>();
  batch->id = world_.next_id("751");
  batch->job = job.id;
  batch->created = batch->modified = world_.clock.now();
  job.batches.push_back(batch);
  return batch;
}

Response AsyncService::create_batch(const BulkCall& call, AsyncJob& job) {
  if (job.state != AsyncState::open)
    return error(call.request, 400, "InvalidJobState", "The job is not open");
  if (call.request.body.size() > max_batch_bytes)
    return error(call.request, 400, "ClientInputError",
                 "The batch exceeds 10 MB or 10,000,000 characters");
  if (!world_.quota.take_batches(1))
    return error(call.request, 400, "ExceededQuota", "The batches of this day are used up");
  const auto batch = add_batch(job);
  batch->request = call.request.body;
  if (!job.is_query()) start_load(job, batch);
  return info_answer(201, "batchInfo", batch->info(), job.content);
}

void AsyncService::start_load(AsyncJob& job, const std::shared_ptr<AsyncBatch>& batch) {
  const auto refuse = [&](std::string message) {
    batch->state = BatchState::failed;
    batch->message = std::move(message);
  };
  const auto upload = std::make_shared<Upload>();
  upload->any_line_ending = true;
  upload->any_cell_length = job.zipped;
  if (job.content == ContentType::csv && !job.zipped) {
    upload->text = batch->request;
  } else {
    auto csv = job.zipped ? unzipped_csv(batch->request, job.content)
                          : records_as_csv(batch->request, job.content);
    if (!csv) return refuse(csv.error().message);
    upload->text = std::move(*csv);
  }
  if (const auto opened = open_upload(*upload, job.request, world_.writer); !opened)
    return refuse(opened.error().message);
  const std::string_view rows = std::string_view(upload->text).substr(upload->rows_begin);
  if (cut_rows(rows, rows_per_batch).size() > 1)
    return refuse("InvalidBatch : Exceeded max number of records in a batch: 10000");
  world_.schedule.add(
      std::make_shared<IngestBatch>(upload, upload->rows_begin, upload->text.size(), batch),
      world_.clock.now(), job.serial ? job.id : std::string());
}

void AsyncService::run_query_batch(AsyncJob& job, AsyncBatch& batch) {
  auto rows = run_query(batch.request, job.operation == "queryAll", {}, world_.reader);
  batch.modified = world_.clock.now();
  if (!rows) {
    batch.state = BatchState::failed;
    batch.message = "InvalidBatch : Failed to process query: " + rows.error().code + ": " +
                    rows.error().message;
    return;
  }
  if (job.chunk_rows == 0) {
    batch.state = BatchState::completed;
    batch.processed = rows->size();
    batch.results.emplace_back(world_.next_id("752"), std::move(*rows));
    return;
  }
  batch.state = BatchState::not_processed;
  for (std::uint64_t from = 0; from < rows->size(); from += job.chunk_rows) {
    const auto part = add_batch(job);
    part->request = batch.request;
    part->state = BatchState::completed;
    CsvRows chunk{.header = rows->header, .text = std::string(rows->rows(from, job.chunk_rows))};
    const std::uint64_t to = std::min(rows->size(), from + job.chunk_rows);
    for (std::uint64_t at = from; at < to; ++at)
      chunk.starts.push_back(rows->starts[at] - rows->starts[from]);
    part->processed = chunk.size();
    part->results.emplace_back(world_.next_id("752"), std::move(chunk));
  }
}

void AsyncService::run() {
  {
    const std::lock_guard lock(world_.mutex);
    for (const auto& [id, job] : jobs_) {
      if (!job->is_query()) continue;
      for (std::size_t i = 0; i < job->batches.size(); ++i) {
        const auto batch = job->batches[i];
        if (batch->state != BatchState::queued) continue;
        if (batch->stopped)
          batch->state = BatchState::not_processed;
        else
          run_query_batch(*job, *batch);
      }
    }
  }
  world_.schedule.run(world_.clock.now());
}

void AsyncService::reset() {
  const std::lock_guard lock(world_.mutex);
  for (const auto& [id, job] : jobs_)
    for (const auto& batch : job->batches) batch->stopped = true;
  jobs_.clear();
}

Response AsyncService::batch(const BulkCall& call, const AsyncJob& job,
                             const AsyncBatch& batch) const {
  if (call.request.method != "GET")
    return error(call.request, 405, "UnsupportedMethod", "Only GET is allowed here");
  const std::string_view below = call.segment(4);
  if (below.empty()) return info_answer(200, "batchInfo", batch.info(), job.content);
  if (below == "request")
    return Response{.headers = {{"Content-Type", std::string(media_type(job.content))}},
                    .body = batch.request};
  if (below == "result") return result(call, job, batch);
  return error(call.request, 404, "InvalidUrl", "Destination URL not found");
}

Response AsyncService::result(const BulkCall& call, const AsyncJob& job,
                              const AsyncBatch& batch) const {
  if (batch.state != BatchState::completed)
    return error(call.request, 400, "InvalidBatch",
                 batch.message.empty() ? "Batch not completed" : batch.message);
  const std::string media = std::string(media_type(job.content)) + ";charset=UTF-8";
  if (!job.is_query())
    return Response{.headers = {{"Content-Type", media}}, .body = batch.result(job.content)};
  const std::string_view wanted = call.segment(5);
  if (wanted.empty()) {
    const bool is_json = job.content == ContentType::json;
    std::string list;
    for (const auto& [id, rows] : batch.results)
      list += is_json ? (list.empty() ? "\"" : ",\"") + id + "\"" : "<result>" + id + "</result>";
    if (is_json) return Response{.headers = {{"Content-Type", media}}, .body = "[" + list + "]"};
    xml::Writer out;
    out.open("result-list", async_namespace).raw(list);
    return Response{.headers = {{"Content-Type", "application/xml;charset=UTF-8"}},
                    .body = out.close("result-list").take()};
  }
  for (const auto& [id, rows] : batch.results)
    if (std::string_view(id).substr(0, 15) == wanted.substr(0, 15))
      return Response{.headers = {{"Content-Type", media}},
                      .body = write_rows(rows, job.content, job.request.object)};
  return error(call.request, 400, "InvalidBatch", "Unable to find result: " + std::string(wanted));
}

}  // namespace flit::sim::salesforce::bulk
