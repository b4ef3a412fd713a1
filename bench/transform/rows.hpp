#pragma once
/// @file Records into the rows of batches, as loading makes them: open, convert, next.

#include <span>
#include <string>
#include <vector>

#include "bench/transform/people.hpp"
#include "mapping/compiled_map.hpp"
#include "model/batch.hpp"

namespace flit::bench {

class Transformer {
 public:
  /// `people` outlives this.
  explicit Transformer(const People& people);

  /// Every record, or these, in batches of `batch_rows`.
  void run();
  void run(std::span<const std::string> payloads);

  /// The batch that was filled last.
  const model::RecordBatch& batch() const { return batch_; }

  static constexpr std::size_t batch_rows = 500;

 private:
  void add(const std::string& payload);

  const People& people_;
  mapping::CompiledObject compiled_;
  mapping::RecordView view_;
  model::RecordBatch batch_;
  std::vector<mapping::FieldNote> notes_;
};

}  // namespace flit::bench
