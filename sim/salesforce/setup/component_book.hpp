#pragma once
/// @file What the org has, as components of the Metadata API: listed and read (fact sheet §6.1).
///
/// The other direction of SchemaSetup. Used under the org's lock, shared is enough; not kept.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/organization/organization.hpp"
#include "sim/salesforce/setup/schema_setup.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce {

struct ListedComponent {
  std::string type{};
  std::string full_name{};
  std::string file{};  ///< "objects/Account.object"
  std::string id{};
};

/// A type that can be listed, and where a package keeps it.
struct ComponentType {
  std::string_view name;
  std::string_view folder;
  std::string_view suffix;
  std::vector<std::string_view> children{};
};

/// The types that deploys know, parts of objects left to their object.
const std::vector<ComponentType>& component_types();

/// The type of that name; a part of an object has its object's. Null for unknown ones.
const ComponentType* component_type(std::string_view name);

class ComponentBook {
 public:
  ComponentBook(const Organization& org, const ValueSets& value_sets)
      : org_(org), value_sets_(value_sets) {}

  /// Every component of the type, in the order in which it was made. Standard value sets have to be
  /// named, so none of them is listed.
  std::vector<ListedComponent> list(std::string_view type) const;

  /// The component as an element called `element`; none when there is no such thing.
  std::optional<xml::Node> read(std::string_view type, std::string_view full_name,
                                std::string_view element) const;

  /// Where it lies in a package. REQUIRES: a known type.
  static std::string file_of(std::string_view type, std::string_view full_name);

 private:
  xml::Node whole_object(const Object& object, std::string_view element) const;
  std::optional<xml::Node> part(std::string_view type, std::string_view full_name,
                                std::string_view element) const;
  std::optional<xml::Node> global_values(std::string_view name, std::string_view element) const;
  std::optional<xml::Node> standard_values(std::string_view name, std::string_view element) const;
  std::optional<xml::Node> permission_set(std::string_view name, std::string_view element) const;
  std::optional<xml::Node> profile(std::string_view name, std::string_view element) const;
  void add_grants(xml::Node& node, RecordId set) const;

  /// Rows of `object` whose `field` is `value`, all of them when `field` is empty.
  std::vector<const Row*> rows(std::string_view object, std::string_view field = {},
                               const Cell& value = {}) const;
  std::string text(std::string_view object, const Row& row, std::string_view field) const;

  const Organization& org_;
  const ValueSets& value_sets_;
};

}  // namespace flit::sim::salesforce
