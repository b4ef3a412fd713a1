#include "sim/base/fault_kind.hpp"

#include <array>
#include <string>

namespace flit::sim {

namespace {

struct Named {
  FaultKind kind;
  std::string_view name;
  std::string_view help;
  bool for_platform;
};

constexpr std::array<Named, 10> kinds{{
    {FaultKind::unauthorized, "401", "The platform answers that the token has expired.", true},
    {FaultKind::throttled, "429", "The platform answers with its throttling error.", true},
    {FaultKind::unavailable, "503", "The platform or its gateway is not available.", true},
    {FaultKind::html, "html", "A gateway's 502 page; the platform saw nothing.", false},
    {FaultKind::reset_before, "reset_before", "The connection dies, nothing was done.", false},
    {FaultKind::reset_after, "reset_after", "The work is done, the connection dies.", false},
    {FaultKind::truncate, "truncate", "The work is done, the body stops half-way.", false},
    {FaultKind::slow, "slow", "The answer comes later.", false},
    {FaultKind::partial, "partial", "Part of a bulk request is done, the rest fails.", true},
    {FaultKind::lock, "lock", "A row is locked by somebody else.", true},
}};

const Named& entry(FaultKind kind) {
  return kinds.at(static_cast<std::size_t>(kind));
}

}  // namespace

std::string_view to_string(FaultKind kind) {
  return entry(kind).name;
}

void describe(spec::Choices<FaultKind>& choices) {
  for (const Named& one : kinds)
    choices.add(std::string(one.name), one.kind, std::string(one.help));
}

bool is_for_platform(FaultKind kind) {
  return entry(kind).for_platform;
}

}  // namespace flit::sim
