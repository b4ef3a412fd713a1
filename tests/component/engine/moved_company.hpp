#pragma once
/// @file A small company on its way into a simulated Dataverse, in process: loaded by the product's
/// own stages, edited by people, and looked at again.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/thread_executor.hpp"
#include "destinations/dataverse/connector.hpp"
#include "engine/migration.hpp"
#include "http/authorizing.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"
#include "tests/support/sim_transport.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::engine {

/// Lets a test count requests, lose an answer or ask for a stop at one of them.
class WatchedTransport final : public http::Transport {
 public:
  explicit WatchedTransport(http::Transport& inner) : inner_(inner) {}

  Result<http::Response> send(const http::Request& request, std::stop_token stop) override;

  std::atomic<int> requests = 0;
  std::function<void(int number)> before{};  ///< of each request, from 1
  std::function<void(const http::Request&)> before_sending{};
  std::function<bool(const http::Request&)> loses{};  ///< whose answer never comes

 private:
  http::Transport& inner_;
};

class MovedCompany : public ::testing::Test {
 protected:
  MovedCompany();
  void SetUp() override;

  /// Stages records of a company of this size: companies in a chain of parents, contacts below
  /// them, deals (some won) and calls below these.
  void stage(int companies);

  /// One more company; `parent` may be empty.
  void stage_company(const std::string& id, const std::string& name, const std::string& parent,
                     bool archived = false);

  /// People of so many firms, each with the firm in the same record.
  void stage_people(int people, int firms);

  /// Plans and loads everything that is staged.
  void load();

  Migration migration();
  static destinations::dataverse::PlatformSettings platform();

  /// Runs edits of people, as POST /__sim/edit takes them; returns the ids.
  std::vector<std::string> edit(const std::string& edits);

  /// The destination's own digest, of its rows alone.
  std::string digest() { return simulator.digest().digest(); }

  store::Assignment assigned(const std::string& object, const std::string& id,
                             const std::string& role = "primary");

  /// One cell of a row as people read it; empty when the row is not there.
  std::optional<std::string> cell(const std::string& table, const std::string& id,
                                  const std::string& column);
  std::uint64_t rows(const std::string& table);

  ManualClock machine{std::chrono::sys_days(std::chrono::year(2026) / 11 / 2)};
  sim::SimClock sim_clock{machine};
  sim::Stats stats;
  sim::dataverse::DataverseSimulator simulator;
  test::SimTransport inner;
  http::FixedToken tokens;
  http::AuthorizingTransport authorizing;
  WatchedTransport transport;
  destinations::dataverse::Connector connector;
  model::Destination destination;

  test::TemporaryDirectory folder;
  RealClock clock;
  ThreadExecutor executor{clock};
  EventHub events;
  std::unique_ptr<store::Ledger> ledger;
  store::Books books;
  std::optional<Environment> environment;
  packs::PathPack path;
  std::optional<MigrationMap> map;
  OwnerTable owners;
  std::optional<Pacer> pacer;
};

}  // namespace flit::engine
