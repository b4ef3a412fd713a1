#include "fault_plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/random.hpp"

namespace flit::test {
namespace {

constexpr std::array<std::string_view, troubles> names{
    "unreachable", "reset_before", "reset_after",  "truncated", "duplicated", "throttled",
    "unavailable", "slow",         "unauthorized", "malformed", "shuffled"};

}  // namespace

std::string_view to_string(Trouble trouble) {
  return names[static_cast<std::size_t>(trouble)];
}

namespace {

/// Which steps meet trouble. Half of all seeds leave the steps behind a few in peace, which is
/// cheap and shows what a single interruption does later on.
void draw_window(FaultPlan& plan, std::uint64_t seed, std::size_t steps) {
  plan.ends_behind = steps - 1;
  Random random(seed, "window");
  if (seed < whole_migrations || random.one_in(8)) return;
  plan.begins_at = random.below(steps);
  if (random.one_in(2))
    plan.ends_behind = std::min<std::size_t>(plan.begins_at + random.below(4), plan.ends_behind);
}

/// What the first seeds did not know.
void draw_more(FaultPlan& plan, std::uint64_t seed) {
  if (seed < whole_migrations) return;
  Random random(seed, "more faults");
  plan.people = random.one_in(3);
  if (plan.people) plan.poison = false;
  if (random.one_in(6)) plan.stop_at_request = static_cast<std::uint32_t>(random.between(2, 60));
  if (random.one_in(10)) plan.small_files = static_cast<std::uint32_t>(random.between(100, 60'000));
}

}  // namespace

FaultPlan FaultPlan::draw(std::uint64_t seed, std::size_t steps) {
  FaultPlan plan;
  draw_window(plan, seed, steps);
  Random random(seed, "faults");
  for (std::uint32_t& rate : plan.per_mille)
    if (random.one_in(3)) rate = static_cast<std::uint32_t>(random.between(2, 120));
  const auto within = [&](std::uint64_t one_in, std::int64_t low, std::int64_t high) {
    return random.one_in(one_in) ? static_cast<std::uint32_t>(random.between(low, high)) : 0U;
  };
  plan.storm_per_mille = within(5, 1, 10);
  plan.outage_per_mille = within(5, 1, 8);
  plan.poison = random.one_in(6);
  plan.crash_at_request = within(3, 2, 60);
  plan.crash_at_switch = within(3, 10, 2000);
  plan.crash_at_write = within(3, 5, 2000);
  plan.power_cuts = random.one_in(2);
  plan.room_kib = within(8, 4, 800);
  plan.read_only = random.one_in(10);
  plan.clock_jumps = random.one_in(4);
  plan.tokens_end = random.one_in(4);
  draw_more(plan, seed);
  return plan;
}

std::string FaultPlan::text() const {
  std::string text = fmt::format("steps {} to {}, ", begins_at, ends_behind);
  for (std::size_t i = 0; i < troubles; ++i)
    if (per_mille[i] > 0) text += fmt::format("{} {}‰, ", names[i], per_mille[i]);
  const auto add = [&](std::string_view name, std::uint32_t value) {
    if (value > 0) text += fmt::format("{} {}, ", name, value);
  };
  add("storms ‰", storm_per_mille);
  add("outages ‰", outage_per_mille);
  add("poison", poison ? 1 : 0);
  add("crash within requests", crash_at_request);
  add("crash within switches", crash_at_switch);
  add("crash within writes", crash_at_write);
  add("power cuts", power_cuts ? 1 : 0);
  add("room KiB", room_kib);
  add("read-only", read_only ? 1 : 0);
  add("clock jumps", clock_jumps ? 1 : 0);
  add("people", people ? 1 : 0);
  add("ctrl-C within requests", stop_at_request);
  add("bytes of a text file", small_files);
  add("tokens end", tokens_end ? 1 : 0);
  text.resize(text.size() - 2);
  return text;
}

}  // namespace flit::test
