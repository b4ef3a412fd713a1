#pragma once
/// @file A CustomObject of the Metadata API as the object it makes, with the fields every object
/// has (fact sheet §6.1).

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/schema/field.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::metadata {

struct ObjectDefinition {
  std::string label{};
  std::string label_plural{};
  Field name_field{};
};

/// `name` with "__c". Error::message is the platform's "problem".
Result<ObjectDefinition> read_object(std::string_view name, const xml::Node& node);

/// Id, OwnerId (but not for details, whose owner is their master's), IsDeleted, the name field,
/// the audit fields: in describe order.
std::vector<Field> standard_fields(const Field& name_field, bool has_owner);

}  // namespace flit::sim::salesforce::metadata
