#include "sim/dataverse/odata/fetch_run.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "sim/dataverse/odata/aggregation.hpp"
#include "sim/dataverse/odata/collation.hpp"
#include "sim/dataverse/odata/fetch_conditions.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

/// Rows of a join, one entry per entity; null where an outer join found nothing.
using Tuple = std::vector<const RowView*>;

std::string join_key(const Value& value) {
  return value.kind == Value::Kind::text ? folded(value.text) : to_text(value);
}

/// A table with its place in the tuples and, for links, how its rows are found.
struct Entity {
  const FetchEntity* definition = nullptr;
  const TableView* table = nullptr;
  int around = -1;
  Property from{};
  Property to{};
  std::vector<std::size_t> links{};
  std::unordered_map<std::string, std::vector<Uuid>> index{};
};

/// A link that only restricts: the values of `to` with which a row passes, or does not.
struct SemiJoin {
  std::size_t place = 0;
  Property to{};
  bool negated = false;
  std::unordered_set<std::string> keys{};

  bool matches(const RowView& row) const {
    std::string scratch;
    const Value value = row.value(to.handle, scratch);
    return (!value.is_null() && keys.contains(join_key(value))) != negated;
  }
};

/// A filter of some entity, by place; conditions may name another entity.
struct BoundFilter {
  bool is_or = false;
  std::vector<std::pair<std::size_t, Predicate>> conditions{};
  std::vector<BoundFilter> filters{};
  std::vector<SemiJoin> links{};

  bool matches(const Tuple& tuple) const {
    const auto judge = [&](const auto& condition) {
      const RowView* row = tuple[condition.first];
      return row != nullptr && condition.second.matches(*row);
    };
    const auto nested = [&](const BoundFilter& filter) { return filter.matches(tuple); };
    const auto linked = [&](const SemiJoin& link) {
      const RowView* row = tuple[link.place];
      return row != nullptr && link.matches(*row);
    };
    if (conditions.empty() && filters.empty() && links.empty()) return true;
    return is_or ? std::any_of(conditions.begin(), conditions.end(), judge) ||
                       std::any_of(filters.begin(), filters.end(), nested) ||
                       std::any_of(links.begin(), links.end(), linked)
                 : std::all_of(conditions.begin(), conditions.end(), judge) &&
                       std::all_of(filters.begin(), filters.end(), nested) &&
                       std::all_of(links.begin(), links.end(), linked);
  }
};

struct SortColumn {
  std::size_t place;  ///< entity, or the column of an aggregate
  Property property;
  bool descending;
};

struct Found {
  std::vector<Constant> keys;
  std::vector<std::optional<Uuid>> ids;
};

std::weak_ordering compare_nulls_first(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return right.is_null() <=> left.is_null();
  return compare(left, right).value_or(std::weak_ordering::equivalent);
}

class FetchRun {
 public:
  FetchRun(const FetchQuery& query, const TableFinder& tables, const QueryContext& context)
      : query_(query), tables_(tables), context_(context) {}

  /// The rows of the first entity only, each once however many ways it joins.
  Result<void> visit(const RowVisitor& use) {
    FLIT_TRY_VOID(add_entity(query_.entity, -1));
    FLIT_TRY_VOID(bind_filters());
    std::optional<Uuid> last;  // the ways to join a row follow each other
    each([&](const Tuple& tuple) {
      const RowView& row = *tuple.front();
      if (last == row.id()) return true;
      last = row.id();
      return use(row);
    });
    return {};
  }

  Result<FetchPage> run(std::optional<std::int64_t> page_size) {
    FLIT_TRY_VOID(add_entity(query_.entity, -1));
    FLIT_TRY_VOID(bind_filters());
    FLIT_TRY_VOID(bind_columns());
    for (const Entity& entity : entities_) page_.tables.push_back(entity.table);
    if (query_.aggregate) return aggregate();
    FLIT_TRY_VOID(bind_orders());
    collect();
    cut(page_size);
    return std::move(page_);
  }

