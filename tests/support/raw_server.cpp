#include "tests/support/raw_server.hpp"

#include <array>
#include <charconv>
#include <csignal>
#include <system_error>
#include <tuple>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/fault.hpp"

namespace flit::test {
namespace {

[[noreturn]] void raise_system_error(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int new_socket() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) raise_system_error("socket");
  return socket;
}

std::uint16_t bind_to_free_port(int socket) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, any, size) != 0 || ::getsockname(socket, any, &size) != 0)
    raise_system_error("bind");
  return ntohs(address.sin_port);
}

http::Url url_of(std::string_view scheme, std::string_view host, std::uint16_t port,
                 std::string_view rest) {
  return *http::Url::parse(fmt::format("{}://{}:{}{}", scheme, host, port, rest));
}

class PlainConnection : public RawConnection {
 public:
  explicit PlainConnection(int socket) : socket_(socket) {}

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void half_close() override { ::shutdown(socket_, SHUT_WR); }

  void reset() override {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  }

  int socket() const override { return socket_; }

 protected:
  std::string receive() override {
    std::string bytes(std::size_t{16} * 1024, '\0');
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return bytes;
  }

 private:
  int socket_;
};

class TlsConnection final : public PlainConnection {
 public:
  TlsConnection(int socket, SSL_CTX* context) : PlainConnection(socket), ssl_(SSL_new(context)) {
    SSL_set_fd(ssl_, socket);
  }
  ~TlsConnection() override { SSL_free(ssl_); }
  TlsConnection(const TlsConnection&) = delete;
  TlsConnection& operator=(const TlsConnection&) = delete;

  bool shake_hands() { return SSL_accept(ssl_) == 1; }

  void write(std::string_view bytes) override {
    if (!bytes.empty()) SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
  }

  void half_close() override { SSL_shutdown(ssl_); }

 protected:
  std::string receive() override {
    std::string bytes(std::size_t{16} * 1024, '\0');
    const int count = SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max(count, 0)));
    return bytes;
  }

 private:
  SSL* ssl_;
};

}  // namespace

bool RawConnection::fill() {
  const std::string more = receive();
  unread_ += more;
  return !more.empty();
}

std::optional<RawRequest> RawConnection::read_head() {
  while (unread_.find("\r\n\r\n") == std::string::npos)
    if (!fill()) return std::nullopt;
  const std::string head = read(unread_.find("\r\n\r\n") + 4);
  RawRequest request;
  const std::size_t line_end = head.find("\r\n");
  const std::string line = head.substr(0, line_end);
  request.method = line.substr(0, line.find(' '));
  request.target =
      line.substr(request.method.size() + 1, line.rfind(' ') - request.method.size() - 1);
  for (std::size_t at = line_end + 2; at < head.size() - 2;) {
    const std::size_t end = head.find("\r\n", at);
    request.headers.add_line(std::string_view(head).substr(at, end - at));
    at = end + 2;
  }
  return request;
}

std::optional<RawRequest> RawConnection::read_request() {
  auto request = read_head();
  if (!request) return std::nullopt;
  if (request->headers.lists("Transfer-Encoding", "chunked")) {
    request->body = read_chunks();
    return request;
  }
  const std::string_view length = request->headers.find("Content-Length").value_or("0");
  std::size_t count = 0;
  std::from_chars(length.data(), length.data() + length.size(), count);
  request->body = read(count);
  return request->body.size() == count ? std::move(request) : std::nullopt;
}

std::string RawConnection::read_chunks() {
  std::string body;
  while (true) {
    while (unread_.find("\r\n") == std::string::npos)
      if (!fill()) return body;
    const std::string line = read(unread_.find("\r\n") + 2);
    std::size_t count = 0;
    std::from_chars(line.data(), line.data() + line.size(), count, 16);
    body += read(count);
    read(2);
    if (count == 0) return body;
  }
}

std::string RawConnection::read(std::size_t count) {
  while (unread_.size() < count)
    if (!fill()) break;
  std::string bytes = unread_.substr(0, count);
  unread_.erase(0, count);
  return bytes;
}

