// bench_lanes speed WAY LANES SEED    nanoseconds per switch, start-up, memory
// bench_lanes hazard WAY NAME         what goes wrong: catch, local, crash, deep, gdb

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

#include "bench/lanes/lane.hpp"

namespace flit::spike {
namespace {

using Seconds = std::chrono::duration<double>;

double since(std::chrono::steady_clock::time_point start) {
  return Seconds(std::chrono::steady_clock::now() - start).count();
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

Outcome run(std::string_view way, std::size_t lanes, std::uint64_t seed, std::uint64_t items) {
  Queue queue;
  if (way == "machines") return run_machines(lanes, seed, items);
  if (way == "product") return run_product(lanes, seed, items);
  const Body body = producer_consumer(queue, lanes, seed, items);
  return (way == "fibers" ? run_fibers : run_batons)(lanes, seed, 0, body);
}

int speed(std::string_view way, std::size_t lanes, std::uint64_t seed) {
  const long before_kib = peak_kib();
  auto start = std::chrono::steady_clock::now();
  run(way, lanes, seed, 1);
  const double startup = since(start);
  start = std::chrono::steady_clock::now();
  const Outcome outcome = run(way, lanes, seed, 200'000 / lanes);
  const double took = since(start);
  const bool replays = run(way, lanes, seed, 200'000 / lanes).digest == outcome.digest;
  std::printf(
      "%-8s %4zu lanes: %7.0f ns/switch, %8llu switches, start+end %6.1f us/lane, %5.1f KiB/lane, "
      "order %016llx %s\n",
      std::string(way).c_str(), lanes, took * 1e9 / static_cast<double>(outcome.switches),
      static_cast<unsigned long long>(outcome.switches), startup * 1e6 / static_cast<double>(lanes),
      static_cast<double>(peak_kib() - before_kib) / static_cast<double>(lanes),
      static_cast<unsigned long long>(outcome.digest), replays ? "replays" : "DOES NOT REPLAY");
  return replays ? 0 : 1;
}

/// Two lanes wait inside a catch block, as a retry written in the handler would.
void wait_in_catch(World& world, LaneNumber lane) {
  try {
    throw std::runtime_error("lane " + std::to_string(lane));
  } catch (const std::exception& error) {
    world.pause(lane == 0 ? 2 : 1);
    try {
      throw;  // must be this lane's exception
    } catch (const std::exception& again) {
      std::printf("lane %zu rethrows: %s\n", lane, again.what());
    }
  }
}

thread_local std::string scratch;  // NOLINT: what a library's per-thread buffer looks like

void wait_with_thread_local(World& world, LaneNumber lane) {
  scratch = "of lane " + std::to_string(lane);
  world.pause(1);
  std::printf("lane %zu finds its thread_local: %s\n", lane, scratch.c_str());
}

struct Witness {
  LaneNumber lane;
  ~Witness() { std::printf("lane %zu unwound\n", lane); }
};

void be_crashed(World& world, LaneNumber lane) {
  const Witness witness{lane};
  while (true) world.pause(1);
}

[[gnu::noinline]] int use_stack(int depth) {
  volatile char block[1024] = {};  // NOLINT: stands for a library's frame
  block[0] = static_cast<char>(depth);
  return depth == 0 ? 0 : use_stack(depth - 1) + block[0];
}

void recurse(World& world, LaneNumber lane) {
  world.pause(1);
  std::printf("lane %zu used 1 MiB of stack: %d\n", lane, use_stack(1024) != 0 ? 1 : 0);
}

/// A breakpoint for gdb: lane 1 stops the program while lane 0 waits.
void stop_in_debugger(World& world, LaneNumber lane) {
  world.pause(lane == 0 ? 100 : 1);
  if (lane == 1) std::raise(SIGTRAP);
}

int hazard(std::string_view way, std::string_view name) {
  const Runner runner = way == "fibers" ? run_fibers : run_batons;
  if (name == "catch") runner(2, 1, 0, wait_in_catch);
  if (name == "local") runner(2, 1, 0, wait_with_thread_local);
  if (name == "crash") runner(4, 1, 100, be_crashed);
  if (name == "deep") runner(1, 1, 0, recurse);
  if (name == "gdb") runner(2, 1, 0, stop_in_debugger);
  return 0;
}

}  // namespace
}  // namespace flit::spike

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 4 && words[0] == "speed")
    return flit::spike::speed(words[1], std::stoul(words[2]), std::stoull(words[3]));
  if (words.size() == 3 && words[0] == "hazard") return flit::spike::hazard(words[1], words[2]);
  std::fputs(
      "bench_lanes speed fibers|batons|machines|product LANES SEED\n"
      "bench_lanes hazard fibers|batons catch|local|crash|deep|gdb\n",
      stderr);
  return 2;
}
