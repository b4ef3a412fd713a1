#pragma once
/// @file What a map looks for in every record before anything moves, compiled.

#include <memory>
#include <string>
#include <vector>

#include "mapping/compiled_map.hpp"
#include "mapping/condition.hpp"

namespace flit::mapping {

struct CompiledCheck {
  std::string code;
  std::string because;
  bool holds = false;
  std::unique_ptr<CompiledCondition> when;
};

/// The checks of one object, in their order; what cannot work is added to `problems`. `numbers` are
/// those of the object's schema.
std::vector<CompiledCheck> compile_checks(const model::ObjectMap& map, const model::Object& source,
                                          const FieldNumbers& numbers,
                                          std::vector<MapProblem>& problems);

}  // namespace flit::mapping
