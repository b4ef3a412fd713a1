#include "drill.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "base/json_reader.hpp"

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
  const bool configuration = code == Exit::usage && (end.disk_refused || end.looks_misconfigured ||
                                                     end.files_were_limited);
  const bool stopped =
      end.was_stopped && !end.ended.exit && end.ended.exit.error().fault == Fault::cancelled;
  if (remote || configuration || stopped) return true;
  fail(fmt::format("{} stopped with {}, which nothing explains", step.name, shown(end.ended.exit)));
  return false;
}

FaultPlan Drill::plan_at(std::size_t place, int attempt) const {
  const bool calm = attempt > patience || place > settings_.plan.ends_behind;
  return calm ? FaultPlan::none() : settings_.plan;
}

/// Whether the command has come to its end: with people about, also to one with findings.
bool Drill::is_done(const Step& step, const ProcessEnd& end, const Expected& expected) const {
  if (end.ended.exit == expected.exits.at(step.name)) return true;
  if (!people_ || !people_->did_something() || !end.ended.exit) return false;
  const Exit exit = *end.ended.exit;
  return exit == Exit::done || exit == Exit::findings_block || exit == Exit::finished_with_failures;
}

void Drill::let_people_work() {
  constexpr std::uint64_t commands_between_deeds = 4;
  if (!people_) return;
  if (std::string deed = people_->perhaps(commands_between_deeds); !deed.empty())
    story_.tell(std::move(deed));
}

/// Runs the command until it is done.
bool Drill::pass(std::size_t place, const Expected& expected) {
  const Step& step = whole_way()[place];
  for (int attempt = 1; attempt <= most_attempts; ++attempt) {
    const std::uint64_t seed = mixed(settings_.seed, ++report_.processes);
    let_people_work();
    story_.tell(fmt::format("{}, attempt {}, process seed {}", step.name, attempt, seed));
    const ProcessEnd end = run_process(world_, step,
                                       {.plan = plan_at(place, attempt),
                                        .poison = {settings_.poisoned_row},
                                        .seed = seed,
                                        .people = people_ ? &*people_ : nullptr},
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
    if (is_done(step, end, expected)) {
      if (settings_.plan.people && step.name == proposing) world_.let_matches_update();
      return true;
    }
    ++report_.stops;
    if (!accept(step, end)) return false;
  }
  fail(fmt::format("{} does not come to an end", step.name));
  return false;
}

void Drill::check_people_there(const Expected& expected) {
  if (std::string wrong = people_->check_there(expected.picture_there); !wrong.empty())
    fail(std::move(wrong));
  const auto books = json::parse(last_document_);
  if (!books || !books->root()["balanced"].as_boolean().value_or(false))
    fail("the books do not balance: " + last_document_);
}

KeptRows Drill::kept() const {
  KeptRows rows;
  const auto document = json::parse(last_document_);
  if (!document) return rows;
  for (const json::Value row : document->root()["kept"].elements())
    rows.emplace(RowKey{row["table"].string_or(""), row["id"].string_or("")},
                 row["code"].string_or(""));
  return rows;
}

void Drill::check_there(const Expected& expected) {
  if (people_) return check_people_there(expected);
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
  if (people_) {
    if (std::string wrong = people_->check_back(kept()); !wrong.empty()) fail(std::move(wrong));
    return;
  }
  for (const auto& [name, digest] : digests_of(world_)) {
    const auto before = expected.before.find(name);
    if (before == expected.before.end() || before->second != digest)
      fail(fmt::format("the rollback left {} as {}", name, digest));
  }
}

DrillReport Drill::run(const Expected& expected) {
  const std::vector<Step>& way = whole_way();
  bool alive = true;
  if (settings_.plan.people) people_.emplace(world_, expected.picture_before, settings_.seed);
  for (std::size_t place = settings_.plan.begins_at; alive && place < way.size(); ++place) {
    if (way[place].name == turning_point && place > settings_.plan.begins_at) {
      check_there(expected);
      check_audit();
    }
    if (people_ && way[place].name == turning_point) people_->grow_quiet();
    alive = pass(place, expected);
  }
  if (alive) check_back(expected);
  report_.digest = mixed(report_.digest, story_.digest());
  report_.told =
      fmt::format("seed {}: {}\n{}", settings_.seed, settings_.plan.text(), story_.text());
  return report_;
}

}  // namespace flit::test
