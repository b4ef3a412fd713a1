#pragma once
/// @file Bulk API 2.0: ingest and query jobs below /services/data/vNN.N/jobs (fact sheet §3, §4).
///
/// Jobs are worked off by the requests that come in, as far as the platform's clock has got (see
/// schedule.hpp): no thread of its own, nothing sleeps, and in process the same requests give the
/// same answers. Thread-safe.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "sim/base/sim_clock.hpp"
#include "sim/salesforce/bulk/bulk_call.hpp"
#include "sim/salesforce/bulk/ingest_job.hpp"
#include "sim/salesforce/bulk/query_job.hpp"
#include "sim/salesforce/bulk/row_writer.hpp"
#include "sim/salesforce/bulk/schedule.hpp"

namespace flit::sim::salesforce::bulk {

/// The next id of a key prefix: "750" of jobs, "751" of batches, "752" of results.
using NextId = std::function<std::string(std::string_view prefix)>;

struct BulkSettings {
  ScheduleSettings schedule{};
  /// Rows a page of query results has when the client names no number (§0.2: jsforce breaks on
  /// more than one page).
  std::uint64_t page_rows = 1'000'000;
};

/// What a day allows, both APIs together; false: it is spent.
struct BulkQuota {
  std::function<bool(std::size_t batches)> take_batches = [](std::size_t) { return true; };
  std::function<bool()> take_query_job = [] { return true; };
  /// Tells of what was read of query results.
  std::function<void(std::size_t bytes)> spend_results = [](std::size_t) {};
};

/// What both Bulk APIs stand on and share; outlives them. The mutex guards jobs and schedule; it is
/// never held by one who asks for it while holding the lock of the records.
struct BulkWorld {
  RowWriter& writer;
  const RecordReader& reader;
  const SimClock& clock;
  NextId next_id;
  BulkSettings settings{};
  BulkQuota quota{};
  std::mutex mutex{};
  Schedule schedule{settings.schedule, mutex};
};

/// Jobs of one kind, newest last, found by 15 or 18 characters of their id.
template <typename Job>
class JobList {
 public:
  void add(std::shared_ptr<Job> job) { jobs_.emplace(job->head.id.substr(0, 15), std::move(job)); }
  std::shared_ptr<Job> find(std::string_view id) const {
    const auto found = jobs_.find(id.substr(0, 15));
    return found == jobs_.end() || (id.size() != 15 && id != found->second->head.id)
               ? nullptr
               : found->second;
  }
  void erase(const std::string& id) { jobs_.erase(id.substr(0, 15)); }
  const auto& all() const { return jobs_; }
  void clear() { jobs_.clear(); }

 private:
  std::map<std::string, std::shared_ptr<Job>, std::less<>> jobs_;
};

class BulkService {
 public:
  explicit BulkService(BulkWorld& world) : world_(world) {}

  /// `call.path` starts with "ingest" or "query".
  Response handle(const BulkCall& call);

  /// Works off what is due; for requests of other families that read records.
  void run();
  void reset();

 private:
  // ingest_api.cpp
  Response ingest(const BulkCall& call);
  Response create_ingest(const BulkCall& call);
  Response change_ingest(const BulkCall& call, const std::shared_ptr<IngestJob>& job);
  Response upload(const BulkCall& call, IngestJob& job);
  Response ingest_results(const IngestJob& job, std::string_view which) const;
  Response remove_ingest(const IngestJob& job);
  void close(const std::shared_ptr<IngestJob>& job);

  // query_api.cpp
  Response query(const BulkCall& call);
  Response create_query(const BulkCall& call);
  Response change_query(const BulkCall& call, QueryJob& job);
  Response query_results(const BulkCall& call, const QueryJob& job) const;
  Response result_pages(const BulkCall& call, const QueryJob& job) const;
  void run_queries();

  template <typename Job>
  Response list(const BulkCall& call, const JobList<Job>& jobs) const;
  void start_waiting(Instant now);
  void forget_old_jobs();

  BulkWorld& world_;
  JobList<IngestJob> ingest_jobs_;
  std::vector<std::shared_ptr<IngestJob>> waiting_;  // closed, not yet in the schedule
  JobList<QueryJob> query_jobs_;
};

}  // namespace flit::sim::salesforce::bulk
