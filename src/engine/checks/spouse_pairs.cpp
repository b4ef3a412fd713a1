// G-INT-2: spouses are paired per matter, never on the contact. Distinct pairs become one relation
// each; pairs that are former, or of which one is archived, are listed (facts/sources.md §1.10).

#include <fmt/format.h>

#include "engine/checks/all.hpp"
#include "store/pairs.hpp"

namespace flit::engine::checks {

Result<CheckResult> spouse_pairs(const CheckInputs& inputs, std::stop_token) {
  CheckResult result;
  std::uint64_t linked = 0;
  std::uint64_t former = 0;
  std::uint64_t broken = 0;
  FLIT_TRY_VOID(inputs.environment.ledger.read([&](store::sql::Connection& reader) {
    return store::pairs(reader, {}, [&](const store::Pair& pair) -> Result<void> {
      const bool is_former = pair.name.starts_with("former");
      if (is_former)
        ++former;
      else if (pair.linkable)
        ++linked;
      else
        ++broken;
      const char* const what = is_former       ? "former, listed only"
                               : pair.linkable ? "linked"
                                               : "one of them is archived or gone, not linked";
      result.list(fmt::format("{} and {}: {}", pair.one, pair.other, what));
      return {};
    });
  }));
  if (result.total == 0) {
    result.found = "No matter pairs two contacts.";
    return result;
  }
  result.verdict = broken > 0 ? CheckVerdict::warning : CheckVerdict::note;
  result.found = fmt::format(
      "{} pairs of spouses will be linked, {} former pairs are listed, {} pairs cannot be linked.",
      linked, former, broken);
  if (broken > 0)
    result.remedy = "Restore the archived contacts at the source if they should be linked.";
  return result;
}

}  // namespace flit::engine::checks
