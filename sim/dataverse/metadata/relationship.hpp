#pragma once
/// @file How two tables hang together, and what happens to children when a parent changes.
///
/// Fact sheet §4, §11, §14. A many-to-many relationship keeps its pairs in the record store, not in
/// a table of its own.

#include <cstdint>
#include <string>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

enum class CascadeRule : std::uint8_t { none, all, active, user_owned, remove_link, restrict };

struct Cascades {
  CascadeRule assign = CascadeRule::none;
  CascadeRule remove = CascadeRule::none;
  CascadeRule merge = CascadeRule::none;
  CascadeRule reparent = CascadeRule::none;
  CascadeRule share = CascadeRule::none;
  CascadeRule unshare = CascadeRule::none;
};

struct OneToMany {
  std::string schema_name{};
  std::string parent{};            ///< ReferencedEntity
  std::string parent_column{};     ///< ReferencedAttribute
  std::string child{};             ///< ReferencingEntity
  std::string child_column{};      ///< ReferencingAttribute
  std::string child_navigation{};  ///< ReferencingEntityNavigationPropertyName
  std::string collection{};        ///< ReferencedEntityNavigationPropertyName
  Cascades cascades{};
  bool is_hierarchical = false;
  bool is_custom = false;
  Uuid metadata_id{};
};

struct ManyToManySide {
  std::string table{};
  std::string intersect_column{};
  std::string navigation{};
};

struct ManyToMany {
  std::string schema_name{};
  std::string intersect_table{};
  ManyToManySide first{};
  ManyToManySide second{};
  bool is_custom = false;
  Uuid metadata_id{};
};

}  // namespace flit::sim::dataverse
