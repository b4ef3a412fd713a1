#pragma once
/// @file One list of a handover: every row to a CSV file and to a sheet of the workbook, the first
/// ones kept for the page.
///
/// Rows pass through once, so a list may be as long as the ledger. Not thread-safe.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "reports/csv.hpp"
#include "reports/workbook.hpp"

namespace flit::reports {

struct ListShape {
  std::string file;   ///< "failures.csv"
  std::string title;  ///< "Records that did not move"
  std::vector<std::string> columns{};
};

struct ListDigest {
  ListShape shape;
  std::uint64_t total = 0;
  std::vector<std::vector<std::string>> first{};

  static constexpr std::size_t most_shown = 40;
};

class ListWriter {
 public:
  ListWriter(const std::filesystem::path& folder, Workbook& workbook, ListShape shape);

  void add(std::vector<std::string> row);
  Result<ListDigest> finish();

 private:
  Workbook& workbook_;
  Csv csv_;
  ListDigest digest_;
};

}  // namespace flit::reports
