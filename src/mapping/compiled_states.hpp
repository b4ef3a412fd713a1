#pragma once
/// @file The last states of one object's records on one table, compiled: won, completed, inactive.
///
/// Each rule is a condition, a state, and columns that are written together with it. Const and
/// thread-safe once compiled.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/compiled_map.hpp"

namespace flit::mapping {

/// The columns of a state, as Verb::close of a BatchWriter takes them (model/destination.hpp).
inline constexpr std::string_view state_column = "statecode";
inline constexpr std::string_view status_column = "statuscode";

class CompiledStates {
 public:
  /// The rules of `settings.map` for `table`. None when any line cannot work: see `problems`.
  static std::optional<CompiledStates> compile(const CompiledObject::Settings& settings,
                                               const std::string& table,
                                               std::vector<MapProblem>& problems);

  /// Of all rules, each once; a rule leaves the columns of others absent.
  const std::vector<std::string>& columns() const { return columns_; }

  /// The first rule that holds. `record` was opened with numbers of the same source object.
  std::optional<std::size_t> rule_of(const RecordView& record, std::string_view payload) const;

  void transform(const RecordView& record, std::size_t rule, const Context& context,
                 std::span<model::Value> cells, std::vector<FieldNote>& notes) const;

 private:
  struct Rule {
    CompiledObject object;            // one route: the table, when the rule holds
    std::vector<std::size_t> places;  // of its columns among all
  };
  std::vector<Rule> rules_;
  std::vector<std::string> columns_;
};

}  // namespace flit::mapping
