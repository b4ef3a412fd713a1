#pragma once
/// @file A command at work on a project: threads, clock, network, progress, and Ctrl-C.
///
/// FLIT_TIME_SCALE=N (tests only) makes the clock run N times faster; that is said on stderr.

#include <memory>
#include <stop_token>

#include "apps/flitstack/command.hpp"
#include "apps/wiring/workspace.hpp"

namespace flit::app {

class Session {
 public:
  virtual ~Session() = default;
  virtual const wiring::Surroundings& surroundings() const = 0;
  virtual wiring::Workspace& workspace() = 0;

  /// Requested by SIGINT or SIGTERM: what is on its way is settled, then the command ends; the same
  /// command goes on from there.
  virtual std::stop_token stop() const = 0;
};

/// Opens the project of the invocation.
Result<std::unique_ptr<Session>> open_session(const Invocation& invocation);

/// Without a project yet: for `init`.
Result<std::unique_ptr<Session>> start_session(const Invocation& invocation);

/// The packs of the invocation: those shipped, or those of --packs.
Result<packs::Library> library_of(const Global& global);

}  // namespace flit::app
