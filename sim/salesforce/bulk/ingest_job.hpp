#pragma once
/// @file One Bulk 2.0 ingest job: what was uploaded, what became of it (fact sheet §3).
///
/// Guarded by the service's mutex. Result files grow as rows are done: the sf__ columns, then the
/// header as it was sent and the cells as they were read, each in quotes.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/salesforce/bulk/ingest_batch.hpp"
#include "sim/salesforce/bulk/job.hpp"

namespace flit::sim::salesforce::bulk {

/// "insert" …; none for other names (exact case).
std::optional<Operation> operation_named(std::string_view name);
std::string_view to_string(Operation operation);

class IngestJob : public OutcomeSink {
 public:
  JobHead head{};
  LoadRequest request{};
  bool uploaded = false;
  std::string text{};  ///< until the job is closed

  /// Moves the upload into batches, of which the schedule takes care. A header that cannot be bound
  /// fails the job (processed 0, errorMessage), as on the platform. REQUIRES: state open.
  std::vector<std::shared_ptr<IngestBatch>> close(const std::shared_ptr<IngestJob>& self,
                                                  RowWriter& writer, Instant now);

  /// What has not been read stays so. REQUIRES: the state allows it.
  void abort(Instant now);

  void row(std::span<const std::string_view> cells, const RowOutcome& outcome) override;
  void finished() override;
  bool is_stopped() const override { return head.state == JobState::aborted; }

  /// CSV: the header line always, then the rows.
  std::string successful_results() const { return results_header("sf__Created") + successful_; }
  std::string failed_results() const { return results_header("sf__Error") + failed_; }
  std::string unprocessed_records() const;

  /// The job as GET shows it, or as POST and PATCH do.
  std::string info(bool whole) const;

 private:
  std::string results_header(std::string_view second) const;

  std::shared_ptr<Upload> upload_;                   // until the job is over
  std::string header_;                               // as it was sent
  std::vector<std::weak_ptr<IngestBatch>> batches_;  // weak: they hold their job
  std::size_t open_batches_ = 0;
  std::string successful_;
  std::string failed_;
  std::string unprocessed_;  // once aborted or failed
};

}  // namespace flit::sim::salesforce::bulk
