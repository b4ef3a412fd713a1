#pragma once
/// @file The destination that a project names, opened: sign-in, connector, pace.

#include <memory>
#include <span>

#include "apps/wiring/project.hpp"
#include "apps/wiring/surroundings.hpp"
#include "engine/pacer.hpp"
#include "engine/setup_plan.hpp"
#include "model/destination.hpp"
#include "packs/library.hpp"

namespace flit::wiring {

class DestinationEnd {
 public:
  virtual ~DestinationEnd() = default;
  virtual model::Destination& faces() = 0;
  virtual engine::Pacer& pacer() = 0;
  /// The same as the project's further users see it; the pacer counts them from 1.
  virtual std::span<model::Destination* const> further() const = 0;
  /// Under which names new columns and options are made.
  virtual engine::NamingRules names() const = 0;
};

/// Asks nothing yet. Fault::setup for mistakes of pack, project or credential.
Result<std::unique_ptr<DestinationEnd>> open_destination(const packs::PlatformPack& pack,
                                                         const Project& project,
                                                         const Surroundings& surroundings);

}  // namespace flit::wiring
