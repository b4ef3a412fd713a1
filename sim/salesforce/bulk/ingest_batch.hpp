#pragma once
/// @file Up to 10,000 rows of a job on their way to the records, 200 at a time (fact sheet §3).
///
/// Reads its part of the upload, asks which parents a chunk locks, saves it, and hands each row
/// with its outcome to the job. One thread works on a batch; the sink is called by that thread.

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/bulk/csv.hpp"
#include "sim/salesforce/bulk/row_writer.hpp"

namespace flit::sim::salesforce::bulk {

inline constexpr std::size_t rows_per_batch = 10'000;
inline constexpr std::size_t rows_per_chunk = 200;

/// Rows as one text: all of a v2 job, or one batch of a v1 job. Shared by the batches that read it.
struct Upload {
  std::string text{};
  CsvFormat format{};
  bool any_line_ending = false;       ///< Bulk 1.0 has no setting that could be broken
  bool any_cell_length = false;       ///< files have been put into cells
  std::string_view header_text{};     ///< the first line as it was sent, without its end
  std::vector<std::string> header{};  ///< its names
  std::size_t rows_begin = 0;         ///< where the rows start in `text`
  std::unique_ptr<BoundLoad> load{};
};

/// Takes the text apart as far as the header and binds it. The error's message is what the job
/// says: "ClientInputError : LineEnding is invalid on user data. …", "InvalidBatch : …".
Result<void> open_upload(Upload& upload, const LoadRequest& request, RowWriter& writer);

/// Where rows end up once they are done.
class OutcomeSink {
 public:
  virtual ~OutcomeSink() = default;
  virtual void row(std::span<const std::string_view> cells, const RowOutcome& outcome) = 0;
  /// The batch has no more rows.
  virtual void finished() = 0;
  /// True: leave the rest of the batch alone.
  virtual bool is_stopped() const = 0;
};

class IngestBatch {
 public:
  /// The rows of `upload` between two offsets. `sink` is shared: a job may be deleted meanwhile.
  IngestBatch(std::shared_ptr<Upload> upload, std::size_t begin, std::size_t end,
              std::shared_ptr<OutcomeSink> sink);

  /// Reads the next rows; false when none are left. What was read stays until save(). What they
  /// lock is only worked out when it is asked for: it costs look-ups.
  bool read_chunk(bool with_locks);
  std::size_t rows() const { return broken_.size(); }
  /// The parents that the chunk locks, each once, in order.
  const std::vector<std::uint64_t>& locks() const { return locks_; }

  /// Saves the chunk; rows that need a lock in `busy` fail with UNABLE_TO_LOCK_ROW.
  void save(const std::set<std::uint64_t>& busy);

  /// Hands what save() found to the sink. Apart from it, so that the sink's lock is not held while
  /// records are written.
  void report();

  OutcomeSink& sink() { return *sink_; }

  /// Where in the upload the rows start that have not been read.
  std::size_t unread() const { return begin_ + reader_.position(); }
  std::size_t end() const { return end_; }

 private:
  std::span<const std::string_view> row(std::size_t at) const;
  std::string lock_error(std::size_t at, const std::set<std::uint64_t>& busy) const;

  std::shared_ptr<Upload> upload_;
  std::shared_ptr<OutcomeSink> sink_;
  std::size_t begin_;
  std::size_t end_;
  CsvReader reader_;
  std::vector<std::string_view> cells_;  // whole rows, padded or cut to the header's width
  std::vector<std::string> broken_;      // per row: why it is not saved, empty if it may be
  std::vector<std::uint64_t> locks_;
  std::vector<RowOutcome> outcomes_;
};

}  // namespace flit::sim::salesforce::bulk
