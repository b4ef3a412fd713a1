#include "store/edges.hpp"

#include "store/json_list.hpp"

namespace flit::store {
namespace {

constexpr std::string_view arrow = "→";
constexpr std::int64_t nothing = -1;  // the number of no name

// Ids are numbers in some sources and text in others: the shorter of two is the smaller number.
#define FLIT_NEAR_EDGES(near, far)                                                              \
  "SELECT e.seq, list.key, e." far                                                              \
  ", e.label, e.is_primary, r.seq IS NOT NULL AND r.archived = 0 FROM json_each(?3) list JOIN " \
  "source_edge e ON e.association = ?1 AND e." near                                             \
  " = list.value LEFT JOIN source_record r ON r.object = ?2 AND r.source_id = e." far           \
  " WHERE e.archived = 0 ORDER BY list.key, e.created_at, length(e." far "), e." far ", e.label"

}  // namespace

std::pair<std::string_view, std::string_view> ends_of(std::string_view association) {
  const std::size_t at = association.find(arrow);
  if (at == std::string_view::npos) return {association, {}};
  return {association.substr(0, at), association.substr(at + arrow.size())};
}

Result<void> Edges::of(sql::Connection& reader, const Ask& ask,
                       const std::function<Result<void>(const NearEdge&)>& visit) const {
  if (ask.ids.empty()) return {};
  const auto [from, to] = ends_of(ask.association);
  FLIT_TRY(forward, names_.number_if_known(reader, ask.association));
  FLIT_TRY(backward, names_.number_if_known(
                         reader, std::string(to) + std::string(arrow) + std::string(from)));
  FLIT_TRY(other, names_.number_if_known(reader, to));
  if (!forward && !backward) return {};
  const std::string list = json_list(ask.ids);
  const sql::Use rows = forward ? reader.use(FLIT_NEAR_EDGES("from_id", "to_id"))
                                : reader.use(FLIT_NEAR_EDGES("to_id", "from_id"));
  rows->bind(1, forward ? *forward : *backward).bind(2, other.value_or(nothing));
  rows->bind(3, std::string_view(list));
  NearEdge edge;
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    edge.seq = rows->integer(0);
    edge.place = static_cast<std::size_t>(rows->integer(1));
    edge.to_id.assign(rows->text(2));
    edge.label.assign(rows->text(3));
    edge.primary = rows->integer(4) != 0;
    edge.live = rows->integer(5) != 0;
    FLIT_TRY_VOID(visit(edge));
  }
}

Result<std::int64_t> Edges::dangling(sql::Connection& reader, std::string_view association,
                                     std::int64_t after, std::int64_t limit,
                                     const VisitEnd& visit) const {
  const auto [from, to] = ends_of(association);
  FLIT_TRY(number, names_.number_if_known(reader, association));
  FLIT_TRY(from_number, names_.number_if_known(reader, from));
  FLIT_TRY(to_number, names_.number_if_known(reader, to));
  if (!number) return std::int64_t{0};
  const sql::Use rows = reader.use(
      "SELECT e.from_id, e.to_id, f.seq IS NOT NULL AND f.archived = 0 AS from_live, t.seq IS NOT "
      "NULL AND t.archived = 0 AS to_live, e.seq FROM source_edge e LEFT JOIN source_record f ON "
      "f.object "
      "= ?2 AND f.source_id = e.from_id LEFT JOIN source_record t ON t.object = ?3 AND t.source_id "
      "= e.to_id WHERE e.association = ?1 AND e.archived = 0 AND from_live <> to_live AND e.seq > "
      "?4 ORDER "
      "BY e.seq LIMIT ?5");
  rows->bind(1, *number)
      .bind(2, from_number.value_or(nothing))
      .bind(3, to_number.value_or(nothing))
      .bind(4, after)
      .bind(5, limit);
  std::int64_t last = 0;
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return last;
    const bool from_live = rows->integer(2) != 0;
    last = rows->integer(4);
    FLIT_TRY_VOID(visit(from_live ? from : to, rows->text(from_live ? 0 : 1)));
  }
}

}  // namespace flit::store
