#pragma once
/// @file A condition of the map, compiled: asked of a record without looking anything up by name.

#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "mapping/record_view.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::mapping {

/// Const and thread-safe.
class CompiledCondition {
 public:
  virtual ~CompiledCondition() = default;
  /// `payload` is the text that `record` was opened with; only expressions need it.
  virtual bool holds(const RecordView& record, std::string_view payload) const = 0;
};

/// Values are compared by value or by label of the option, white space trimmed, case folded
/// (mission ID-02: routing lists match value or label). Fault::setup for a field that the source
/// does not have, with the one that was probably meant, and for an expression that does not
/// compile.
Result<std::unique_ptr<CompiledCondition>> compile_condition(const model::Condition& condition,
                                                             const model::Object& source,
                                                             const FieldNumbers& numbers);

}  // namespace flit::mapping
