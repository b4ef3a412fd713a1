#pragma once
/// @file What a migration is run in: lanes and time, a network, somebody who listens.
///
/// Production hands in threads, the real clock and libcurl; a simulation its seeded scheduler,
/// virtual time and simulators in process. Everything outlives the workspace.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "apps/wiring/credentials.hpp"
#include "base/event.hpp"
#include "base/executor.hpp"
#include "http/transport.hpp"
#include "store/ledger.hpp"

namespace flit::wiring {

struct Surroundings {
  Executor& executor;
  http::Transport& network;
  EventSink& events;
  std::function<Result<Secret>(const SecretReference&)> secrets = resolve;
  /// Stands between the workspace and its ledger: for tests that stop at the k-th commit.
  std::function<std::unique_ptr<store::Ledger>(std::unique_ptr<store::Ledger>)> around_ledger{};
  std::string version = "0";
  std::uint64_t seed = 0;  ///< of jitter
};

}  // namespace flit::wiring
