#include "sim/dataverse/odata/predicate.hpp"

#include <algorithm>
#include <span>

namespace flit::sim::dataverse::odata {
namespace {

/// Levels of a hierarchy that are walked; deeper ones, and loops, end there (the platform refuses
/// loops, fact sheet §4).
constexpr int max_hierarchy = 100;

Truth truth_of(bool value) {
  return value ? Truth::yes : Truth::no;
}

bool holds(Comparison comparison, std::weak_ordering order) {
  switch (comparison) {
    case Comparison::eq:
      return order == 0;
    case Comparison::ne:
      return order != 0;
    case Comparison::gt:
      return order > 0;
    case Comparison::ge:
      return order >= 0;
    case Comparison::lt:
      return order < 0;
    case Comparison::le:
      return order <= 0;
  }
  return false;
}

Truth judge(Comparison comparison, const Value& left, const Value& right) {
  if (const auto order = compare(left, right)) return truth_of(holds(comparison, *order));
  const bool one_is_null = left.is_null() != right.is_null();
  return comparison == Comparison::ne && one_is_null ? Truth::yes : Truth::unknown;
}

/// "1,9" holds 9.
bool has_choice(std::string_view choices, std::string_view wanted) {
  while (!choices.empty()) {
    const std::size_t comma = choices.find(',');
    if (choices.substr(0, comma) == wanted) return true;
    if (comma == std::string_view::npos) return false;
    choices.remove_prefix(comma + 1);
  }
  return false;
}

bool is_below(const RowView& row, std::uint32_t parent, const Uuid& ancestor, int depth) {
  bool found = false;
  row.follow(parent, [&](const RowView& above) {
    found = above.id() == ancestor ||
            (depth < max_hierarchy && is_below(above, parent, ancestor, depth + 1));
    return false;
  });
  return found;
}

void follow_steps(const RowView& row, std::span<const std::uint32_t> steps,
                  const std::function<void(const RowView*)>& use) {
  if (steps.empty()) {
    use(&row);
    return;
  }
  bool reached = false;
  row.follow(steps.front(), [&](const RowView& next) {
    reached = true;
    follow_steps(next, steps.subspan(1), use);
    return false;
  });
  if (!reached) use(nullptr);
}

void read_at(const Property& property, const RowView* row,
             const std::function<void(const Value&)>& use) {
  if (row == nullptr) {
    use(Value{});
    return;
  }
  std::string scratch;
  use(row->value(property.handle, scratch));
}

using Ids = std::optional<std::vector<Uuid>>;

/// All together; none when any is none.
template <typename Items, typename IdsOf>
Ids united(const Items& items, const IdsOf& ids_of) {
  std::vector<Uuid> all;
  for (const auto& item : items) {
    const Ids ids = ids_of(item);
    if (!ids) return std::nullopt;
    all.insert(all.end(), ids->begin(), ids->end());
  }
  return all;
}

Ids candidates_of(const Condition& condition, const TableView& table) {
  using Kind = Condition::Kind;
  const auto of_child = [&](const Condition& child) { return candidates_of(child, table); };
  if (condition.kind == Kind::conjunction) {
    for (const Condition& child : condition.children)
      if (auto ids = of_child(child)) return ids;
    return std::nullopt;
  }
  if (condition.kind == Kind::disjunction) return united(condition.children, of_child);
  const bool equality =
      (condition.kind == Kind::compare && condition.comparison == Comparison::eq) ||
      condition.kind == Kind::one_of;
  const BoundPath& path = condition.path;
  if (!equality || path.scope != 0 || !path.steps.empty()) return std::nullopt;
  return united(condition.values, [&](const Constant& value) {
    return table.rows_with(path.property.handle, value.value());
  });
}

class Judge {
 public:
  explicit Judge(const RowView& row) { rows_.push_back(&row); }

  Truth operator()(const Condition& condition) {
    using Kind = Condition::Kind;
    switch (condition.kind) {
      case Kind::constant:
        return condition.truth;
      case Kind::conjunction:
        return combine(condition, Truth::no, Truth::yes);
      case Kind::disjunction:
        return combine(condition, Truth::yes, Truth::no);
      case Kind::negation:
        return negated((*this)(condition.children.front()));
      case Kind::any:
        return quantified(condition, Truth::yes);
      case Kind::all:
        return quantified(condition, Truth::no);
      case Kind::below:
        return below(condition);
      case Kind::compare_columns:
        return compare_columns(condition);
      case Kind::compare:
      case Kind::is_null:
      case Kind::matches:
      case Kind::in_span:
      case Kind::one_of:
      case Kind::has_choice:
        break;
    }
    return simple(condition);
  }