 private:
  static Error no_attribute(const TableView& table, const std::string& name) {
    return platform_fault("0x80041103", "'" + std::string(table.logical_name()) +
                                            "' entity doesn't contain attribute with Name = '" +
                                            name + "'.");
  }

  Result<void> add_entity(const FetchEntity& definition, int around) {
    const TableView* table = tables_(definition.name);
    if (table == nullptr)
      return platform_fault("0x80041102", "The specified entity was not found.");
    const std::size_t place = entities_.size();
    entities_.push_back({.definition = &definition, .table = table, .around = around});
    if (around >= 0) {
      Entity& outer = entities_[static_cast<std::size_t>(around)];
      const auto from = table->column(definition.from);
      const auto to = outer.table->column(definition.to);
      if (!from) return no_attribute(*table, definition.from);
      if (!to) return no_attribute(*outer.table, definition.to);
      entities_[place].from = *from;
      entities_[place].to = *to;
      outer.links.push_back(place);
    }
    for (const FetchEntity& link : definition.links)
      if (link.type != LinkType::exists) FLIT_TRY_VOID(add_entity(link, static_cast<int>(place)));
    return {};
  }

  /// Every row of the link is looked at once, when the query starts.
  Result<SemiJoin> bind_link(const FetchEntity& link, std::size_t around) const {
    const TableView* table = tables_(link.name);
    if (table == nullptr)
      return platform_fault("0x80041102", "The specified entity was not found.");
    const auto from = table->column(link.from);
    const auto to = entities_[around].table->column(link.to);
    if (!from) return no_attribute(*table, link.from);
    if (!to) return no_attribute(*entities_[around].table, link.to);
    SemiJoin bound{.place = around, .to = *to, .negated = link.type == LinkType::not_any};
    const auto each_key = [&](const RowView& row, const auto& use) {
      std::string scratch;
      const Value value = row.value(from->handle, scratch);
      if (!value.is_null()) use(join_key(value));
      return true;
    };
    const bool all = link.type == LinkType::all;
    if (all)
      table->scan({}, [&](const RowView& row) {
        return each_key(row, [&](std::string key) { bound.keys.insert(std::move(key)); });
      });
    FLIT_TRY_VOID(visit_matching(link, tables_, context_, [&](const RowView& row) {
      return each_key(row, [&](std::string key) {
        if (all)
          bound.keys.erase(key);
        else
          bound.keys.insert(std::move(key));
      });
    }));
    return bound;
  }

  Result<std::size_t> place_of(std::string_view alias, std::size_t around) const {
    if (alias.empty()) return around;
    for (std::size_t i = 0; i < entities_.size(); ++i)
      if (entities_[i].definition->alias == alias || entities_[i].definition->name == alias)
        return i;
    return platform_fault("0x8004110a",
                          "The specified alias for the given entity in the condition does not "
                          "exist.");
  }

  Result<BoundFilter> bind_filter(const FetchFilter& filter, std::size_t around) const {
    BoundFilter bound{.is_or = filter.is_or};
    for (const FetchCondition& condition : filter.conditions) {
      FLIT_TRY(place, place_of(condition.entity, around));
      FLIT_TRY(judged, bind_fetch_condition(condition, *entities_[place].table, context_));
      bound.conditions.emplace_back(place, Predicate(std::move(judged)));
    }
    for (const FetchFilter& nested : filter.filters) {
      FLIT_TRY(inner, bind_filter(nested, around));
      bound.filters.push_back(std::move(inner));
    }
    for (const FetchEntity& link : filter.links) {
      FLIT_TRY(inner, bind_link(link, around));
      bound.links.push_back(std::move(inner));
    }
    return bound;
  }

