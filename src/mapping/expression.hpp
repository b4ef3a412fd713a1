#pragma once
/// @file A jq expression over a source record: the last resort of a map.
///
/// Compiled when the map is, so that its mistakes are found then. libjq's state is not thread-safe,
/// so an Expression locks while it runs; what is asked of millions of records belongs into a
/// structured condition. https://jqlang.github.io/jq/manual/v1.6/

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::mapping {

class Expression {
 public:
  /// Fault::setup with jq's own message when it does not compile.
  static Result<std::unique_ptr<Expression>> compile(const std::string& text);
  virtual ~Expression() = default;

  /// Whether the first result is neither false nor null; an error or no result is false.
  /// Thread-safe.
  virtual bool is_true(std::string_view payload) const = 0;
};

}  // namespace flit::mapping
