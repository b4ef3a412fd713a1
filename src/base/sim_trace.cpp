#include "base/sim_trace.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit {
namespace {

std::string_view verb(SimTrace::Why why) {
  switch (why) {
    case SimTrace::Why::starts:
      return "starts";
    case SimTrace::Why::interrupted:
      return "goes on where it was interrupted";
    case SimTrace::Why::ready:
      return "goes on";
    case SimTrace::Why::deadline:
      return "has waited long enough";
    case SimTrace::Why::stopped:
      return "is stopped";
    case SimTrace::Why::joined:
      return "goes on after a lane that ended";
    case SimTrace::Why::crashed:
      return "dies";
  }
  return "";
}

std::uint64_t mix(std::uint64_t digest, std::uint64_t value) {
  return (digest ^ value) * 0x100000001B3U;
}

}  // namespace

void SimTrace::add(const Step& step) {
  ++switches_;
  digest_ = mix(digest_, step.lane);
  digest_ = mix(digest_, static_cast<std::uint64_t>(step.at.count()));
  digest_ = mix(digest_, static_cast<std::uint64_t>(step.why));
  if (kept_ == 0) return;
  if (steps_.size() == kept_) steps_.pop_front();
  steps_.push_back(step);
}

std::string SimTrace::line(const Step& step) const {
  using Seconds = std::chrono::duration<double>;
  std::string out = fmt::format("#{} +{:.6f} {} {}", step.number, Seconds(step.at).count(),
                                lanes_.at(step.lane), verb(step.why));
  if (!step.where.empty()) out.append(": ").append(step.where);
  if (!step.what.empty()) out.append(step.where.empty() ? ": " : ", ").append(step.what);
  return out;
}

std::string SimTrace::text() const {
  std::string out;
  for (const Step& step : steps_) out.append(line(step)).append("\n");
  return out;
}

std::string first_difference(const SimTrace& one, const SimTrace& other) {
  const auto [left, right] = std::mismatch(one.steps().begin(), one.steps().end(),
                                           other.steps().begin(), other.steps().end());
  const bool same_steps = left == one.steps().end() && right == other.steps().end();
  if (same_steps && one.digest() == other.digest()) return {};
  if (same_steps) return "the runs differ before the first step that was kept";
  const auto shown = [](const SimTrace& trace, auto step) {
    return step == trace.steps().end() ? std::string("(ended)") : trace.line(*step);
  };
  return shown(one, left) + "\n" + shown(other, right);
}

}  // namespace flit