  /// Filters of an outer link decide what it joins; all others decide which rows stay.
  Result<void> bind_filters() {
    join_filters_.resize(entities_.size());
    for (std::size_t place = 0; place < entities_.size(); ++place) {
      auto& own = place > 0 ? join_filters_[place] : filters_;
      for (const FetchFilter& filter : entities_[place].definition->filters) {
        FLIT_TRY(bound, bind_filter(filter, place));
        own.push_back(std::move(bound));
      }
      for (const FetchEntity& link : entities_[place].definition->links) {
        if (link.type != LinkType::exists) continue;
        FLIT_TRY(bound, bind_link(link, place));
        own.emplace_back().links.push_back(std::move(bound));
      }
    }
    return {};
  }

  Result<void> bind_columns() {
    for (std::size_t place = 0; place < entities_.size(); ++place) {
      const Entity& entity = entities_[place];
      if (place == 0) page_.all_root_columns = entity.definition->all_attributes;
      for (const FetchAttribute& attribute : entity.definition->attributes) {
        const auto property = entity.table->column(attribute.name);
        if (!property) return no_attribute(*entity.table, attribute.name);
        std::string name = attribute.alias.empty() ? attribute.name : attribute.alias;
        if (place > 0 && attribute.alias.empty())
          name = entity.definition->alias + "." + attribute.name;
        page_.columns.push_back({std::move(name), static_cast<int>(place), *property});
        attributes_.push_back(&attribute);
      }
    }
    return {};
  }

  Result<void> bind_orders() {
    for (std::size_t place = 0; place < entities_.size(); ++place)
      for (const FetchOrder& order : entities_[place].definition->orders) {
        if (order.attribute.empty())
          return platform_fault("0x80041133",
                                "An attribute is required for an order clause for a non-aggregate "
                                "Query.");
        FLIT_TRY(at, place_of(order.entity, place));
        const auto property = entities_[at].table->column(order.attribute);
        if (!property) return no_attribute(*entities_[at].table, order.attribute);
        orders_.push_back({at, *property, order.descending});
      }
    return {};
  }

  void build_index(Entity& entity) {
    if (!entity.index.empty()) return;
    entity.table->scan({}, [&](const RowView& row) {
      std::string scratch;
      const Value value = row.value(entity.from.handle, scratch);
      if (!value.is_null()) entity.index[join_key(value)].push_back(row.id());
      return true;
    });
  }

  /// Calls `next` for every way to fill the tuple from entity `place` on.
  bool join(std::size_t place, Tuple& tuple, const std::function<bool()>& next) {
    if (place == entities_.size()) return next();
    Entity& entity = entities_[place];
    const RowView* outer = tuple[static_cast<std::size_t>(entity.around)];
    bool any = false;
    bool found_one = false;
    bool go_on = true;
    if (outer != nullptr) {
      build_index(entity);
      std::string scratch;
      const Value value = outer->value(entity.to.handle, scratch);
      const auto found = value.is_null() ? entity.index.end() : entity.index.find(join_key(value));
      if (found != entity.index.end())
        for (std::size_t i = 0; i < found->second.size() && go_on && !found_one; ++i)
          entity.table->find(found->second[i], [&](const RowView& row) {
            tuple[place] = &row;
            if (passes(join_filters_[place], tuple)) {
              any = true;
              go_on = join(place + 1, tuple, next);
              found_one = entity.definition->type == LinkType::first;
            }
            tuple[place] = nullptr;
            return false;
          });
    }
    if (any || entity.definition->type != LinkType::outer) return go_on;
    return join(place + 1, tuple, next);
  }

  static bool passes(const std::vector<BoundFilter>& filters, const Tuple& tuple) {
    return std::all_of(filters.begin(), filters.end(),
                       [&](const BoundFilter& filter) { return filter.matches(tuple); });
  }

  void each(const std::function<bool(const Tuple&)>& use) {
    Tuple tuple(entities_.size(), nullptr);
    entities_.front().table->scan({}, [&](const RowView& row) {
      tuple.front() = &row;
      return join(1, tuple, [&] { return !passes(filters_, tuple) || use(tuple); });
    });
  }

