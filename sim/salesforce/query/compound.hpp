#pragma once
/// @file Compound values: an address or a location as the JSON object of its parts (fact sheet
/// §2.1).

#include <optional>
#include <string>

#include "sim/salesforce/records/row.hpp"
#include "sim/salesforce/schema/object.hpp"
#include "sim/salesforce/soql/row.hpp"

namespace flit::sim::salesforce {

/// {"city","country","geocodeAccuracy","latitude","longitude","postalCode","state","street"}, or
/// null when every part is. REQUIRES: the field is compound.
void append_compound(std::string& out, const Object& object, const Field& field, const Row& row);

/// Its latitude and longitude; none unless both are known.
std::optional<soql::GeoPoint> location_of(const Object& object, const Field& field, const Row& row);

}  // namespace flit::sim::salesforce
