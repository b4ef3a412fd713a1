#pragma once
/// @file A refusal of the query or batch room (a flit::Error with the platform's code) as ours.

#include <cstdlib>

#include "base/result.hpp"
#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse {

inline Refusal refusal_of(const Error& error) {
  Refusal refusal;
  refusal.status = odata::http_status(error);
  refusal.code = static_cast<std::uint32_t>(std::strtoul(error.code.c_str(), nullptr, 16));
  refusal.message = error.message;
  return refusal;
}

}  // namespace flit::sim::dataverse
