#pragma once
/// @file The stages on record: when each ran, on what, and what came of it.
///
/// A stage writes "running" when it begins and "done" or "failed" when it ends; a process that dies
/// in between leaves "running", and the same command goes on. What a stage worked from is kept as
/// a fingerprint: another one now makes it stale. Stateless.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

struct StageName {
  std::string_view id;     ///< "S-01"
  std::string_view title;  ///< "inventory"
};

/// All stages of this version, in their order.
const std::vector<StageName>& stage_names();

/// Says that a stage began.
struct StageStarted {
  std::string id;
  std::string title;
};
Event to_event(const StageStarted& event);

struct StageEnded {
  std::string id;
  std::string title;
  bool done = true;
};
Event to_event(const StageEnded& event);

/// Runs `work` as the stage. What it returns is the summary, a JSON object, kept on record; an
/// error is on record as well and returned.
Result<std::string> run_stage(Environment& environment, const StageName& name,
                              const std::string& fingerprint,
                              const std::function<Result<std::string>()>& work);

/// Of one stage; open when it never ran.
Result<store::Stage> stage_on_record(Environment& environment, std::string_view id);

/// What these stages did is stale: they have to be done again.
Result<void> reopen_stages(store::sql::Connection& transaction,
                           std::span<const std::string_view> ids);
Result<void> reopen_stages(Environment& environment, std::span<const std::string_view> ids);

}  // namespace flit::engine
