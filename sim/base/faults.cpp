#include "sim/base/faults.hpp"

#include <cmath>
#include <utility>

#include "base/yaml_reader.hpp"

namespace flit::sim {

namespace {

constexpr double longest_wait_s = 86'400;

InjectedFault injected(const FaultRule& rule) {
  InjectedFault fault{.kind = rule.kind};
  if (rule.seconds) fault.wait = std::chrono::milliseconds(std::llround(*rule.seconds * 1000));
  if (rule.bytes) fault.bytes = *rule.bytes;
  return fault;
}

}  // namespace

void describe(spec::Spec<FaultMatch>& spec) {
  spec.named("fault match", "Which requests a fault may strike.");
  spec.field(&FaultMatch::method, "method", "HTTP method; without it, any.");
  spec.field(&FaultMatch::path, "path", "Regular expression over the path; without it, any.");
}

void describe(spec::Spec<FaultRule>& spec) {
  spec.named("fault", "Makes requests go wrong on purpose.");
  spec.field(&FaultRule::match, "match", "Which requests; without it, all.");
  spec.field(&FaultRule::nth, "nth", "Only the n-th of them, counted from 1.")
      .check([](const auto& n) { return n && *n < 1 ? "must be at least 1" : ""; });
  spec.field(&FaultRule::rate, "rate", "This share of them, by chance.")
      .check([](const auto& rate) {
        return rate && !(*rate >= 0 && *rate <= 1) ? "must lie between 0 and 1" : "";
      });
  spec.field(&FaultRule::kind, "kind", "What happens.").required();
  spec.field(&FaultRule::seconds, "seconds", "Retry-After, delay or lock time.")
      .check([](const auto& seconds) {
        return seconds && !(*seconds >= 0 && *seconds <= longest_wait_s)
                   ? "must lie between 0 and 86400"
                   : "";
      });
  spec.field(&FaultRule::bytes, "bytes", "truncate: bytes of the body that go out.");
  spec.at_most_one_of({"nth", "rate"});
}

Result<std::vector<FaultRule>> parse_faults(std::string name, std::string text) {
  FLIT_TRY(root, yaml::read(std::move(name), std::move(text)));
  return spec::read<std::vector<FaultRule>>(root);
}

FaultInjector::FaultInjector(std::uint64_t seed, std::vector<FaultRule> rules)
    : seed_(seed), initial_(std::move(rules)) {
  reset();
}

void FaultInjector::replace(std::vector<FaultRule> rules) {
  std::vector<Armed> armed;
  armed.reserve(rules.size());
  for (FaultRule& rule : rules)
    armed.push_back({.rule = std::move(rule),
                     .chance = Random(seed_, "fault " + std::to_string(armed.size()))});
  armed_.with([&](std::vector<Armed>& current) { current.swap(armed); });
}

bool FaultInjector::strikes(Armed& armed) {
  ++armed.seen;
  if (armed.rule.nth) return armed.seen == *armed.rule.nth;
  if (armed.rule.rate) return armed.chance.fraction() < *armed.rule.rate;
  return true;
}

std::optional<InjectedFault> FaultInjector::strike(std::string_view method, std::string_view path) {
  return armed_.with([&](std::vector<Armed>& rules) {
    std::optional<InjectedFault> first;
    for (Armed& armed : rules) {
      const FaultMatch& match = armed.rule.match;
      if (!match.method.empty() && match.method != method) continue;
      if (!match.path.matches(path)) continue;
      const bool struck = strikes(armed);  // also after the first: every rule counts
      if (struck && !first) first = injected(armed.rule);
    }
    return first;
  });
}

}  // namespace flit::sim
