#pragma once
/// @file A regular expression over request paths, safe whatever people write into it.
///
/// RE2 syntax, so matching takes time proportional to the path: no pattern and no path can stall or
/// overflow the simulator, as std::regex can. Seen only in the .cpp file. Thread-safe.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/spec.hpp"

namespace flit::sim {

class PathPattern {
 public:
  /// Matches everything.
  PathPattern() = default;

  /// Fault::setup when it is no RE2 expression (back references and look-around are none).
  static Result<PathPattern> compile(const std::string& text);

  /// True when some part of the path matches; "^" and "$" anchor.
  bool matches(std::string_view path) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;  // shared: immutable, and rules are copied about
};

void describe(spec::Parsed<PathPattern>& type);

}  // namespace flit::sim
