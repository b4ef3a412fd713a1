#pragma once
/// @file The options that every serving simulator has, by contract.md.
///
/// Read here, acted on by the launcher (port, latency, faults, time scale, clock) and by the
/// platform (the rest). Files are named, not opened.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "sim/base/options.hpp"

namespace flit::sim {

enum class Limits { off, real };

struct CommonOptions {
  std::uint16_t port = 0;
  std::optional<std::string> snapshot{};  ///< read at the start if it exists, written at the end
  std::optional<std::string> users{};
  std::optional<std::string> schema{};
  std::optional<std::string> faults{};
  std::uint64_t seed = 1;
  Limits limits = Limits::off;
  Duration latency{0};
  std::optional<Duration> cost_per_row{};  ///< none: the platform's own cost model
  std::uint32_t servers = 1;               ///< web servers behind the address
  double time_scale = 1;
  std::optional<Instant> clock{};  ///< none: the data set's own, or the machine's
  std::string licence{};           ///< empty: the platform's default

  void declare(OptionSet& options);

  /// What no single option can tell: Fault::setup for a scale of 0 and for no servers.
  Result<void> check() const;
};

}  // namespace flit::sim
