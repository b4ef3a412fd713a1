#pragma once
/// @file A law office that moves: the simulated Interactive with generated data on one side, an
/// empty simulated Dataverse on the other, a ledger between them, the shipped packs.
///
/// Both simulators are in process. A test runs the stages in their order and compares what became
/// of every record with the generator's own truth.json.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/json_reader.hpp"
#include "base/thread_executor.hpp"
#include "destinations/dataverse/connector.hpp"
#include "engine/migration.hpp"
#include "engine/migration_map.hpp"
#include "http/authorizing.hpp"
#include "packs/library.hpp"
#include "sim/base/frame.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"
#include "sim/interactive/api/simulator.hpp"
#include "sim/interactive/generate/settings.hpp"
#include "sources/rest/source.hpp"
#include "tests/support/sim_transport.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::engine::test {

class World {
 public:
  explicit World(const sim::interactive::GenerateSettings& generate);
  ~World();

  /// S-01 to S-04: everything read, columns made, owners found. Fails the test when one fails.
  void extract();
  void prepare(const std::function<void(model::MapDocument&)>& tune = {});

  /// What the stages behind the map take; after prepare().
  Migration migration();

  /// Everything but ledger and platforms is new, as after a kill.
  void restart(RetrySettings retry);

  const json::Document& truth() const { return truth_; }
  sim::dataverse::DataverseSimulator& dataverse() { return *dataverse_; }
  Environment environment() { return {executor_, events_, *ledger_, *books_}; }
  store::Ledger& ledger() { return *ledger_; }
  store::Books& books() { return *books_; }
  const MigrationMap& map() const { return *map_; }
  const packs::PathPack& path() const { return *path_; }
  model::Destination& destination() { return *destination_; }

  /// Sets the faults of the simulated Dataverse, as POST /__sim/faults does.
  void fail(const std::string& faults_json);

 private:
  void connect();
  void make_pacer(RetrySettings retry);

  flit::test::TemporaryDirectory folder_;
  RealClock clock_;
  ThreadExecutor executor_{clock_};
  EventHub events_;

  ManualClock source_machine_;
  sim::SimClock source_clock_{source_machine_};
  sim::Stats source_stats_;
  std::unique_ptr<sim::interactive::InteractiveSimulator> interactive_;
  json::Document truth_;

  ManualClock destination_machine_{std::chrono::sys_days(std::chrono::year(2026) / 11 / 30)};
  sim::SimClock destination_clock_{destination_machine_};
  sim::Stats destination_stats_;
  std::unique_ptr<sim::dataverse::DataverseSimulator> dataverse_;
  std::unique_ptr<sim::Frame> frame_;

  packs::Library library_;
  const packs::PathPack* path_ = nullptr;

  std::unique_ptr<flit::test::SimTransport> source_transport_;
  std::unique_ptr<sources::rest::RestSource> source_;
  std::unique_ptr<flit::test::SimTransport> inner_;
  std::unique_ptr<http::FixedToken> tokens_;
  std::unique_ptr<http::AuthorizingTransport> transport_;
  std::unique_ptr<destinations::dataverse::Connector> connector_;
  std::optional<model::Destination> destination_;
  std::unique_ptr<Pacer> pacer_;

  std::unique_ptr<store::Ledger> ledger_;
  std::unique_ptr<store::Books> books_;
  model::Schema source_schema_;
  OwnerTable owners_;
  std::optional<MigrationMap> map_;
};

}  // namespace flit::engine::test
