#pragma once
/// @file Fields, objects and their parts as the components the Metadata API shows (fact sheet
/// §6.1): what field_definition.hpp and its siblings read, written.
///
/// Of a standard field only its name is told, and its type where it has choices or parents, as a
/// retrieve does. Pure functions.

#include <string>
#include <string_view>

#include "sim/salesforce/schema/object.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::metadata {

/// "Text", "Lookup" …; empty for what is no field of the Metadata API (ids, addresses).
std::string_view type_name(const Field& field);

/// `element` is what the node is called: "fields" in an object, "records" in an answer.
xml::Node node_of(const Field& field, std::string_view element, const std::string& full_name);
xml::Node node_of(const BusinessProcess& process, std::string_view element,
                  const std::string& full_name);
xml::Node node_of(const RecordType& type, std::string_view element, const std::string& full_name);
/// Without its parts.
xml::Node node_of(const Object& object, std::string_view element);

/// One row of a value set.
xml::Node node_of(const PicklistValue& value, std::string_view element);

/// Whether the Metadata API tells of the field inside its object.
bool is_told(const Field& field);

}  // namespace flit::sim::salesforce::metadata
