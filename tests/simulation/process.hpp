#pragma once
/// @file One simulated process of the product: runs one command, to its end or to its death.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/sim_executor.hpp"
#include "fault_plan.hpp"
#include "faulty_network.hpp"
#include "people.hpp"
#include "steps.hpp"
#include "world.hpp"

namespace flit::test {

struct ProcessEnd {
  bool died = false;
  Ended ended{};                     ///< unless it died
  std::string bug{};                 ///< what a broken promise inside the program said
  bool looks_misconfigured = false;  ///< refused credentials, an answer that is no platform's
  bool disk_refused = false;
  bool files_were_limited = false;  ///< text files could not grow beyond some bytes
  bool was_stopped = false;         ///< somebody pressed ctrl-C
  bool network_struck = false;
  std::set<std::string> bearers{};  ///< what the product sent as its authorization
  std::vector<std::string> rows{};  ///< ids that bulk requests gave to new rows
  std::uint64_t switches = 0;
  std::uint64_t schedule_digest = 0;
};

struct ProcessSettings {
  FaultPlan plan{};
  Poison poison{};
  std::uint64_t seed = 0;
  People* people = nullptr;     ///< who else works over there; may be null
  EventSink* events = nullptr;  ///< who hears what the product has to tell; may be null
};

/// Runs the step in `world`, in a process of its own. Whatever the process had in memory is gone
/// afterwards; a death by power cut has taken its part of the disk.
ProcessEnd run_process(World& world, const Step& step, const ProcessSettings& settings,
                       Story& story);

/// A step that verifies the audit log.
const Step& audit_step();

}  // namespace flit::test
