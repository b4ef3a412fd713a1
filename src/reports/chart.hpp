#pragma once
/// @file Small charts as SVG, drawn into a page: bars that add up, and shares.
///
/// No script and no picture file: shapes with classes of page.css. Values are counts; a bar that
/// would be invisible still gets a pixel, because one failed record matters.

#include <cstdint>
#include <string>
#include <vector>

#include "reports/html.hpp"

namespace flit::reports {

struct Slice {
  std::string name;  ///< "created": also the class s-created
  std::uint64_t count = 0;
};

struct StackedBar {
  std::string label;
  std::vector<Slice> slices{};

  std::uint64_t total() const;
};

/// One bar a line, all to one scale, with a legend of the slices that occur.
void draw_stacked(Html& html, const std::string& title, const std::vector<StackedBar>& bars);

/// How much of a whole, as a bar for a table's cell.
void draw_share(Html& html, std::uint64_t part, std::uint64_t whole);

}  // namespace flit::reports
