// What a simulator's server costs: the figures of docs/adr/0002.
//
//   bench_sim_server frame|httplib [CONNECTIONS BYTES REQUESTS]
//
// The server runs in a process of its own, so that its processor time is not the clients'.

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/frame.hpp"
#include "sim/base/server.hpp"

namespace {

using namespace flit;

std::string answer(std::size_t body_bytes) {
  return fmt::format(R"({{"bytes": {}}})", body_bytes);
}

class Counting : public sim::Simulator {
 public:
  sim::Response handle(const sim::Request& request) override {
    return sim::Response::json(200, answer(request.body.size()));
  }
  sim::Access access() const override { return {}; }
  sim::DigestReport digest() const override { return {}; }
  Result<std::string> edit(json::Value) override { return std::string("null"); }
  void reset() override {}
};

void serve_frame(int ready) {
  RealClock real;
  sim::SimClock clock(real);
  sim::Stats stats;
  Counting counting;
  sim::Frame frame(counting, {clock, stats, 1}, {});
  const auto server = sim::Server::start(frame, real).value();
  const std::uint16_t port = server->port();
  if (write(ready, &port, sizeof port) != sizeof port) std::abort();
  pause();
}

void serve_httplib(int ready) {
  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(600); };
  server.set_keep_alive_max_count(1'000'000);
  server.set_keep_alive_timeout(60);
  server.set_tcp_nodelay(true);
  int listening = -1;
  server.set_socket_options([&](int socket) { listening = socket; });
  server.Post(".*", [](const httplib::Request& request, httplib::Response& response) {
    response.set_content(answer(request.body.size()), "application/json");
  });
  const auto port = static_cast<std::uint16_t>(server.bind_to_any_port("127.0.0.1"));
  ::listen(listening, 1024);  // the packaged library asks for 5
  if (write(ready, &port, sizeof port) != sizeof port) std::abort();
  server.listen_after_bind();
}

struct Load {
  std::size_t connections;
  std::size_t bytes;
  std::size_t requests;
};

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
  return socket;
}

void send_all(int socket, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t sent = ::send(socket, text.data() + at, text.size() - at, 0);
    if (sent <= 0) std::abort();
    at += static_cast<std::size_t>(sent);
  }
}

/// The answers are small: they end with the object that answer() writes.
void read_answer(int socket) {
  std::string text;
  char room[4096];
  while (text.empty() || text.back() != '}') {
    const ssize_t size = ::recv(socket, room, sizeof room, 0);
    if (size <= 0) std::abort();
    text.append(room, static_cast<std::size_t>(size));
  }
}

double run_clients(std::uint16_t port, const Load& load) {
  const std::string request =
      fmt::format("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{}", load.bytes,
                  std::string(load.bytes, 'x'));
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::jthread> clients;
  for (std::size_t i = 0; i < load.connections; ++i)
    clients.emplace_back([&] {
      const int socket = connect_to(port);
      for (std::size_t n = 0; n < load.requests / load.connections; ++n) {
        send_all(socket, request);
        read_answer(socket);
      }
      close(socket);
    });
  clients.clear();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void measure(const std::string& way, const Load& load) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    way == "frame" ? serve_frame(ends[1]) : serve_httplib(ends[1]);
    _exit(0);
  }
  std::uint16_t port = 0;
  if (read(ends[0], &port, sizeof port) != sizeof port) std::abort();
  const double seconds = run_clients(port, load);
  kill(child, SIGKILL);
  rusage usage{};
  int status = 0;
  wait4(child, &status, 0, &usage);
  const auto micros = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  const auto count = static_cast<double>(load.requests);
  fmt::print(
      "{:8} {:4} connections {:7} bytes: {:7.0f} requests/s, server {:4.0f} µs/request, {} MiB\n",
      way, load.connections, load.bytes, count / seconds,
      (micros(usage.ru_utime) + micros(usage.ru_stime)) / count, usage.ru_maxrss / 1024);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string way = argc > 1 ? argv[1] : "frame";
  if (argc == 5) {
    measure(way, {std::stoul(argv[2]), std::stoul(argv[3]), std::stoul(argv[4])});
    return 0;
  }
  for (const Load& load :
       {Load{4, 150'000, 20'000}, Load{4, 200, 100'000}, Load{500, 2'000, 100'000}})
    measure(way, load);
}
