#pragma once
/// @file A platform so small that it fits on a page: a shelf with named boxes that hold text.
///
/// PUT, GET and DELETE /boxes/NAME with a bearer token; 100 requests per 60 s with `--limits real`;
/// writing a box costs 10 ms. Shows, and lets tests check, what the frame and the launcher do.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "sim/base/kind.hpp"
#include "sim/base/rate_window.hpp"
#include "sim/base/retry_after.hpp"

namespace flit::sim::test {

class Shelf : public Simulator {
 public:
  Shelf(CommonOptions options, const Surroundings& surroundings);

  /// Puts up the boxes to start with, then what is in the snapshot, if there is one.
  Result<void> load(const std::vector<std::string>& empty_boxes);

  Response handle(const Request& request) override;
  Access access() const override { return {.token_path = "/token", .access_token = "open-sesame"}; }
  DigestReport digest() const override;
  Result<std::string> edit(json::Value edits) override;
  void reset() override;
  double best_rows_per_second() const override { return 100.0 / 60; }
  std::optional<Response> control(const Request& request) override;
  Result<void> save() override;

 private:
  struct State {
    std::map<std::string, std::string> boxes;
    SlidingWindow requests{std::chrono::seconds(60)};
    RetryAfterBook hints;
  };
  std::optional<Response> refuse(const Request& request);
  Response throttled(Duration needed);
  Response act(const Request& request);

  CommonOptions options_;
  Surroundings surroundings_;
  std::map<std::string, std::string> initial_;
  mutable std::mutex mutex_;  // guards state_
  State state_;
};

class ShelfKind : public Kind {
 public:
  KindInfo info() const override;
  void declare(OptionSet& options) override;
  Result<std::unique_ptr<Simulator>> start(const CommonOptions& options,
                                           const Surroundings& surroundings) override;

 private:
  std::vector<std::string> boxes_;
  bool only_check_ = false;
};

}  // namespace flit::sim::test
