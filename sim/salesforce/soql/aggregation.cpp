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
  if (plan.group_by.empty())
    groups_.push_back({.totals = std::vector<Total>(plan.aggregates.size())});
}

Aggregation::Group& Aggregation::group_of(const Record& record) {
  if (plan_.group_by.empty()) return groups_.front();
  std::string scratch;
  key_.clear();
  for (const BoundPath& path : plan_.group_by) {
    scratch.clear();
    append_key(key_, read(path, record, scratch));
  }
  const auto [at, is_new] = by_key_.try_emplace(key_, groups_.size());
  if (is_new) {
    Group& group = groups_.emplace_back();
    group.totals.resize(plan_.aggregates.size());
    for (const BoundPath& path : plan_.group_by) {
      scratch.clear();
      group.key.emplace_back(read(path, record, scratch));
    }
  }
  return groups_[at->second];
}

void Aggregation::add(const Record& record) {
  Group& group = group_of(record);
  std::string scratch;
  for (std::size_t i = 0; i < plan_.aggregates.size(); ++i) {
    const AggregateColumn& column = plan_.aggregates[i];
    if (!column.path) {
      ++group.totals[i].count;
      continue;
    }
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
    for (std::size_t i = 0; i < plan_.aggregates.size(); ++i)
      row.push_back(result_of(plan_.aggregates[i].function, group.totals[i]));
  }
  return all;
}

}  // namespace flit::sim::salesforce::soql
