// G-D365-3: a column must exist before data goes into it. The plan, made against the environment as
// it is now, may have nothing missing.

#include <fmt/format.h>

#include "engine/checks/all.hpp"
#include "engine/schema_setup.hpp"

namespace flit::engine::checks {

Result<CheckResult> columns_first(const CheckInputs& inputs, std::stop_token) {
  CheckResult result;
  if (inputs.plan == nullptr) {
    result.verdict = CheckVerdict::blocker;
    result.found = "There is no set-up plan yet.";
    result.remedy = "Run `flitstack plan`, have it approved, then `flitstack plan apply --yes`.";
    return result;
  }
  for (const SetupProblem& problem : inputs.plan->problems)
    result.list(fmt::format("{}: {}", problem.where, problem.message));
  const std::size_t problems = inputs.plan->problems.size();
  for (const std::string& name : not_there(*inputs.plan)) result.list(name + " is not there");
  result.found = fmt::format("{} of {} planned things are there, {} problems.",
                             inputs.plan->changes.size() - inputs.plan->missing(),
                             inputs.plan->changes.size(), problems);
  if (result.total == 0) return result;
  result.verdict = CheckVerdict::blocker;
  result.remedy = problems > 0 ? "Solve the problems in the map, then plan again."
                               : "Run `flitstack plan apply --yes`.";
  return result;
}

}  // namespace flit::engine::checks