bool RawConnection::await(std::string_view end) {
  while (true) {
    const std::size_t at = unread_.find(end);
    if (at != std::string::npos) {
      unread_.erase(0, at + end.size());
      return true;
    }
    if (unread_.size() > end.size()) unread_.erase(0, unread_.size() - end.size());
    if (!fill()) return false;
  }
}

bool RawConnection::is_open() const {
  pollfd state{.fd = socket(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&state, 1, 0) == 0;
}

void RawConnection::await_close() {
  while (fill()) unread_.clear();
}

struct RawServer::Session {
  int socket;
  std::jthread thread{};
};

RawServer::RawServer(Script script, ssl_ctx_st* tls)
    : script_(std::move(script)), tls_(tls), listener_(new_socket()) {
  port_ = bind_to_free_port(listener_);
  if (::listen(listener_, 1024) != 0) raise_system_error("listen");
  acceptor_ = std::jthread([this] { accept_all(); });
}

RawServer::~RawServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (Session& session : sessions_) ::shutdown(session.socket, SHUT_RDWR);
  for (Session& session : sessions_) {
    session.thread.join();
    ::close(session.socket);
  }
  ::close(listener_);
}

http::Url RawServer::url(std::string_view path_and_query, std::string_view host) const {
  return url_of(tls_ == nullptr ? "http" : "https", host, port_, path_and_query);
}

void RawServer::accept_all() {
  while (true) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const std::lock_guard lock(mutex_);
    Session& session = sessions_.emplace_back(Session{socket});
    session.thread =
        std::jthread([this, &session, number = connections_++] { serve(session, number); });
  }
}

void RawServer::serve(Session& session, int number) {
  sigset_t broken_pipe;  // OpenSSL writes without MSG_NOSIGNAL
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  bool is_reset = false;
  if (tls_ != nullptr) {
    TlsConnection connection(session.socket, tls_);
    if (connection.shake_hands()) script_(connection, number);
  } else {
    PlainConnection connection(session.socket);
    script_(connection, number);
  }
  linger end{};
  socklen_t size = sizeof(end);
  ::getsockopt(session.socket, SOL_SOCKET, SO_LINGER, &end, &size);
  is_reset = end.l_onoff == 1;
  // The descriptor stays ours until the destructor, so that its number is not given away: only the
  // connection ends. Connecting to "no address" is how Linux resets one that stays open.
  if (is_reset) {
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    std::ignore = ::connect(session.socket, &nobody, sizeof(nobody));
  } else {
    ::shutdown(session.socket, SHUT_RDWR);
  }
}

std::string answer(int status, std::string_view body, const http::Headers& headers) {
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", status, http::reason_phrase(status));
  for (const http::Header& field : headers)
    text += fmt::format("{}: {}\r\n", field.name, field.value);
  if (status != 204 && status != 304) text += fmt::format("Content-Length: {}\r\n", body.size());
  return text.append("\r\n").append(body);
}

RawServer::Script always(std::string bytes) {
  return [bytes = std::move(bytes)](RawConnection& connection, int) {
    while (connection.read_request()) connection.write(bytes);
  };
}

RefusingPort::RefusingPort() : socket_(new_socket()), port_(bind_to_free_port(socket_)) {}

RefusingPort::~RefusingPort() {
  ::close(socket_);
}

http::Url RefusingPort::url(std::string_view path) const {
  return url_of("http", "127.0.0.1", port_, path);
}

SilentPort::SilentPort() : socket_(new_socket()), port_(bind_to_free_port(socket_)) {
  if (::listen(socket_, 0) != 0) raise_system_error("listen");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port_);
  while (true) {  // until one has to wait: the queue is full
    waiting_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    std::ignore =
        ::connect(waiting_.back(), reinterpret_cast<sockaddr*>(&address), sizeof(address));
    pollfd connected{.fd = waiting_.back(), .events = POLLOUT, .revents = 0};
    if (::poll(&connected, 1, 50) == 0) return;
  }
}

SilentPort::~SilentPort() {
  for (const int socket : waiting_) ::close(socket);
  ::close(socket_);
}

http::Url SilentPort::url(std::string_view path) const {
  return url_of("http", "127.0.0.1", port_, path);
}

}  // namespace flit::test
