#pragma once
/// @file GROUP BY: rows sorted into groups, each with its totals.
///
/// Nulls form a group of their own and count in no total. Sums are exact; an average is a double,
/// as on the platform. Without GROUP BY there is exactly one group. ROLLUP and CUBE count each row
/// once more for every subtotal, in which the fields it is over are null.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/decimal.hpp"
#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce::soql {

class Aggregation {
 public:
  /// `plan` must outlive it.
  explicit Aggregation(const Plan& plan);

  void add(const Record& record);

  /// In the order in which they appeared: the group's values, then its totals.
  std::vector<std::vector<Constant>> groups() const;

 private:
  struct Total {
    std::int64_t count = 0;
    Decimal sum{};
    std::optional<Constant> extreme{};
    std::unordered_set<std::string> distinct{};
  };
  using Kept = std::uint32_t;  ///< a bit for each grouped field that tells rows apart
  static bool tells(Kept kept, std::size_t field) {
    return field >= 32 || (kept >> field & 1U) != 0;
  }
  struct Group {
    std::vector<Constant> key{};
    Kept kept = 0;
    std::vector<Total> totals{};
  };

  Group& group_of(const Record& record, Kept kept);
  void add_to(Group& group, const Record& record) const;
  static void add_value(Function function, const Value& value, Total& total);
  static Constant result_of(Function function, const Total& total);

  const Plan& plan_;
  std::vector<Kept> sets_;  ///< the groups that each row counts in
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::string key_;  // of the row at hand; kept for its memory
};

}  // namespace flit::sim::salesforce::soql
