#pragma once
/// @file How the platform's database compares and matches text: without case.
///
/// Whether it also ignores accents and trailing blanks is open (fact sheet §17.5); here both count.
/// Wildcards in contains, startswith, endswith and like: PD wildcard-characters.md (2024-06).

#include <compare>
#include <string>
#include <string_view>

namespace flit::sim::dataverse::odata {

std::weak_ordering compare_text(std::string_view left, std::string_view right);

/// Equal for texts that differ only in case.
std::string folded(std::string_view text);

/// A LIKE pattern: % any text, _ one character, [a-c] and [^a-c] one of a set. Compiled once.
class Pattern {
 public:
  Pattern() = default;
  explicit Pattern(std::string_view pattern);

  /// Time at most proportional to text × pattern; no recursion.
  bool matches(std::string_view text) const;

 private:
  std::u32string pattern_{};
};

}  // namespace flit::sim::dataverse::odata
