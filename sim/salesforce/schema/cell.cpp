#include "sim/salesforce/schema/cell.hpp"

#include <algorithm>
#include <cmath>

namespace flit::sim::salesforce {
namespace {

__extension__ using Wide = __int128;

Wide scaled(std::int64_t number, int places) {
  Wide wide = number;
  for (int i = 0; i < places; ++i) wide *= 10;
  return wide;
}

}  // namespace

Cell Cell::decimal(std::int64_t coefficient, int scale) {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  return {
      .kind = CellKind::number, .scale = static_cast<std::uint8_t>(scale), .number = coefficient};
}

double Cell::as_double() const {
  return static_cast<double>(number) / std::pow(10.0, scale);
}

int compare(const Cell& left, const Cell& right) {
  if (left.kind == CellKind::text) {
    const int order = left.text.compare(right.text);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  if (left.scale == right.scale)
    return left.number < right.number ? -1 : left.number > right.number;
  const int places = std::max(left.scale, right.scale);
  const Wide a = scaled(left.number, places - left.scale);
  const Wide b = scaled(right.number, places - right.scale);
  return a < b ? -1 : a > b ? 1 : 0;
}

}  // namespace flit::sim::salesforce
