#pragma once
/// @file How a value is written: in JSON answers (fact sheet §2.1) and in CSV results (§4).
///
/// Booleans true/false, dates 2026-01-31, times 10:15:30.000Z, ids with 18 characters, numbers
/// exactly. A datetime ends in +0000 in JSON and in Z in CSV. A blob is written by whoever knows
/// its URL.

#include <string>

#include "sim/salesforce/schema/cell.hpp"
#include "sim/salesforce/schema/field_type.hpp"

namespace flit::sim::salesforce {

/// A JSON value; "null" for a null and for a blob.
void append_json(std::string& out, const Cell& cell);

/// The same as a value of `type`: what may have decimals shows at least one, "15000.0".
void append_json(std::string& out, const Cell& cell, FieldType type);

/// The text of a CSV cell, not quoted; nothing for a null and for a blob.
void append_text(std::string& out, const Cell& cell);
std::string text_of(const Cell& cell);

/// 2026-01-31T10:15:30.000 and then `zone`.
void append_datetime(std::string& out, std::int64_t ms, std::string_view zone);

}  // namespace flit::sim::salesforce
