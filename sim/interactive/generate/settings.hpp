#pragma once
/// @file How much to generate: `contacts=N,companies=N,deals=N,activities=N` and a seed.
///
/// facts/sources.md §1.11 has the ratios that hold when a count is not given.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

struct GenerateSettings {
  std::uint64_t contacts = 2'000;
  std::optional<std::uint64_t> companies{};   ///< contacts / 4
  std::optional<std::uint64_t> deals{};       ///< contacts / 2
  std::optional<std::uint64_t> activities{};  ///< contacts × 7
  std::uint64_t seed = 1;
  bool big_files = false;
  bool many_tags = false;

  std::uint64_t company_count() const { return companies.value_or(contacts / 4); }
  std::uint64_t deal_count() const { return deals.value_or(contacts / 2); }
  std::uint64_t activity_count() const { return activities.value_or(contacts * 7); }

  /// Every awkward case is there; otherwise there is not enough of something to hold them all.
  bool has_cases() const {
    return contacts >= 200 && company_count() >= 50 && deal_count() >= 100 &&
           activity_count() >= 1'400;
  }
};

/// Fault::setup for an unknown name or a number that is none.
Result<GenerateSettings> parse_generate_settings(std::string_view text);

/// The same settings give the same data, byte for byte.
std::unique_ptr<Dataset> generate(const GenerateSettings& settings);

}  // namespace flit::sim::interactive
