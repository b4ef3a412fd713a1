#pragma once
/// @file A Service on a port of this machine: HTTP/1.1 on libmicrohttpd, behind one small class.
///
/// A few threads drive all connections (poll); a kept-alive, slow or half-closed client costs its
/// buffer, not a thread. Why not cpp-httplib: docs/adr/0002. What it adds to the Service: transfer
/// coding, gzip both ways, HEAD, limits, and the acting out of Response::fate. It listens on
/// 127.0.0.1 only. Broken requests are answered 400, 413, 414 or 431 without the Service.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "sim/base/service.hpp"

namespace flit::sim {

struct ServerOptions {
  std::uint16_t port = 0;  ///< 0: any free one
  unsigned threads = 4;
  unsigned max_connections = 4096;  ///< further ones wait in the backlog

  /// Request line and header fields together. Dataverse takes URLs of 32,768 characters, 65,536
  /// inside a batch (facts/dataverse.md §8); simulators refuse earlier where their platform does.
  std::size_t max_head_bytes = 128UL * 1024;

  /// Body, both as sent and unpacked; more is answered 413. Above every platform's own limit, so
  /// that simulators can answer in their own words (Dataverse: uploads below 128 MB,
  /// facts/dataverse.md §8).
  std::size_t max_body_bytes = 192UL * 1024 * 1024;

  std::chrono::seconds idle_timeout{
      120};               ///< real time without a byte, then the connection is closed
  double time_scale = 1;  ///< platform seconds per real second, for Fate::delay
};

class Server {
 public:
  using Bound = std::function<void(const std::string& url)>;

  /// Binds, listens and serves until stop(). Fault::setup when the port is taken.
  /// `clock` is the platform's: Fate::delay is waited for on it. Both must outlive the server.
  /// `bound` is told the address before the first request can come.
  static Result<std::unique_ptr<Server>> start(Service& service, ThreadClock& clock,
                                               ServerOptions options = {},
                                               const Bound& bound = nullptr);

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  std::string url() const;  ///< "http://127.0.0.1:41234"

  /// Takes no new connection, answers what has arrived (delays are cut short), then closes the
  /// rest. Waits at most `grace` for the clients to take their answers. Harmless when repeated.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(5));

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace flit::sim
