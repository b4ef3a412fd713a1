#include "sim/salesforce/service/salesforce_simulator.hpp"

#include <mutex>

#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/service/versions.hpp"

namespace flit::sim::salesforce {
namespace {

Response response_of(ApiReply reply) {
  Response response{.status = reply.status};
  for (auto& [name, value] : reply.headers) response.headers.add(std::move(name), std::move(value));
  if (!reply.body.empty()) response.headers.set("Content-Type", reply.content_type);
  response.body = std::move(reply.body);
  response.endpoint = std::move(reply.endpoint);
  return response;
}

}  // namespace

SalesforceSimulator::SalesforceSimulator(SimulatorSettings settings,
                                         const Surroundings& surroundings)
    : settings_(std::move(settings)),
      surroundings_(surroundings),
      org_(settings_.organization, surroundings.clock) {}

Access SalesforceSimulator::access() const {
  return {.token_path = "/services/oauth2/token",
          .client_id = org_.settings.client_id,
          .client_secret = org_.settings.client_secret,
          .access_token = org_.known.organization.text15() + "!flit"};
}

Response SalesforceSimulator::handle(const Request& request) {
  const auto& segments = request.target.segments;
  if (segments.size() == 2 && segments[0] == "services" && segments[1] == "data")
    return response_of(ApiReply::json(200, versions_json()));
  return response_of(ApiReply::refused(errors::not_found()));
}

DigestReport SalesforceSimulator::digest() const {
  return {};
}

Result<std::string> SalesforceSimulator::edit(json::Value /*edits*/) {
  return std::string("null");
}

void SalesforceSimulator::reset() {
  const std::unique_lock lock(org_.mutex);
  org_.reset();
}

}  // namespace flit::sim::salesforce
