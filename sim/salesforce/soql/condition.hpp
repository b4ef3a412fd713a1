#pragma once
/// @file A where or having clause bound to an object: names resolved, constants converted.
///
/// Logic has two values: a comparison with null is false except "= null", "!= value" and NOT IN,
/// and an empty text counts as null. Immutable once bound; semi-joins have been run by then, so a
/// condition belongs to the lock under which it was bound.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "sim/salesforce/soql/path.hpp"
#include "sim/salesforce/soql/pattern.hpp"

namespace flit::sim::salesforce::soql {

/// The right-hand side of IN.
struct ValueSet {
  std::unordered_set<std::string, TextHash, std::equal_to<>> keys{};  ///< see append_key()
  std::vector<Constant> values{};
  bool has_null = false;

  void add(const Value& value);
  bool contains(const Value& value) const;
};

struct Condition {
  enum class Kind : std::uint8_t {
    conjunction,  // children
    disjunction,  // children
    negation,     // children[0]
    compare,      // comparison, values[0]
    in_span,      // comparison, begin, end: a date literal
    matches,      // pattern
    one_of,       // set, negated
    choices,      // values; negated: EXCLUDES
  };
  Kind kind = Kind::conjunction;
  Operator comparison = Operator::eq;
  bool negated = false;
  bool case_sensitive = false;
  BoundPath path{};
  std::size_t column = 0;  ///< having: the result column instead of a path
  std::int64_t begin = 0;  ///< in the unit of the field: days or milliseconds
  std::int64_t end = 0;
  Pattern pattern{};
  std::vector<Constant> values{};
  std::shared_ptr<const ValueSet> set{};  ///< shared because conditions are copied with their plan
  std::vector<Condition> children{};
};

/// Judges one value against a leaf of the tree.
bool judge(const Condition& leaf, const Value& value);

/// Judges the tree; `value_of` gives the value of a leaf.
template <typename ValueOf>
bool judge_all(const Condition& condition, const ValueOf& value_of) {
  switch (condition.kind) {
    case Condition::Kind::conjunction:
      for (const Condition& child : condition.children)
        if (!judge_all(child, value_of)) return false;
      return true;
    case Condition::Kind::disjunction:
      for (const Condition& child : condition.children)
        if (judge_all(child, value_of)) return true;
      return false;
    case Condition::Kind::negation:
      return !judge_all(condition.children.front(), value_of);
    case Condition::Kind::compare:
    case Condition::Kind::in_span:
    case Condition::Kind::matches:
    case Condition::Kind::one_of:
    case Condition::Kind::choices:
      break;
  }
  return judge(condition, value_of(condition));
}

bool matches(const Condition& condition, const Record& record);

/// Rows, in order, among which every matching row is, where indexes narrow it down: reading back a
/// thousand rows by id must not walk a million. They still have to be judged.
std::optional<std::vector<Row>> candidates(const Condition& condition, const ObjectView& object,
                                           Deleted deleted);

}  // namespace flit::sim::salesforce::soql
