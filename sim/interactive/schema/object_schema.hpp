#pragma once
/// @file An object with its properties in order; properties are found by name, kept by index.
///
/// Indices never change while a simulator runs (properties are only added at the end), because
/// stored records name their properties by index.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "sim/interactive/schema/property.hpp"

namespace flit::sim::interactive {

class ObjectSchema {
 public:
  std::string name;
  std::string label;
  std::string label_plural;
  std::string module = "core";
  std::string primary_display = "name";
  bool custom = false;

  const std::vector<Property>& properties() const { return properties_; }
  Property& property(std::size_t index) { return properties_[index]; }
  std::optional<std::size_t> index_of(std::string_view property) const;

  /// Appends, or replaces what has that name; its index.
  std::size_t add(Property property);

 private:
  std::vector<Property> properties_;
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> by_name_;
};

/// The objects that every installation has, with the properties of facts/sources.md §1.5.
std::vector<ObjectSchema> standard_objects();

/// A custom object with the properties that every object has.
ObjectSchema custom_object(std::string name, std::string label, std::string label_plural);

/// One kind of association (facts/sources.md §1.6).
struct AssociationLabel {
  std::string key;
  std::string label;
};
struct AssociationType {
  std::string from;
  std::string to;
  std::vector<AssociationLabel> labels{};
  bool has_primary = false;
  std::vector<Property> attributes{};
};

std::vector<AssociationType> standard_associations();

}  // namespace flit::sim::interactive
