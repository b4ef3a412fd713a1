#pragma once
/// @file The data dictionary: every field of the source, where it went and how, or why it did not.
///
/// As many lines as both schemas have fields, so all at once. Pure.

#include <string>
#include <vector>

#include "engine/observed.hpp"
#include "reports/report_inputs.hpp"

namespace flit::reports {

struct DictionaryLine {
  std::string object;
  std::string field;  ///< empty: the map's own constant
  std::string label{};
  std::string type{};
  std::string fate{};  ///< mapped, preserved, link, ignored, not mapped, held
  std::string table{};
  std::string column{};
  std::string column_label{};
  std::string column_type{};
  std::string conversion{};  ///< with its value map
  std::string row{};         ///< of the mission
  std::string because{};
  std::uint64_t records = 0;
  std::uint64_t filled = 0;
  std::uint64_t distinct = 0;
  std::uint32_t longest = 0;
};

std::vector<DictionaryLine> dictionary(const ReportInputs& inputs,
                                       const engine::Observed& observed);

}  // namespace flit::reports
