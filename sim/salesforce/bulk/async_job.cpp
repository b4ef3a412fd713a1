#include "sim/salesforce/bulk/async_job.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "sim/salesforce/bulk/job.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

std::string json_of(const Info& info) {
  json::Writer out;
  out.begin_object();
  for (const InfoField& field : info) {
    out.key(field.name);
    if (field.is_number)
      out.number(field.value);
    else
      out.string(field.value);
  }
  return out.end_object().take();
}

void append_xml(xml::Writer& out, const Info& info) {
  for (const InfoField& field : info) out.element(field.name, field.value);
}

InfoField number(std::string name, std::uint64_t value) {
  return {std::move(name), std::to_string(value), true};
}

/// "REQUIRED_FIELD_MISSING:message:LastName --" → its three parts.
struct ErrorParts {
  std::string_view code{};
  std::string_view message{};
  std::string_view fields{};
};

ErrorParts parts_of(std::string_view error) {
  ErrorParts parts;
  const std::size_t first = error.find(':');
  const std::size_t last = error.rfind(':');
  parts.code = error.substr(0, first);
  if (first == std::string_view::npos || last <= first) return parts;
  parts.message = error.substr(first + 1, last - first - 1);
  parts.fields = error.substr(last + 1);
  return parts;
}

std::string result_json(const std::vector<RowOutcome>& outcomes) {
  json::Writer out;
  out.begin_array();
  for (const RowOutcome& outcome : outcomes) {
    out.begin_object().member("success", outcome.success).member("created", outcome.created);
    out.key("id");
    if (outcome.id.empty())
      out.null();
    else
      out.string(outcome.id);
    out.key("errors").begin_array();
    if (!outcome.success) {
      const ErrorParts parts = parts_of(outcome.error);
      out.begin_object().member("message", parts.message).key("fields").begin_array().end_array();
      out.member("statusCode", parts.code).end_object();
    }
    out.end_array().end_object();
  }
  return out.end_array().take();
}

std::string result_xml(const std::vector<RowOutcome>& outcomes) {
  xml::Writer out;
  out.open("results", async_namespace);
  for (const RowOutcome& outcome : outcomes) {
    out.open("result");
    if (!outcome.success) {
      const ErrorParts parts = parts_of(outcome.error);
      out.open("errors").element("message", parts.message).element("statusCode", parts.code);
      out.close("errors");
    }
    if (!outcome.id.empty()) out.element("id", outcome.id);
    out.element("success", outcome.success ? "true" : "false");
    out.element("created", outcome.created ? "true" : "false").close("result");
  }
  return out.close("results").take();
}

}  // namespace

std::string_view to_string(ContentType type) {
  switch (type) {
    case ContentType::csv:
      return "CSV";
    case ContentType::xml:
      return "XML";
    case ContentType::json:
      return "JSON";
  }
  return "";
}

std::string_view to_string(AsyncState state) {
  switch (state) {
    case AsyncState::open:
      return "Open";
    case AsyncState::closed:
      return "Closed";
    case AsyncState::aborted:
      return "Aborted";
    case AsyncState::failed:
      return "Failed";
  }
  return "";
}

std::string_view to_string(BatchState state) {
  switch (state) {
    case BatchState::queued:
      return "Queued";
    case BatchState::in_progress:
      return "InProgress";
    case BatchState::completed:
      return "Completed";
    case BatchState::failed:
      return "Failed";
    case BatchState::not_processed:
      return "NotProcessed";
  }
  return "";
}

std::string_view media_type(ContentType type) {
  switch (type) {
    case ContentType::csv:
      return "text/csv";
    case ContentType::xml:
      return "application/xml";
    case ContentType::json:
      return "application/json";
  }
  return "";
}

std::string write_info(std::string_view name, const Info& info, ContentType type) {
  if (type == ContentType::json) return json_of(info);
  xml::Writer out;
  out.open(name, async_namespace);
  append_xml(out, info);
  return out.close(name).take();
}

