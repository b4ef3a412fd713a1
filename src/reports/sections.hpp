#pragma once
/// @file Sections that several pages share: checks, findings, owners, counts.

#include <string>
#include <vector>

#include "engine/checks/check.hpp"
#include "reports/page.hpp"
#include "reports/report_inputs.hpp"
#include "store/staged_questions.hpp"

namespace flit::reports {

/// One number that matters, on top of a page.
struct Tile {
  std::string number;
  std::string label;
  std::string mood{};  ///< "ok", "warn", "bad"; empty: neutral
};
void show_tiles(Page& page, const std::vector<Tile>& tiles);

void show_checks(Page& page, const std::vector<engine::CheckResult>& checks);

/// Findings by code: what, where, how many, what to do.
Result<void> show_findings(Page& page, const ReportInputs& inputs);

/// Records of each object, as the source has them.
Result<std::vector<store::ObjectCount>> counts_of(const ReportInputs& inputs);

/// With a capital first letter, as a sentence begins.
std::string begun(std::string text);

/// The label of an object or a table, else its name.
std::string label_of(const model::Schema& schema, const std::string& name);

/// The rows of the mission that the path covers.
void show_rows(Page& page, const packs::PathPack& path);

}  // namespace flit::reports
