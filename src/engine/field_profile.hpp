#pragma once
/// @file What the values of one field are like, measured in one pass: how many, how different, how
/// long, between which bounds, and which of them stand far off.
///
/// Memory is bounded by constants, however many values pass. Not thread-safe.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/json_reader.hpp"
#include "engine/observed.hpp"
#include "model/schema.hpp"

namespace flit::engine {

class FieldProfile {
 public:
  explicit FieldProfile(const model::Field& field);

  /// REQUIRES: not empty.
  void add(json::Value value, std::string_view text, std::string_view record_id);
  void add_empty() { ++observed_.records; }

  /// So far; values in the order of their text.
  ObservedField observed() const;

  /// Records whose number lies more than ten standard deviations from the mean of the others:
  /// (id, number). None with fewer than thirty numbers, which say nothing about what is usual.
  std::vector<std::pair<std::string, std::string>> outliers() const;

 private:
  struct Extreme {
    double value;
    std::string text;
    std::string id;
  };
  static constexpr std::size_t most_extremes = 10;

  void add_number(std::string_view text, std::string_view record_id);
  void add_choice(std::string_view text);
  /// Takes `one` in if it is among the first ten in that direction; gives what has no place there.
  static std::optional<Extreme> keep(std::vector<Extreme>& extremes, Extreme one, bool greatest);

  ObservedField observed_;
  bool is_number_ = false;
  bool is_choice_ = false;
  bool is_list_ = false;
  std::unordered_set<std::uint64_t> seen_;  // hashes of distinct values
  std::map<std::string, std::uint64_t, std::less<>> values_;
  // Each number is in one place: among the extremes or in these sums, which one huge number would
  // otherwise make worthless.
  std::uint64_t usual_ = 0;
  double sum_ = 0;
  double squares_ = 0;
  std::vector<Extreme> least_;  // the smallest numbers, smallest first
  std::vector<Extreme> most_;
};

}  // namespace flit::engine
