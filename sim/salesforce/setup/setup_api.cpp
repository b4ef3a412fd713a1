#include "sim/salesforce/setup/setup_api.hpp"

#include <mutex>

#include <fmt/format.h>

#include "sim/salesforce/bulk/multipart.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

ApiReply refused(std::string code, std::string message) {
  return ApiReply::refused({.code = std::move(code), .message = std::move(message)});
}

/// The zip and the options of a multipart deploy. Documentation, jsforce and sf name the parts
/// differently, so they are told apart by what they are (§6.1).
struct DeployParts {
  std::string_view zip{};
  std::string_view options{};
};

Result<DeployParts> parts_of(const ApiCall& call) {
  FLIT_TRY(parts, bulk::read_form(call.header("Content-Type"), call.body));
  DeployParts deploy;
  for (const bulk::FormPart& part : parts) {
    const bool is_json = part.content_type == "application/json" || part.name == "json" ||
                         part.name == "entity_content";
    (is_json ? deploy.options : deploy.zip) = part.content;
  }
  if (deploy.zip.empty()) return Error{.message = "The request has no zip archive"};
  return deploy;
}

}  // namespace

std::optional<ApiReply> SetupApi::run(const ApiCall& call) {
  const std::string_view first = call.segment(0);
  if (first == "tooling") return tooling(call);
  if (first != "metadata") return std::nullopt;
  if (call.segment(1) == "deployRequest") return deploy_request(call);
  return ApiReply::refused(errors::not_found());
}

void SetupApi::reset() {
  const std::unique_lock lock(org_.mutex);
  value_sets_.clear();
  deployments_.clear();
  retrievals_.clear();
}

ComponentResult SetupApi::save(const metadata::Component& component) {
  const std::unique_lock lock(org_.mutex);
  SchemaSetup setup(org_, value_sets_);
  ComponentResult result = setup.save(component);
  setup.finish();
  return result;
}

ApiReply SetupApi::deploy_request(const ApiCall& call) {
  const std::string_view id = call.segment(2);
  if (id.empty())
    return call.method == "POST" ? start_deploy(call)
                                 : ApiReply::refused(errors::method_not_allowed(call.method));
  if (!deployments_.exists(id)) return ApiReply::refused(errors::not_found());
  if (call.method == "PATCH") return refused("INVALID_ID_FIELD", "Deployment already completed");
  if (call.method != "GET") return ApiReply::refused(errors::method_not_allowed(call.method));
  const bool details = call.parameter("includeDetails").value_or("false") == "true";
  ApiReply reply = ApiReply::json(200, fmt::format(R"({{"id":"{}","deployResult":{}}})", id,
                                                   *deployments_.result(id, details)));
  reply.endpoint = "/metadata/deployRequest/{id}";
  return reply;
}

ApiReply SetupApi::start_deploy(const ApiCall& call) {
  const auto parts = parts_of(call);
  if (!parts) return refused("INVALID_MULTIPART_REQUEST", parts.error().message);
  json::Document document;
  DeployOptions options;
  std::string echoed = "{}";
  if (!parts->options.empty()) {
    const auto body = document.read(parts->options);
    if (!body) return refused("JSON_PARSER_ERROR", body.error().message);
    options = DeployOptions::read((*body)["deployOptions"]);
    if ((*body)["deployOptions"].is_object()) echoed = (*body)["deployOptions"].dump();
  }
  if (const auto allowed = deployments_.check(options); !allowed)
    return ApiReply::refused(allowed.error());
  const std::string id = deployments_.start(parts->zip, options, call.caller.user);
  ApiReply reply =
      ApiReply::json(201, fmt::format(R"({{"id":"{}","deployOptions":{},"deployResult":{}}})", id,
                                      echoed, *deployments_.pending(id)));
  reply.endpoint = "/metadata/deployRequest";
  return reply;
}

}  // namespace flit::sim::salesforce
