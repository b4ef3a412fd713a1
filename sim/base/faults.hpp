#pragma once
/// @file Faults as data: which requests go wrong, when, and how.
///
/// The list of contract.md, from `--faults FILE` or POST /__sim/faults, as JSON (or YAML):
///
///     [{"match": {"method": "POST", "path": "CreateMultiple$"}, "nth": 3, "kind": "reset_after"},
///      {"rate": 0.01, "kind": "429", "seconds": 20}]
///
/// Every rule counts the requests that it matches; the first in the list that strikes wins. A rule
/// without "nth" and "rate" strikes always. Same seed and same order of requests: same faults.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/spec.hpp"
#include "base/sync.hpp"
#include "sim/base/fault_kind.hpp"
#include "sim/base/path_pattern.hpp"

namespace flit::sim {

struct FaultMatch {
  std::string method{};  ///< empty: any; compared exactly
  PathPattern path{};    ///< over the encoded path, without the query
};

struct FaultRule {
  FaultMatch match{};
  std::optional<std::int64_t> nth{};  ///< only the n-th matching request, counted from 1
  std::optional<double> rate{};       ///< the share of matching requests, 0 to 1
  FaultKind kind = FaultKind::unavailable;
  std::optional<double> seconds{};       ///< platform seconds
  std::optional<std::uint32_t> bytes{};  ///< for truncate; without it half of the body goes out
};

void describe(spec::Spec<FaultMatch>& spec);
void describe(spec::Spec<FaultRule>& spec);

/// Reads a list of rules; `name` (a file name) stands in the errors, which carry line and column.
Result<std::vector<FaultRule>> parse_faults(std::string name, std::string text);

/// Decides for each request. Thread-safe.
class FaultInjector {
 public:
  explicit FaultInjector(std::uint64_t seed, std::vector<FaultRule> rules = {});

  /// Puts another list in place; counts and chances start anew.
  void replace(std::vector<FaultRule> rules);

  /// Back to the list it was made with.
  void reset() { replace(initial_); }

  /// Counts this request, and says what happens to it, if anything.
  std::optional<InjectedFault> strike(std::string_view method, std::string_view path);

 private:
  struct Armed {
    FaultRule rule;
    std::int64_t seen = 0;
    Random chance;
  };
  static bool strikes(Armed& armed);

  std::uint64_t seed_;
  std::vector<FaultRule> initial_;
  Sync<std::vector<Armed>> armed_;
};

}  // namespace flit::sim
