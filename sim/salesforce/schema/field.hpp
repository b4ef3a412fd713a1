#pragma once
/// @file One field of an object: what a describe tells about it (fact sheet §2.3), as plain data.
///
/// A Field keeps its address and its index for the life of its object, so rows, indexes and
/// prepared queries may hold on to both. Changed only under the org's exclusive lock.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/schema/field_type.hpp"

namespace flit::sim::salesforce {

struct PicklistValue {
  std::string value;
  std::string label;
  bool active = true;
  bool is_default = false;
};

/// One object that a reference may point to, and what the parent calls its children.
struct ParentLink {
  std::string object;
  std::string child_relationship{};  ///< "Contacts"; empty: the parent does not list them
  bool cascade = false;              ///< deleting the parent deletes the child
  bool restricted = false;           ///< the parent cannot be deleted while the child is there
};

/// Where a field's value lives: with the others, or in the head that every row has.
enum class Home : std::uint8_t {
  cells,
  id,
  is_deleted,
  created_date,
  created_by,
  modified_date,
  modified_by,
  stamp,  ///< SystemModstamp
};

struct Field {
  std::uint16_t index = 0;  ///< its place in the object
  Home home = Home::cells;
  FieldType type = FieldType::string;
  std::string name{};
  std::string label{};
  int length = 0;     ///< characters of text; 18 for ids
  int precision = 0;  ///< digits of a number in all
  int scale = 0;      ///< of which behind the point
  int digits = 0;     ///< of an int

  bool nillable = false;
  bool createable = false;
  bool updateable = false;
  bool defaulted_on_create = false;
  bool id_lookup = false;
  bool name_field = false;
  bool unique = false;
  bool external_id = false;
  bool case_sensitive = false;
  bool restricted_picklist = false;
  bool polymorphic = false;
  bool name_pointing = false;
  bool auto_number = false;
  bool calculated = false;
  bool html = false;
  bool groupable = true;
  bool aggregatable = true;
  bool sortable = true;
  bool filterable = true;
  bool custom = false;

  bool readable = true;  ///< field-level security of the API's user; unreadable ones do not exist
  bool editable = true;  ///< for it
  bool governed = false;  ///< both follow from permission sets (setup/field_access.hpp)
  bool deleted = false;  ///< removed from the schema; the index is not used again

  std::string default_value{};
  std::string compound{};        ///< the compound field it is a part of: "Name", "MailingAddress"
  std::string extra_type{};      ///< "personname", "plaintextarea"
  std::string display_format{};  ///< of an auto-number: "P-{0000}"
  std::string inline_help{};
  std::string relationship{};         ///< of a reference, upwards: "Account", "Merchandise__r"
  std::vector<ParentLink> parents{};  ///< of a reference: referenceTo
  std::vector<PicklistValue> values{};
  bool values_are_examples = false;  ///< of a long list: others are as good
  std::string value_set{};           ///< the global value set whose values these are

  bool is_visible() const { return readable && !deleted; }
  bool is_reference() const { return type == FieldType::reference; }

  /// "Required on create" (§2.3): booleans never are.
  bool is_required() const {
    return createable && !nillable && !defaulted_on_create && type != FieldType::boolean;
  }

  const PicklistValue* value(std::string_view text) const {
    for (const PicklistValue& each : values)
      if (each.value == text) return &each;
    return nullptr;
  }
  const ParentLink* parent(std::string_view object) const {
    for (const ParentLink& each : parents)
      if (each.object == object) return &each;
    return nullptr;
  }
};

}  // namespace flit::sim::salesforce
