#pragma once
/// @file A field bound to its object, perhaps behind lookups: Name, Account.Owner.Name, Who.Type.
///
/// A polymorphic lookup leads to rows of several objects, so each step and the field itself hold
/// one handle per object it may start from.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/soql/query.hpp"
#include "sim/salesforce/soql/query_fault.hpp"
#include "sim/salesforce/soql/row.hpp"

namespace flit::sim::salesforce::soql {

/// A handle for each object that it may be asked of.
struct Alternative {
  const ObjectView* object = nullptr;
  std::uint32_t handle = 0;
  bool is_type = false;  ///< the name of the object itself: Who.Type
};

struct Step {
  std::string name{};  ///< "Account"
  std::vector<Alternative> from{};
};

struct BoundPath {
  std::vector<Step> steps{};
  std::vector<Alternative> leaf{};
  Field field{};  ///< of the first object; its name is the last part of the path
  Function function = Function::none;  ///< a date function, distance or none
  Distance distance{};                 ///< what the distance is measured to
  Shown shown = Shown::plain;

  /// "Account.Name"
  std::string text() const;
  /// What reading it gives: a date function's type is integer or date, a distance a number.
  FieldType type() const;
};

/// The record the step leads to; none when the lookup is empty.
Record follow(const Step& step, const Record& from);

/// Null when a step leads nowhere. Text may be a view into `scratch`.
Value read(const BoundPath& path, const Record& record, std::string& scratch);

/// Where names are looked up.
struct Scope {
  const ObjectView* object = nullptr;
  std::string_view alias{};
  std::string_view soql{};

  Place place(std::size_t position) const { return {soql, position}; }
};

/// Levels up that are followed (§2.4).
inline constexpr std::size_t max_levels_up = 5;

/// Resolves names; the operand's function must be a date function, distance or none.
Result<BoundPath> bind_path(const Operand& operand, const Scope& scope);

/// The lookup of that name from `objects`: the step, and the objects it may lead to.
struct BoundStep {
  Step step{};
  std::vector<const ObjectView*> targets{};
};
Result<BoundStep> bind_step(std::string_view name, const std::vector<const ObjectView*>& objects,
                            const Place& place);

/// Along the great circle; null when the place is unknown.
Value measure(const std::optional<GeoPoint>& from, const Distance& to);

/// What `value`, a date or an instant, gives under a date function.
Value apply(Function function, const Value& value);

}  // namespace flit::sim::salesforce::soql
