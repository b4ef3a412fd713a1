#pragma once
/// @file What a platform's author writes: a Service, and what the /__sim/ face asks of it.
///
/// Everything around it (connections, faults, clock, log, statistics, the control face) is the
/// frame's (frame.hpp). All functions may be called from many threads at once; a simulator holds
/// its own locks. Times are SimClock's and in platform seconds.

#include <map>
#include <optional>
#include <string>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "sim/base/digest.hpp"
#include "sim/base/service.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"

namespace flit::sim {

/// What a simulator is handed and shares with the frame; outlives it.
struct Surroundings {
  SimClock& clock;
  Stats& stats;
  double time_scale = 1;  ///< platform seconds per real second
};

/// How a client gets in; parts of the start-up line of contract.md.
struct Access {
  std::string token_path;  ///< "/tenant/oauth2/v2.0/token"; empty where there is no token endpoint
  std::string client_id = "flit";
  std::string client_secret = "flit";
  std::string access_token;
};

class Simulator : public Service {
 public:
  /// The platform's own API. Request::injected, when set, must be answered as the platform would.
  Response handle(const Request& request) override = 0;

  virtual Access access() const = 0;

  /// Everything that clients can write, and nothing that the system stamps.
  virtual DigestReport digest() const = 0;

  /// POST /__sim/edit: what a person does, one edit or a list of them, all or none. Answers with a
  /// JSON value for the caller ("null" if there is nothing to say).
  virtual Result<std::string> edit(json::Value edits) = 0;

  /// POST /__sim/reset: back to what was there at the start. The frame resets its own things.
  virtual void reset() = 0;

  /// What these settings allow at best, by the platform's own limits; 0 when nothing limits.
  virtual double best_rows_per_second() const { return 0; }

  /// Further members of GET /__sim/stats.
  virtual void add_stats(json::Writer& /*out*/) const {}

  /// Further calls below /__sim/, such as "truth"; none: there is no such call.
  virtual std::optional<Response> control(const Request& /*request*/) { return std::nullopt; }

  /// The address it is served at, before the first request.
  virtual void served_at(const std::string& /*url*/) {}

  /// `--snapshot FILE`: called once at the end, after the last request.
  virtual Result<void> save() { return {}; }
};

}  // namespace flit::sim
