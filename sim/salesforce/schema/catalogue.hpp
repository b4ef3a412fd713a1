#pragma once
/// @file All objects of an org, standard ones from the shipped facts, custom ones as they are made.
///
/// Objects and fields keep their addresses. Readers share it, whoever changes it holds the org's
/// exclusive lock and calls relate() afterwards.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sim/salesforce/schema/object.hpp"

namespace flit::sim::salesforce {

/// A parent's view of the references that point to it.
struct ChildLink {
  const Object* child = nullptr;
  const Field* field = nullptr;
  const ParentLink* link = nullptr;
};

class Catalogue {
 public:
  Catalogue() = default;
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  /// The shipped standard objects (schema/facts).
  static std::unique_ptr<Catalogue> standard();

  /// By API name, without regard to case; null for unknown, deleted and invisible ones.
  const Object* find(std::string_view name) const;
  Object* mutable_object(std::string_view name);  ///< invisible ones too
  const Object& at(std::size_t index) const { return *objects_[index]; }
  std::size_t size() const { return objects_.size(); }
  const std::vector<std::unique_ptr<Object>>& all() const { return objects_; }

  /// Every reference that may point to `parent`, deleted fields left out.
  const std::vector<ChildLink>& children(const Object& parent) const;
  /// The downward relationship of that name: "Contacts", "Projects__r"; null if there is none.
  const ChildLink* child_relationship(const Object& parent, std::string_view name) const;

  Object& add(std::string name);
  void remove(Object& object);
  /// Works out the children of all objects anew.
  void relate();

  /// The key prefix of the next custom object: a00, a01 … (§7).
  std::uint32_t next_custom_prefix();

 private:
  std::vector<std::unique_ptr<Object>> objects_;
  std::unordered_map<std::string, std::uint16_t, TextHash, std::equal_to<>> by_name_;
  std::vector<std::vector<ChildLink>> children_;
  std::uint32_t custom_prefixes_ = 0;
};

}  // namespace flit::sim::salesforce
