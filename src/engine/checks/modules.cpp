// G-INT-5: Interactive grew by merging other products in. Modules seen are compared with those of
// the edition (facts/sources.md §1.10); data may lie in a module nobody thinks of.

#include <map>
#include <set>

#include <fmt/format.h>

#include "engine/checks/all.hpp"
#include "engine/finding_catalogue.hpp"
#include "engine/staged_list.hpp"

namespace flit::engine::checks {
namespace {

/// facts/sources.md §1.10; none: the edition is not known.
const std::set<std::string>* expected_of(const std::string& edition) {
  static const std::map<std::string, std::set<std::string>> editions{
      {"solo", {"core"}},
      {"practice", {"core", "matters", "documents"}},
      {"firm", {"core", "matters", "documents", "clause_library", "hotdocs", "workflows"}}};
  const auto known = editions.find(edition);
  return known == editions.end() ? nullptr : &known->second;
}

}  // namespace

Result<CheckResult> modules(const CheckInputs& inputs, std::stop_token stop) {
  CheckResult result;
  const std::set<std::string>* expected = expected_of(inputs.source.edition);
  std::set<std::string> seen;
  std::uint64_t differences = 0;
  FLIT_TRY_VOID(each_staged(
      inputs.environment, "modules",
      [&](store::sql::Connection&, const std::string& key, json::Value module) -> Result<void> {
        const bool enabled = module["enabled"].as_boolean().value_or(true);
        if (enabled) seen.insert(key);
        if (expected != nullptr && enabled && !expected->contains(key)) {
          ++differences;
          result.list(key + ": on, though the edition does not have it");
        }
        const std::string replaces = text_of(module, "replaces");
        if (const std::string origin = text_of(module, "origin"); origin == "elder_counsel")
          result.list(fmt::format("{}: came with {}{}", key, origin,
                                  replaces.empty() ? "" : ", replaces " + replaces));
        return {};
      },
      stop));
  if (seen.empty() || expected == nullptr) {
    result.verdict = CheckVerdict::note;
    result.found = seen.empty() ? "The source does not say which modules it has."
                                : fmt::format("Edition '{}' is not known; {} modules are on.",
                                              inputs.source.edition, seen.size());
    return result;
  }
  for (const std::string& key : *expected)
    if (!seen.contains(key)) {
      ++differences;
      result.list(key + ": belongs to the edition, but is off or not there");
    }
  result.found = fmt::format("Edition {}: {} modules are on, {} differ from what it should have.",
                             inputs.source.edition, seen.size(), differences);
  if (differences == 0) return result;
  result.verdict = CheckVerdict::warning;
  result.remedy = "Ask whether data lies in the modules named; only what the API shows can move.";
  store::Finding finding = finding_of("G-INT-5", "modules_differ", "modules");
  finding.count = differences;
  FLIT_TRY_VOID(inputs.environment.ledger.commit([&](store::sql::Connection& transaction) {
    return store::add_finding(transaction, finding, {});
  }));
  return result;
}

}  // namespace flit::engine::checks
