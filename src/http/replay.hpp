#pragma once
/// @file A Transport that answers from a recording instead of a network.
///
/// Requests are compared by method, masked URL and, where the recording has it, masked body. A
/// request that the recording does not have is Fault::permanent and says what was expected, so a
/// golden test fails with a readable difference. Sinks are fed and sources read as by a network.
/// Thread-safe.

#include <cstddef>
#include <stop_token>
#include <vector>

#include "base/sync.hpp"
#include "http/recording.hpp"

namespace flit::http {

enum class ReplayOrder {
  strict,    ///< the n-th request is the n-th of the recording: for one lane
  by_match,  ///< the first exchange that matches and was not used yet: for many lanes
};

class ReplayTransport final : public Transport {
 public:
  ReplayTransport(std::vector<RecordedExchange> exchanges, ReplayOrder order,
                  MaskSettings mask = {});

  Result<Response> send(const Request& request, std::stop_token stop) override;

  /// Exchanges that nobody asked for yet.
  std::size_t unused() const;

 private:
  struct Entry {
    RecordedExchange exchange;
    bool is_used = false;
  };

  Result<RecordedExchange> find(const Request& request, std::string_view body);
  bool matches(const RecordedExchange& exchange, const Request& request,
               std::string_view body) const;

  ReplayOrder order_;
  Mask mask_;
  Sync<std::vector<Entry>> entries_;
};

}  // namespace flit::http
