#pragma once
/// @file From what the map writes to the column that must take it: its type, length and choices.
///
/// Pure. Part of setup_plan.hpp, which decides which columns are wanted at all.

#include <string>
#include <vector>

#include "engine/setup_plan.hpp"

namespace flit::engine {

/// A rule of the map that writes a column.
struct ColumnUse {
  const model::ObjectMap* object = nullptr;
  const model::FieldRule* rule = nullptr;
  const model::Field* source = nullptr;  ///< null: a constant
  const ObservedField* observed = nullptr;

  std::string name() const;  ///< "contacts.lifecycle_stage"
};

/// A column that is wanted, and what people should know about why.
struct WantedColumn {
  model::Field field;
  std::string reason;
};

/// A column that the path describes. `options` are the uses whose choices it must hold: everything
/// that writes a column of this name, on whatever table, so that all of them number alike.
WantedColumn column_of(const packs::CustomColumn& column, const std::vector<ColumnUse>& uses,
                       const std::vector<ColumnUse>& options, const NamingRules& names);

/// A column that only the map names: as the source field it keeps.
WantedColumn column_of(const std::string& name, const std::vector<ColumnUse>& uses,
                       const std::vector<ColumnUse>& options, const NamingRules& names);

/// Whether values of one type can be kept in a column of the other, as platforms see it.
bool same_storage(model::FieldType one, model::FieldType other);

}  // namespace flit::engine