std::string write_info_list(std::string_view list, std::string_view name,
                            const std::vector<Info>& infos, ContentType type) {
  if (type == ContentType::json) {
    std::string out = "{\"" + std::string(name) + "\":[";
    for (std::size_t i = 0; i < infos.size(); ++i) {
      if (i != 0) out += ',';
      out += json_of(infos[i]);
    }
    return out + "]}";
  }
  xml::Writer out;
  out.open(list, async_namespace);
  for (const Info& info : infos) {
    out.open(name);
    append_xml(out, info);
    out.close(name);
  }
  return out.close(list).take();
}

void AsyncBatch::row(std::span<const std::string_view> /*cells*/, const RowOutcome& outcome) {
  state = BatchState::in_progress;
  ++processed;
  if (!outcome.success) ++failed;
  outcomes.push_back(outcome);
}

void AsyncBatch::finished() {
  state = stopped ? BatchState::not_processed : BatchState::completed;
}

Info AsyncBatch::info() const {
  Info info{{"id", id}, {"jobId", job}, {"state", std::string(to_string(state))}};
  if (!message.empty()) info.push_back({"stateMessage", message});
  info.push_back({"createdDate", stamp_text(created)});
  info.push_back({"systemModstamp", stamp_text(modified)});
  info.push_back(number("numberRecordsProcessed", processed));
  info.push_back(number("numberRecordsFailed", failed));
  for (const char* name : {"totalProcessingTime", "apiActiveProcessingTime", "apexProcessingTime"})
    info.push_back(number(name, 0));
  return info;
}

std::string AsyncBatch::result(ContentType type) const {
  if (type == ContentType::json) return result_json(outcomes);
  if (type == ContentType::xml) return result_xml(outcomes);
  std::string out = "\"Id\",\"Success\",\"Created\",\"Error\"\n";
  for (const RowOutcome& outcome : outcomes) {
    append_quoted_cell(out, outcome.id);
    out += outcome.success ? ",\"true\"" : ",\"false\"";
    out += outcome.created ? ",\"true\"," : ",\"false\",";
    append_quoted_cell(out, outcome.error);
    out += '\n';
  }
  return out;
}

std::shared_ptr<AsyncBatch> AsyncJob::find(std::string_view batch) const {
  for (const auto& one : batches)
    if (std::string_view(one->id).substr(0, 15) == batch.substr(0, 15)) return one;
  return nullptr;
}

Info AsyncJob::info() const {
  Info info{{"id", id}, {"operation", operation}, {"object", request.object}};
  info.push_back({"createdById", request.user});
  info.push_back({"createdDate", stamp_text(created)});
  info.push_back({"systemModstamp", stamp_text(modified)});
  info.push_back({"state", std::string(to_string(state))});
  if (!request.external_id_field.empty())
    info.push_back({"externalIdFieldName", request.external_id_field});
  info.push_back({"concurrencyMode", serial ? "Serial" : "Parallel"});
  info.push_back({"contentType", (zipped ? "ZIP_" : "") + std::string(to_string(content))});
  const auto in_state = [&](BatchState wanted) {
    return static_cast<std::uint64_t>(std::count_if(
        batches.begin(), batches.end(), [&](const auto& batch) { return batch->state == wanted; }));
  };
  info.push_back(number("numberBatchesQueued", in_state(BatchState::queued)));
  info.push_back(number("numberBatchesInProgress", in_state(BatchState::in_progress)));
  info.push_back(number("numberBatchesCompleted", in_state(BatchState::completed)));
  info.push_back(number("numberBatchesFailed", in_state(BatchState::failed)));
  info.push_back(number("numberBatchesTotal", batches.size()));
  std::uint64_t processed = 0;
  std::uint64_t failed = 0;
  for (const auto& batch : batches) {
    processed += batch->processed;
    failed += batch->failed;
  }
  info.push_back(number("numberRecordsProcessed", processed));
  info.push_back(number("numberRetries", 0));
  info.push_back({"apiVersion", version, true});
  info.push_back(number("numberRecordsFailed", failed));
  for (const char* name : {"totalProcessingTime", "apiActiveProcessingTime", "apexProcessingTime"})
    info.push_back(number(name, 0));
  return info;
}

}  // namespace flit::sim::salesforce::bulk
