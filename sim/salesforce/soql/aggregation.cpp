#include "sim/salesforce/soql/aggregation.hpp"

#include <charconv>

namespace flit::sim::salesforce::soql {
namespace {

double double_of(const Decimal& decimal) {
  double number = 0;
  const std::string text = decimal.text();
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Beyond what 18 digits hold, the nearest double.
Constant constant_of(const Decimal& decimal) {
  const int scale = decimal.fraction_digits();
  const auto scaled = decimal.scale10(scale);
  const auto coefficient = scaled ? scaled->as_integer() : std::nullopt;
  if (coefficient && scale <= 18)
    return Constant(Value::of_number(*coefficient, static_cast<std::uint8_t>(scale)));
  return Constant(Value{.kind = Value::Kind::floating, .floating = double_of(decimal)});
}

}  // namespace

Aggregation::Aggregation(const Plan& plan) : plan_(plan) {
  const std::size_t fields = plan.group_by.size();
  const Kept all = fields < 32 ? (Kept{1} << fields) - 1 : ~Kept{0};
  sets_.push_back(all);
  if (plan.subtotals == Subtotals::rollup)  // from the right: (a, b), (a), ()
    for (Kept kept = all; kept != 0;) sets_.push_back(kept = kept >> 1U);
  if (plan.subtotals == Subtotals::cube)
    for (Kept kept = all; kept-- != 0;) sets_.push_back(kept);
  if (plan.group_by.empty())
    groups_.push_back({.totals = std::vector<Total>(plan.aggregates.size())});
}

Aggregation::Group& Aggregation::group_of(const Record& record, Kept kept) {
  if (plan_.group_by.empty()) return groups_.front();
  std::string scratch;
  key_.clear();
  if (sets_.size() > 1) key_ += static_cast<char>('0' + kept);  // at most three fields
  for (std::size_t i = 0; i < plan_.group_by.size(); ++i) {
    if (!tells(kept, i)) continue;
    scratch.clear();
    append_key(key_, read(plan_.group_by[i], record, scratch));
  }
  const auto [at, is_new] = by_key_.try_emplace(key_, groups_.size());
  if (is_new) {
    Group& group = groups_.emplace_back();
    group.kept = kept;
    group.totals.resize(plan_.aggregates.size());
    for (std::size_t i = 0; i < plan_.group_by.size(); ++i) {
      scratch.clear();
      group.key.emplace_back(tells(kept, i) ? read(plan_.group_by[i], record, scratch) : Value{});
    }
  }
  return groups_[at->second];
}

void Aggregation::add(const Record& record) {
  for (const Kept kept : sets_) add_to(group_of(record, kept), record);
}

void Aggregation::add_to(Group& group, const Record& record) const {
  std::string scratch;
  for (std::size_t i = 0; i < plan_.aggregates.size(); ++i) {
    const AggregateColumn& column = plan_.aggregates[i];
    if (!column.path) {
      ++group.totals[i].count;
      continue;
    }
    if (column.function == Function::grouping) continue;
    scratch.clear();
    const Value value = read(*column.path, record, scratch);
    if (!value.is_null()) add_value(column.function, value, group.totals[i]);
  }
}

void Aggregation::add_value(Function function, const Value& value, Total& total) {
  ++total.count;
  if (function == Function::count_distinct) {
    std::string key;
    append_key(key, value);
    total.distinct.insert(std::move(key));
  } else if (function == Function::sum || function == Function::avg) {
    // 38 digits hold the sum of more 18-digit numbers than there can be rows.
    if (const auto sum = total.sum.plus(Decimal::of(value.number, value.scale))) total.sum = *sum;
  } else if (function == Function::min || function == Function::max) {
    const auto order = total.extreme ? compare(value, total.extreme->value())
                                     : std::optional(std::weak_ordering::equivalent);
    const bool better =
        !total.extreme || (order && (function == Function::min ? *order < 0 : *order > 0));
    if (better) total.extreme = Constant(value);
  }
}

Constant Aggregation::result_of(Function function, const Total& total) {
  if (function == Function::count) return Constant(Value::of_number(total.count));
  if (function == Function::count_distinct)
    return Constant(Value::of_number(static_cast<std::int64_t>(total.distinct.size())));
  if (total.count == 0) return Constant{};
  if (function == Function::sum) return constant_of(total.sum);
  if (function == Function::avg)
    return Constant(Value{.kind = Value::Kind::floating,
                          .floating = double_of(total.sum) / static_cast<double>(total.count)});
  return total.extreme.value_or(Constant{});
}

std::vector<std::vector<Constant>> Aggregation::groups() const {
  std::vector<std::vector<Constant>> all;
  all.reserve(groups_.size());
  for (const Group& group : groups_) {
    std::vector<Constant>& row = all.emplace_back(group.key);
    for (std::size_t i = 0; i < plan_.aggregates.size(); ++i) {
      const AggregateColumn& column = plan_.aggregates[i];
      row.push_back(column.function == Function::grouping
                        ? Constant(Value::of_number(tells(group.kept, column.group) ? 0 : 1))
                        : result_of(column.function, group.totals[i]));
    }
  }
  return all;
}

}  // namespace flit::sim::salesforce::soql