  static Constant value_of(const Tuple& tuple, std::size_t place, const Property& property) {
    if (tuple[place] == nullptr) return Constant{};
    std::string scratch;
    return Constant(tuple[place]->value(property.handle, scratch));
  }

  void collect() {
    std::set<std::string> seen;
    each([&](const Tuple& tuple) {
      if (query_.distinct && !seen.insert(distinct_key(tuple)).second) return true;
      Found found;
      for (const SortColumn& order : orders_)
        found.keys.push_back(value_of(tuple, order.place, order.property));
      for (const RowView* row : tuple)
        found.ids.push_back(row == nullptr ? std::nullopt : std::optional(row->id()));
      found_.push_back(std::move(found));
      return true;
    });
    std::stable_sort(found_.begin(), found_.end(), [&](const Found& left, const Found& right) {
      for (std::size_t i = 0; i < orders_.size(); ++i) {
        const auto order = compare_nulls_first(left.keys[i].value(), right.keys[i].value());
        if (order != 0) return orders_[i].descending ? order > 0 : order < 0;
      }
      return false;
    });
  }

  std::string distinct_key(const Tuple& tuple) const {
    std::string key;
    for (const FetchColumn& column : page_.columns) {
      const Constant value =
          value_of(tuple, static_cast<std::size_t>(column.entity), column.property);
      key.append(value.value().is_null() ? "0" : "1" + join_key(value.value())).push_back('\0');
    }
    return page_.columns.empty() ? tuple.front()->id().text() : key;
  }

  void cut(std::optional<std::int64_t> page_size) {
    const auto total = static_cast<std::int64_t>(found_.size());
    if (query_.return_total) {
      page_.count = std::min(total, max_counted_rows);
      page_.count_limit_exceeded = total > max_counted_rows;
    }
    const std::int64_t wanted =
        query_.top.value_or(query_.count.value_or(page_size.value_or(max_page_rows)));
    const std::int64_t size = std::clamp<std::int64_t>(wanted, 1, max_page_rows);
    const std::int64_t pages_before = query_.top ? 0 : query_.page - 1;
    const bool beyond = pages_before > total / size || query_.skip > total || query_.top == 0;
    const std::int64_t first = beyond ? total : std::min(query_.skip + pages_before * size, total);
    const std::int64_t last = std::min(first + size, total);
    for (std::int64_t i = first; i < last; ++i)
      page_.rows.push_back(std::move(found_[static_cast<std::size_t>(i)].ids));
    if (query_.top || last >= total || first >= last) return;
    const auto braced = [&](const std::optional<Uuid>& id) {
      return "{" + (id ? id->text() : std::string()) + "}";
    };
    page_.next = PagingCookie{
        .page = static_cast<int>(query_.page),
        .edges = {{std::string(entities_.front().table->primary_id()),
                   braced(page_.rows.back().front()), braced(page_.rows.front().front())}}};
  }

  Result<FetchPage> aggregate() {
    std::vector<std::size_t> groups;
    std::vector<std::size_t> totals;
    std::vector<AggregateMethod> methods;
    for (std::size_t i = 0; i < attributes_.size(); ++i) {
      if (attributes_[i]->group_by == attributes_[i]->aggregate.has_value())
        return platform_fault("0x80041107",
                              "Attributes can not be returned when aggregate operation is "
                              "specified.");
      if (attributes_[i]->group_by) {
        groups.push_back(i);
      } else {
        totals.push_back(i);
        methods.push_back(*attributes_[i]->aggregate);
      }
    }
    Aggregation aggregation(methods, std::min(query_.aggregate_limit.value_or(max_aggregated_rows),
                                              max_aggregated_rows));
    Result<void> outcome;
    each([&](const Tuple& tuple) {
      std::vector<Constant> kept;
      for (const std::size_t i : groups) kept.push_back(grouped_value(tuple, i));
      for (const std::size_t i : totals)
        kept.push_back(value_of(tuple, static_cast<std::size_t>(page_.columns[i].entity),
                                page_.columns[i].property));
      std::vector<Value> values;
      for (const Constant& constant : kept) values.push_back(constant.value());
      const std::span<const Value> all(values);
      outcome = aggregation.add(all.first(groups.size()), all.subspan(groups.size()));
      return outcome.has_value();
    });
    if (!outcome) return Error(outcome.error());
    // The aggregation gives groups first; the answer has the order of the text.
    std::vector<std::size_t> order = groups;
    order.insert(order.end(), totals.begin(), totals.end());
    for (auto& row : aggregation.rows(!groups.empty())) {
      std::vector<Constant> sorted(row.size());
      for (std::size_t i = 0; i < order.size(); ++i) sorted[order[i]] = std::move(row[i]);
      page_.totals.push_back(std::move(sorted));
    }
    FLIT_TRY_VOID(sort_totals());
    cut_totals();
    return std::move(page_);
  }

