#pragma once
/// @file One record's whole story: from a source id to the rows it became, or from a row back.
///
/// An id may be a source record's, a link's ("101→501") or a destination row's, also of a row that
/// a rollback deleted. Everything comes from the ledger; nothing is asked of either side.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "engine/environment.hpp"
#include "store/assignments.hpp"
#include "store/history.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

/// What one record and role became, and by which writes.
struct TracedRow {
  store::Assignment assignment{};
  std::optional<Instant> source_created{};  ///< of source records
  std::optional<Instant> source_updated{};
  std::string made_of{};  ///< of a row that several records speak of: who gave its values
  std::vector<store::Step> steps{};           ///< oldest first
  std::vector<store::Mismatch> mismatches{};  ///< of the newest reconciliation
};

/// In the order of planning; empty: nobody knows that id.
Result<std::vector<TracedRow>> trace(const Environment& environment, std::string_view id);

/// As one JSON object: {"id": …, "rows": [{"object", "source_id", …, "operations": […]}]}.
std::string trace_json(std::string_view id, const std::vector<TracedRow>& rows);

}  // namespace flit::engine
