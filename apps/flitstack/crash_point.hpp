#pragma once
/// @file For tests: the process dies, as by kill -9 or a power cut, at the k-th request or commit.
///
/// FLIT_CRASH_AT=request:K kills before the K-th request leaves, answer:K after its answer came and
/// before anybody saw it, commit:K before the K-th commit, committed:K right behind it. With K = 0
/// nobody dies, and how many there were is said at the end. Said on stderr when it is set; without
/// it nothing here is in anybody's way.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include "http/transport.hpp"
#include "store/ledger.hpp"

namespace flit::app {

struct CrashPoint {
  enum class At { request, answer, commit, committed };
  At at = At::request;
  std::uint64_t count = 1;
};

/// What FLIT_CRASH_AT says; none when it is not set. Fault::setup when it is not understood.
Result<std::optional<CrashPoint>> crash_point();

class CrashingTransport final : public http::Transport {
 public:
  CrashingTransport(http::Transport& inner, CrashPoint point) : inner_(inner), point_(point) {}
  ~CrashingTransport() override;
  Result<http::Response> send(const http::Request& request, std::stop_token stop) override;

 private:
  http::Transport& inner_;
  CrashPoint point_;
  std::atomic<std::uint64_t> sent_{0};
};

/// Used by one process; what it counts of commits begins when the ledger is open.
std::unique_ptr<store::Ledger> crashing_ledger(std::unique_ptr<store::Ledger> inner,
                                               CrashPoint point);

}  // namespace flit::app
