#pragma once
/// @file A cell as JSON, and as the plain text that $value gives (§3, §10).

#include <string>

#include "base/json_writer.hpp"
#include "sim/dataverse/records/cell.hpp"

namespace flit::sim::dataverse {

void write_value(json::Writer& out, const Cell& cell);

/// Also the text by which digests know the value. REQUIRES: has_value().
std::string plain_text(const Cell& cell);

}  // namespace flit::sim::dataverse
