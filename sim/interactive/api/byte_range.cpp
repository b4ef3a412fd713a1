#include "sim/interactive/api/byte_range.hpp"

#include <algorithm>

#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

ByteRange read_range(std::optional<std::string_view> header, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header || !header->starts_with(unit) || header->find(',') != header->npos) return {};
  const std::string_view range = header->substr(unit.size());
  const auto dash = range.find('-');
  if (dash == range.npos) return {};
  const auto first = parse_id(range.substr(0, dash));
  const auto last = parse_id(range.substr(dash + 1));
  if (dash == 0) {
    if (!last) return {};
    if (*last == 0 || size == 0) return {.kind = ByteRange::Kind::unsatisfiable};
    return {ByteRange::Kind::part, size - std::min(size, *last), size - 1};
  }
  if (!first || (!last && dash + 1 != range.size()) || (last && *last < *first)) return {};
  if (*first >= size) return {.kind = ByteRange::Kind::unsatisfiable};
  return {ByteRange::Kind::part, *first, std::min(last.value_or(size - 1), size - 1)};
}

}  // namespace flit::sim::interactive
