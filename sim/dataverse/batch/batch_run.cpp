#include "sim/dataverse/batch/batch_run.hpp"

#include <optional>

#include "base/json_writer.hpp"
#include "sim/dataverse/batch/multipart.hpp"
#include "sim/dataverse/batch/references.hpp"
#include "sim/dataverse/batch/response_writer.hpp"

namespace flit::sim::dataverse::batch {
namespace {

PartResponse refused(int status, const Error& error) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json; odata.metadata=minimal"},
                      {"OData-Version", "4.0"}},
          .body = error_body(error)};
}

std::optional<std::string_view> entity_of(const PartResponse& response) {
  for (const auto& [name, value] : response.headers)
    if (equal_ignoring_case(name, "OData-EntityId")) return below_service_root(value);
  return std::nullopt;
}

class Run {
 public:
  Run(const BatchSettings& settings, BatchHost& host)
      : settings_(settings), host_(host), writer_("batchresponse_" + settings.new_id()) {}

  BatchResponse run(const BatchRequest& request) {
    BatchResponse answer;
    for (const Part& part : request.parts) {
      const int status = part.is_change_set ? run_change_set(part) : run_single(part);
      if (status < 400 || settings_.on_error == OnError::go_on) continue;
      answer.status = status;
      break;
    }
    answer.content_type = writer_.content_type();
    answer.body = writer_.finish();
    return answer;
  }

 private:
  int run_single(const Part& part) {
    const Operation& operation = part.operations.front();
    const PartResponse response = execute(operation);
    writer_.add(response, operation.content_id);
    return response.status;
  }

  int run_change_set(const Part& part) {
    std::vector<PartResponse> responses;
    responses.reserve(part.operations.size());
    host_.begin();
    for (const Operation& operation : part.operations) {
      responses.push_back(execute_change(operation));
      if (!responses.back().failed()) continue;
      host_.rollback();
      forget(part);
      add_failure(responses.back(), operation);
      return responses.back().status;
    }
    host_.commit();
    writer_.open_change_set("changesetresponse_" + settings_.new_id());
    for (std::size_t i = 0; i < responses.size(); ++i)
      writer_.add(responses[i], part.operations[i].content_id);
    writer_.close_change_set();
    return 200;
  }

  void add_failure(const PartResponse& response, const Operation& operation) {
    const bool nested = settings_.failed_change_set == FailedChangeSet::nested_part;
    if (nested) writer_.open_change_set("changesetresponse_" + settings_.new_id());
    writer_.add(response, operation.content_id);
    if (nested) writer_.close_change_set();
  }

  void forget(const Part& part) {
    for (const Operation& operation : part.operations)
      if (operation.content_id) references_.forget(*operation.content_id);
  }

  PartResponse execute_change(const Operation& operation) {
    if (settings_.content_id_required && !operation.content_id)
      return refused(400,
                     batch_fault("The 'Content-ID' header is required for every operation of a "
                                 "change set."));
    return execute(operation);
  }

  PartResponse execute(const Operation& operation) {
    const auto below = below_service_root(operation.target);
    if (!below)
      return refused(404, batch_fault("Resource not found for the segment '" +
                                      std::string(operation.target.substr(0, 200)) + "'."));
    auto target = references_.resolve_target(*below);
    if (!target) return refused(400, target.error());
    const auto body = references_.resolve_body(operation.body);
    if (!body) return refused(400, body.error());
    PartResponse response = host_.execute(
        Call{operation, std::move(*target), *body ? std::string_view(**body) : operation.body});
    if (!response.failed() && operation.content_id)
      if (const auto entity = entity_of(response))
        references_.define(*operation.content_id, *entity);
    return response;
  }

  const BatchSettings& settings_;
  BatchHost& host_;
  ResponseWriter writer_;
  References references_;
};

}  // namespace

BatchResponse run_batch(const BatchRequest& request, const BatchSettings& settings,
                        BatchHost& host) {
  return Run(settings, host).run(request);
}

std::string error_body(const Error& error) {
  json::Writer writer;
  writer.begin_object().key("error").begin_object();
  writer.member("code", error.code).member("message", error.message);
  writer.end_object().end_object();
  return writer.take();
}

}  // namespace flit::sim::dataverse::batch
