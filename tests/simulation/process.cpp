#include "process.hpp"

#include <csignal>
#include <exception>
#include <stop_token>

#include <fmt/format.h>
#include <sys/resource.h>

#include "apps/wiring/workspace.hpp"
#include "engine/audit.hpp"
#include "jumpy_executor.hpp"

namespace flit::test {
namespace {

constexpr const char* migration_id = "9d1f0e52-8f3a-5b0e-9c64-0d5b7a6f1c11";

const packs::Library& shipped() {
  static const packs::Library library = packs::Library::read(packs::shipped_files()).value();
  return library;
}

wiring::NewProject new_project() {
  return {.path = "interactive-to-dynamics365",
          .source_url = "http://source.example/api/v1",
          .destination_url = "http://crm.example",
          .authority = "http://crm.example",
          .tenant = "simulated",
          .id = migration_id};
}

class NoEvents final : public EventSink {
 public:
  void on(const Event&) override {}
};

std::uint64_t within(std::uint64_t seed, std::string_view what, std::uint32_t bound) {
  Random random(seed, what);
  return bound > 0 && random.one_in(2) ? 1 + random.below(bound) : 0;
}

Result<Ended> act(World& world, const Step& step, const wiring::Surroundings& surroundings,
                  std::stop_token stop) {
  if (!step.act) {
    FLIT_TRY_VOID(
        wiring::Workspace::create(world.project(), new_project(), shipped(), surroundings));
    return Ended{};
  }
  world.load_as_two_users();
  FLIT_TRY(workspace, wiring::Workspace::open(world.project(), shipped(), surroundings));
  return step.act(*workspace, std::move(stop));
}

void set_up_disk(MemoryDisk& disk, const ProcessSettings& settings) {
  const FaultPlan& plan = settings.plan;
  Random random(settings.seed, "what the disk does");
  disk.set_room({});
  if (plan.room_kib > 0 && random.one_in(3))
    disk.set_room(random.below(std::uint64_t{plan.room_kib} * 1024));
  disk.set_read_only(plan.read_only && random.one_in(4));
  disk.die_at_write(within(settings.seed, "death at write", plan.crash_at_write));
}

/// While it lives, this process can write no regular file beyond so many bytes. SQLite's files are
/// not regular here.
class SmallFiles {
 public:
  explicit SmallFiles(std::uint64_t most) {
    if (most == 0) return;
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = most, .rlim_max = before_.rlim_max};
    limited_ = ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
  }
  ~SmallFiles() {
    if (limited_) ::setrlimit(RLIMIT_FSIZE, &before_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  bool limited() const { return limited_; }

 private:
  rlimit before_{};
  bool limited_ = false;
};

/// What the faults did to the process, and what it sent.
void tell(const FaultyNetwork& network, const FaultPlan& plan, ProcessEnd& end) {
  // A token that ends twice in a row looks like one that is not taken at all.
  end.looks_misconfigured = plan.tokens_end || network.struck_by(Trouble::unauthorized) > 0 ||
                            network.struck_by(Trouble::malformed) > 0;
  end.rows = network.rows();
  end.bearers = network.bearers();
  end.network_struck = network.struck() > 0;
}

}  // namespace

ProcessEnd run_process(World& world, const Step& step, const ProcessSettings& settings,
                       Story& story) {
  ProcessEnd end;
  const FaultPlan& plan = settings.plan;
  MemoryDisk& disk = world.disk();
  SimExecutor executor(
      {.seed = settings.seed,
       .start = world.clock().now(),
       .crash_at_switch = within(settings.seed, "death at switch", plan.crash_at_switch),
       .max_switches = 2'000'000,
       .trace_length = 100});
  JumpyExecutor jumpy(executor, settings.seed, plan.clock_jumps ? 200 : 0);
  std::stop_source ctrl_c;
  FaultyNetwork network({world, executor, plan, settings.poison, story, settings.people, ctrl_c},
                        settings.seed);
  NoEvents events;
  const wiring::Surroundings surroundings{
      .executor = jumpy,
      .network = network,
      .events = settings.events == nullptr ? events : *settings.events,
      .secrets = [&](const wiring::SecretReference& reference) -> Result<Secret> {
        const sim::Access access = world.destination().access();
        if (reference.env == "FLIT_SOURCE_TOKEN")
          return Secret(world.source().access().access_token);
        if (reference.env == "SECOND_CLIENT_ID") return Secret(access.client_id + "2");
        return Secret(reference.env == "FLIT_DEST_CLIENT_ID" ? access.client_id
                                                             : access.client_secret);
      },
      .version = "simulated",
      .seed = settings.seed};
  set_up_disk(disk, settings);
  disk.set_process_is_dead([&] { return executor.crashed(); });
  world.clock().attach(executor.clock());
  const SmallFiles files(within(settings.seed, "small files", plan.small_files));
  try {
    const auto ending = executor.run([&] {
      Result<Ended> ended = act(world, step, surroundings, ctrl_c.get_token());
      end.ended = ended ? std::move(*ended) : Ended{.exit = Error(ended.error())};
    });
    end.died = ending == SimExecutor::Ending::crashed || disk.is_dead();
  } catch (const std::exception& bug) {
    end.died = executor.crashed() || disk.is_dead();
    end.bug = bug.what();
  }
  world.clock().detach();
  tell(network, plan, end);
  end.disk_refused = disk.take_refusals() > 0;
  end.files_were_limited = files.limited();
  end.was_stopped = ctrl_c.stop_requested();
  end.switches = executor.trace().switches();
  end.schedule_digest = executor.trace().digest();
  disk.set_room({});
  disk.set_read_only(false);
  if (end.died && plan.power_cuts)
    disk.lose_power();
  else
    disk.revive();
  return end;
}

const Step& audit_step() {
  static const Step step{"audit verify",
                         [](wiring::Workspace& workspace, std::stop_token) -> Result<Ended> {
                           FLIT_TRY(verification, engine::verify_audit(workspace.environment()));
                           return Ended{wiring::Exit::done, verification.broken.value_or("")};
                         }};
  return step;
}

}  // namespace flit::test
