#pragma once
/// @file The token of a delta link: the database version that a client has seen, and when.
///
/// Its form is the platform's, 919042!08/22/2017 08:10:44 (fact sheet §13).

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim::dataverse::odata {

struct DeltaToken {
  std::uint64_t version = 0;
  std::int64_t when = 0;  ///< seconds since 1970, UTC

  bool operator==(const DeltaToken&) const = default;
};

std::string to_string(const DeltaToken& token);

/// Of the decoded $deltatoken; code 0x80040203 when it cannot be read.
Result<DeltaToken> parse_delta_token(std::string_view decoded);

}  // namespace flit::sim::dataverse::odata
