#pragma once
/// @file The partner API over SOAP, as far as clients and loaders need what REST does not have
/// (fact sheet §1.2, §7, §8): login and logout up to version 64, getServerTimestamp, undelete,
/// emptyRecycleBin, convertLead, merge.
///
/// Takes the org's lock itself. Thread-safe.

#include <string>

#include "sim/base/request.hpp"
#include "sim/base/response.hpp"
#include "sim/salesforce/identity/sessions.hpp"
#include "sim/salesforce/organization/organization.hpp"
#include "sim/salesforce/write/work.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce {

class PartnerSoap {
 public:
  PartnerSoap(Organization& org, Sessions& sessions) : org_(org), sessions_(sessions) {}

  static Response fault(std::string_view code, std::string_view message);

  /// POST /services/Soap/u/NN.N; `root` is the address the client used.
  Response handle(const Request& request, const std::string& root);

 private:
  Response login(const xml::Node& call, const std::string& version, const std::string& root);
  Response many(const xml::Node& call, RecordId user);
  Response convert(const xml::Node& call, RecordId user);
  Response merge(const xml::Node& call, RecordId user);

  Organization& org_;
  Sessions& sessions_;
};

/// One lead of a convertLead call.
struct LeadConversion {
  RecordId lead{};
  RecordId account{};      ///< nothing: a new one of the lead's company
  RecordId contact{};      ///< nothing: a new one of the lead's name
  RecordId opportunity{};  ///< set by the conversion, nothing when none was wanted
  std::string status{};
  std::string opportunity_name{};
  bool with_opportunity = true;
};

/// Makes or takes account, contact and opportunity, and closes the lead (§7).
Answer<void> convert_lead(Work& work, LeadConversion& conversion);

/// One <request> of a merge call, done or refused as a whole: its <result>.
std::string merge_result(Work& work, const xml::Node& request);

}  // namespace flit::sim::salesforce
