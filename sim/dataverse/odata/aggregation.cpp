#include "sim/dataverse/odata/aggregation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/dataverse/odata/collation.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

constexpr int average_places = 10;

Constant whole(std::int64_t number) {
  return Constant(Value{.kind = Value::Kind::integer, .number = number});
}

Constant exact(const Decimal& decimal) {
  const std::string text = decimal.text(Decimal::Zeros::dropped);
  return Constant(Value{.kind = Value::Kind::decimal, .text = text});
}

Constant real(double number) {
  return Constant(Value{.kind = Value::Kind::floating, .floating = number});
}

std::optional<Decimal> decimal_of(const Value& value) {
  if (value.kind == Value::Kind::integer) return Decimal::of(value.number);
  if (value.kind != Value::Kind::decimal) return std::nullopt;
  const auto decimal = Decimal::parse(value.text);
  return decimal ? std::optional(*decimal) : std::nullopt;
}

/// The text by which equal values are equal; nulls apart from empty text.
std::string key_of(const Value& value) {
  if (value.is_null()) return "0";
  return "1" + (value.kind == Value::Kind::text ? folded(value.text) : to_text(value));
}

/// The table and the property that a path leads to. REQUIRES: bind_path() took it.
std::pair<const TableView*, std::string_view> end_of(std::string_view path, const TableView& from) {
  const TableView* table = &from;
  for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/')) {
    const auto navigation = table->navigation(path.substr(0, slash));
    if (navigation && navigation->target != nullptr) table = navigation->target;
    path.remove_prefix(slash + 1);
  }
  return {table, path};
}

/// "statuscode", and "contact_fullname" for primarycontactid/fullname (PD webapi/query/
/// aggregate-data).
TotalColumn grouped_column(const std::string& path, const BoundPath& bound,
                           const TableView& table) {
  const auto [target, name] = end_of(path, table);
  TotalColumn column{.name = path, .table = target, .property = bound.property};
  if (target != &table || path.find('/') != path.npos)
    column.name = std::string(target->logical_name()) + "_" + std::string(name);
  return column;
}

}  // namespace

Result<void> Aggregation::add(std::span<const Value> group, std::span<const Value> values) {
  if (++rows_ > limit_)
    return platform_fault("0x8004e023",
                          "The maximum record limit is exceeded. Reduce the number of records.");
  std::string key;
  for (const Value& value : group) key.append(key_of(value)).push_back('\0');
  Group& found = groups_[key];
  if (found.totals.empty()) {
    for (const Value& value : group) found.key.emplace_back(value);
    found.totals.resize(methods_.size() + 1);  // one more: no methods is legal
  }
  for (std::size_t i = 0; i < methods_.size(); ++i)
    add_value(methods_[i], values[i], found.totals[i]);
  return {};
}

void Aggregation::add_value(AggregateMethod method, const Value& value, Total& total) {
  if (method == AggregateMethod::count) {
    ++total.count;
    return;
  }
  if (value.is_null()) return;
  ++total.count;
  if (method == AggregateMethod::count_distinct) {
    total.distinct.emplace(key_of(value), 0);
  } else if (method == AggregateMethod::min || method == AggregateMethod::max) {
    const auto order = total.extreme ? compare(value, total.extreme->value()) : std::nullopt;
    const bool better = order && (method == AggregateMethod::min ? *order < 0 : *order > 0);
    if (!total.extreme || better) total.extreme = Constant(value);
  } else if (value.kind == Value::Kind::floating) {
    total.is_whole = false;
    total.is_floating = true;
    total.floating_sum += value.floating;
  } else if (const auto decimal = decimal_of(value)) {
    const auto sum = total.sum.plus(*decimal);
    if (sum) total.sum = *sum;
    total.is_whole = total.is_whole && value.kind == Value::Kind::integer;
  }
}

Constant Aggregation::result_of(AggregateMethod method, const Total& total) {
  switch (method) {
    case AggregateMethod::count:
    case AggregateMethod::count_values:
      return whole(total.count);
    case AggregateMethod::count_distinct:
      return whole(static_cast<std::int64_t>(total.distinct.size()));
    case AggregateMethod::min:
    case AggregateMethod::max:
      return total.extreme.value_or(Constant{});
    case AggregateMethod::sum:
      // Of nothing it is 0 (PD fetchxml/aggregate-data), unlike an average.
      return total.is_floating ? real(total.floating_sum) : exact(total.sum);
    case AggregateMethod::average:
      break;
  }
  if (total.count == 0) return Constant{};
  if (total.is_floating) return real(total.floating_sum / static_cast<double>(total.count));
  // Whole numbers average to a whole number (PD fetchxml/aggregate-data: 35,200 / 9 is 3,911).
  const int places = total.is_whole ? 0 : average_places;
  const RoundingMode mode = total.is_whole ? RoundingMode::down : RoundingMode::half_up;
  const auto average = total.sum.divided_by(Decimal::of(total.count), places, mode);
  return average ? exact(*average) : Constant{};
}

