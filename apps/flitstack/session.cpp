#include "apps/flitstack/session.hpp"

#include <charconv>
#include <cstdlib>
#include <random>

#include <fmt/format.h>

#include "apps/flitstack/crash_point.hpp"
#include "apps/flitstack/interrupt.hpp"
#include "apps/flitstack/progress.hpp"
#include "base/thread_executor.hpp"
#include "http/client.hpp"

namespace flit::app {
namespace {

/// FLIT_TIME_SCALE, 1 when it is not set.
Result<double> time_scale() {
  const char* text = std::getenv("FLIT_TIME_SCALE");  // NOLINT(concurrency-mt-unsafe): only read
  if (text == nullptr || *text == '\0') return 1.0;
  char* end = nullptr;
  const double factor = std::strtod(text, &end);
  if (*end == '\0' && factor > 0) return factor;
  return Error{.fault = Fault::setup,
               .message = "expected a number above 0",
               .where = "FLIT_TIME_SCALE",
               .remedy = "unset FLIT_TIME_SCALE"};
}

class RealSession final : public Session {
 public:
  RealSession(double scale, std::optional<CrashPoint> crash, http::ClientSettings network,
              Terminal& terminal)
      : clock_(real_, scale),
        executor_(clock_),
        network_(std::move(network)),
        progress_(terminal, clock_),
        surroundings_{
            .executor = executor_,
            .network = crash ? static_cast<http::Transport&>(crashing_.emplace(network_, *crash))
                             : network_,
            .events = progress_,
            .version = FLIT_VERSION,
            .seed = std::random_device{}()} {
    if (crash)
      surroundings_.around_ledger = [point = *crash](std::unique_ptr<store::Ledger> ledger) {
        return crashing_ledger(std::move(ledger), point);
      };
  }

  Result<void> open(const Global& global) {
    FLIT_TRY(library, library_of(global));
    FLIT_TRY(workspace, wiring::Workspace::open(global.project, std::move(library), surroundings_));
    workspace_ = std::move(workspace);
    return {};
  }

  const wiring::Surroundings& surroundings() const override { return surroundings_; }
  wiring::Workspace& workspace() override { return *workspace_; }
  std::stop_token stop() const override { return interrupt_.token(); }

 private:
  Interrupt interrupt_;
  RealClock real_;
  ScaledClock clock_;
  ThreadExecutor executor_;
  http::Client network_;
  std::optional<CrashingTransport> crashing_;
  Progress progress_;
  wiring::Surroundings surroundings_;
  std::unique_ptr<wiring::Workspace> workspace_;
};

Result<std::unique_ptr<RealSession>> start(const Invocation& invocation,
                                           http::ClientSettings network) {
  network.user_agent = std::string("FlitStack/") + FLIT_VERSION;
  FLIT_TRY(scale, time_scale());
  FLIT_TRY(crash, crash_point());
  if (crash) invocation.terminal.note("note: this process will die on purpose (FLIT_CRASH_AT)");
  if (scale != 1.0)
    invocation.terminal.note(
        fmt::format("note: the clock runs {} times faster (FLIT_TIME_SCALE)", scale));
  return std::make_unique<RealSession>(scale, crash, std::move(network), invocation.terminal);
}

}  // namespace

Result<packs::Library> library_of(const Global& global) {
  if (!global.packs) return packs::Library::read(packs::shipped_files());
  FLIT_TRY(files, packs::files_of(*global.packs));
  return packs::Library::read(files);
}

Result<std::unique_ptr<Session>> start_session(const Invocation& invocation) {
  FLIT_TRY(session, start(invocation, {}));
  return std::unique_ptr<Session>(std::move(session));
}

Result<std::unique_ptr<Session>> open_session(const Invocation& invocation) {
  FLIT_TRY(project, wiring::read_project(invocation.global.project));
  FLIT_TRY(network, wiring::client_settings(project.network, invocation.global.project));
  FLIT_TRY(session, start(invocation, std::move(network)));
  FLIT_TRY_VOID(session->open(invocation.global));
  return std::unique_ptr<Session>(std::move(session));
}

}  // namespace flit::app
