#pragma once
/// @file A workbook for people who count in spreadsheets: several sheets, rows as they come.
///
/// Memory does not grow with the rows (libxlsxwriter's constant memory mode), so rows are written
/// in order. Texts are stored as texts: nothing is a formula. A sheet holds 1,048,576 rows; what is
/// beyond goes on in a further sheet. The same rows give the same bytes: the file's time is handed
/// in. Mode 0600, because it holds personal data. Not thread-safe.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace flit::reports {

using Cell = std::variant<std::string, std::int64_t>;

class Workbook {
 public:
  /// `made_at`: what the file says about itself.
  Workbook(std::filesystem::path file, Instant made_at);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  /// Begins a sheet; its head is bold and stays in view, and rows can be filtered.
  void sheet(std::string_view name, const std::vector<std::string>& columns);
  void row(std::span<const Cell> cells);
  void row(const std::vector<Cell>& cells) { row(std::span<const Cell>(cells)); }

  /// Fault::setup when it cannot be written.
  Result<void> finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace flit::reports
