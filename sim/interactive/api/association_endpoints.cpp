// Associations, from either end: all of a pair of objects, or those of one record
// (facts/sources.md §1.6).

#include <algorithm>
#include <tuple>

#include "sim/interactive/api/call.hpp"
#include "sim/interactive/api/catalogue_writer.hpp"

namespace flit::sim::interactive {

namespace {

class EdgePage {
 public:
  EdgePage(const Call& call, EdgeView view, const ListQuery& query)
      : call_(call), view_(view), table_(*view.table), query_(query) {}

  Response of_all() {
    const auto& order = table_.order(view_.direction, query_.since_ms.has_value());
    return walk(order, 0, order.size());
  }

  Response of_record(std::uint64_t id) {
    const auto& order = table_.order(view_.direction, false);
    const EdgeTable::Range range = table_.of(view_.direction, id);
    return walk(order, range.begin, range.end);
  }

 private:
  bool forward() const { return view_.direction == Direction::forward; }

  bool is_before_page(std::uint32_t at) const {
    const Edge& edge = table_.edge(at);
    const std::int64_t updated = table_.updated_ms(edge);
    const bool timed = query_.since_ms.has_value();
    if (timed && updated < *query_.since_ms) return true;
    if (!query_.after) return false;
    const ListPlace& last = *query_.after;
    const std::uint64_t near = forward() ? edge.from : edge.to;
    const std::uint64_t far = forward() ? edge.to : edge.from;
    return std::tuple(timed ? updated : 0, near, far, table_.label(edge)) <=
           std::tuple(timed ? last.time_ms : 0, last.id, last.other, std::string_view(last.label));
  }

  Response walk(const std::vector<std::uint32_t>& order, std::size_t begin, std::size_t end) {
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = order.begin() + static_cast<std::ptrdiff_t>(end);
    auto at =
        std::partition_point(first, last, [&](std::uint32_t edge) { return is_before_page(edge); });
    std::string out = R"({"results":[)";
    std::size_t count = 0;
    const Edge* shown = nullptr;
    for (; at != last; ++at) {
      const Edge& edge = table_.edge(*at);
      if (edge.archived != query_.archived) continue;
      if (count == query_.limit) break;
      if (count++ != 0) out += ',';
      append_edge(out, table_, edge, view_.direction);
      shown = &edge;
    }
    out += ']';
    if (at != last) append_paging(out, call_.target(), query_, place_of(*shown));
    out += '}';
    return Response::json(200, std::move(out));
  }

  ListPlace place_of(const Edge& edge) const {
    return {.time_ms = table_.updated_ms(edge),
            .id = forward() ? edge.from : edge.to,
            .other = forward() ? edge.to : edge.from,
            .label = std::string(table_.label(edge))};
  }

  const Call& call_;
  EdgeView view_;
  const EdgeTable& table_;
  const ListQuery& query_;
};

Checked<EdgeView> view_of(const Call& call, std::string_view from, std::string_view to) {
  for (const std::string_view object : {from, to})
    if (const auto table = table_of(call, object); !table)
      return tl::make_unexpected(table.error());
  const auto view = call.data.edge_view(from, to);
  if (!view)
    return refuse(400, "invalid_parameter",
                  std::string(from) + " and " + std::string(to) + " cannot be associated.");
  return *view;
}

}  // namespace

Checked<Response> list_edges(const Call& call) {
  const auto view = view_of(call, call.captures[0], call.captures[1]);
  if (!view) return tl::make_unexpected(view.error());
  const std::string list =
      "associations/" + std::string(call.captures[0]) + "/" + std::string(call.captures[1]);
  const auto query = read_list_query(call.target(), call.rules(list));
  if (!query) return tl::make_unexpected(query.error());
  return EdgePage(call, *view, *query).of_all();
}

Checked<Response> list_edges_of_record(const Call& call) {
  const auto view = view_of(call, call.captures[0], call.captures[2]);
  if (!view) return tl::make_unexpected(view.error());
  const auto id = id_of(call.captures[1]);
  const Row* const row = id ? call.data.require(call.captures[0]).find(*id) : nullptr;
  if (row == nullptr) return tl::make_unexpected(not_found());
  std::string list = "objects/";
  for (const std::string_view capture : call.captures) list.append(capture).append("/");
  auto query = read_list_query(call.target(), call.rules(list));
  if (!query) return tl::make_unexpected(query.error());
  query->since_ms.reset();  // a record's edges are few and always in their own order
  return EdgePage(call, *view, *query).of_record(*id);
}

}  // namespace flit::sim::interactive
