#pragma once
/// @file The lists of the handover package, each written row by row.

#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "reports/list_writer.hpp"
#include "reports/report_inputs.hpp"

namespace flit::reports {

/// Where lists go.
struct Package {
  const ReportInputs& inputs;
  const std::filesystem::path& folder;
  Workbook& workbook;
};

Result<ListDigest> list_trouble(const Package& package);   ///< what did not move, and why
Result<ListDigest> list_outcomes(const Package& package);  ///< what became of every record
Result<ListDigest> list_owners(const Package& package);
Result<ListDigest> list_duplicates(const Package& package);
Result<ListDigest> list_dictionary(const Package& package);   ///< every field that moved
Result<ListDigest> list_left_fields(const Package& package);  ///< ignored, not mapped, held
Result<ListDigest> list_findings(const Package& package);
Result<ListDigest> list_pairs(const Package& package);
Result<ListDigest> list_files(const Package& package);  ///< files that stay behind
Result<ListDigest> list_workflows(const Package& package);
Result<ListDigest> list_audit(const Package& package);

}  // namespace flit::reports
