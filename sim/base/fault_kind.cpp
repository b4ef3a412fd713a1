#include "sim/base/fault_kind.hpp"

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/edit_distance.hpp"

namespace flit::sim {

namespace {

struct Named {
  FaultKind kind;
  std::string_view name;
  bool for_platform;
};

constexpr std::array<Named, 10> kinds{{
    {FaultKind::unauthorized, "401", true},
    {FaultKind::throttled, "429", true},
    {FaultKind::unavailable, "503", true},
    {FaultKind::html, "html", false},
    {FaultKind::reset_before, "reset_before", false},
    {FaultKind::reset_after, "reset_after", false},
    {FaultKind::truncate, "truncate", false},
    {FaultKind::slow, "slow", false},
    {FaultKind::partial, "partial", true},
    {FaultKind::lock, "lock", true},
}};

const Named& entry(FaultKind kind) {
  return kinds.at(static_cast<std::size_t>(kind));
}

Result<FaultKind> kind_named(const std::string& text) {
  std::vector<std::string_view> names;
  for (const Named& one : kinds) {
    if (one.name == text) return one.kind;
    names.push_back(one.name);
  }
  return Error{.fault = Fault::setup,
               .message = fmt::format("'{}' is no kind of fault; there are {}", text,
                                      fmt::join(names, ", ")),
               .remedy = did_you_mean_text(text, names)};
}

}  // namespace

std::string_view to_string(FaultKind kind) {
  return entry(kind).name;
}

void describe(spec::Parsed<FaultKind>& type) {
  type.as("a kind of fault", "", &kind_named);
}

bool is_for_platform(FaultKind kind) {
  return entry(kind).for_platform;
}

}  // namespace flit::sim