std::vector<std::vector<Constant>> Aggregation::rows(bool grouped) const {
  std::vector<std::vector<Constant>> rows;
  const auto add_row = [&](const Group& group) {
    std::vector<Constant> row = group.key;
    for (std::size_t i = 0; i < methods_.size(); ++i)
      row.push_back(result_of(methods_[i], group.totals[i]));
    rows.push_back(std::move(row));
  };
  if (groups_.empty() && !grouped)
    add_row({.key = {}, .totals = std::vector<Total>(methods_.size())});
  for (const auto& [key, group] : groups_) add_row(group);
  return rows;
}

Result<void> order_applied(ApplyResult& result, std::span<const OrderItem> order,
                           std::optional<std::int64_t> top) {
  // Stable sorts from the last column to the first: the first one decides.
  for (auto item = order.rbegin(); item != order.rend(); ++item) {
    const auto column =
        std::find_if(result.columns.begin(), result.columns.end(),
                     [&](const TotalColumn& candidate) { return candidate.name == item->path; });
    if (column == result.columns.end())
      return uri_fault(fmt::format(
          "Could not find a property named '{}' on the type of the aggregated rows.", item->path));
    if (column->method)
      return uri_fault("The query node SingleValueOpenPropertyAccess is not supported");
    const auto at = static_cast<std::size_t>(column - result.columns.begin());
    const auto less = [&](const auto& left, const auto& right) {
      const Value a = left[at].value(), b = right[at].value();
      if (a.is_null() || b.is_null())
        return item->descending ? b.is_null() && !a.is_null() : a.is_null() && !b.is_null();
      const auto sorted = compare(a, b).value_or(std::weak_ordering::equivalent);
      return item->descending ? sorted > 0 : sorted < 0;
    };
    std::stable_sort(result.rows.begin(), result.rows.end(), less);
  }
  if (top && *top < static_cast<std::int64_t>(result.rows.size()))
    result.rows.resize(static_cast<std::size_t>(*top));
  return {};
}

namespace {

/// What is read of each row: the columns that it is grouped by, then those that are aggregated;
/// none: the rows are only counted.
struct Reading {
  std::vector<BoundPath> groups{};
  std::vector<std::optional<BoundPath>> paths{};
  std::vector<AggregateMethod> methods{};

  std::vector<Constant> of(const RowView& row) const {
    std::vector<Constant> kept;  // owns the texts that the values view
    const auto take = [&](const BoundPath& path) {
      read(path, row, [&](const Value& value) { kept.emplace_back(value); });
    };
    for (const BoundPath& path : groups) take(path);
    for (const auto& path : paths) path ? take(*path) : kept.push_back(Constant{});
    return kept;
  }
};

Result<void> bind_groups(const Apply& apply, const TableView& table, Reading& reading,
                         std::vector<TotalColumn>& columns) {
  for (const std::string& name : apply.group_by) {
    FLIT_TRY(path, bind_path(name, table));
    if (path.property.type == ValueType::instant || path.property.type == ValueType::date)
      return uri_fault("groupby with datetime values is not supported");
    columns.push_back(grouped_column(name, path, table));
    reading.groups.push_back(std::move(path));
  }
  return {};
}

Result<void> bind_aggregates(const Apply& apply, const TableView& table, Reading& reading,
                             std::vector<TotalColumn>& columns) {
  for (const Aggregate& aggregate : apply.aggregates) {
    std::optional<BoundPath> path;
    TotalColumn column{.name = aggregate.alias, .method = aggregate.method};
    if (aggregate.method != AggregateMethod::count) {
      FLIT_TRY(bound, bind_path(aggregate.path, table));
      path = std::move(bound);
      column.table = end_of(aggregate.path, table).first;
      column.property = path->property;
    }
    reading.paths.push_back(std::move(path));
    reading.methods.push_back(aggregate.method);
    columns.push_back(std::move(column));
  }
  return {};
}

}  // namespace

Result<ApplyResult> run_apply(const Apply& apply, const Predicate* filter, const TableView& table,
                              const RowWalk& walk, const QueryContext& context) {
  ApplyResult result;
  std::optional<Predicate> own;
  if (apply.filter) {
    FLIT_TRY(bound, Predicate::bind(*apply.filter, table, context));
    own = std::move(bound);
  }
  Reading reading;
  FLIT_TRY_VOID(bind_groups(apply, table, reading, result.columns));
  FLIT_TRY_VOID(bind_aggregates(apply, table, reading, result.columns));
  const std::size_t groups = reading.groups.size();
  Aggregation aggregation(reading.methods);
  Result<void> outcome;
  walk({}, [&](const RowView& row) {
    if (filter != nullptr && !filter->matches(row)) return true;
    if (own && !own->matches(row)) return true;
    const std::vector<Constant> kept = reading.of(row);
    std::vector<Value> values;
    for (const Constant& constant : kept) values.push_back(constant.value());
    const std::span<const Value> all(values);
    outcome = aggregation.add(all.first(groups), all.subspan(groups));
    return outcome.has_value();
  });
  if (!outcome) return Error(outcome.error());
  result.rows = aggregation.rows(groups != 0);
  return result;
}

}  // namespace flit::sim::dataverse::odata
