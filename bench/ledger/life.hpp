#pragma once
/// @file The life of records in a ledger, without a source and a destination around it: staged,
/// planned, meant in batches, settled. What extraction, preflight and loading write, in the
/// transactions in which they write it.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/thread_executor.hpp"
#include "model/record.hpp"
#include "store/books.hpp"
#include "store/ledger.hpp"

namespace flit::bench {

/// Contacts by number, each with the payload of the transformation's benchmark.
std::vector<model::Record> records_of(const std::vector<std::string>& payloads);

class LedgerLife {
 public:
  /// Rows of one transaction: a page of a source, a chunk of the preflight, a batch of loading.
  static constexpr std::size_t page = 500;

  /// Makes a ledger in `folder`. `records` outlive this. A Bug when anything goes wrong.
  LedgerLife(const std::filesystem::path& folder, const std::vector<model::Record>& records,
             bool sync);

  void stage();
  void assign();
  void intend_and_settle();

 private:
  void commit(const store::Work& work);
  std::vector<store::Assignment> next_chunk(std::int64_t after);
  store::IntendedBatch intend(const std::vector<store::Assignment>& chunk);
  void settle(const std::vector<store::Assignment>& chunk, const store::IntendedBatch& batch);

  std::filesystem::path file_;
  const std::vector<model::Record>& records_;
  RealClock clock_;
  ThreadExecutor executor_{clock_};
  std::unique_ptr<store::Ledger> ledger_;
  store::Books books_;
};

}  // namespace flit::bench
