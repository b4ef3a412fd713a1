#pragma once
/// @file A moment in UTC, as it is stored, sent and shown.
///
/// Microseconds since 1970-01-01T00:00:00Z, without leap seconds. Never local time; a source's own
/// offset is kept beside it where a comparison needs it. For durations and deadlines use Tick
/// (base/clock.hpp): the wall clock may jump.

#include <chrono>

namespace flit {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

}  // namespace flit
