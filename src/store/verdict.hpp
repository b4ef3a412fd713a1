#pragma once
/// @file What is to become of a source record, and how far that got.
///
/// Verdict × State gives the outcome by which the books balance: of a primary role exactly one of
/// created, updated, matched, merged, skipped, failed or held.

#include <cstdint>
#include <optional>
#include <string_view>

namespace flit::store {

/// Decided by the preflight for every record, before anything is sent.
enum class Verdict : std::uint8_t {
  create = 0,
  update = 1,  ///< a row that is already there takes our values
  match = 2,   ///< a row that is already there is used as it is
  merge = 3,   ///< the source merged it into another record
  skip = 4,    ///< a rule says so
  fail = 5,    ///< the destination would refuse it
  hold = 6,    ///< a person must decide, or a later version can move it
};

enum class State : std::uint8_t {
  planned = 0,
  intended = 1,  ///< a write may have left; the destination decides what is true
  done = 2,
  failed = 3,
  rolled_back = 4,
  kept = 5,  ///< rollback left it, because people touched it
};

/// Work that waits until other records are there; bits of assignment.pending.
enum class Pending : std::uint8_t {
  none = 0,
  lookups = 1,  ///< references to rows that did not exist when this one was written
  state = 2,    ///< won, lost, completed, inactive: the last write of a row
};

enum class Outcome : std::uint8_t {
  created,
  updated,
  matched,
  merged,
  skipped,
  failed,
  held,
  open
};

std::string_view to_string(Verdict verdict);
std::string_view to_string(State state);
std::string_view to_string(Outcome outcome);

/// Outcome::open while the record is still to be written.
Outcome outcome_of(Verdict verdict, State state);

}  // namespace flit::store
