#pragma once
/// @file Bulk API 1.0 below /services/async/NN.N, as far as jsforce and loaders use it (§5).
///
/// Batches start at once, before the job is closed. A job is told of as it was created, in XML or
/// JSON; batches in XML unless their content is JSON. Work is done as in bulk_service.hpp.
/// Thread-safe.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "sim/salesforce/bulk/async_job.hpp"
#include "sim/salesforce/bulk/bulk_service.hpp"

namespace flit::sim::salesforce::bulk {

class AsyncService {
 public:
  explicit AsyncService(BulkWorld& world) : world_(world) {}

  /// `call.path` starts with "job".
  Response handle(const BulkCall& call);

  void run();
  void reset();

  /// <error><exceptionCode>…: for the service around it, too. jsforce looks for InvalidSessionId in
  /// XML whatever it sent.
  static Response error(int status, std::string_view code, std::string_view message);

 private:
  /// The same, or its JSON when the request is.
  static Response error(const Request& request, int status, std::string_view code,
                        std::string_view message);
  Response create_job(const BulkCall& call);
  Response change_job(const BulkCall& call, AsyncJob& job);
  Response create_batch(const BulkCall& call, AsyncJob& job);
  Response batch(const BulkCall& call, const AsyncJob& job, const AsyncBatch& batch) const;
  Response result(const BulkCall& call, const AsyncJob& job, const AsyncBatch& batch) const;
  void start_load(AsyncJob& job, const std::shared_ptr<AsyncBatch>& batch);
  void run_query_batch(AsyncJob& job, AsyncBatch& batch);
  std::shared_ptr<AsyncBatch> add_batch(AsyncJob& job);

  BulkWorld& world_;
  std::map<std::string, std::shared_ptr<AsyncJob>, std::less<>> jobs_;  // by 15 characters
};

}  // namespace flit::sim::salesforce::bulk
