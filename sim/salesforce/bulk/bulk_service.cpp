#include "sim/salesforce/bulk/bulk_service.hpp"

#include <charconv>

#include <fmt/format.h>

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::size_t jobs_per_page = 1'000;  // §3
constexpr auto results_kept = std::chrono::days(7);
constexpr auto open_kept = std::chrono::hours(24);

/// Old jobs go: Open ones after a day, others after a week (§3).
template <typename Job>
void forget(JobList<Job>& jobs, Instant now) {
  std::vector<std::string> old;
  for (const auto& [id, job] : jobs.all()) {
    const Instant::duration kept = job->head.state == JobState::open
                                       ? Instant::duration(open_kept)
                                       : Instant::duration(results_kept);
    if (job->head.created + kept < now) old.push_back(id);
  }
  for (const std::string& id : old) jobs.erase(id);
}

}  // namespace

Response BulkService::handle(const BulkCall& call) {
  run();
  const std::lock_guard lock(world_.mutex);
  forget_old_jobs();
  if (call.segment(0) == "ingest") return ingest(call);
  if (call.segment(0) == "query") return query(call);
  return not_found();
}

void BulkService::run() {
  const Instant now = world_.clock.now();
  start_waiting(now);
  world_.schedule.run(now);
  run_queries();
}

void BulkService::start_waiting(Instant now) {
  const std::lock_guard lock(world_.mutex);
  for (const auto& job : waiting_) {
    if (job->head.state != JobState::upload_complete) continue;
    auto batches = job->close(job, world_.writer, now);
    if (!world_.quota.take_batches(batches.size())) {
      job->head.state = JobState::failed;
      job->head.error = "ExceededQuota : the batches of this day are used up";
      continue;
    }
    for (auto& batch : batches) world_.schedule.add(std::move(batch), now);
  }
  waiting_.clear();
}

void BulkService::reset() {
  const std::lock_guard lock(world_.mutex);
  for (const auto& [id, job] : ingest_jobs_.all())
    if (!is_terminal(job->head.state)) job->abort(world_.clock.now());
  ingest_jobs_.clear();
  query_jobs_.clear();
}

void BulkService::forget_old_jobs() {
  const Instant now = world_.clock.now();
  forget(ingest_jobs_, now);
  forget(query_jobs_, now);
}

/// {"done":true,"records":[…],"nextRecordsUrl":null}; the locator is the place to go on from.
template <typename Job>
Response BulkService::list(const BulkCall& call, const JobList<Job>& jobs) const {
  const std::string_view kind = call.segment(0);
  const std::string_view type = call.parameter("jobType");
  const bool wanted = type.empty() || type == (kind == "ingest" ? "V2Ingest" : "V2Query");
  std::size_t from = 0;
  const std::string_view locator = call.parameter("queryLocator");
  if (!locator.empty()) {
    const auto [end, error] =
        std::from_chars(locator.data(), locator.data() + locator.size(), from);
    if (error != std::errc() || end != locator.data() + locator.size())
      return json_error(400, job_fault("INVALID_QUERY_LOCATOR", "invalid query locator"));
  }
  std::string records;
  std::size_t at = 0;
  for (const auto& [id, job] : jobs.all()) {
    if (!wanted) break;
    if (at++ < from) continue;
    if (at > from + jobs_per_page) break;
    if (!records.empty()) records += ',';
    records += job->info(true);
  }
  const bool done = at <= from + jobs_per_page;
  std::string next = "null";
  if (!done)
    next = fmt::format("\"/services/data/v{}/jobs/{}?queryLocator={}\"", call.version, kind,
                       from + jobs_per_page);
  return json_answer(
      200, fmt::format(R"({{"done":{},"records":[{}],"nextRecordsUrl":{}}})", done, records, next));
}

template Response BulkService::list(const BulkCall&, const JobList<IngestJob>&) const;
template Response BulkService::list(const BulkCall&, const JobList<QueryJob>&) const;

}  // namespace flit::sim::salesforce::bulk
