#include "engine/links.hpp"

#include <algorithm>

namespace flit::engine {

Primary primary_of(std::span<const model::Edge> edges) {
  Primary primary;
  std::size_t live = 0;
  std::size_t marked = 0;
  for (const model::Edge& edge : edges) {
    if (edge.archived) continue;
    ++live;
    if (edge.primary && ++marked == 1) primary.edge = &edge;
    if (primary.edge == nullptr && live == 1) primary.edge = &edge;
    if (edge.primary && marked == 1) primary.edge = &edge;
  }
  // The same company under several labels is one company: several marks on it are no contradiction.
  const bool contradiction = std::any_of(edges.begin(), edges.end(), [&](const model::Edge& edge) {
    return edge.primary && !edge.archived && primary.edge != nullptr &&
           edge.to_id != primary.edge->to_id;
  });
  primary.guessed = live > 0 && (marked == 0 || contradiction);
  return primary;
}

}  // namespace flit::engine
