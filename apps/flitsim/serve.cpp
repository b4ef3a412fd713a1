#include "apps/flitsim/serve.hpp"

#include <csignal>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "base/json_writer.hpp"
#include "sim/base/frame.hpp"
#include "sim/base/server.hpp"
#include "sim/base/snapshot.hpp"

namespace flit::sim {

namespace {

/// SIGTERM and SIGINT, kept for wait() from now on; threads made later inherit that.
class Ending {
 public:
  Ending() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // a client that leaves is no reason to end
  }

  void wait() const {
    int which = 0;
    while (sigwait(&signals_, &which) != 0) {
    }
  }

 private:
  sigset_t signals_{};
};

void print_start_up_line(const std::string& name, const std::string& url, const Access& access) {
  json::Writer line;
  line.begin_object().member("name", name).member("url", url);
  line.member("token_url", access.token_path.empty() ? "" : url + access.token_path);
  line.member("client_id", access.client_id).member("client_secret", access.client_secret);
  line.member("access_token", access.access_token).member("pid", ::getpid());
  line.member("digest_url", url + "/__sim/digest").end_object();
  fmt::print("{}\n", line.view());
  std::fflush(stdout);
}

Result<FrameSettings> frame_settings(const CommonOptions& options) {
  FrameSettings settings;
  settings.latency = std::chrono::duration_cast<std::chrono::microseconds>(options.latency);
  settings.seed = options.seed;
  if (options.faults) {
    FLIT_TRY(text, read_file(*options.faults));
    FLIT_TRY(rules, parse_faults(*options.faults, std::move(text)));
    settings.faults = std::move(rules);
  }
  return settings;
}

}  // namespace

Result<void> run(Chosen& chosen) {
  const CommonOptions& options = chosen.common;
  const std::string name = chosen.kind->info().name;
  FLIT_TRY(settings, frame_settings(options));
  RealClock real;
  ScaledClock scaled(real, options.time_scale);
  SimClock clock(scaled);
  if (options.clock) clock.restart(*options.clock);
  Stats stats;
  const Surroundings surroundings{clock, stats, options.time_scale};
  FLIT_TRY(simulator, chosen.kind->start(options, surroundings));
  if (!simulator) return {};
  Frame frame(*simulator, surroundings, std::move(settings));

  const Ending ending;
  FLIT_TRY(server, Server::start(frame, scaled, {.port = options.port},
                                 [&](const std::string& url) { simulator->served_at(url); }));
  clock.restart_elapsed();
  print_start_up_line(name, server->url(), simulator->access());
  fmt::print(stderr, "flitsim {}: ready at {}; Ctrl-C or SIGTERM ends it\n", name, server->url());
  ending.wait();
  server->stop();
  FLIT_TRY_VOID(simulator->save());
  fmt::print(stderr, "flitsim {}: ended\n", name);
  return {};
}

}  // namespace flit::sim
