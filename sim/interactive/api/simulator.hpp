#pragma once
/// @file The simulated Interactive: a Simulator (sim/base/simulator.hpp) over a Dataset.
///
/// Order of a request: length of the URL, method, token, path, scope, module, limits, endpoint.
/// Thread-safe: one lock over data and tokens, shared by readers.

#include <atomic>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "sim/base/simulator.hpp"
#include "sim/interactive/api/limiter.hpp"
#include "sim/interactive/api/routes.hpp"
#include "sim/interactive/truth/truth.hpp"

namespace flit::sim::interactive {

struct InteractiveOptions {
  std::vector<std::string> tokens{};  ///< TOKEN[:scope+scope…]
  Duration visibility_lag{0};
  Duration latency{0};
  bool limits = false;
  std::uint64_t empty_pages = 0;  ///< every n-th list of records is an empty page; 0: none
  TruthSettings truth{};
};

/// Makes the data as they are at the start, again and again the same.
using MakeDataset = std::function<Result<std::unique_ptr<Dataset>>()>;

class InteractiveSimulator : public Simulator {
 public:
  /// Fault::setup for a wrong token and for whatever the data set has wrong.
  static Result<std::unique_ptr<InteractiveSimulator>> create(const InteractiveOptions& options,
                                                              const Surroundings& surroundings,
                                                              MakeDataset make);

  Response handle(const Request& request) override;
  Access access() const override;
  DigestReport digest() const override;
  Result<std::string> edit(json::Value edits) override;
  void reset() override;
  std::optional<Response> control(const Request& request) override;

  /// Instant of the data set's own clock.
  Instant own_clock() const;

 private:
  InteractiveSimulator(const InteractiveOptions& options, const Surroundings& surroundings,
                       MakeDataset make, std::unique_ptr<Dataset> data, TokenBook tokens);

  Response answer(const Request& request, std::string_view request_id, std::string& endpoint);
  Checked<Response> dispatch(const Request& request, std::string& endpoint, std::string& token);
  Checked<Response> limited(const Call& call, const Route& route);
  std::optional<Response> injected(const Request& request);
  bool is_empty_page(const Route& route);
  std::int64_t now_ms() const;

  InteractiveOptions options_;
  Surroundings surroundings_;
  MakeDataset make_;
  mutable std::shared_mutex mutex_;  // guards the four below
  std::unique_ptr<Dataset> data_;
  TokenBook tokens_;
  TokenBook tokens_at_start_;
  Visibility visibility_;
  Limiter limiter_;
  std::atomic<std::uint64_t> requests_{0};
  std::atomic<std::uint64_t> record_lists_{0};
  std::atomic<std::uint64_t> unavailable_{0};
};

}  // namespace flit::sim::interactive
