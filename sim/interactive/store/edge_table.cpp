#include "sim/interactive/store/edge_table.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace flit::sim::interactive {

EdgeTable::EdgeTable(AssociationType type) : type_(std::move(type)) {}

std::uint16_t EdgeTable::label_code(std::string_view label) {
  const auto found = std::find(labels_.begin(), labels_.end(), label);
  if (found != labels_.end()) return static_cast<std::uint16_t>(found - labels_.begin());
  labels_.emplace_back(label);
  return static_cast<std::uint16_t>(labels_.size() - 1);
}

Edge EdgeTable::make(const NewEdge& edge) {
  Edge made{edge.from, edge.to, edge.created_ms};
  made.label = label_code(edge.label);
  made.primary = edge.primary;
  made.archived = edge.archived;
  if (!edge.attributes.empty() && edge.attributes != "{}") {
    made.attributes = static_cast<std::uint32_t>(attributes_.size());
    attributes_.emplace_back(edge.attributes);
  }
  if (edge.updated_ms != 0 && edge.updated_ms != edge.created_ms)
    set_updated(made, edge.updated_ms);
  return made;
}

void EdgeTable::set_updated(Edge& edge, std::int64_t now_ms) {
  edge.update = static_cast<std::uint32_t>(updates_.size());
  updates_.push_back(now_ms);
}

void EdgeTable::add(const NewEdge& edge) {
  edges_.push_back(make(edge));
}

bool EdgeTable::before(Direction direction, const Edge& a, const Edge& b) const {
  if (direction == Direction::forward)
    return std::tie(a.from, a.to, labels_[a.label]) < std::tie(b.from, b.to, labels_[b.label]);
  return std::tie(a.to, a.from, labels_[a.label]) < std::tie(b.to, b.from, labels_[b.label]);
}

void EdgeTable::seal() {
  std::stable_sort(edges_.begin(), edges_.end(),
                   [&](const Edge& a, const Edge& b) { return before(Direction::forward, a, b); });
  for (int i = 0; i < 4; ++i) {
    made_[i] = false;
    orders_[i].clear();
  }
}

const std::vector<std::uint32_t>& EdgeTable::order(Direction direction, bool by_time) const {
  const std::lock_guard lock(order_mutex_);
  const int which = (direction == Direction::backward ? 1 : 0) + (by_time ? 2 : 0);
  if (made_[which]) return orders_[which];
  auto& order = orders_[which];
  order.resize(edges_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto at = updated_ms(edges_[a]);
    const auto bt = updated_ms(edges_[b]);
    if (by_time && at != bt) return at < bt;
    return before(direction, edges_[a], edges_[b]);
  });
  made_[which] = true;
  return order;
}

EdgeTable::Range EdgeTable::of(Direction direction, std::uint64_t id) const {
  const auto& sorted = order(direction, false);
  const auto key = [&](std::uint32_t at) {
    return direction == Direction::forward ? edges_[at].from : edges_[at].to;
  };
  const auto first =
      std::lower_bound(sorted.begin(), sorted.end(), id,
                       [&](std::uint32_t at, std::uint64_t wanted) { return key(at) < wanted; });
  const auto last =
      std::upper_bound(first, sorted.end(), id,
                       [&](std::uint64_t wanted, std::uint32_t at) { return wanted < key(at); });
  return {static_cast<std::size_t>(first - sorted.begin()),
          static_cast<std::size_t>(last - sorted.begin())};
}

Edge* EdgeTable::find(std::uint64_t from, std::uint64_t to, std::string_view label) {
  for (Edge& edge : edges_)
    if (edge.from == from && edge.to == to && labels_[edge.label] == label) return &edge;
  return nullptr;
}

void EdgeTable::put(const NewEdge& edge, std::int64_t now_ms) {
  Edge* existing = find(edge.from, edge.to, edge.label);
  if (existing == nullptr) {
    NewEdge fresh = edge;
    fresh.created_ms = fresh.updated_ms = now_ms;
    add(fresh);
  } else {
    Edge changed = make(edge);
    changed.created_ms = existing->created_ms;
    set_updated(changed, now_ms);
    *existing = changed;
  }
  seal();
}

bool EdgeTable::remove(std::uint64_t from, std::uint64_t to, std::string_view label,
                       std::int64_t now_ms) {
  Edge* edge = find(from, to, label);
  if (edge == nullptr || edge->archived) return false;
  edge->archived = true;
  set_updated(*edge, now_ms);
  seal();
  return true;
}

void EdgeTable::restore(std::vector<Edge> edges) {
  edges_ = std::move(edges);
  seal();
}

void EdgeTable::move(Direction end, std::uint64_t id, std::uint64_t other, std::int64_t now_ms) {
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    Edge& edge = edges_[i];
    const std::uint64_t at = end == Direction::forward ? edge.from : edge.to;
    if (at != id || edge.archived) continue;
    const std::uint64_t from = end == Direction::forward ? other : edge.from;
    const std::uint64_t to = end == Direction::forward ? edge.to : other;
    const Edge* twin = find(from, to, labels_[edge.label]);
    set_updated(edge, now_ms);
    if (twin != nullptr && !twin->archived) {
      edge.archived = true;
    } else {
      edge.from = from;
      edge.to = to;
    }
  }
  seal();
}

}  // namespace flit::sim::interactive
