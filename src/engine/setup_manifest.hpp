#pragma once
/// @file The set-up plan as people and programs read it, and its fingerprint.

#include <string>

#include "base/result.hpp"
#include "engine/setup_plan.hpp"

namespace flit::engine {

/// Of what is wanted; whether a step is there already makes no difference.
std::string fingerprint_of(const SetupPlan& plan);

/// One JSON document, indented: changes with reasons, problems, licence, fingerprint.
std::string manifest_json(const SetupPlan& plan);

/// Lines for a terminal: by table, "+" what is made, "=" what is there.
std::string manifest_text(const SetupPlan& plan);

}  // namespace flit::engine
