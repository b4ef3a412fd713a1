#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sim/salesforce/soql/binder.hpp"

namespace flit::sim::salesforce::soql {
namespace {

bool same_path(const BoundPath& left, const BoundPath& right) {
  return left.function == right.function && left.distance == right.distance &&
         equal_without_case(left.text(), right.text());
}

FieldType type_of(const AggregateColumn& aggregate) {
  switch (aggregate.function) {
    case Function::count:
    case Function::count_distinct:
    case Function::grouping:
      return FieldType::integer;
    case Function::min:
    case Function::max:
      return aggregate.path->type();
    default:
      return FieldType::number;
  }
}

bool is_number(FieldType type) {
  return type == FieldType::integer || type == FieldType::number;
}

class GroupBinder {
 public:
  GroupBinder(Plan& plan, const Query& query, const Scope& scope, const Binding& binding)
      : plan_(plan), query_(query), scope_(scope), binding_(binding) {}

  Result<void> bind() {
    FLIT_TRY_VOID(bind_group_by());
    FLIT_TRY_VOID(bind_results());
    FLIT_TRY_VOID(bind_having());
    return bind_order();
  }

 private:
  Result<void> bind_group_by() {
    constexpr std::size_t most_with_subtotals = 3;
    plan_.subtotals = query_.subtotals;
    if (plan_.subtotals != Subtotals::none && query_.group_by.size() > most_with_subtotals)
      return malformed(scope_.place(query_.group_by.back().position),
                       "ROLLUP and CUBE take at most 3 fields");
    for (const Operand& operand : query_.group_by) {
      const Place place = scope_.place(operand.position);
      if (is_aggregate(operand.function))
        return malformed(place, "aggregate functions can not be grouped");
      FLIT_TRY(path, bind_path(operand, scope_));
      const bool whole_instant =
          path.field.type == FieldType::datetime && path.function == Function::none;
      if (!path.field.groupable || whole_instant || path.function == Function::distance)
        return invalid_field(
            place, fmt::format("field '{}' can not be grouped in a query call", path.field.name));
      plan_.group_by.push_back(std::move(path));
    }
    return {};
  }

  Result<void> bind_results() {
    int unnamed = 0;
    for (const SelectItem& item : query_.select) {
      if (item.kind != SelectItem::Kind::operand)
        return malformed(scope_.place(query_.from_position),
                         "Grouped queries select fields and aggregates only");
      ResultColumn result{.name = item.alias};
      FLIT_TRY(column, column_of(item.operand));
      const bool grouped = column < plan_.group_by.size();
      result.kind = grouped ? ResultColumn::Kind::group : ResultColumn::Kind::aggregate;
      result.index = grouped ? column : column - plan_.group_by.size();
      result.type =
          grouped ? plan_.group_by[result.index].type() : type_of(plan_.aggregates[result.index]);
      if (result.name.empty()) {
        const bool plain = grouped && item.operand.function == Function::none;
        result.name =
            plain ? plan_.group_by[result.index].field.name : fmt::format("expr{}", unnamed++);
      }
      plan_.results.push_back(std::move(result));
    }
    return {};
  }

  /// The index of the operand among groups and aggregates, which come behind them. An aggregate
  /// that is not there yet is added.
  Result<std::size_t> column_of(const Operand& operand) {
    const Place place = scope_.place(operand.position);
    if (is_aggregate(operand.function)) {
      FLIT_TRY(aggregate, operand.function == Function::grouping ? bind_grouping(operand)
                                                                 : bind_aggregate(operand));
      plan_.aggregates.push_back(std::move(aggregate));
      return plan_.group_by.size() + plan_.aggregates.size() - 1;
    }
    for (const ResultColumn& result : plan_.results)
      if (equal_without_case(result.name, operand.path))
        return result.kind == ResultColumn::Kind::group ? result.index
                                                        : plan_.group_by.size() + result.index;
    FLIT_TRY(path, bind_path(operand, scope_));
    for (std::size_t i = 0; i < plan_.group_by.size(); ++i)
      if (same_path(plan_.group_by[i], path)) return i;
    return malformed(place, "Field must be grouped or aggregated: " + path.text());
  }

  /// GROUPING(field) of a field that is grouped with subtotals.
  Result<AggregateColumn> bind_grouping(const Operand& operand) {
    Operand plain = operand;
    plain.function = Function::none;
    FLIT_TRY(path, bind_path(plain, scope_));
    if (plan_.subtotals != Subtotals::none)
      for (std::size_t i = 0; i < plan_.group_by.size(); ++i)
        if (same_path(plan_.group_by[i], path))
          return AggregateColumn{.function = Function::grouping, .path = path, .group = i};
    return malformed(scope_.place(operand.position),
                     "GROUPING is only for fields of GROUP BY ROLLUP or CUBE: " + path.text());
  }

  Result<AggregateColumn> bind_aggregate(const Operand& operand) {
    AggregateColumn aggregate{.function = operand.function};
    if (operand.path.empty()) return aggregate;
    Operand plain = operand;
    plain.function = Function::none;
    FLIT_TRY(path, bind_path(plain, scope_));
    const FieldType type = path.field.type;
    const bool sums = operand.function == Function::sum || operand.function == Function::avg;
    const bool extreme = operand.function == Function::min || operand.function == Function::max;
    const bool bad = (sums && !is_number(type)) || type == FieldType::compound ||
                     type == FieldType::blob || (extreme && type == FieldType::boolean);
    if (bad)
      return malformed(scope_.place(operand.position),
                       fmt::format("field {} does not support aggregate operator {}",
                                   path.field.name, name_of(operand.function)));
    aggregate.path = std::move(path);
    return aggregate;
  }

  static std::string_view name_of(Function function) {
    if (function == Function::sum) return "SUM";
    if (function == Function::avg) return "AVG";
    if (function == Function::min) return "MIN";
    if (function == Function::max) return "MAX";
    return function == Function::count ? "COUNT" : "COUNT_DISTINCT";
  }

  Result<void> bind_having() {
    if (!query_.having) return {};
    FLIT_TRY(condition, bind_condition(*query_.having, scope_, binding_,
                                       [this](const Operand& operand) { return target(operand); }));
    plan_.having = std::move(condition);
    return {};
  }

  /// A having clause compares with literals of the column's type.
  Result<ConditionTarget> target(const Operand& operand) {
    FLIT_TRY(column, column_of(operand));
    ConditionTarget target{.column = column};
    if (column < plan_.group_by.size()) {
      target.path = plan_.group_by[column];
      return target;
    }
    const AggregateColumn& aggregate = plan_.aggregates[column - plan_.group_by.size()];
    target.path.field =
        Field{.name = operand.path.empty() ? "COUNT" : operand.path, .type = type_of(aggregate)};
    return target;
  }

  Result<void> bind_order() {
    for (const OrderItem& item : query_.order_by) {
      auto column = column_of(item.operand);
      if (!column) {
        if (column.error().message.find("Field must be grouped") == std::string::npos)
          return tl::make_unexpected(std::move(column).error());
        return malformed(scope_.place(item.operand.position),
                         "Ordered field must be grouped or aggregated: " + item.operand.path);
      }
      plan_.order.push_back(
          {.column = *column, .descending = item.descending, .nulls_last = item.nulls_last});
    }
    return {};
  }

  Plan& plan_;
  const Query& query_;
  const Scope& scope_;
  const Binding& binding_;
};

}  // namespace

Result<void> bind_groups(Plan& plan, const Query& query, const Scope& scope,
                         const Binding& binding) {
  return GroupBinder(plan, query, scope, binding).bind();
}

}  // namespace flit::sim::salesforce::soql
