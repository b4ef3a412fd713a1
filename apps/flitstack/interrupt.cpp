#include "apps/flitstack/interrupt.hpp"

#include <csignal>
#include <ctime>

#include <unistd.h>

namespace flit::app {
namespace {

sigset_t both() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t signals = both();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  waiter_ = std::jthread([this, signals](const std::stop_token& ending) {
    const timespec tenth{.tv_sec = 0, .tv_nsec = 100'000'000};
    while (!ending.stop_requested()) {
      if (sigtimedwait(&signals, nullptr, &tenth) < 0) continue;
      if (source_.stop_requested()) ::_exit(130);
      source_.request_stop();
    }
  });
}

Interrupt::~Interrupt() {
  waiter_.request_stop();
  waiter_.join();
}

}  // namespace flit::app
