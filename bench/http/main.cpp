// What the HTTP client costs: requests per second, CPU per request, memory, for many lanes at once.
//
//   cmake --preset bench && cmake --build --preset bench --target bench_http
//   build/bench/bench/http/bench_http                      500 lanes, 50 ms server, 5 s
//   build/bench/bench/http/bench_http 64 0 5 1000 20000    lanes, delay ms, seconds, bytes sent,
//   received
//
// style.md, section 5, states 9,350 requests/s, 99 µs of CPU each and 24 MiB resident for the first
// (two cores, loopback, HTTP/1.1, no TLS). The server runs in a process of its own, on the same
// cores; only the client's CPU is counted.

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "bench/http/delayed_server.hpp"
#include "http/client.hpp"

namespace flit::bench {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct Options {
  int lanes = 500;
  int delay_ms = 50;
  int seconds = 5;
  std::size_t sent = 200;
  std::size_t received = 200;
};

Options options_of(int count, char** values) {
  const auto value = [&](int index, int usual) {
    return index < count ? std::max(0, std::atoi(values[index])) : usual;
  };
  Options options;
  options.lanes = value(1, options.lanes);
  options.delay_ms = value(2, options.delay_ms);
  options.seconds = value(3, options.seconds);
  options.sent = static_cast<std::size_t>(value(4, static_cast<int>(options.sent)));
  options.received = static_cast<std::size_t>(value(5, static_cast<int>(options.received)));
  return options;
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Count {
  std::atomic<long> done = 0;
  std::atomic<long> failed = 0;
};

void run_lane(http::Client& client, const http::Request& request, const std::stop_token& stop,
              Count& count) {
  while (!stop.stop_requested()) {
    const auto response = client.send(request, {});
    ++(response && response->status == 200 ? count.done : count.failed);
  }
}

void measure(const Options& options) {
  DelayedServer server(milliseconds(options.delay_ms), options.received);
  const http::Request request{
      .method = http::Method::post,
      .url = *http::Url::parse(
          fmt::format("http://127.0.0.1:{}/api/data/v9.2/contacts", server.port())),
      .headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer token"}},
      .body = std::string(options.sent, 'x')};
  http::Client client;
  Count count;
  std::vector<std::jthread> lanes;
  lanes.reserve(static_cast<std::size_t>(options.lanes));
  for (int i = 0; i < options.lanes; ++i)
    lanes.emplace_back(
        [&](const std::stop_token& stop) { run_lane(client, request, stop, count); });
  std::this_thread::sleep_for(milliseconds(1000));  // until every lane has its connection
  const long done_before = count.done;
  const double cpu_before = cpu_seconds();
  const auto begin = steady_clock::now();
  std::this_thread::sleep_for(std::chrono::seconds(options.seconds));
  const double seconds = duration<double>(steady_clock::now() - begin).count();
  const double cpu = cpu_seconds() - cpu_before;
  const auto done = static_cast<double>(count.done - done_before);
  lanes.clear();
  fmt::print(
      "{} lanes, {} ms, {} B sent, {} B received: {:.0f} requests/s, {:.1f} us CPU each, "
      "{:.1f} MiB resident at most, {} failed\n",
      options.lanes, options.delay_ms, options.sent, options.received, done / seconds,
      cpu / done * 1e6, peak_mib(), count.failed.load());
}

}  // namespace
}  // namespace flit::bench

int main(int count, char** values) {
  flit::bench::measure(flit::bench::options_of(count, values));
}
