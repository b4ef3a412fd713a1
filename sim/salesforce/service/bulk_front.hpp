#pragma once
/// @file The Bulk APIs on the org: what they stand on, and requests on their way to them.
///
/// jobs/** below /services/data/vNN.N (Bulk 2.0) and /services/async/NN.N (Bulk 1.0); who calls and
/// how often is settled before. Thread-safe.

#include <map>
#include <string>

#include "sim/base/simulator.hpp"
#include "sim/salesforce/bulk/async_service.hpp"
#include "sim/salesforce/bulk/bulk_service.hpp"
#include "sim/salesforce/load/record_loader.hpp"

namespace flit::sim::salesforce {

struct BulkFrontSettings {
  bool limits = false;  ///< the day's batches and query jobs are refused once they are used up
  std::chrono::microseconds cost_per_row{0};
};

class BulkFront {
 public:
  /// Both outlive it.
  BulkFront(Organization& org, const Surroundings& surroundings, BulkFrontSettings settings);

  /// REQUIRES: the path is services/data/vNN.N/jobs/…
  Response jobs(const Request& request, RecordId user, const std::string& version);
  /// REQUIRES: the path is services/async/NN.N/…
  Response async(const Request& request, RecordId user, const std::string& version);

  void reset();

 private:
  std::string next_id(std::string_view prefix);
  bulk::BulkQuota quota(Organization& org, const SimClock& clock, bool limits);

  RecordLoader loader_;
  std::map<std::string, std::uint64_t, std::less<>> ids_;  // prefix → last; under world_.mutex
  bulk::BulkWorld world_;
  bulk::BulkService bulk_;
  bulk::AsyncService async_;
};

}  // namespace flit::sim::salesforce
