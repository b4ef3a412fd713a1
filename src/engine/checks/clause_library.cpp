// G-INT-1: the vendor's clause library is licensed content. It is counted and listed by title;
// bodies are given to nobody (facts/sources.md §1.10), so nothing of it moves.

#include <map>

#include <fmt/format.h>

#include "engine/checks/all.hpp"
#include "engine/finding_catalogue.hpp"
#include "engine/staged_list.hpp"

namespace flit::engine::checks {

Result<CheckResult> clause_library(const CheckInputs& inputs, std::stop_token stop) {
  CheckResult result;
  std::map<std::string, std::uint64_t> by_origin;
  FLIT_TRY_VOID(each_staged(
      inputs.environment, "clauses",
      [&](store::sql::Connection&, const std::string& id, json::Value clause) -> Result<void> {
        ++by_origin[text_of(clause, "origin")];
        result.list(fmt::format("{}: {} ({}, {}, {})", id, text_of(clause, "title"),
                                text_of(clause, "category"), text_of(clause, "jurisdiction"),
                                text_of(clause, "origin")));
        return {};
      },
      stop));
  if (result.total == 0) {
    result.found = "There is no clause library, or the credentials do not reach it.";
    return result;
  }
  result.verdict = CheckVerdict::warning;
  result.found =
      fmt::format("{} clauses, {} of them the vendor's and {} your own; none can be exported.",
                  result.total, by_origin["vendor"], by_origin["own"]);
  result.remedy =
      "Your own clauses must be copied by hand from the drafting screens; ask the vendor for a "
      "licence to the rest.";
  store::Finding finding = finding_of("G-INT-1", "proprietary_clauses", "clauses");
  finding.count = result.total;
  FLIT_TRY_VOID(inputs.environment.ledger.commit([&](store::sql::Connection& transaction) {
    return store::add_finding(transaction, finding, {});
  }));
  return result;
}

}  // namespace flit::engine::checks
