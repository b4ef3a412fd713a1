#pragma once
/// @file How many rows a batch holds: found out while sending.
///
/// Where requests are what the platform limits, larger batches carry more rows for the same number;
/// where its own time is, they carry none the more and only make each failure dearer. So a size
/// grows while requests are over before they are worth their way, or while lanes wait for leave to
/// send, as long as a row does not take longer and a request not too long, and shrinks when one
/// does (facts/dataverse.md §7, §8: a batch runs its operations one after the other; requests are
/// cut off after two minutes). Time is an argument. Not thread-safe.

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/clock.hpp"

namespace flit::engine {

/// Of one request, or of several that carried one batch.
struct BatchTiming {
  Duration waited{};  ///< for leave to send
  Duration took{};    ///< from sending to the answer
};

class BatchSizer {
 public:
  /// `first`: rows to begin with, up to `most`.
  BatchSizer(std::uint32_t first, std::uint32_t most) : rows_(first), most_(most) {}

  std::uint32_t rows() const { return rows_; }

  void settled(std::uint32_t rows, const BatchTiming& timing);

 private:
  struct Round {
    int batches = 0;
    std::uint64_t rows = 0;
    BatchTiming timing{};
  };

  bool may_grow(double took_of_a_row) const;

  std::uint32_t rows_;
  std::uint32_t most_;
  Round round_;
  std::optional<double> before_;  // seconds of a row in the round before the last growth
};

}  // namespace flit::engine
