#include "drill.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace flit::test {
namespace {

using wiring::Exit;

/// Attempts at one command that meet trouble; behind them the world is kind.
constexpr int patience = 5;
constexpr int most_attempts = patience + 3;

std::uint64_t mixed(std::uint64_t seed, std::uint64_t with) {
  Random random(seed ^ (with * 0x9E3779B97F4A7C15U), "process");
  return random.next();
}

std::string shown(const Result<Exit>& exit) {
  return exit ? fmt::format("exit {}", static_cast<int>(*exit))
              : fmt::format("exit {}: {}", static_cast<int>(wiring::exit_for(exit.error())),
                            exit.error().text());
}

Exit code_of(const Result<Exit>& exit) {
  return exit ? *exit : wiring::exit_for(exit.error());
}

}  // namespace

Digests digests_of(World& world) {
  Digests digests;
  const sim::DigestReport report = world.destination().digest();
  // The instances of the platform's own process flows have ids of the platform's.
  for (const auto& [name, table] : report.tables)
    if (!name.ends_with("salesprocess"))
      digests.emplace(name, fmt::format("{} rows {}", table.rows(), table.hex()));
  digests.emplace("schema", report.schema.hex());
  return digests;
}

Drill::Drill(World& world, DrillSettings settings)
    : settings_(std::move(settings)), world_(world) {}

void Drill::fail(std::string what) {
  if (report_.failure.empty()) report_.failure = std::move(what);
}

/// Without the folder's name, which differs from run to run.
std::string Drill::placeless(std::string text) const {
  const std::string folder = world_.project().string();
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.replace(at, folder.size(), "PROJECT");
  return text;
}

/// Whether this end is one that the trouble of the process explains.
bool Drill::accept(const Step& step, const ProcessEnd& end) {
  const Exit code = code_of(end.ended.exit);
  const bool remote = code == Exit::remote_failed && end.network_struck;
  const bool configuration = code == Exit::usage && (end.disk_refused || end.looks_misconfigured);
  if (remote || configuration) return true;
  fail(fmt::format("{} stopped with {}, which nothing explains", step.name, shown(end.ended.exit)));
  return false;
}

FaultPlan Drill::plan_at(std::size_t place, int attempt) const {
  const bool calm = attempt > patience || place > settings_.plan.ends_behind;
  return calm ? FaultPlan::none() : settings_.plan;
}

/// Runs the command until it is done.
bool Drill::pass(std::size_t place, const Expected& expected) {
  const Step& step = whole_way()[place];
  for (int attempt = 1; attempt <= most_attempts; ++attempt) {
    const std::uint64_t seed = mixed(settings_.seed, ++report_.processes);
    story_.tell(fmt::format("{}, attempt {}, process seed {}", step.name, attempt, seed));
    const ProcessEnd end = run_process(
        world_, step,
        {.plan = plan_at(place, attempt), .poison = {settings_.poisoned_row}, .seed = seed},
        story_);
    report_.switches += end.switches;
    report_.digest = mixed(report_.digest, end.schedule_digest);
    if (end.died) {
      story_.tell("died");
      ++report_.deaths;
      continue;
    }
    if (!end.bug.empty()) return fail(fmt::format("{}: {}", step.name, end.bug)), false;
    last_document_ = end.ended.document;
    story_.tell(placeless(shown(end.ended.exit)));
    if (end.ended.exit == expected.exits.at(step.name)) return true;
    ++report_.stops;
    if (!accept(step, end)) return false;
  }
  fail(fmt::format("{} does not come to an end", step.name));
  return false;
}

void Drill::check_there(const Expected& expected) {
  const Digests there = digests_of(world_);
  for (const auto& [name, digest] : expected.there) {
    const auto found = there.find(name);
    if (found == there.end() || found->second != digest)
      fail(fmt::format("{} is {} and should be {}", name,
                       found == there.end() ? "not there" : found->second, digest));
  }
  if (there.size() != expected.there.size()) fail("there are more tables than expected");
  if (last_document_ != expected.books)
    fail(fmt::format("the books say {}\nand should say {}", last_document_, expected.books));
}

void Drill::check_audit() {
  const ProcessEnd audit = run_process(world_, audit_step(), {}, story_);
  if (!audit.ended.exit || !audit.ended.document.empty())
    fail("the audit log: " + audit.ended.document + shown(audit.ended.exit));
}

void Drill::check_back(const Expected& expected) {
  for (const auto& [name, digest] : digests_of(world_)) {
    const auto before = expected.before.find(name);
    if (before == expected.before.end() || before->second != digest)
      fail(fmt::format("the rollback left {} as {}", name, digest));
  }
}

DrillReport Drill::run(const Expected& expected) {
  const std::vector<Step>& way = whole_way();
  bool alive = true;
  for (std::size_t place = settings_.plan.begins_at; alive && place < way.size(); ++place) {
    if (way[place].name == turning_point && place > settings_.plan.begins_at) {
      check_there(expected);
      check_audit();
    }
    alive = pass(place, expected);
  }
  if (alive) check_back(expected);
  report_.digest = mixed(report_.digest, story_.digest());
  report_.told =
      fmt::format("seed {}: {}\n{}", settings_.seed, settings_.plan.text(), story_.text());
  return report_;
}

}  // namespace flit::test