 private:
  static Truth negated(Truth truth) {
    if (truth == Truth::unknown) return truth;
    return truth == Truth::yes ? Truth::no : Truth::yes;
  }

  /// `decisive` ends the chain; unknown beats `neutral`.
  Truth combine(const Condition& condition, Truth decisive, Truth neutral) {
    Truth result = neutral;
    for (const Condition& child : condition.children) {
      const Truth truth = (*this)(child);
      if (truth == decisive) return decisive;
      if (truth == Truth::unknown) result = Truth::unknown;
    }
    return result;
  }

  Truth quantified(const Condition& condition, Truth decisive) {
    Truth result = negated(decisive);
    follow_steps(at(condition.path.scope), condition.path.steps, [&](const RowView* from) {
      if (from == nullptr) return;
      from->follow(condition.collection, [&](const RowView& element) {
        rows_.push_back(&element);
        const Truth truth =
            condition.children.empty() ? Truth::yes : (*this)(condition.children.front());
        rows_.pop_back();
        // In SQL both are EXISTS: an unknown element counts as not found.
        const bool decided = decisive == Truth::yes ? truth == Truth::yes : truth != Truth::yes;
        if (decided) result = decisive;
        return !decided;
      });
    });
    return result;
  }

  Truth below(const Condition& condition) {
    const Uuid ancestor = condition.values.front().value().id;
    const RowView& row = at(condition.path.scope);
    if (condition.or_equal && row.id() == ancestor) return Truth::yes;
    return truth_of(is_below(row, condition.parent, ancestor, 0));
  }

  Truth compare_columns(const Condition& condition) {
    Truth truth = Truth::unknown;
    read(condition.path, at(condition.path.scope), [&](const Value& left) {
      read(condition.other, at(condition.other.scope),
           [&](const Value& right) { truth = judge(condition.comparison, left, right); });
    });
    return truth;
  }

  Truth simple(const Condition& condition) {
    const RowView& row = at(condition.path.scope);
    if (condition.path.steps.empty()) {
      std::string scratch;
      return judge_value(condition, row.value(condition.path.property.handle, scratch));
    }
    Truth truth = Truth::unknown;
    read(condition.path, row, [&](const Value& value) { truth = judge_value(condition, value); });
    return truth;
  }

  static Truth judge_value(const Condition& condition, const Value& value) {
    using Kind = Condition::Kind;
    if (condition.kind == Kind::is_null) return truth_of(value.is_null());
    if (condition.kind == Kind::compare)
      return judge(condition.comparison, value, condition.values.front().value());
    if (value.is_null()) return Truth::unknown;
    if (condition.kind == Kind::matches) return truth_of(condition.pattern.matches(value.text));
    if (condition.kind == Kind::in_span) {
      const bool date = value.kind == Value::Kind::date;
      return truth_of(condition.span.contains(date ? value.number * 86'400 : value.number));
    }
    if (!condition.ids.empty() && value.kind == Value::Kind::guid)
      return truth_of(std::binary_search(condition.ids.begin(), condition.ids.end(), value.id));
    const auto found = std::any_of(condition.values.begin(), condition.values.end(),
                                   [&](const Constant& constant) {
                                     const Value wanted = constant.value();
                                     if (condition.kind == Kind::has_choice)
                                       return has_choice(value.text, wanted.text);
                                     const auto order = compare(value, wanted);
                                     return order && *order == 0;
                                   });
    return truth_of(found);
  }

  const RowView& at(int scope) const { return *rows_[static_cast<std::size_t>(scope)]; }

  std::vector<const RowView*> rows_;
};

}  // namespace

void read(const BoundPath& path, const RowView& row, const std::function<void(const Value&)>& use) {
  follow_steps(row, path.steps, [&](const RowView* end) { read_at(path.property, end, use); });
}

std::optional<std::vector<Uuid>> Predicate::candidates(const TableView& table) const {
  auto ids = candidates_of(root_, table);
  if (!ids) return ids;
  std::sort(ids->begin(), ids->end());
  ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
  return ids;
}

bool Predicate::matches(const RowView& row) const {
  return Judge(row)(root_) == Truth::yes;
}

}  // namespace flit::sim::dataverse::odata
