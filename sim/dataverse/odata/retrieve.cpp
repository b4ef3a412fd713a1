#include "sim/dataverse/odata/retrieve.hpp"

#include <algorithm>
#include <utility>

#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

/// What an ordered page remembers of a row until the walk is over.
struct Candidate {
  std::vector<Constant> keys;
  Uuid id;
};

std::weak_ordering compare_keys(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return right.is_null() <=> left.is_null();
  return compare(left, right).value_or(std::weak_ordering::equivalent);
}

class Order {
 public:
  explicit Order(const std::vector<SortKey>& keys) : keys_(keys) {}

  bool operator()(const Candidate& left, const Candidate& right) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const auto order = compare_keys(left.keys[i].value(), right.keys[i].value());
      if (order != 0) return keys_[i].descending ? order > 0 : order < 0;
    }
    return left.id < right.id;
  }

 private:
  const std::vector<SortKey>& keys_;
};

Candidate candidate_of(const RowView& row, const std::vector<SortKey>& order) {
  Candidate candidate{.keys = {}, .id = row.id()};
  candidate.keys.reserve(order.size());
  for (const SortKey& key : order)
    read(key.path, row, [&](const Value& value) { candidate.keys.emplace_back(value); });
  return candidate;
}

Error other_order() {
  return platform_fault("0x80041129", "Order by columns do not match those in paging cookie.");
}

/// The row after which the page starts.
Result<Candidate> start_of(const PagingCookie& cookie, const PageQuery& query) {
  if (cookie.edges.size() != query.order.size() + 1) return other_order();
  Candidate start;
  for (std::size_t i = 0; i < query.order.size(); ++i) {
    const PagingCookie::Edge& edge = cookie.edges[i];
    if (edge.column != query.order[i].column) return other_order();
    auto key = edge.last ? convert_text(*edge.last, query.order[i].path.property.type)
                         : std::optional<Constant>(Constant{});
    if (!key) return other_order();
    start.keys.push_back(std::move(*key));
  }
  const PagingCookie::Edge& last = cookie.edges.back();
  const auto id = Uuid::parse(last.last.value_or(""));
  if (last.column != query.primary_id || !id) return other_order();
  start.id = *id;
  return start;
}

std::string braced(const Uuid& id) {
  std::string text = id.text();
  for (char& c : text)
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  return "{" + text + "}";
}

std::optional<std::string> edge_text(const Constant& constant) {
  const Value value = constant.value();
  if (value.is_null()) return std::nullopt;
  return to_text(value);
}

PagingCookie cookie_of(const PageQuery& query, const Candidate& first, const Candidate& last) {
  PagingCookie cookie{.page = query.after ? query.after->page + 1 : 1};
  for (std::size_t i = 0; i < query.order.size(); ++i)
    cookie.edges.push_back(
        {query.order[i].column, edge_text(last.keys[i]), edge_text(first.keys[i])});
  cookie.edges.push_back({std::string(query.primary_id), braced(last.id), braced(first.id)});
  return cookie;
}

/// Whether the order is that of the ids, which the store keeps: none is named, or the id comes first
/// and no two rows share it.
bool is_by_id(const PageQuery& query) {
  if (query.order.empty()) return true;
  const SortKey& first = query.order.front();
  return first.column == query.primary_id && !first.descending;
}

/// Rows in id order: the walk starts behind the cookie and ends with the page.
void walk_by_id(const RowWalk& walk, const PageQuery& query, std::optional<Uuid> after,
                std::vector<Candidate>& found) {
  const auto wanted = static_cast<std::size_t>(query.rows) + 1;
  walk(after, [&](const RowView& row) {
    if (query.filter != nullptr && !query.filter->matches(row)) return true;
    found.push_back(candidate_of(row, query.order));
    return found.size() < wanted;
  });
}

/// One pass over all rows; a heap of the best ones is never larger than the page and one more.
void walk_ordered(const RowWalk& walk, const PageQuery& query, const Candidate* after,
                  std::vector<Candidate>& found) {
  const Order before(query.order);
  const auto wanted = static_cast<std::size_t>(query.rows) + 1;
  walk({}, [&](const RowView& row) {
    if (query.filter != nullptr && !query.filter->matches(row)) return true;
    Candidate candidate = candidate_of(row, query.order);
    if (after != nullptr && !before(*after, candidate)) return true;
    if (found.size() == wanted) {
      if (!before(candidate, found.front())) return true;
      std::pop_heap(found.begin(), found.end(), before);
      found.back() = std::move(candidate);
    } else {
      found.push_back(std::move(candidate));
    }
    std::push_heap(found.begin(), found.end(), before);
    return true;
  });
  std::sort_heap(found.begin(), found.end(), before);
}

}  // namespace

Result<Page> retrieve_page(const RowWalk& walk, const PageQuery& query) {
  std::optional<Candidate> after;
  if (query.after) {
    FLIT_TRY(start, start_of(*query.after, query));
    after = std::move(start);
  }
  std::vector<Candidate> found;
  if (is_by_id(query))
    walk_by_id(walk, query, after ? std::optional(after->id) : std::nullopt, found);
  else
    walk_ordered(walk, query, after ? &*after : nullptr, found);
  Page page;
  const bool more = found.size() > static_cast<std::size_t>(query.rows);
  if (more) found.pop_back();
  if (more && query.pages && !found.empty())
    page.next = cookie_of(query, found.front(), found.back());
  page.rows.reserve(found.size());
  for (const Candidate& candidate : found) page.rows.push_back(candidate.id);
  if (query.count) {
    const std::int64_t total = count_rows(walk, query.filter, max_counted_rows + 1);
    page.count = std::min(total, max_counted_rows);
    page.count_limit_exceeded = total > max_counted_rows;
  }
  return page;
}

Result<std::vector<SortKey>> bind_order(std::span<const OrderItem> items, const TableView& table) {
  std::vector<SortKey> order;
  for (const OrderItem& item : items) {
    FLIT_TRY(path, bind_path(item.path, table));
    std::string column = item.path;
    std::replace(column.begin(), column.end(), '/', '.');  // cookies name columns as XML elements
    order.push_back({std::move(column), std::move(path), item.descending});
  }
  return order;
}

Result<PageQuery> page_query(const QueryOptions& options, std::optional<std::int64_t> max_page_size,
                             const TableView& table, const Predicate* filter) {
  PageQuery query{.filter = filter, .primary_id = table.primary_id(), .count = options.count};
  FLIT_TRY(order, bind_order(options.order_by, table));
  query.order = std::move(order);
  if (max_page_size) {
    query.rows = std::clamp<std::int64_t>(*max_page_size, 1, max_page_rows);
  } else if (options.top) {
    query.rows = std::min(*options.top, max_page_rows);
    query.pages = false;
  }
  if (!options.skip_token.empty()) {
    FLIT_TRY(cookie, parse_skip_token(options.skip_token));
    query.after = std::move(cookie);
  }
  return query;
}

std::int64_t count_rows(const RowWalk& walk, const Predicate* filter, std::int64_t limit) {
  std::int64_t count = 0;
  walk({}, [&](const RowView& row) {
    if (filter == nullptr || filter->matches(row)) ++count;
    return count < limit;
  });
  return count;
}

}  // namespace flit::sim::dataverse::odata
