#include "sim/salesforce/bulk/ingest_job.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::array<std::pair<std::string_view, Operation>, 5> operations{
    {{"insert", Operation::insert},
     {"update", Operation::update},
     {"upsert", Operation::upsert},
     {"delete", Operation::remove},
     {"hardDelete", Operation::hard_remove}}};

}  // namespace

std::optional<Operation> operation_named(std::string_view name) {
  for (const auto& [text, operation] : operations)
    if (text == name) return operation;
  return std::nullopt;
}

std::string_view to_string(Operation operation) {
  for (const auto& [text, known] : operations)
    if (known == operation) return text;
  return {};
}

std::vector<std::shared_ptr<IngestBatch>> IngestJob::close(const std::shared_ptr<IngestJob>& self,
                                                           RowWriter& writer, Instant now) {
  head.state = JobState::in_progress;
  head.modified = now;
  upload_ = std::make_shared<Upload>();
  upload_->text = std::move(text);
  upload_->format = head.format;
  text.clear();
  const auto opened = open_upload(*upload_, request, writer);
  header_ = upload_->header_text;
  if (!opened) {
    head.state = JobState::failed;
    head.error = opened.error().message;
    unprocessed_ = upload_->text.substr(upload_->rows_begin);
    upload_.reset();
    return {};
  }
  const std::size_t begin = upload_->rows_begin;
  const std::size_t end = upload_->text.size();
  std::vector<std::shared_ptr<IngestBatch>> batches;
  auto starts = cut_rows(std::string_view(upload_->text).substr(begin), rows_per_batch);
  starts.push_back(end - begin);
  for (std::size_t i = 0; i + 1 < starts.size(); ++i)
    batches.push_back(
        std::make_shared<IngestBatch>(upload_, begin + starts[i], begin + starts[i + 1], self));
  batches_.assign(batches.begin(), batches.end());
  open_batches_ = batches.size();
  return batches;
}

void IngestJob::row(std::span<const std::string_view> cells, const RowOutcome& outcome) {
  ++head.processed;
  if (!outcome.success) ++head.failed;
  std::string& out = outcome.success ? successful_ : failed_;
  append_quoted_cell(out, outcome.id);
  out += head.format.delimiter;
  append_quoted_cell(out, outcome.success ? (outcome.created ? "true" : "false") : outcome.error);
  for (const std::string_view cell : cells) {
    out += head.format.delimiter;
    append_quoted_cell(out, cell);
  }
  out += head.format.end_of_line();
}

void IngestJob::finished() {
  if (--open_batches_ != 0) return;
  if (head.state == JobState::in_progress) head.state = JobState::job_complete;
  upload_.reset();
}

std::string IngestJob::results_header(std::string_view second) const {
  std::string out = fmt::format("\"sf__Id\"{}\"{}\"", head.format.delimiter, second);
  if (!header_.empty()) {
    out += head.format.delimiter;
    out += header_;
  }
  return out + std::string(head.format.end_of_line());
}

void IngestJob::abort(Instant now) {
  head.state = JobState::aborted;
  head.modified = now;
  for (const auto& weak : batches_)
    if (const auto batch = weak.lock())
      unprocessed_ +=
          std::string_view(upload_->text).substr(batch->unread(), batch->end() - batch->unread());
}

std::string IngestJob::unprocessed_records() const {
  if (!text.empty()) return text;  // aborted before it was closed
  if (header_.empty()) return unprocessed_;
  return header_ + std::string(head.format.end_of_line()) + unprocessed_;
}

std::string IngestJob::info(bool whole) const {
  json::Writer out;
  out.begin_object();
  write_head(out, head, to_string(request.operation));
  if (!request.external_id_field.empty())
    out.member("externalIdFieldName", request.external_id_field);
  if (!request.assignment_rule.empty()) out.member("assignmentRuleId", request.assignment_rule);
  // Without a leading slash: SFDMU 3 builds instanceUrl + '/' + contentUrl.
  if (head.state == JobState::open)
    out.member("contentUrl",
               fmt::format("services/data/v{}/jobs/ingest/{}/batches", head.version, head.id));
  if (whole) {
    out.member("jobType", "V2Ingest").member("retries", 0);
    out.member("totalProcessingTime", 0).member("apiActiveProcessingTime", 0);
    out.member("apexProcessingTime", 0);
    out.member("numberRecordsProcessed", head.processed);
    out.member("numberRecordsFailed", head.failed);
    if (!head.error.empty()) out.member("errorMessage", head.error);
  }
  return out.end_object().take();
}

}  // namespace flit::sim::salesforce::bulk
