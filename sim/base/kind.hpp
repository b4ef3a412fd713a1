#pragma once
/// @file One KIND of `flitsim KIND`: what it is called, what it can be told, how it is made.
///
/// apps/flitsim has the one list of kinds; each room under sim/ offers a function that makes its
/// own. A Kind lives for one run: declare() binds options to its members, start() uses them.

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/base/common_options.hpp"
#include "sim/base/options.hpp"
#include "sim/base/simulator.hpp"

namespace flit::sim {

struct KindInfo {
  std::string name;                   ///< as typed: "dataverse"
  std::string summary;                ///< one line, for the list of kinds
  std::string description;            ///< a few lines, for the kind's own help page
  std::vector<std::string> examples;  ///< whole command lines that work when pasted
  bool serves = true;                 ///< has the common options; false: does a job and ends
};

class Kind {
 public:
  virtual ~Kind() = default;

  virtual KindInfo info() const = 0;

  /// The options that only this kind has.
  virtual void declare(OptionSet& /*options*/) {}

  /// Makes the simulator, data loaded, ready for requests. Null when the job is done and there is
  /// nothing to serve (`--write DIR`). Starts no threads. `surroundings` refers to things that
  /// outlive the simulator. Fault::setup for whatever a person must repair.
  virtual Result<std::unique_ptr<Simulator>> start(const CommonOptions& options,
                                                   const Surroundings& surroundings) = 0;
};

}  // namespace flit::sim
