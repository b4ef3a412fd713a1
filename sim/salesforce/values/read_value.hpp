#pragma once
/// @file What a client sent, read as a value of a field (fact sheet §2.1, §2.9, §3).
///
/// Text is trimmed and its line ends become LF on saving (§2.1); numbers are rounded to the field's
/// places. Lengths and ranges are checked here, choices and references are not: they need more than
/// the field (write/).

#include <string_view>

#include "base/json_reader.hpp"
#include "sim/salesforce/schema/cell.hpp"
#include "sim/salesforce/schema/field.hpp"
#include "sim/salesforce/schema/refusal.hpp"
#include "sim/salesforce/values/scratch.hpp"

namespace flit::sim::salesforce {

/// A CSV cell or any other plain text; empty text is null.
Answer<Cell> read_text(const Field& field, std::string_view text, Scratch& scratch);

/// A JSON value; strings are accepted for numbers and booleans (§2.1).
Answer<Cell> read_json(const Field& field, json::Value value, Scratch& scratch);

}  // namespace flit::sim::salesforce
