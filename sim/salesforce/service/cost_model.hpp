#pragma once
/// @file How long the platform takes: a call, and each record in it.
///
/// The platform publishes none; a few milliseconds a saved record is what loads show. Only the
/// ratio to its limits matters (long requests, fact sheet §2.8), and `--cost-per-row` sets it.

#include <chrono>
#include <cstdint>

namespace flit::sim::salesforce {

struct CostModel {
  std::chrono::microseconds per_call{10'000};
  std::chrono::microseconds per_written{4'000};
  std::chrono::microseconds per_read{20};

  std::chrono::microseconds of(std::uint64_t written, std::uint64_t read) const {
    return per_call + per_written * static_cast<std::int64_t>(written) +
           per_read * static_cast<std::int64_t>(read);
  }
};

}  // namespace flit::sim::salesforce
