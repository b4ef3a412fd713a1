#pragma once
/// @file S-01: the scope document. What is there on both ends, what moves and what does not, what
/// the data is like, and what must be decided before anything is touched.

#include <filesystem>

#include "base/result.hpp"
#include "reports/report_inputs.hpp"

namespace flit::reports {

/// One HTML file, complete in itself.
Result<void> write_scope(const ReportInputs& inputs, const std::filesystem::path& file);

}  // namespace flit::reports
