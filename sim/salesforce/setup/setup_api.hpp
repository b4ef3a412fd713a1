#pragma once
/// @file Schema set-up over HTTP: deployRequest, Tooling, the Metadata API's SOAP (fact sheet §6).
///
/// Thread-safe; takes the org's lock itself.

#include <optional>
#include <string>

#include "sim/base/request.hpp"
#include "sim/base/response.hpp"
#include "sim/salesforce/api/api_call.hpp"
#include "sim/salesforce/setup/deployments.hpp"
#include "sim/salesforce/setup/retrievals.hpp"

namespace flit::sim::salesforce {

class SetupApi {
 public:
  explicit SetupApi(Organization& org)
      : org_(org), deployments_(org, value_sets_), retrievals_(org, value_sets_) {}

  /// metadata/** and tooling/**; none: another handler's path (tooling/query over records).
  std::optional<ApiReply> run(const ApiCall& call);

  /// The body of a request to /services/Soap/m/NN; `user` is whom its session stands for.
  /// The session id is in the envelope: see session_of().
  Response soap(const Request& request, RecordId user);
  static std::string session_of(const Request& request);
  static Response soap_fault(std::string_view code, std::string_view message);

  void reset();

 private:
  static constexpr std::size_t max_components = 10;  ///< of one SOAP call (§6.1)

  // setup_api.cpp
  ApiReply deploy_request(const ApiCall& call);
  ApiReply start_deploy(const ApiCall& call);
  // tooling_api.cpp
  std::optional<ApiReply> tooling(const ApiCall& call);
  ApiReply create_component(const ApiCall& call);
  ApiReply remove_component(const ApiCall& call);
  std::optional<ApiReply> tooling_query(const ApiCall& call);
  // metadata_soap.cpp
  using SoapAnswer = Answer<std::string>;  ///< what stands inside the response's element
  SoapAnswer soap_body(const xml::Node& operation, RecordId user);
  std::string soap_save(const xml::Node& operation);
  SoapAnswer soap_deploy(const xml::Node& operation, RecordId user);
  SoapAnswer soap_status(const xml::Node& operation);
  // metadata_reads.cpp
  static std::string soap_describe();
  SoapAnswer soap_list(const xml::Node& operation) const;
  SoapAnswer soap_read(const xml::Node& operation) const;
  SoapAnswer soap_retrieve(const xml::Node& operation);
  SoapAnswer soap_retrieve_status(const xml::Node& operation) const;

  /// One component, saved at once.
  ComponentResult save(const metadata::Component& component);

  Organization& org_;
  ValueSets value_sets_;
  Deployments deployments_;
  Retrievals retrievals_;
};

}  // namespace flit::sim::salesforce
