#include "sim/dataverse/odata/sql_query.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/dataverse/odata/sql_parser.hpp"
#include "sim/dataverse/odata/sql_token.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

/// A source with its table; links are put together at the end.
struct Place {
  FetchEntity entity{};
  const TableView* table = nullptr;
  std::size_t around = 0;  ///< joins: the place whose column `to` names
};

class Translator {
 public:
  Translator(SqlSelect select, const TableFinder& tables)
      : select_(std::move(select)), tables_(tables) {}

  Result<FetchQuery> translate() {
    FetchQuery query{.top = select_.top,
                     .skip = select_.skip,
                     .distinct = select_.distinct,
                     .aggregate = select_.aggregate};
    FLIT_TRY_VOID(place_sources());
    FLIT_TRY_VOID(bind_filter(select_.where));
    places_.front().entity.filters.push_back(std::move(select_.where));
    FLIT_TRY_VOID(place_items());
    FLIT_TRY_VOID(place_orders());
    query.entity = assemble(0);
    return query;
  }

 private:
  Result<void> place_sources() {
    for (SqlSource& source : select_.sources) {
      const TableView* table = tables_(source.table);
      if (table == nullptr)
        return platform_fault("0x80041102", "The specified entity was not found.");
      places_.push_back({.entity = {.name = source.table, .alias = source.alias}, .table = table});
      if (places_.size() > 1) FLIT_TRY_VOID(join(source));
    }
    return {};
  }

  Result<void> join(SqlSource& source) {
    const std::size_t joined = places_.size() - 1;
    const auto& [first, second] = source.on;
    FLIT_TRY(first_place, place_of(first));
    FLIT_TRY(second_place, place_of(second));
    const bool first_is_new = first_place == joined;
    if (first_is_new == (second_place == joined))
      return sql_fault("ON must compare a column of the joined table with one of another table");
    Place& place = places_.back();
    place.entity.from = first_is_new ? first.name : second.name;
    place.entity.to = first_is_new ? second.name : first.name;
    place.entity.type = source.left ? LinkType::outer : LinkType::inner;
    place.around = first_is_new ? second_place : first_place;
    for (FetchFilter& filter : source.filters) {
      FLIT_TRY_VOID(bind_filter(filter));
      places_.back().entity.filters.push_back(std::move(filter));
    }
    return {};
  }

  /// The place that the column belongs to; checks that it has it.
  Result<std::size_t> place_of(const SqlColumn& column) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Place& place = places_[i];
      if (!column.alias.empty() && place.entity.alias != column.alias) continue;
      if (place.table->column(column.name)) return i;
      if (!column.alias.empty() || places_.size() == 1)
        return platform_fault("0x80041103",
                              fmt::format("'{}' entity doesn't contain attribute with Name = '{}'.",
                                          place.entity.name, column.name));
    }
    return sql_fault(fmt::format("the column '{}{}{}' is not known", column.alias,
                                 column.alias.empty() ? "" : ".", column.name));
  }

  Result<void> bind_filter(FetchFilter& filter) const {
    for (FetchCondition& condition : filter.conditions) {
      FLIT_TRY(place, place_of({condition.entity, condition.attribute}));
      condition.entity = places_[place].entity.alias;
    }
    for (FetchFilter& nested : filter.filters) FLIT_TRY_VOID(bind_filter(nested));
    return {};
  }

  bool is_grouped(const SqlColumn& column, std::size_t place) const {
    return std::any_of(select_.groups.begin(), select_.groups.end(), [&](const SqlColumn& group) {
      const auto at = place_of(group);
      return group.name == column.name && at && *at == place;
    });
  }

  /// Gives every chosen column to the table that has it.
  Result<void> place_items() {
    for (SqlItem& item : select_.items) {
      if (item.all) {
        if (select_.aggregate || places_.size() > 1)
          return sql_fault("'*' stands alone, without joins and aggregates");
        places_.front().entity.all_attributes = true;
        continue;
      }
      if (item.aggregate == AggregateMethod::count)
        item.column = {places_.front().entity.alias,
                       std::string(places_.front().table->primary_id())};
      FLIT_TRY(place, place_of(item.column));
      FetchAttribute attribute{.name = item.column.name,
                               .alias = item.alias,
                               .aggregate = item.aggregate,
                               .group_by = select_.aggregate && !item.aggregate};
      if (attribute.group_by && !is_grouped(item.column, place))
        return sql_fault(
            fmt::format("the column '{}' is neither grouped nor aggregated", item.column.name));
      if (attribute.alias.empty()) attribute.alias = name_in_answer(item, place);
      names_.push_back(attribute.alias.empty() ? attribute.name : attribute.alias);
      places_[place].entity.attributes.push_back(std::move(attribute));
    }
    return {};
  }

  /// Empty for the first table's plain columns: those keep their OData names.
  std::string name_in_answer(const SqlItem& item, std::size_t place) const {
    if (item.aggregate == AggregateMethod::count) return "count";
    if (item.aggregate) return std::string(to_string(*item.aggregate)) + "_" + item.column.name;
    if (place == 0) return {};
    const bool taken = std::find(names_.begin(), names_.end(), item.column.name) != names_.end();
    return taken ? places_[place].entity.alias + "." + item.column.name : item.column.name;
  }

  Result<void> place_orders() {
    for (const auto& [column, descending] : select_.orders) {
      FetchOrder order{.descending = descending};
      const SqlItem* named = nullptr;
      for (const SqlItem& item : select_.items)
        if (column.alias.empty() && same_name(item.alias, column.name)) named = &item;
      if (select_.aggregate) {
        FLIT_TRY(alias, alias_of(column, named));
        order.alias = std::move(alias);
      } else {
        const SqlColumn& wanted = named != nullptr ? named->column : column;
        FLIT_TRY(place, place_of(wanted));
        order.attribute = wanted.name;
        order.entity = places_[place].entity.alias;
      }
      places_.front().entity.orders.push_back(std::move(order));
    }
    return {};
  }

  /// `lower` is in lower case, as the parser gives columns.
  static bool same_name(std::string_view name, std::string_view lower) {
    return name.size() == lower.size() &&
           std::equal(name.begin(), name.end(), lower.begin(), [](char own, char wanted) {
             return (own >= 'A' && own <= 'Z' ? own - 'A' + 'a' : own) == wanted;
           });
  }

  /// What the aggregated answer calls the column that ORDER BY names.
  Result<std::string> alias_of(const SqlColumn& column, const SqlItem* named) const {
    if (named != nullptr) return named->alias;
    FLIT_TRY(place, place_of(column));
    for (const FetchAttribute& attribute : places_[place].entity.attributes)
      if (attribute.name == column.name && attribute.group_by)
        return attribute.alias.empty() ? attribute.name : attribute.alias;
    return sql_fault(fmt::format("ORDER BY '{}' is not in the list of columns", column.name));
  }

  FetchEntity assemble(std::size_t place) {
    FetchEntity entity = std::move(places_[place].entity);
    for (std::size_t i = place + 1; i < places_.size(); ++i)
      if (places_[i].around == place) entity.links.push_back(assemble(i));
    return entity;
  }

  SqlSelect select_;
  const TableFinder& tables_;
  std::vector<Place> places_{};
  std::vector<std::string> names_{};  ///< in the answer so far
};

}  // namespace

Result<FetchQuery> parse_sql(std::string_view text, const TableFinder& tables) {
  FLIT_TRY(select, parse_select(text));
  return Translator(std::move(select), tables).translate();
}

}  // namespace flit::sim::dataverse::odata
