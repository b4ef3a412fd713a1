#pragma once
/// @file What stands around every simulator: the control face, injected faults, latency, counts,
/// log.
///
/// A request goes: /__sim/ → Control; otherwise fault list → Simulator → latency → statistics →
/// log. The frame alone decides what happens to a connection; the simulator alone phrases answers.
/// Date is the platform's clock. Thread-safe.

#include <optional>

#include "base/clock.hpp"
#include "base/sync.hpp"
#include "sim/base/control.hpp"
#include "sim/base/rate_window.hpp"

namespace flit::sim {

struct FrameSettings {
  std::chrono::microseconds latency{0};  ///< added to every answer; no part of execution time
  std::uint64_t seed = 0;                ///< for faults that strike by chance
  std::vector<FaultRule> faults{};
};

class Frame : public Service {
 public:
  /// `simulator` and what `surroundings` refers to must outlive the frame.
  Frame(Simulator& simulator, const Surroundings& surroundings, FrameSettings settings);

  Response handle(const Request& request) override;

 private:
  Response act_out(const Request& request, const std::optional<InjectedFault>& fault);
  void record(const Request& request, const Response& response,
              const std::optional<InjectedFault>& fault);

  Simulator& simulator_;
  Surroundings surroundings_;
  std::chrono::microseconds latency_;
  FaultInjector faults_;
  RequestLog log_;
  Control control_;
  Sync<ConcurrencyGauge> in_flight_;
};

}  // namespace flit::sim
