#include "sim/dataverse/odata/fetch_join.hpp"

#include <algorithm>
#include <optional>

#include "sim/dataverse/odata/collation.hpp"
#include "sim/dataverse/odata/fetch_conditions.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

Error no_entity() {
  return platform_fault("0x80041102", "The specified entity was not found.");
}

}  // namespace

std::string join_key(const Value& value) {
  return value.kind == Value::Kind::text ? folded(value.text) : to_text(value);
}

Constant value_of(const Tuple& tuple, std::size_t place, const Property& property) {
  if (tuple[place] == nullptr) return Constant{};
  std::string scratch;
  return Constant(tuple[place]->value(property.handle, scratch));
}

Error no_attribute(const TableView& table, const std::string& name) {
  return platform_fault("0x80041103", "'" + std::string(table.logical_name()) +
                                          "' entity doesn't contain attribute with Name = '" +
                                          name + "'.");
}

bool FetchJoin::SemiJoin::matches(const RowView& row) const {
  std::string scratch;
  const Value value = row.value(to.handle, scratch);
  return (!value.is_null() && keys.contains(join_key(value))) != negated;
}

bool FetchJoin::BoundFilter::matches(const Tuple& tuple) const {
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

bool FetchJoin::passes(const std::vector<BoundFilter>& filters, const Tuple& tuple) {
  return std::all_of(filters.begin(), filters.end(),
                     [&](const BoundFilter& filter) { return filter.matches(tuple); });
}

Result<void> FetchJoin::bind(const FetchEntity& root) {
  FLIT_TRY_VOID(add_entity(root, -1));
  return bind_filters();
}

Result<void> FetchJoin::add_entity(const FetchEntity& definition, int around) {
  const TableView* table = tables_(definition.name);
  if (table == nullptr) return no_entity();
  const std::size_t place = entities_.size();
  entities_.push_back({.definition = &definition, .table = table, .around = around});
  if (around >= 0) {
    const Entity& outer = entities_[static_cast<std::size_t>(around)];
    const auto from = table->column(definition.from);
    const auto to = outer.table->column(definition.to);
    if (!from) return no_attribute(*table, definition.from);
    if (!to) return no_attribute(*outer.table, definition.to);
    entities_[place].from = *from;
    entities_[place].to = *to;
  }
  for (const FetchEntity& link : definition.links)
    if (link.type != LinkType::exists) FLIT_TRY_VOID(add_entity(link, static_cast<int>(place)));
  return {};
}

/// Every row of the link is looked at once, when the query starts.
Result<FetchJoin::SemiJoin> FetchJoin::bind_link(const FetchEntity& link,
                                                 std::size_t around) const {
  const TableView* table = tables_(link.name);
  if (table == nullptr) return no_entity();
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

Result<std::size_t> FetchJoin::place_of(std::string_view alias, std::size_t around) const {
  if (alias.empty()) return around;
  for (std::size_t i = 0; i < entities_.size(); ++i)
    if (entities_[i].definition->alias == alias || entities_[i].definition->name == alias) return i;
  return platform_fault("0x8004110a",
                        "The specified alias for the given entity in the condition does not "
                        "exist.");
}

Result<FetchJoin::BoundFilter> FetchJoin::bind_filter(const FetchFilter& filter,
                                                      std::size_t around) const {
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
Result<void> FetchJoin::bind_filters() {
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

void FetchJoin::build_index(Entity& entity) const {
  if (!entity.index.empty()) return;
  entity.table->scan({}, [&](const RowView& row) {
    std::string scratch;
    const Value value = row.value(entity.from.handle, scratch);
    if (!value.is_null()) entity.index[join_key(value)].push_back(row.id());
    return true;
  });
}

/// Calls `next` for every way to fill the tuple from entity `place` on.
bool FetchJoin::join(std::size_t place, Tuple& tuple, const std::function<bool()>& next) {
  if (place == entities_.size()) return next();
  bool any = false;
  const bool go_on = join_found(place, tuple, next, any);
  if (any || entities_[place].definition->type != LinkType::outer) return go_on;
  return join(place + 1, tuple, next);
}

/// The rows of the link that fit the row around it; `any`: there was one.
bool FetchJoin::join_found(std::size_t place, Tuple& tuple, const std::function<bool()>& next,
                           bool& any) {
  Entity& entity = entities_[place];
  const RowView* outer = tuple[static_cast<std::size_t>(entity.around)];
  if (outer == nullptr) return true;
  build_index(entity);
  std::string scratch;
  const Value value = outer->value(entity.to.handle, scratch);
  const auto found = value.is_null() ? entity.index.end() : entity.index.find(join_key(value));
  if (found == entity.index.end()) return true;
  const bool only_one = entity.definition->type == LinkType::first;
  bool go_on = true;
  for (std::size_t i = 0; i < found->second.size() && go_on && !(any && only_one); ++i)
    entity.table->find(found->second[i], [&](const RowView& row) {
      tuple[place] = &row;
      if (passes(join_filters_[place], tuple)) {
        any = true;
        go_on = join(place + 1, tuple, next);
      }
      tuple[place] = nullptr;
      return false;
    });
  return go_on;
}

void FetchJoin::each(const std::function<bool(const Tuple&)>& use) {
  Tuple tuple(entities_.size(), nullptr);
  entities_.front().table->scan({}, [&](const RowView& row) {
    tuple.front() = &row;
    return join(1, tuple, [&] { return !passes(filters_, tuple) || use(tuple); });
  });
}

Result<void> visit_matching(const FetchEntity& entity, const TableFinder& tables,
                            const QueryContext& context, const RowVisitor& visit) {
  FetchJoin join(tables, context);
  FLIT_TRY_VOID(join.bind(entity));
  std::optional<Uuid> last;
  join.each([&](const Tuple& tuple) {
    const RowView& row = *tuple.front();
    if (last == row.id()) return true;
    last = row.id();
    return visit(row);
  });
  return {};
}

}  // namespace flit::sim::dataverse::odata
