#pragma once
/// @file Comma-separated values for spreadsheets and programs (RFC 4180, UTF-8 with a mark so that
/// spreadsheets read it as such).
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front (facts/sources.md
/// XI-32); a plain number stays one. Not thread-safe.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "reports/output.hpp"

namespace flit::reports {

/// The text as a spreadsheet cannot take it for a formula.
std::string harmless(std::string_view text);

class Csv {
 public:
  Csv(const std::filesystem::path& file, std::span<const std::string> columns);

  Csv& row(std::span<const std::string> cells);
  Result<void> finish() { return output_.finish(); }

 private:
  Output output_;
  std::string line_;
};

}  // namespace flit::reports
