#include "engine/comparison.hpp"

#include <array>
#include <utility>

#include "base/decimal.hpp"
#include "base/time.hpp"

namespace flit::engine {
namespace {

using model::Value;

constexpr std::array<std::pair<std::string_view, CellVerdict>, 4> by_code{
    {{"truncated", CellVerdict::truncated},
     {"attached_in_full", CellVerdict::truncated},
     {"rounded", CellVerdict::rounded},
     {"markup_removed", CellVerdict::cleaned}}};

/// What became of the source's value on its way into `expected`.
Judgement conversion_of(const ComparedCell& cell) {
  const std::string detail(cell.detail.empty() ? cell.code : cell.detail);
  if (cell.constant)
    return {CellVerdict::defaulted, "the source has nothing; this is the map's own value"};
  if (!cell.expected.has_value())
    return cell.source.empty() ? Judgement{}
                               : Judgement{CellVerdict::dropped, "left empty: " + detail};
  for (const auto& [code, verdict] : by_code)
    if (cell.code == code) return {verdict, detail};
  if (cell.expected.display() == cell.source) return {CellVerdict::equal, detail};
  if (cell.expected.kind() == Value::Kind::decimal) {
    const auto number = Decimal::parse(cell.source);
    if (number && *number == cell.expected.as_decimal()) return {CellVerdict::equal, detail};
  }
  if (cell.expected.kind() == Value::Kind::instant) {
    const auto moment = parse_instant(cell.source);
    if (moment && *moment == cell.expected.as_instant()) return {CellVerdict::equal, detail};
    if (moment && std::chrono::floor<std::chrono::seconds>(*moment) == cell.expected.as_instant())
      return {CellVerdict::rounded, "the column keeps whole seconds"};
  }
  return {CellVerdict::converted, detail};
}

bool same(const Value& expected, const Value& read) {
  return expected.has_value() ? expected == read : !read.has_value();
}

}  // namespace

std::string_view to_string(CellVerdict verdict) {
  switch (verdict) {
    case CellVerdict::equal:
      return "equal";
    case CellVerdict::converted:
      return "converted";
    case CellVerdict::defaulted:
      return "defaulted";
    case CellVerdict::cleaned:
      return "cleaned";
    case CellVerdict::truncated:
      return "truncated";
    case CellVerdict::rounded:
      return "rounded";
    case CellVerdict::dropped:
      return "dropped";
    case CellVerdict::edited:
      return "edited";
    case CellVerdict::missing:
      return "missing";
    case CellVerdict::different:
      return "different";
  }
  return "unknown";
}

bool is_mismatch(CellVerdict verdict) {
  return verdict == CellVerdict::missing || verdict == CellVerdict::different;
}

Judgement judge(const ComparedCell& cell) {
  if (cell.read.is_absent()) return {CellVerdict::missing, "the row is not there"};
  if (same(cell.expected, cell.read)) return conversion_of(cell);
  if (cell.edited_by_others)
    return {CellVerdict::edited, "changed by somebody else after it was written"};
  if (!cell.read.has_value()) return {CellVerdict::missing, "nothing stands there"};
  return {CellVerdict::different, "not what was written, although nobody else changed the row"};
}

}  // namespace flit::engine
