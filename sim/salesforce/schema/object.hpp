#pragma once
/// @file One object: its fields by name, its record types, its flags (fact sheet §2.2, §2.3).
///
/// Names are found without regard to case (§2.1). Address-stable, like its fields. Changed only
/// under the org's exclusive lock.

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "sim/salesforce/schema/field.hpp"
#include "sim/salesforce/schema/record_id.hpp"

namespace flit::sim::salesforce {

struct RecordType {
  RecordId id{};
  std::string developer_name;
  std::string label;
  std::string description{};
  bool active = true;
  bool available = true;  ///< to the API's user
  bool is_default = false;
  std::string business_process{};
  /// Field name → the values this record type allows; a field that is missing allows all.
  std::map<std::string, std::set<std::string>, std::less<>> allowed{};
  bool governed = false;            ///< available follows from permission sets
  std::set<RecordId> visible_in{};  ///< the permission sets that show it
};

struct BusinessProcess {
  RecordId id{};
  std::string name;
  bool active = true;
  std::set<std::string, std::less<>> values{};
};

struct ObjectFlags {
  bool createable = true, updateable = true, deletable = true, undeletable = true,
       mergeable = false, queryable = true, retrieveable = true, searchable = true,
       replicateable = true, triggerable = true, feed_enabled = false, mru_enabled = false,
       layoutable = true, search_layoutable = true, compact_layoutable = true;
};

class Object {
 public:
  Object(std::uint16_t at, std::string named) : index(at), name(std::move(named)) {}

  const std::uint16_t index;  ///< its place in the catalogue
  const std::string name;
  std::string label{};
  std::string label_plural{};
  std::uint32_t prefix = 0;  ///< RecordId::prefix(); 0: none
  ObjectFlags flags{};
  bool custom = false;
  bool visible = true;  ///< object permissions of the API's user
  bool deleted = false;
  std::vector<RecordType> record_types{};  ///< without Master
  std::vector<BusinessProcess> business_processes{};

  std::string prefix_text() const { return prefix == 0 ? "" : RecordId::prefix_text(prefix); }

  /// Any field of that name that is not deleted; null if there is none.
  const Field* find(std::string_view field_name) const;
  /// The same, but only what the API's user may read: for queries, describes and input.
  const Field* find_visible(std::string_view field_name) const;
  /// The reference whose upward relationship has that name, "Account", "CreatedBy".
  const Field* find_relationship(std::string_view relationship) const;
  const Field& field(std::size_t index_of) const { return fields_[index_of]; }
  const Field* name_field() const;
  const RecordType* record_type(RecordId id) const;

  const std::deque<Field>& fields() const { return fields_; }  ///< deleted ones included
  Field* mutable_field(std::string_view field_name);
  Field& mutable_field_at(std::size_t index_of) { return fields_[index_of]; }

  /// Appends; sets index and home. REQUIRES: no such name yet.
  Field& add_field(Field field);
  void remove_field(Field& field);

 private:
  std::deque<Field> fields_;
  std::unordered_map<std::string, std::uint16_t, TextHash, std::equal_to<>> by_name_;
  std::unordered_map<std::string, std::uint16_t, TextHash, std::equal_to<>> by_relationship_;
};

}  // namespace flit::sim::salesforce
