#pragma once
/// @file S-06: the sample, field by field: what the source has, what the map makes of it, and what
/// stands over there now.
///
/// Rows are read back in batches by their recorded ids, on several lanes; one record at a time is
/// handed to the visitor, in no stated order, so memory does not grow with the sample. The same
/// walk over all records is the reconciliation's (engine/reconciliation.hpp).

#include <array>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/comparison.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

/// How often each verdict was found.
struct DifferenceCounts {
  std::uint64_t records = 0;
  std::uint64_t fields = 0;
  std::array<std::uint64_t, cell_verdicts> verdicts{};

  std::uint64_t of(CellVerdict verdict) const {
    return verdicts[static_cast<std::size_t>(verdict)];
  }
  void count(CellVerdict verdict);
  std::uint64_t mismatches() const;
  DifferenceCounts& operator+=(const DifferenceCounts& other);
};

/// One mapped cell.
struct FieldDifference {
  std::string field{};   ///< of the source; empty: the map's own constant
  std::string column{};  ///< over there
  std::string source{};  ///< the source's own spelling
  std::string expected{};
  std::string read{};
  CellVerdict verdict = CellVerdict::equal;
  std::string explanation{};
};

/// One row that we wrote.
struct RecordDifference {
  std::int64_t assignment = 0;
  std::string object;  ///< "flitstack" for records of our own
  std::string source_id;
  std::string role;  ///< "primary", "own", "placeholder", "link:…"
  std::string table;
  std::string target_id;
  std::string because{};  ///< why it went to this table: the route's own words
  bool found = true;      ///< false: the row is not there (any more)
  bool edited = false;    ///< somebody else wrote it last
  DifferenceCounts counts{};
  std::vector<FieldDifference> fields{};
};

/// Called for one record at a time, never from two lanes at once. An error ends the walk.
using DifferenceVisit = std::function<Result<void>(const RecordDifference&)>;

struct DifferenceSettings {
  bool only_sampled = true;
  bool every_field = true;  ///< false: fields that are edited, missing or different alone
  int lanes = 4;
  std::uint64_t at_most = 0;  ///< about so many records, spread evenly over all; 0: every one
};

/// A chunk of rows was compared.
struct RowsCompared {
  std::string table;
  DifferenceCounts counts;
};
Event to_event(const RowsCompared& event);

/// Compares every row that we wrote. `visit` may be empty: counts alone.
Result<DifferenceCounts> compare_rows(const Migration& migration,
                                      const DifferenceSettings& settings,
                                      const DifferenceVisit& visit, std::stop_token stop);

}  // namespace flit::engine
