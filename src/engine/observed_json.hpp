#pragma once
/// @file What was observed about fields, as JSON and back: how the ledger keeps it.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "engine/observed.hpp"

namespace flit::engine {

std::string observed_json(const Observed& observed);

/// Fault::permanent when the text is not what observed_json() writes.
Result<Observed> observed_of_json(std::string_view text);

}  // namespace flit::engine
