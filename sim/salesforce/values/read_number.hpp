#pragma once
/// @file Numbers as clients send them, exactly: sign, digits, point, exponent.

#include <string_view>

#include "sim/salesforce/schema/cell.hpp"
#include "sim/salesforce/schema/field.hpp"
#include "sim/salesforce/schema/refusal.hpp"

namespace flit::sim::salesforce {

/// Rounded half up to the field's places; refused beyond its digits (fact sheet §2.9) and, for an
/// int, with a fraction.
Answer<Cell> read_number(const Field& field, std::string_view text);

}  // namespace flit::sim::salesforce
