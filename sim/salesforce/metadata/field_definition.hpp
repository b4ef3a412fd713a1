#pragma once
/// @file A CustomField of the Metadata API as the field it makes (fact sheet §6.1, §6.2).
///
/// Pure: names of other objects and of value sets are checked by whoever saves the field. The same
/// reader serves deploys (XML) and Tooling (JSON, see node_of_json.hpp).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/schema/field.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::metadata {

struct FieldDefinition {
  Field field{};
  std::string value_set{};  ///< a global value set whose values it takes
  bool required = false;
  bool master = false;  ///< of a master-detail

  /// Required fields and master-details are visible at once, others once access is granted.
  bool is_permissionable() const { return !required && !master; }
};

/// `name` with "__c". Error::message is the platform's "problem".
Result<FieldDefinition> read_field(std::string_view name, const xml::Node& node);

/// The rows of a valueSetDefinition, a GlobalValueSet ("customValue") or a StandardValueSet
/// ("standardValue").
std::vector<PicklistValue> read_values(const xml::Node& node, std::string_view element);

/// Values a picklist may have, and a multi-select (§6.2).
inline constexpr std::size_t max_picklist_values = 1000;
inline constexpr std::size_t max_multi_select_values = 500;

}  // namespace flit::sim::salesforce::metadata
