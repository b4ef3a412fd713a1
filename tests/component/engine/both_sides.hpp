#pragma once
/// @file Two simulators in process with everything between them: a generated Interactive, an empty
/// Dataverse, their connectors, a ledger. Made once per test suite and extracted once, because that
/// is what takes time; a test that changes the destination makes its own.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/thread_executor.hpp"
#include "destinations/dataverse/connector.hpp"
#include "engine/environment.hpp"
#include "engine/pacer.hpp"
#include "http/authorizing.hpp"
#include "packs/library.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"
#include "sim/interactive/api/simulator.hpp"
#include "sim/interactive/generate/settings.hpp"
#include "sources/rest/source.hpp"
#include "tests/support/sim_transport.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::test {

/// A generated Interactive, read into a ledger.
class StagedSource {
 public:
  explicit StagedSource(const sim::interactive::GenerateSettings& settings);

  engine::Environment& environment() { return environment_; }
  sources::rest::RestSource& source() { return *source_; }
  const model::Schema& schema() const { return schema_; }
  const packs::PathPack& path() const {
    return *library_.path("interactive-to-dynamics365").value();
  }
  const model::MapDocument& map() const { return map_; }
  /// What the simulator says must be found and become of everything (facts/sources.md §0.5).
  json::Document truth() const;

 private:
  RealClock clock_;
  ThreadExecutor executor_{clock_};
  EventHub events_;
  TemporaryDirectory folder_;
  std::unique_ptr<store::Ledger> ledger_;
  store::Books books_;
  engine::Environment environment_;
  packs::Library library_;
  sim::SimClock sim_clock_{clock_};
  sim::Stats stats_;
  sim::interactive::GenerateSettings settings_;
  std::unique_ptr<sim::interactive::InteractiveSimulator> simulator_;
  std::unique_ptr<SimTransport> transport_;
  std::unique_ptr<sources::rest::RestSource> source_;
  model::Schema schema_;
  model::MapDocument map_;
};

/// An empty simulated Dataverse behind its connector.
class EmptyDestination {
 public:
  explicit EmptyDestination(sim::dataverse::SimulatorSettings settings = {});

  model::Destination& destination() { return destination_; }
  ManualClock& clock() { return clock_; }
  std::string schema_digest() { return simulator_.digest().schema.hex(); }
  model::Schema describe(const std::vector<std::string>& tables);

 private:
  ManualClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};
  sim::SimClock sim_clock_{clock_};
  sim::Stats stats_;
  sim::dataverse::DataverseSimulator simulator_;
  SimTransport inner_;
  http::FixedToken tokens_;
  http::AuthorizingTransport transport_;
  destinations::dataverse::Connector connector_;
  model::Destination destination_;
};

}  // namespace flit::test
