#pragma once
/// @file Saves components of the Metadata API into the org (fact sheet §6): objects, fields, record
/// types, processes, value sets, permission sets.
///
/// Each component is saved for itself and can be undone together with the others of its deploy.
/// Used under the org's exclusive lock; not thread-safe.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/metadata/package.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// What a deploy says of one component.
struct ComponentResult {
  std::string type{};
  std::string full_name{};
  std::string file{};
  std::string id{};
  bool created = false;
  bool changed = false;
  bool deleted = false;
  std::string problem{};  ///< empty: it is saved
  std::string code{};     ///< "FIELD_INTEGRITY_EXCEPTION", for Tooling and SOAP

  bool success() const { return problem.empty(); }
};

/// What a save did, for its result.
struct Saved {
  std::string id{};
  bool created = false;
  bool changed = true;
};

/// Names and values of global value sets; part of the org's state.
using ValueSets = std::map<std::string, std::vector<PicklistValue>, std::less<>>;

class SchemaSetup {
 public:
  SchemaSetup(Organization& org, ValueSets& value_sets) : org_(org), value_sets_(value_sets) {}

  ComponentResult save(const metadata::Component& component);

  /// Takes back everything that save() did since the last finish(), newest first.
  void undo();

  /// Works out what follows from everything saved: relationships, access, the describe's date.
  void finish();

  /// Whether the type is known at all; some are taken without effect (layouts, tabs …).
  static bool is_known(std::string_view type);

 private:
  Result<Saved> dispatch(const metadata::Component& component);
  Result<void> remove(const metadata::Component& component);

  // save_object.cpp
  Result<Saved> save_object(const metadata::Component& component);
  Result<Saved> save_field(const metadata::Component& component);
  Result<Saved> save_field_of(Object& object, const metadata::Component& component);
  Result<void> check_limits(const Object& object, const Field& field) const;
  Result<void> check_references(const Object& object, const Field& field) const;
  bool is_taken(const ParentLink& link, const Object& object, const Field& field) const;

  // save_types.cpp
  Result<Saved> save_record_type(const metadata::Component& component);
  Result<Saved> save_process(const metadata::Component& component);

  // save_values.cpp
  Result<Saved> save_global_values(const metadata::Component& component);
  Result<Saved> save_standard_values(const metadata::Component& component);
  void save_value_rows(std::string_view table, const metadata::Component& component);

  // save_permissions.cpp
  Result<Saved> save_permission_set(const metadata::Component& component);
  Result<Saved> save_profile(const metadata::Component& component);
  Result<void> grant(RecordId set, const xml::Node& node);
  Result<void> grant_field(RecordId set, const xml::Node& permission);
  Result<void> grant_record_type(RecordId set, const xml::Node& visibility);

  Result<Object*> object_named(std::string_view name);

  /// Rows past every rule, with undo.
  RecordId add_row(std::string_view object,
                   const std::vector<std::pair<std::string, std::string>>& values);
  void change_row(std::string_view object, RecordId id,
                  const std::vector<std::pair<std::string, std::string>>& values);
  RecordId find_row(std::string_view object,
                    const std::vector<std::pair<std::string, std::string>>& values) const;
  void remove_row(std::string_view object, RecordId id);

  /// Keeps a copy of something that is about to change.
  template <typename T>
  void remember(T& thing) {
    undo_.push_back([&thing, before = thing] { thing = before; });
  }

  Organization& org_;
  ValueSets& value_sets_;
  std::vector<std::function<void()>> undo_;
  std::vector<std::function<void()>> removals_;  // done by finish(): they cannot be undone
};

/// The id Tooling and deploys give a custom field: 00N…
RecordId id_of_field(const Object& object, const Field& field);
/// 01I…
RecordId id_of_object(const Object& object);

}  // namespace flit::sim::salesforce
