#include "sim/salesforce/query/compound.hpp"

#include <array>
#include <utility>

#include "base/json_writer.hpp"
#include "sim/salesforce/schema/cell_text.hpp"

namespace flit::sim::salesforce {
namespace {

using Part = std::pair<std::string_view, std::string_view>;  // member, end of the field's name
constexpr std::array<Part, 8> address_parts = {{{"city", "City"},
                                                {"country", "Country"},
                                                {"geocodeAccuracy", "GeocodeAccuracy"},
                                                {"latitude", "Latitude"},
                                                {"longitude", "Longitude"},
                                                {"postalCode", "PostalCode"},
                                                {"state", "State"},
                                                {"street", "Street"}}};

const Field* part_of(const Object& object, const Field& compound, std::string_view ending) {
  for (const Field& field : object.fields()) {
    std::string_view name = field.name;
    if (name.ends_with("__s")) name.remove_suffix(3);  // of a custom location
    if (field.compound == compound.name && name.ends_with(ending) && !field.deleted) return &field;
  }
  return nullptr;
}

}  // namespace

void append_compound(std::string& out, const Object& object, const Field& field, const Row& row) {
  const std::size_t start = out.size();
  bool any = false;
  for (const auto& [member, ending] : address_parts) {
    const Field* part = part_of(object, field, ending);
    if (field.type == FieldType::location && part == nullptr) continue;
    out += out.size() == start ? '{' : ',';
    json::append_quoted(out, member);
    out += ':';
    const Cell cell = part == nullptr ? Cell{} : row.cell(*part);
    any = any || !cell.is_null();
    append_json(out, cell, part == nullptr ? FieldType::string : part->type);
  }
  if (any) {
    out += '}';
  } else {
    out.resize(start);
    out += "null";
  }
}

std::optional<soql::GeoPoint> location_of(const Object& object, const Field& field,
                                          const Row& row) {
  const Field* latitude = part_of(object, field, "Latitude");
  const Field* longitude = part_of(object, field, "Longitude");
  if (latitude == nullptr || longitude == nullptr) return std::nullopt;
  const Cell north = row.cell(*latitude), east = row.cell(*longitude);
  if (north.is_null() || east.is_null()) return std::nullopt;
  return soql::GeoPoint{.latitude = north.as_double(), .longitude = east.as_double()};
}

}  // namespace flit::sim::salesforce
