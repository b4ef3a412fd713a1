#include "sim/dataverse/odata/fetch_run.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "sim/dataverse/odata/fetch_aggregate.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

struct SortColumn {
  std::size_t place;
  Property property;
  bool descending;
};

struct Found {
  std::vector<Constant> keys;
  std::vector<std::optional<Uuid>> ids;
};

class FetchRun {
 public:
  FetchRun(const FetchQuery& query, const TableFinder& tables, const QueryContext& context)
      : query_(query), join_(tables, context) {}

  Result<FetchPage> run(std::optional<std::int64_t> page_size) {
    FLIT_TRY_VOID(join_.bind(query_.entity));
    FLIT_TRY_VOID(bind_columns());
    for (std::size_t place = 0; place < join_.size(); ++place)
      page_.tables.push_back(&join_.table(place));
    if (query_.aggregate) {
      FLIT_TRY(totals, aggregate_fetch(query_, join_, columns_));
      page_.totals = std::move(totals);
      for (const AggregateColumn& column : columns_)
        page_.total_columns.push_back({.name = column.name,
                                       .table = &join_.table(column.place),
                                       .property = column.property,
                                       .method = column.attribute->aggregate,
                                       .date_grouping = column.attribute->date_grouping});
      return std::move(page_);
    }
    FLIT_TRY_VOID(bind_orders());
    collect();
    cut(page_size);
    return std::move(page_);
  }

 private:
  Result<void> bind_columns() {
    page_.all_root_columns = query_.entity.all_attributes;
    for (std::size_t place = 0; place < join_.size(); ++place) {
      const FetchEntity& entity = join_.definition(place);
      for (const FetchAttribute& attribute : entity.attributes) {
        const auto property = join_.table(place).column(attribute.name);
        if (!property) return no_attribute(join_.table(place), attribute.name);
        std::string name = attribute.alias.empty() ? attribute.name : attribute.alias;
        if (place > 0 && attribute.alias.empty()) name = entity.alias + "." + attribute.name;
        columns_.push_back({&attribute, name, place, *property});
        page_.columns.push_back({std::move(name), static_cast<int>(place), *property});
      }
    }
    return {};
  }

  Result<void> bind_orders() {
    for (std::size_t place = 0; place < join_.size(); ++place)
      for (const FetchOrder& order : join_.definition(place).orders) {
        if (order.attribute.empty())
          return platform_fault("0x80041133",
                                "An attribute is required for an order clause for a non-aggregate "
                                "Query.");
        FLIT_TRY(at, join_.place_of(order.entity, place));
        const auto property = join_.table(at).column(order.attribute);
        if (!property) return no_attribute(join_.table(at), order.attribute);
        orders_.push_back({at, *property, order.descending});
      }
    return {};
  }

  void collect() {
    std::set<std::string> seen;
    join_.each([&](const Tuple& tuple) {
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
    for (const AggregateColumn& column : columns_) {
      const Constant value = value_of(tuple, column.place, column.property);
      key.append(value.value().is_null() ? "0" : "1" + join_key(value.value())).push_back('\0');
    }
    return columns_.empty() ? tuple.front()->id().text() : key;
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
        .edges = {{std::string(join_.table(0).primary_id()), braced(page_.rows.back().front()),
                   braced(page_.rows.front().front())}}};
  }

  const FetchQuery& query_;
  FetchJoin join_;
  std::vector<AggregateColumn> columns_;
  std::vector<SortColumn> orders_;
  std::vector<Found> found_;
  FetchPage page_;
};

}  // namespace

Result<FetchPage> run_fetch(const FetchQuery& query, const TableFinder& tables,
                            const QueryContext& context, std::optional<std::int64_t> page_size) {
  return FetchRun(query, tables, context).run(page_size);
}

}  // namespace flit::sim::dataverse::odata
