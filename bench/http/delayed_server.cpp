#include "bench/http/delayed_server.hpp"

#include <array>
#include <charconv>
#include <csignal>
#include <deque>
#include <string>
#include <system_error>
#include <unordered_map>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace flit::bench {
namespace {

using Moment = std::chrono::steady_clock::time_point;

class Loop {
 public:
  Loop(int listener, std::chrono::milliseconds delay, std::size_t answer_size)
      : listener_(listener), epoll_(::epoll_create1(0)), delay_(delay) {
    answer_ = fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        answer_size, std::string(answer_size, 'x'));
    watch(listener_);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 256> events{};
    while (true) {
      const int count = ::epoll_wait(epoll_, events.data(), events.size(), timeout_ms());
      for (int i = 0; i < count; ++i) handle(events.at(static_cast<std::size_t>(i)).data.fd);
      answer_due();
    }
  }

 private:
  struct Due {
    Moment at;
    int socket;
  };

  void watch(int socket) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  int timeout_ms() const {
    if (due_.empty()) return -1;
    const auto left = due_.front().at - std::chrono::steady_clock::now();
    return std::max(0,
                    static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
  }

  void handle(int socket) {
    if (socket == listener_) return accept_one();
    std::array<char, 65536> buffer;  // NOLINT: filled by recv
    const ssize_t count = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) {
      ::close(socket);
      unread_.erase(socket);
      return;
    }
    std::string& text = unread_[socket];
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (!is_whole(text)) return;
    text.clear();
    due_.push_back({std::chrono::steady_clock::now() + delay_, socket});
  }

  void accept_one() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    watch(socket);
  }

  static bool is_whole(const std::string& text) {
    const std::size_t head = text.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t field = text.find(name);
    std::size_t length = 0;
    if (field < head)
      std::from_chars(text.data() + field + name.size(), text.data() + head, length);
    return text.size() >= head + 4 + length;
  }

  void answer_due() {
    const Moment now = std::chrono::steady_clock::now();
    for (; !due_.empty() && due_.front().at <= now; due_.pop_front())
      std::ignore = ::send(due_.front().socket, answer_.data(), answer_.size(), MSG_NOSIGNAL);
  }

  int listener_;
  int epoll_;
  std::chrono::milliseconds delay_;
  std::string answer_;
  std::unordered_map<int, std::string> unread_;
  std::deque<Due> due_;  // the delay is the same for all, so the first is always the next
};

}  // namespace

DelayedServer::DelayedServer(std::chrono::milliseconds delay, std::size_t answer_size) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener, any, size) != 0 || ::listen(listener, 4096) != 0 ||
      ::getsockname(listener, any, &size) != 0)
    throw std::system_error(errno, std::generic_category(), "listen");
  port_ = ntohs(address.sin_port);
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlives the benchmark
    Loop(listener, delay, answer_size).run();
  }
  ::close(listener);
}

DelayedServer::~DelayedServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace flit::bench
