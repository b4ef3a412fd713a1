#pragma once
/// @file Time zones: what the clocks of a place showed at an instant, and which instant they meant.
///
/// A Zone is found by its IANA name in the system's tz database, which Howard Hinnant's library
/// reads once per process. The database spells transitions out to the end of 2037; later years
/// follow the rules of its last ten (up to 2200 as Python's zoneinfo has it, but for Gaza and
/// Hebron, which are tabulated to 2086 and keep their last offset from then on). Nothing here ever
/// uses the machine's own zone. Cheap to copy, immutable, thread-safe.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace date {
class time_zone;
}

namespace flit {

/// What a wall-clock time means where clocks are set back and forth.
enum class LocalKind : std::uint8_t {
  unique,     ///< shown once
  ambiguous,  ///< shown twice: clocks were set back over it
  skipped,    ///< never shown: clocks were set forward over it
};

struct ResolvedTime {
  Instant instant;
  LocalKind kind = LocalKind::unique;
};

class Zone {
 public:
  /// Fault::setup for an unknown name, with the name that was probably meant. Names are those of
  /// the database, case included ("Europe/Berlin", "UTC"); abbreviations, offsets and "localtime"
  /// are no names. Searches a list: look a zone up once and keep it.
  static Result<Zone> find(std::string_view name);

  /// All names, in the order of the database; none when there is no database.
  static std::vector<std::string> names();

  const std::string& name() const { return name_; }

  /// Local minus UTC. Whole minutes since the introduction of standard time, seconds before.
  std::chrono::seconds offset_at(Instant instant) const;

  LocalTime local(Instant instant) const;
  Date date_at(Instant instant) const { return date_of(local(instant)); }

  /// The rule for all sources that give local times (facts/sources.md §2.1): of two moments
  /// the earlier one; a skipped time moves forward by as much as the clocks did. The kind says that
  /// a choice was made, for whoever has to note it.
  ResolvedTime resolve(LocalTime time) const;

  /// The first instant of a day: midnight, or what the clocks jumped to over it.
  Instant start_of(Date date) const;

 private:
  Zone(std::string name, const date::time_zone* zone) : name_(std::move(name)), zone_(zone) {}

  std::string name_;
  const date::time_zone* zone_;  // owned by the library, for the life of the process
};

}  // namespace flit
