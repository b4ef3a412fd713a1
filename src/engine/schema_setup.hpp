#pragma once
/// @file S-03 in action: a signed plan applied, verified, and taken back.
///
/// Each step is in the ledger before its request leaves and its outcome behind, so that a restart
/// goes on where it was and `rollback --schema` reverts exactly what we made: never a column that
/// was there before us. Platforms serialise changes of schema, so this is one lane. Alternate keys
/// are asked for together and then waited for: their indexes are built in the background.

#include <chrono>
#include <cstdint>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/pacer.hpp"
#include "engine/setup_plan.hpp"
#include "model/destination.hpp"

namespace flit::engine {

/// One step is made, or taken back.
struct SchemaChanged {
  std::string what;  ///< model::describe() of it
  bool reverted = false;
  Ratio progress{};
};
Event to_event(const SchemaChanged& event);

struct SetupCounts {
  std::uint64_t made = 0;
  std::uint64_t there = 0;
};

class SchemaSetup {
 public:
  struct Settings {
    std::chrono::minutes key_patience{30};  ///< how long the index of a key may take
  };

  SchemaSetup(Environment& environment, model::SchemaWriter& writer, Pacer& pacer)
      : SchemaSetup(environment, writer, pacer, Settings{}) {}
  SchemaSetup(Environment& environment, model::SchemaWriter& writer, Pacer& pacer,
              Settings settings)
      : environment_(environment), writer_(writer), pacer_(pacer), settings_(settings) {}

  /// Makes what is not there. Repeatable. The first change that is refused ends it, named.
  Result<SetupCounts> apply(const SetupPlan& plan, std::stop_token stop);

  /// Takes back what this migration made, newest first; returns how many. What is gone is success.
  Result<std::uint64_t> revert(std::stop_token stop);

 private:
  Result<void> remember_scaffolding(std::stop_token stop);
  Result<void> remove_scaffolding(std::stop_token stop);
  Result<void> make(const model::SchemaChange& change, std::stop_token stop);
  Result<void> build_keys(std::vector<const model::SchemaChange*> keys, std::stop_token stop);
  Result<void> publish(const std::set<std::string>& tables, std::stop_token stop);

  Environment& environment_;
  model::SchemaWriter& writer_;
  Pacer& pacer_;
  Settings settings_;
};

/// Names of what this migration made and did not take back: SetupInputs::ours.
Result<std::set<std::string>> made_by_us(const Environment& environment);

/// G-D365-3: the steps of a plan, made against a fresh description, that are not there.
std::vector<std::string> not_there(const SetupPlan& plan);

}  // namespace flit::engine
