#pragma once
/// @file What goes wrong in one simulated migration: drawn once from its seed.
///
/// Each seed takes some kinds of trouble and leaves out the others ("swarm testing": a run that
/// has everything at once hardly gets anywhere;
/// https://users.cs.utah.edu/~regehr/papers/swarm12.pdf).

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace flit::test {

enum class Trouble : std::uint8_t {
  unreachable,   ///< no connection; nothing has left
  reset_before,  ///< the request is lost
  reset_after,   ///< it was carried out, the answer is lost
  truncated,     ///< the answer's body is cut
  duplicated,    ///< something in between sends the request twice; the second answer arrives
  throttled,     ///< 429 with a Retry-After
  unavailable,   ///< 503
  slow,          ///< the answer takes as long as the client is patient, or longer
  unauthorized,  ///< 401: the token ended
  malformed,     ///< 200 and no JSON
  shuffled,      ///< a page's records in another order, one of the page before again
};
/// Seeds below it disturb every step, from init to rollback; of the others one in eight does.
inline constexpr std::uint64_t whole_migrations = 1000;
inline constexpr std::size_t troubles = 11;
std::string_view to_string(Trouble trouble);

struct FaultPlan {
  std::size_t begins_at = 0;    ///< the first step (steps.hpp) that meets trouble
  std::size_t ends_behind = 0;  ///< the last one

  /// Of a thousand requests, how many meet it.
  std::array<std::uint32_t, troubles> per_mille{};

  std::uint32_t storm_per_mille = 0;   ///< a request begins a storm: all are 429 for a while
  std::uint32_t outage_per_mille = 0;  ///< … an outage: one end is not there for a while
  bool poison = false;                 ///< one row that the destination will never take

  std::uint32_t crash_at_request = 0;  ///< a process dies within so many requests; 0: never
  std::uint32_t crash_at_switch = 0;   ///< … within so many switches of lanes
  std::uint32_t crash_at_write = 0;    ///< … within so many writes to the disk
  bool power_cuts = false;             ///< a crash also loses what was not synced
  std::uint32_t room_kib = 0;          ///< the disk is full after so much; 0: never
  bool read_only = false;              ///< the disk may not be written in some attempts
  bool clock_jumps = false;            ///< somebody sets the machine's clock
  bool people = false;                 ///< work in the destination meanwhile (people.hpp)
  std::uint32_t stop_at_request = 0;   ///< somebody presses ctrl-C within so many requests
  std::uint32_t small_files = 0;       ///< text files end within so many bytes; 0: never
  bool tokens_end = false;             ///< the destination's time runs ahead at times

  /// For a migration of so many steps.
  static FaultPlan draw(std::uint64_t seed, std::size_t steps);
  static FaultPlan none() { return {}; }

  std::string text() const;
};

}  // namespace flit::test
