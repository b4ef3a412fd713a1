#pragma once
/// @file Injected faults in the platform's words (fact sheet §2.9).

#include <optional>

#include "sim/base/fault_kind.hpp"
#include "sim/salesforce/schema/refusal.hpp"

namespace flit::sim::salesforce {

/// None for `partial`, which the API acts out, and for kinds that never reach a platform.
std::optional<Refusal> injected_refusal(const InjectedFault& fault);

}  // namespace flit::sim::salesforce
