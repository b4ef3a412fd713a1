#pragma once
/// @file Another row that a record speaks of, compiled: the company in a contact's row.
///
/// Records that agree in the key share one such row, so it has an identity of its own: a digest of
/// the key's values, in which case and white space do not count. No value stands in it, so it may
/// go wherever ids go. Const and thread-safe once compiled.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/compiled_map.hpp"

namespace flit::mapping {

class CompiledAlso {
 public:
  /// None when any line cannot work: see `problems`. `numbers` are those of the source object.
  static std::optional<CompiledAlso> compile(const CompiledObject::Settings& settings,
                                             const model::AlsoRule& rule,
                                             std::vector<MapProblem>& problems);

  const model::AlsoRule& rule() const { return rule_; }

  /// The row's own columns: one route, to its table.
  const CompiledObject& object() const { return object_; }

  /// Whether records that land on this table may have one.
  bool is_of(std::string_view table) const;

  /// What records that share the row have in common; empty: this record has none. `record` was
  /// opened with numbers of the same source object.
  std::string key_of(const RecordView& record, std::string_view payload) const;

 private:
  model::AlsoRule rule_;
  CompiledObject object_;
  std::vector<std::size_t> key_;
};

/// The map of such a row, as that of an object with one route.
model::ObjectMap map_of_also(const std::string& object, const model::AlsoRule& rule);

/// Under which name that map goes: "contacts › also company". No object is called so.
std::string also_name(std::string_view object, std::string_view also);

}  // namespace flit::mapping
