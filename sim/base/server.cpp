#include "sim/base/server.hpp"

#include <atomic>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <unistd.h>

#include "sim/base/delay_queue.hpp"
#include "sim/base/exchange.hpp"

namespace flit::sim {

struct Server::Impl {
  Impl(Service& service, ThreadClock& clock, ServerOptions settings)
      : options(settings), delays(clock), context{service, clock, options, delays} {}

  ServerOptions options;
  DelayQueue delays;
  ExchangeContext context;
  std::atomic<std::uintptr_t> connections = 0;
  MHD_Daemon* daemon = nullptr;
  std::uint16_t port = 0;

  std::string url() const { return fmt::format("http://127.0.0.1:{}", port); }
};

namespace {

constexpr int backlog = 1024;  // a burst of new clients waits here instead of in SYN retries

void* on_request_line(void* context, const char* target, MHD_Connection* /*connection*/) {
  return new Exchange(*static_cast<ExchangeContext*>(context), target);
}

// NOLINTNEXTLINE(readability-function-size): the parameters are libmicrohttpd's
MHD_Result on_progress(void* /*context*/, MHD_Connection* connection, const char* /*url*/,
                       const char* method, const char* /*version*/, const char* data,
                       std::size_t* size, void** exchange) {
  return static_cast<Exchange*>(*exchange)->proceed(connection, method, data, *size) ? MHD_YES
                                                                                     : MHD_NO;
}

void on_completed(void* /*context*/, MHD_Connection* /*connection*/, void** exchange,
                  MHD_RequestTerminationCode /*why*/) {
  delete static_cast<Exchange*>(*exchange);
  *exchange = nullptr;
}

/// Numbers the connections; the number lives in libmicrohttpd's per-connection pointer.
void on_connection(void* counter, MHD_Connection* /*connection*/, void** number,
                   MHD_ConnectionNotificationCode what) {
  if (what != MHD_CONNECTION_NOTIFY_STARTED) return;
  const std::uintptr_t next = ++*static_cast<std::atomic<std::uintptr_t>*>(counter);
  *number = reinterpret_cast<void*>(next);  // NOLINT(performance-no-int-to-ptr): never followed
}

/// A socket that is bound to this machine only, or -1; `port` becomes the one it has.
int bound_socket(std::uint16_t& port) {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (made < 0) return -1;
  constexpr int yes = 1;
  ::setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(made, any, size) != 0 || ::getsockname(made, any, &size) != 0) {
    ::close(made);
    return -1;
  }
  port = ntohs(address.sin_port);
  return made;
}

Error cannot_listen(std::uint16_t port) {
  return {.fault = Fault::setup,
          .message = fmt::format("cannot listen on 127.0.0.1:{}", port),
          .where = "--port",
          .remedy = "Choose another port, or 0 for a free one."};
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Service& service, ThreadClock& clock,
                                              ServerOptions options, const Bound& bound) {
  auto impl = std::make_unique<Impl>(service, clock, options);
  impl->port = options.port;
  const int listening = bound_socket(impl->port);
  if (listening < 0) return cannot_listen(options.port);
  if (bound) bound(impl->url());
  if (::listen(listening, backlog) != 0) {  // the port was taken between the two
    ::close(listening);
    return cannot_listen(options.port);
  }
  // poll, not epoll: with epoll, 0.9.75 misses a client that leaves right after its last bytes
  constexpr unsigned flags =
      MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
  impl->daemon = MHD_start_daemon(
      flags, impl->port, nullptr, nullptr, &on_progress, nullptr,                          //
      MHD_OPTION_LISTEN_SOCKET, listening,                                                 //
      MHD_OPTION_URI_LOG_CALLBACK, &on_request_line, &impl->context,                       //
      MHD_OPTION_NOTIFY_COMPLETED, &on_completed, nullptr,                                 //
      MHD_OPTION_NOTIFY_CONNECTION, &on_connection, &impl->connections,                    //
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, options.max_head_bytes,                          //
      MHD_OPTION_CONNECTION_LIMIT, options.max_connections,                                //
      MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(options.idle_timeout.count()),  //
      MHD_OPTION_THREAD_POOL_SIZE, std::max(2U, options.threads), MHD_OPTION_END);
  if (impl->daemon == nullptr) {
    ::close(listening);
    return cannot_listen(options.port);
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  stop();
}

std::uint16_t Server::port() const {
  return impl_->port;
}

std::string Server::url() const {
  return impl_->url();
}

void Server::stop(std::chrono::milliseconds grace) {
  if (impl_->daemon == nullptr) return;
  const MHD_socket listening = MHD_quiesce_daemon(impl_->daemon);
  impl_->context.stopping = true;
  impl_->delays.release();
  impl_->context.open.wait_for_none(grace);
  MHD_stop_daemon(impl_->daemon);
  impl_->daemon = nullptr;
  if (listening != MHD_INVALID_SOCKET) ::close(listening);
}

}  // namespace flit::sim
