#pragma once
/// @file The one range that file downloads understand: "bytes=a-b", "bytes=a-", "bytes=-n".
///
/// facts/sources.md §1.9; several ranges and other units mean the whole file (RFC 9110 §14.2).

#include <cstdint>
#include <optional>
#include <string_view>

namespace flit::sim::interactive {

struct ByteRange {
  enum class Kind { whole, part, unsatisfiable };
  Kind kind = Kind::whole;
  std::uint64_t first = 0;
  std::uint64_t last = 0;  ///< included
};

ByteRange read_range(std::optional<std::string_view> header, std::uint64_t size);

}  // namespace flit::sim::interactive
