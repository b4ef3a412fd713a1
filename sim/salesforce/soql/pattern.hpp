#pragma once
/// @file LIKE: % for any characters, _ for one, \% and \_ for themselves; without case.

#include <string>
#include <string_view>

namespace flit::sim::salesforce::soql {

class Pattern {
 public:
  Pattern() = default;
  explicit Pattern(std::string_view pattern);

  /// Time at most the product of both lengths.
  bool matches(std::string_view text) const;

 private:
  std::string items_;  // folded; the wildcards are bytes that UTF-8 never has
};

}  // namespace flit::sim::salesforce::soql
