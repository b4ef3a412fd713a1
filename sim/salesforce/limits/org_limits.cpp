#include "sim/salesforce/limits/org_limits.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit::sim::salesforce {
namespace {

constexpr std::int64_t licences = 10;

std::string entry(std::string_view name, std::int64_t most, std::int64_t left) {
  return fmt::format(R"("{}":{{"Max":{},"Remaining":{}}})", name, most,
                     std::max<std::int64_t>(left, 0));
}

}  // namespace

DailyLimits daily_limits(Edition edition) {
  switch (edition) {
    case Edition::developer:
      return {};
    case Edition::professional:
    case Edition::enterprise:
      return {.requests = 100'000 + 1000 * licences, .file_versions = 200'000};
    case Edition::unlimited:
      return {.requests = 100'000 + 5000 * licences, .file_versions = 200'000};
  }
  return {};
}

std::size_t long_requests(Edition edition) {
  return edition == Edition::developer ? 5 : 25;
}

bool is_hard_limit(const Settings& settings) {
  return settings.edition == Edition::developer || settings.features.sandbox;
}

OrgLimits::State OrgLimits::fresh(const DailyLimits& limits) {
  return {DailyQuota(limits.requests), DailyQuota(limits.bulk_batches),
          DailyQuota(limits.query_jobs), DailyQuota(limits.query_result_mb),
          DailyQuota(limits.file_versions)};
}

OrgLimits::OrgLimits(DailyLimits limits) : limits_(limits), state_(fresh(limits)) {}

bool OrgLimits::take_request(Instant now) {
  return state_.with([&](State& state) {
    state.requests.spend(now, 1);
    return state.requests.left(now) >= 0;
  });
}

bool OrgLimits::take_bulk_batches(Instant now, std::int64_t batches) {
  return state_.with([&](State& state) { return state.batches.take(now, batches); });
}

bool OrgLimits::take_query_job(Instant now) {
  return state_.with([&](State& state) { return state.query_jobs.take(now); });
}

void OrgLimits::spend_result_bytes(Instant now, std::int64_t bytes) {
  state_.with([&](State& state) { state.result_mb.spend(now, (bytes + 999'999) / 1'000'000); });
}

bool OrgLimits::take_file_version(Instant now) {
  return state_.with([&](State& state) { return state.versions.take(now, 1); });
}

std::string OrgLimits::limit_info(Instant now) {
  return state_.with([&](State& state) {
    return fmt::format("api-usage={}/{}", limits_.requests - state.requests.left(now),
                       limits_.requests);
  });
}

std::string OrgLimits::json(Instant now) {
  return state_.with([&](State& state) {
    return entry("DailyApiRequests", limits_.requests, state.requests.left(now)) + "," +
           entry("DailyBulkApiBatches", limits_.bulk_batches, state.batches.left(now)) + "," +
           entry("DailyBulkV2QueryFileStorageMB", limits_.query_result_mb,
                 state.result_mb.left(now)) +
           "," + entry("DailyBulkV2QueryJobs", limits_.query_jobs, state.query_jobs.left(now));
  });
}

void OrgLimits::reset() {
  state_.with([&](State& state) { state = fresh(limits_); });
}

}  // namespace flit::sim::salesforce
