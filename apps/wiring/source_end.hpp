#pragma once
/// @file The source that a project names, opened: connector, credential, pace.

#include <memory>

#include "apps/wiring/project.hpp"
#include "apps/wiring/surroundings.hpp"
#include "engine/pacer.hpp"
#include "model/source.hpp"
#include "packs/library.hpp"

namespace flit::wiring {

class SourceEnd {
 public:
  virtual ~SourceEnd() = default;
  virtual model::SourceSchema& schema() = 0;
  virtual model::SourceReader& reader() = 0;
  virtual model::SourceFiles& files() = 0;
  virtual engine::Pacer& pacer() = 0;
};

/// Asks nothing yet. Fault::setup for mistakes of pack, project or credential.
Result<std::unique_ptr<SourceEnd>> open_source(const packs::PlatformPack& pack,
                                               const Project& project,
                                               const Surroundings& surroundings);

}  // namespace flit::wiring
