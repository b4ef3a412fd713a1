#pragma once
/// @file gzip for bodies, both ways (RFC 1952); zlib does the work and is seen only in the .cpp
/// file.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim {

/// Compressed at the fastest level: simulators answer over loopback, where time costs more than
/// bytes.
std::string gzip(std::string_view text);

/// The plain text; also reads zlib streams ("deflate") and several members in a row.
/// Fault::permanent when the bytes are broken or cut short; Fault::limit when the text would be
/// longer than `max_bytes` (a small body may unpack to gigabytes).
Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes);

}  // namespace flit::sim
