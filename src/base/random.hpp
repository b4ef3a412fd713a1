#pragma once
/// @file Randomness, passed in: the same seed gives the same choices on every machine, for ever.
///
/// The generator is xoshiro256** (Blackman and Vigna 2018), its state filled by SplitMix64 from the
/// seed and the FNV-1a hash of the stream's name. The distributions are ours, because those of the
/// standard library differ between libraries. For choosing, jitter and test data; never for
/// secrets. Not thread-safe: give each lane a stream of its own.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace flit {

class Random {
 public:
  /// Streams of one seed are independent: a new lane does not disturb what others draw.
  explicit Random(std::uint64_t seed, std::string_view stream = "");

  /// All 64 bits are random.
  std::uint64_t next();

  /// Uniform in [0, bound), without bias. REQUIRES: bound > 0.
  std::uint64_t below(std::uint64_t bound);

  /// Uniform in [low, high], both included. REQUIRES: low ≤ high.
  std::int64_t between(std::int64_t low, std::int64_t high);

  /// Uniform in [0, 1), a multiple of 2^-53.
  double fraction();

  /// True once in `n` on average. REQUIRES: n > 0.
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  /// REQUIRES: not empty.
  template <typename T>
  T& pick(std::span<T> from) {
    return from[static_cast<std::size_t>(below(from.size()))];
  }

  /// Every order is equally likely (Fisher and Yates).
  template <typename T>
  void shuffle(std::span<T> items) {
    for (std::size_t left = items.size(); left > 1; --left)
      std::swap(items[left - 1], items[static_cast<std::size_t>(below(left))]);
  }

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace flit
