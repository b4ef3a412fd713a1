#pragma once
/// @file SIGINT and SIGTERM as a stop token.

#include <stop_token>
#include <thread>

namespace flit::app {

/// While it lives, the two signals request a stop; a second one ends the process at once, which the
/// ledger survives. Made before any other thread, which inherit the blocked signals.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread waiter_;
};

}  // namespace flit::app
