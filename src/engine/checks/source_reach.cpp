// G-INT-4: a sparse API. Every endpoint was asked with these credentials; what does not answer is
// named with the scope or module that is missing (facts/sources.md §1.1). What a migration cannot
// do without stops the inventory already.

#include <fmt/format.h>

#include "engine/checks/all.hpp"

namespace flit::engine::checks {

Result<CheckResult> source_reach(const CheckInputs& inputs, std::stop_token) {
  using Verdict = model::Reach::Verdict;
  CheckResult result;
  bool refused = false;
  for (const model::Reach& reach : inputs.source.reach) {
    if (reach.verdict == Verdict::ok) continue;
    refused |= reach.verdict != Verdict::absent;
    result.list(fmt::format("{}: {}", reach.endpoint,
                            reach.detail.empty() ? "cannot be read" : reach.detail));
  }
  result.found = fmt::format("{} of {} endpoints can be read with these credentials.",
                             inputs.source.reach.size() - result.total, inputs.source.reach.size());
  if (result.total == 0) return result;
  result.verdict = refused ? CheckVerdict::warning : CheckVerdict::note;
  result.remedy =
      refused ? "Let an administrator add the scopes named, then run `flitstack inventory` again."
              : "Nothing to do unless one of them should be there.";
  return result;
}

}  // namespace flit::engine::checks
