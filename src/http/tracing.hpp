#pragma once
/// @file Counts what goes over the wire and tells an observer about each exchange.
///
/// For progress, metrics and logs. An event holds no header, no body and no query. Thread-safe; the
/// observer is called on the lane's own thread, after the exchange, and must not block.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/sync.hpp"
#include "http/transport.hpp"

namespace flit::http {

struct ExchangeEvent {
  Method method = Method::get;
  std::string where{};               ///< URL without query
  int status = 0;                    ///< 0: there was no answer
  std::optional<Fault> fault{};      ///< why not
  std::string code{};                ///< name of the failure (http/fault.hpp), or empty
  std::uint64_t bytes_sent = 0;      ///< of the body
  std::uint64_t bytes_received = 0;  ///< of the body, decompressed
  Timing timing{};                   ///< zero without an answer
};

struct Traffic {
  std::uint64_t started = 0;
  std::uint64_t answered = 0;
  std::uint64_t failed = 0;
  std::uint64_t in_flight = 0;
  std::uint64_t max_in_flight = 0;
  std::array<std::uint64_t, 6> by_status_class{};  ///< [2]: 200–299 …; [0] is unused
  std::array<std::uint64_t, 6> by_fault{};         ///< in the order of enum Fault
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
};

class TracingTransport final : public Transport {
 public:
  using Observer = std::function<void(const ExchangeEvent&)>;

  /// `inner` outlives this.
  explicit TracingTransport(Transport& inner, Observer observer = {});

  Result<Response> send(const Request& request, std::stop_token stop) override;

  Traffic traffic() const;

 private:
  Transport& inner_;
  Observer observer_;
  Sync<Traffic> traffic_;
};

}  // namespace flit::http
