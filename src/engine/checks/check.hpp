#pragma once
/// @file The gotchas of a platform as checks: each runs, says what it found, and blocks or warns.
///
/// A check is known by the mission's id, which never changes; a path lists those that concern it.
/// It looks at the ledger, at what both ends said of themselves and at the plan; it changes nothing
/// anywhere. Memory is bounded: of what it lists it keeps the first ones and the number of all; the
/// full lists are findings of the ledger, under the check's id as their stage.

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/setup_plan.hpp"
#include "model/destination.hpp"
#include "model/source.hpp"
#include "packs/path_pack.hpp"

namespace flit::engine {

enum class CheckVerdict : std::uint8_t { passed, note, warning, blocker };

std::string_view to_string(CheckVerdict verdict);

struct CheckResult {
  std::string id{};     ///< "G-INT-1"
  std::string title{};  ///< what is checked, for people
  CheckVerdict verdict = CheckVerdict::passed;
  std::string found{};               ///< one sentence
  std::string remedy{};              ///< what to do; empty where there is nothing to do
  std::vector<std::string> items{};  ///< the first of what was found, one line each
  std::uint64_t total = 0;           ///< of all items

  static constexpr std::size_t most_items = 100;
  void list(std::string item);
};

/// What a check may look at. A face that is null is not there: the check says what it left out.
struct CheckInputs {
  Environment& environment;
  const packs::PathPack& path;
  const model::Schema& source_schema;
  const model::SourceFacts& source;
  const model::DestinationFacts& destination;
  const SetupPlan* plan = nullptr;             ///< against the destination as it is now
  model::SourceFiles* files = nullptr;         ///< to look into answer files
  const model::BatchWriter* writer = nullptr;  ///< for the rows of a request
  std::optional<double> rows_per_second{};     ///< measured, as by the sample's load
};

/// Runs the path's checks in its order and keeps them in the ledger. Fault::setup for an id that no
/// check has.
Result<std::vector<CheckResult>> run_checks(const CheckInputs& inputs, std::stop_token stop);

/// As the last run left them; empty before the first.
Result<std::vector<CheckResult>> kept_checks(const Environment& environment);

/// [{"id", "title", "verdict", "found", "remedy", "total", "items": [...]}]
std::string checks_json(const std::vector<CheckResult>& checks);

/// Every check, for help and reference.
struct KnownCheck {
  std::string_view id;
  std::string_view title;
  Result<CheckResult> (*run)(const CheckInputs& inputs, std::stop_token stop);
};
std::span<const KnownCheck> known_checks();

}  // namespace flit::engine
