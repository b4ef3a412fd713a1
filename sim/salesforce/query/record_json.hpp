#pragma once
/// @file One record as JSON: attributes first, then the fields asked for (fact sheet §2.5).

#include <string>
#include <vector>

#include "sim/salesforce/records/row.hpp"
#include "sim/salesforce/schema/object.hpp"

namespace flit::sim::salesforce {

/// `base` is "/services/data/v66.0".
void append_record(std::string& out, const Object& object, const Row& row,
                   const std::vector<const Field*>& fields, const std::string& base);

}  // namespace flit::sim::salesforce
