// G-D365-1: a Sales Professional licence covers at most 15 custom tables for an application
// (facts/dataverse.md §15). A licence term, not an API error: nobody stops you, the auditor does.

#include <fmt/format.h>

#include "engine/checks/all.hpp"

namespace flit::engine::checks {

Result<CheckResult> custom_tables(const CheckInputs& inputs, std::stop_token) {
  CheckResult result;
  const LicenceImpact impact =
      inputs.plan != nullptr
          ? inputs.plan->licence
          : LicenceImpact{.edition = inputs.destination.edition,
                          .custom_tables_there = inputs.destination.custom_tables};
  result.found = fmt::format("{} custom tables are there, the plan adds {}",
                             impact.custom_tables_there, impact.custom_tables_new);
  if (impact.limit) {
    result.found += fmt::format("; edition {} covers {}.", impact.edition, *impact.limit);
  } else {
    result.found += impact.edition.empty()
                        ? "; the edition is not known, Professional covers 15."
                        : fmt::format("; edition {} has no limit.", impact.edition);
  }
  if (!impact.exceeded()) return result;
  result.verdict = CheckVerdict::warning;
  result.remedy = "License Enterprise, or leave custom objects out of the map.";
  return result;
}

}  // namespace flit::engine::checks
