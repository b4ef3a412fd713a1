#pragma once
/// @file What the preflight said of records that cannot be written, beside what loading then met.
///
/// A record that is predicted to fail is not sent: a false alarm shows itself only where it was
/// written before it was foretold. A miss is a record that was sent and refused. Takes the
/// connection of Ledger::read().

#include <cstdint>

#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

struct Predictions {
  std::uint64_t hits = 0;          ///< predicted, and not sent
  std::uint64_t misses = 0;        ///< not predicted, sent, and refused
  std::uint64_t false_alarms = 0;  ///< predicted, and over there
};

Result<Predictions> predictions(sql::Connection& reader);

}  // namespace flit::store
