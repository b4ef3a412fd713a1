#pragma once
/// @file An HTTP server that may misbehave byte by byte: every answer is written by the test.
///
/// Listens on 127.0.0.1 with a port of the system's choice; a thread per connection runs the test's
/// script, which reads requests and writes whatever bytes it likes, cuts, resets, or waits for the
/// other side to go. Nothing sleeps: a script waits for bytes, for the end of the connection, or
/// for what the test tells it. The destructor ends all connections and waits for their scripts.

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "http/headers.hpp"
#include "http/url.hpp"

struct ssl_ctx_st;

namespace flit::test {

struct RawRequest {
  std::string method;
  std::string target;  ///< as in the request line
  http::Headers headers;
  std::string body;  ///< chunks put together
};

/// One connection, used by its script alone. Writing to a peer that has gone does nothing.
class RawConnection {
 public:
  virtual ~RawConnection() = default;

  /// Head and body; none: the peer has gone.
  std::optional<RawRequest> read_request();

  /// The head alone, its body stays on the wire.
  std::optional<RawRequest> read_head();

  /// `count` bytes, fewer if the peer goes.
  std::string read(std::size_t count);

  /// Drops everything up to and with `end`. False: the peer has gone before.
  bool await(std::string_view end);

  /// False once the peer has gone. Does not block.
  bool is_open() const;

  /// Blocks until the peer closes; what it still sends is dropped.
  void await_close();

  virtual void write(std::string_view bytes) = 0;
  virtual void half_close() = 0;  ///< we send no more, but still read
  virtual void reset() = 0;       ///< RST instead of FIN, when the script ends
  virtual int socket() const = 0;

 protected:
  /// At least one byte, or none when the peer has gone.
  virtual std::string receive() = 0;

 private:
  bool fill();
  std::string read_chunks();
  std::string unread_;
};

class RawServer {
 public:
  /// Called once per connection, with the connection's number from 0.
  using Script = std::function<void(RawConnection& connection, int number)>;

  /// With `tls` (an SSL_CTX) connections are encrypted; a script begins after the handshake.
  explicit RawServer(Script script, ssl_ctx_st* tls = nullptr);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const { return port_; }
  http::Url url(std::string_view path_and_query, std::string_view host = "127.0.0.1") const;
  int connections() const { return connections_; }

 private:
  struct Session;
  void accept_all();
  void serve(Session& session, int number);

  Script script_;
  ssl_ctx_st* tls_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;
  std::list<Session> sessions_;  // guarded by mutex_; ended in the destructor
  std::jthread acceptor_;
};

/// A whole answer with Content-Length.
std::string answer(int status, std::string_view body = "", const http::Headers& headers = {});

/// A script that gives every request of every connection the same bytes.
RawServer::Script always(std::string bytes);

/// A port of 127.0.0.1 that refuses connections for as long as this lives.
class RefusingPort {
 public:
  RefusingPort();
  ~RefusingPort();
  RefusingPort(const RefusingPort&) = delete;
  RefusingPort& operator=(const RefusingPort&) = delete;
  http::Url url(std::string_view path) const;

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

/// A port that lets connections wait for ever: nobody accepts, and the queue is full.
class SilentPort {
 public:
  SilentPort();
  ~SilentPort();
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  http::Url url(std::string_view path) const;

 private:
  int socket_;
  std::uint16_t port_ = 0;
  std::list<int> waiting_;
};

}  // namespace flit::test
