#pragma once
/// @file Which source field stands behind a column, and what the source itself says there.
///
/// For showing both sides of a row: of several rules for a column the first whose field holds
/// something, as when rows are made. One per lane, object and table: not thread-safe.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/migration_map.hpp"
#include "mapping/record_view.hpp"
#include "model/map.hpp"
#include "model/record.hpp"

namespace flit::engine {

class SourceSide {
 public:
  /// REQUIRES: the map moves this object; it outlives this.
  SourceSide(const MigrationMap& map, std::string_view object, std::string_view table);

  /// The record that is asked about from now on; it outlives the questions.
  Result<void> open(const model::Record& record);

  struct Said {
    std::string field{};
    std::string text{};     ///< the source's own spelling; empty: it has nothing
    bool constant = false;  ///< the map's own value stands in
  };
  Said behind(std::string_view column) const;

  /// Why records land on this table.
  const std::string& because() const { return because_; }

 private:
  void add_states(const model::ObjectMap& rules, std::string_view table);

  const mapping::CompiledObject& compiled_;
  mapping::RecordView view_;
  std::map<std::string, std::vector<const model::FieldRule*>, std::less<>> rules_;
  std::map<std::string, std::string, std::less<>> links_;   // column → association
  std::map<std::string, std::string, std::less<>> states_;  // column → field of the condition
  std::string because_;
};

}  // namespace flit::engine
