#include "mapping/compiled_checks.hpp"

namespace flit::mapping {

std::vector<CompiledCheck> compile_checks(const model::ObjectMap& map, const model::Object& source,
                                          const FieldNumbers& numbers,
                                          std::vector<MapProblem>& problems) {
  std::vector<CompiledCheck> checks;
  for (std::size_t i = 0; i < map.checks.size(); ++i) {
    const model::CheckRule& rule = map.checks[i];
    auto when = compile_condition(rule.when, source, numbers);
    if (when)
      checks.push_back({rule.code, rule.because, rule.holds, std::move(*when)});
    else
      problems.push_back({map.object + " › checks › " + rule.code,
                          when.error().message,
                          when.error().remedy,
                          {map.object, "checks", i}});
  }
  return checks;
}

}  // namespace flit::mapping
