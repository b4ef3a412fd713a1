#pragma once
/// @file What an org may use in a day and at a moment (fact sheet §2.8, §3, §4), and what it has
/// used.
///
/// Thread-safe. Whether an overrun is refused is the service's decision (`--limits real`).

#include <cstdint>
#include <string>

#include "base/sync.hpp"
#include "sim/base/rate_window.hpp"
#include "sim/salesforce/organization/settings.hpp"

namespace flit::sim::salesforce {

struct DailyLimits {
  std::int64_t requests = 15'000;
  std::int64_t bulk_batches = 15'000;
  std::int64_t query_jobs = 10'000;
  std::int64_t query_result_mb = 976'562;
  std::int64_t file_versions = 2'500;  ///< §7; elsewhere than in Developer Edition 200,000
};

/// §2.8: Developer 15,000; others 100,000 and 1,000 (Unlimited: 5,000) for each licence, of which a
/// simulated org has ten; a full sandbox 5,000,000.
DailyLimits daily_limits(Edition edition);

/// Requests that may run 20 seconds or longer at once: 25, Developer Edition 5.
std::size_t long_requests(Edition edition);

/// True where an overrun of the day's requests is refused at once: Developer Edition and sandboxes.
bool is_hard_limit(const Settings& settings);

class OrgLimits {
 public:
  explicit OrgLimits(DailyLimits limits);

  /// One request; false when the day's allowance is spent (it is counted all the same).
  bool take_request(Instant now);
  bool take_bulk_batches(Instant now, std::int64_t batches);
  bool take_query_job(Instant now);
  void spend_result_bytes(Instant now, std::int64_t bytes);
  bool take_file_version(Instant now);

  /// "api-usage=18/15000", the value of Sforce-Limit-Info.
  std::string limit_info(Instant now);

  /// The members of GET /limits that are about days,
  /// `"DailyApiRequests":{"Max":…,"Remaining":…},…`.
  std::string json(Instant now);

  void reset();

 private:
  struct State {
    DailyQuota requests, batches, query_jobs, result_mb, versions;
  };
  static State fresh(const DailyLimits& limits);

  DailyLimits limits_;
  Sync<State> state_;
};

}  // namespace flit::sim::salesforce
