#pragma once
/// @file S-11: the handover package, a folder that one gives to a customer.
///
/// index.html for people, report.xlsx for those who count, one CSV a list, summary.json and
/// workflows.json for programs. Every number is from the ledger; the same ledger gives the same
/// files, byte for byte. Memory does not grow with the records.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "reports/list_writer.hpp"
#include "reports/report_inputs.hpp"

namespace flit::reports {

struct Handover {
  std::filesystem::path page;
  std::vector<ListDigest> lists;
};

/// Makes `folder` if need be; files of an earlier report are replaced.
Result<Handover> write_handover(const ReportInputs& inputs, const std::filesystem::path& folder);

}  // namespace flit::reports
