// The Metadata API over SOAP, as jsforce and the Salesforce CLI use it (fact sheet §6.1).

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "sim/salesforce/metadata/node_of_json.hpp"
#include "sim/salesforce/setup/setup_api.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::string_view envelope_attributes =
    R"(xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" )"
    R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance")";
constexpr std::string_view metadata_namespace =
    R"(xmlns="http://soap.sforce.com/2006/04/metadata")";

/// What a call sends, an object's parts behind it.
std::vector<metadata::Component> components_of(const xml::Node& operation) {
  std::vector<metadata::Component> components;
  if (operation.name == "deleteMetadata") {
    for (const xml::Node* name : operation.all("fullNames"))
      components.push_back({.type = std::string(operation.value("type")),
                            .full_name = std::string(text::trim(name->text)),
                            .removed = true});
    return components;
  }
  for (const xml::Node* node : operation.all("metadata")) {
    metadata::Component component{
        .type = node->type, .full_name = std::string(node->value("fullName")), .node = *node};
    auto parts = component.type == "CustomObject"
                     ? metadata::parts_of_object(component.full_name, {}, *node)
                     : std::vector<metadata::Component>();
    components.push_back(std::move(component));
    std::move(parts.begin(), parts.end(), std::back_inserter(components));
  }
  return components;
}

Response envelope(int status, std::string_view body) {
  xml::Writer out;
  out.open("soapenv:Envelope", envelope_attributes).open("soapenv:Body").raw(body);
  out.close("soapenv:Body").close("soapenv:Envelope");
  return Response{.status = status,
                  .headers = {{"Content-Type", "text/xml;charset=UTF-8"}},
                  .body = out.take()};
}

std::string boolean(bool value) {
  return value ? "true" : "false";
}

const xml::Node* operation_of(const xml::Node& envelope) {
  const xml::Node* body = envelope.child("Body");
  return body == nullptr || body->children.empty() ? nullptr : &body->children.front();
}

}  // namespace

std::string SetupApi::session_of(const Request& request) {
  const auto root = xml::read(request.body);
  if (!root) return {};
  const xml::Node* header = root->child("Header");
  const xml::Node* session = header == nullptr ? nullptr : header->child("SessionHeader");
  return session == nullptr ? std::string() : std::string(session->value("sessionId"));
}

Response SetupApi::soap_fault(std::string_view code, std::string_view message) {
  xml::Writer out{xml::Writer::Fragment{}};
  out.open("soapenv:Fault", R"(xmlns:sf="http://soap.sforce.com/2006/04/metadata")");
  out.element("faultcode", fmt::format("sf:{}", code));
  out.element("faultstring", fmt::format("{}: {}", code, message)).close("soapenv:Fault");
  return envelope(500, out.take());
}

Response SetupApi::soap(const Request& request, RecordId user) {
  const auto root = xml::read(request.body);
  if (!root) return soap_fault("INVALID_TYPE", root.error().text());
  const xml::Node* operation = operation_of(*root);
  if (operation == nullptr) return soap_fault("INVALID_OPERATION", "the envelope has no operation");
  const SoapAnswer result = soap_body(*operation, user);
  if (!result) return soap_fault(result.error().code, result.error().message);
  xml::Writer out{xml::Writer::Fragment{}};
  const std::string name = operation->name + "Response";
  out.open(name, metadata_namespace).raw(*result).close(name);
  return envelope(200, out.take());
}

SetupApi::SoapAnswer SetupApi::soap_body(const xml::Node& operation, RecordId user) {
  const std::string_view name = operation.name;
  if (name == "deploy") return soap_deploy(operation, user);
  if (name == "checkDeployStatus") return soap_status(operation);
  if (name == "createMetadata" || name == "upsertMetadata" || name == "updateMetadata" ||
      name == "deleteMetadata")
    return soap_save(operation);
  if (name == "describeMetadata") return soap_describe();
  if (name == "listMetadata") return soap_list(operation);
  if (name == "readMetadata") return soap_read(operation);
  if (name == "retrieve") return soap_retrieve(operation);
  if (name == "checkRetrieveStatus") return soap_retrieve_status(operation);
  return refuse("INVALID_OPERATION", fmt::format("the operation {} is not there", name));
}

SetupApi::SoapAnswer SetupApi::soap_deploy(const xml::Node& operation, RecordId user) {
  std::string encoded;
  for (const char c : operation.value("ZipFile"))
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') encoded += c;
  const auto zip = base64::decode(encoded);
  DeployOptions options;
  if (const xml::Node* given = operation.child("DeployOptions"))
    options = {.check_only = given->is_true("checkOnly"),
               .rollback_on_error = given->is_true("rollbackOnError"),
               .ignore_warnings = given->is_true("ignoreWarnings"),
               .allow_missing_files = given->is_true("allowMissingFiles"),
               .test_level = std::string(given->value("testLevel"))};
  FLIT_TRY_VOID(deployments_.check(options));
  const std::string id = deployments_.start(zip ? *zip : std::string(), options, user);
  xml::Writer out{xml::Writer::Fragment{}};
  out.open("result").element("done", "false").element("id", id).element("state", "Queued");
  return out.close("result").take();
}

SetupApi::SoapAnswer SetupApi::soap_status(const xml::Node& operation) {
  const auto json =
      deployments_.result(operation.value("asyncProcessId"), operation.is_true("includeDetails"));
  if (!json) return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  const auto document = json::parse(*json);
  xml::Writer out{xml::Writer::Fragment{}};
  return out.node(metadata::node_of_json("result", document->root())).take();
}

/// createMetadata and its siblings: up to ten components, each with a result of its own.
std::string SetupApi::soap_save(const xml::Node& operation) {
  xml::Writer out{xml::Writer::Fragment{}};
  const std::size_t given = operation.all("metadata").size() + operation.all("fullNames").size();
  std::size_t at = 0;
  for (const metadata::Component& component : components_of(operation)) {
    ComponentResult saved{.full_name = component.full_name};
    if (given > max_components) {
      saved.problem = "A call takes at most 10 components";
      saved.code = "LIMIT_EXCEEDED";
    } else {
      saved = save(component);
    }
    const bool is_part =
        component.type != "CustomObject" && !component.removed && component.node.name != "metadata";
    if (is_part && saved.success()) continue;  // one result for each component that was sent
    ++at;
    out.open("result");
    if (operation.name == "upsertMetadata") out.element("created", boolean(saved.created));
    if (!saved.success()) {
      out.open("errors").element("message", saved.problem);
      out.element("statusCode", saved.code.empty() ? "UNKNOWN_EXCEPTION" : saved.code);
      out.close("errors");
    }
    out.element("fullName", saved.full_name).element("success", boolean(saved.success()));
    out.close("result");
  }
  return at == 0 ? "<result/>" : out.take();
}

}  // namespace flit::sim::salesforce
