#pragma once
/// @file What writing an object always asks of its fields, worked out once.
///
/// Kept by the org beside the schema and thrown away when that changes (Organization::plan).

#include <vector>

#include "sim/salesforce/schema/object.hpp"

namespace flit::sim::salesforce {

struct ObjectPlan {
  explicit ObjectPlan(const Object& object);

  std::vector<const Field*> required{};
  std::vector<const Field*> defaulted{};  ///< which have a default value or a default choice
  std::vector<const Field*> unique{};
  std::vector<const Field*> auto_numbers{};
  const Field* owner = nullptr;
  const Field* record_type = nullptr;
  bool takes_audit_fields = false;  ///< §7: the objects whose audit fields can be set on insert
};

}  // namespace flit::sim::salesforce
