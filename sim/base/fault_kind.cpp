#include "sim/base/fault_kind.hpp"

#include <array>
#include <utility>

namespace flit::sim {

namespace {

constexpr std::array<std::pair<FaultKind, std::string_view>, 10> names{{
    {FaultKind::unauthorized, "401"},
    {FaultKind::throttled, "429"},
    {FaultKind::unavailable, "503"},
    {FaultKind::html, "html"},
    {FaultKind::reset_before, "reset_before"},
    {FaultKind::reset_after, "reset_after"},
    {FaultKind::truncate, "truncate"},
    {FaultKind::slow, "slow"},
    {FaultKind::partial, "partial"},
    {FaultKind::lock, "lock"},
}};

}  // namespace

std::string_view to_string(FaultKind kind) {
  return names.at(static_cast<std::size_t>(kind)).second;
}

std::optional<FaultKind> fault_kind_from(std::string_view name) {
  for (const auto& [kind, text] : names)
    if (text == name) return kind;
  return std::nullopt;
}

bool is_for_platform(FaultKind kind) {
  switch (kind) {
    case FaultKind::unauthorized:
    case FaultKind::throttled:
    case FaultKind::unavailable:
    case FaultKind::partial:
    case FaultKind::lock:
      return true;
    case FaultKind::html:
    case FaultKind::reset_before:
    case FaultKind::reset_after:
    case FaultKind::truncate:
    case FaultKind::slow:
      return false;
  }
  return false;
}

}  // namespace flit::sim