  void cut_totals() {
    auto& totals = page_.totals;
    const auto size = static_cast<std::int64_t>(totals.size());
    totals.erase(totals.begin(), totals.begin() + std::min(query_.skip, size));
    if (query_.top && *query_.top < static_cast<std::int64_t>(totals.size()))
      totals.resize(static_cast<std::size_t>(*query_.top));
  }

  Constant grouped_value(const Tuple& tuple, std::size_t column) const {
    const FetchColumn& wanted = page_.columns[column];
    Constant constant = value_of(tuple, static_cast<std::size_t>(wanted.entity), wanted.property);
    const std::string& grouping = attributes_[column]->date_grouping;
    const Value value = constant.value();
    if (grouping.empty() || value.is_null()) return constant;
    const std::string date =
        value.kind == Value::Kind::instant ? instant_text(value.number) : date_text(value.number);
    const int month = std::stoi(date.substr(5, 2));
    std::int64_t number = std::stoi(date.substr(0, 4));
    if (grouping == "quarter") number = (month - 1) / 3 + 1;
    if (grouping == "month") number = month;
    if (grouping == "day") number = std::stoi(date.substr(8, 2));
    return Constant(Value{.kind = Value::Kind::integer, .number = number});
  }

  Result<void> sort_totals() {
    // Stable sorts from the last order to the first: the first one decides.
    const auto& orders = entities_.front().definition->orders;
    for (auto at_order = orders.rbegin(); at_order != orders.rend(); ++at_order) {
      const FetchOrder& order = *at_order;
      const auto column = std::find_if(
          page_.columns.begin(), page_.columns.end(), [&](const FetchColumn& candidate) {
            return !order.alias.empty() && candidate.name == order.alias;
          });
      if (column == page_.columns.end())
        return platform_fault("0x80041134",
                              "An alias is required for an order clause for an aggregate Query.");
      const auto at = static_cast<std::size_t>(column - page_.columns.begin());
      std::stable_sort(
          page_.totals.begin(), page_.totals.end(), [&](const auto& left, const auto& right) {
            const auto sorted = compare_nulls_first(left[at].value(), right[at].value());
            return order.descending ? sorted > 0 : sorted < 0;
          });
    }
    return {};
  }

  const FetchQuery& query_;
  const TableFinder& tables_;
  const QueryContext& context_;
  std::vector<Entity> entities_;
  std::vector<BoundFilter> filters_;
  std::vector<std::vector<BoundFilter>> join_filters_;
  std::vector<const FetchAttribute*> attributes_;
  std::vector<SortColumn> orders_;
  std::vector<Found> found_;
  FetchPage page_;
};

}  // namespace

Result<void> visit_matching(const FetchEntity& entity, const TableFinder& tables,
                            const QueryContext& context, const RowVisitor& visit) {
  const FetchQuery query{.entity = entity};
  return FetchRun(query, tables, context).visit(visit);
}

Result<FetchPage> run_fetch(const FetchQuery& query, const TableFinder& tables,
                            const QueryContext& context, std::optional<std::int64_t> page_size) {
  return FetchRun(query, tables, context).run(page_size);
}

}  // namespace flit::sim::dataverse::odata
