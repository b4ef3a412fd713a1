#pragma once
/// @file A server in a process of its own that answers every request after a fixed delay.
///
/// One thread and epoll, so that it costs little beside the client that is measured, and its CPU
/// time is not counted with the client's. Ends with the object.

#include <chrono>
#include <cstdint>

#include <sys/types.h>

namespace flit::bench {

class DelayedServer {
 public:
  /// Forks: to be made before the first thread.
  DelayedServer(std::chrono::milliseconds delay, std::size_t answer_size);
  ~DelayedServer();
  DelayedServer(const DelayedServer&) = delete;
  DelayedServer& operator=(const DelayedServer&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace flit::bench
