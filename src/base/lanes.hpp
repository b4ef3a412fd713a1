#pragma once
/// @file A group of lanes that somebody waits for: none outlives it, no exception is lost.
///
/// Each body gets the group's stop token and returns soon after a stop is requested. A body that
/// throws (a Bug) ends its lane and stops the group; join() rethrows the first such exception once
/// all lanes have ended. Any lane of the group may spawn more. Thread-safe, except for join() and
/// destruction, which belong to the owner.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/executor.hpp"
#include "base/sync.hpp"
#include "base/watched.hpp"

namespace flit {

class Lanes {
 public:
  using Body = std::function<void(std::stop_token)>;

  /// A stop of `parent` stops the group. `name` is for reports.
  Lanes(Executor& executor, const std::string& name, std::stop_token parent);

  /// Requests a stop and waits for every lane. An exception that join() has not rethrown is
  /// dropped.
  ~Lanes();

  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  /// The name is what reports, traces and the debugger show.
  void spawn(std::string name, Body body);

  void request_stop() { stop_.request_stop(); }
  std::stop_token stop_token() const { return stop_.get_token(); }

  /// Waits until every lane has ended; Woken::ready means they have. Does not rethrow.
  [[nodiscard]] Woken wait(const Patience& patience);

  /// Waits, however long it takes, until every lane has ended; then rethrows the first exception.
  void join();

  std::size_t running() const;

 private:
  struct State {
    std::size_t running = 0;
    std::uint64_t spawned = 0;
    std::vector<std::uint64_t> ended{};  // not yet forgotten by reap()
    std::exception_ptr first_failure{};
  };

  void live(std::uint64_t number, const Body& body);
  void reap();

  Executor& executor_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> parent_stops_;
  Watched<State> state_;
  Sync<std::map<std::uint64_t, std::unique_ptr<Lane>>> lanes_;  // last: joins before the rest goes
};

}  // namespace flit
