#include "engine/links.hpp"

#include <algorithm>

namespace flit::engine {

Primary primary_of(std::span<const store::NearEdge> edges) {
  Primary primary;
  if (edges.empty()) return primary;
  const auto marked = std::find_if(edges.begin(), edges.end(),
                                   [](const store::NearEdge& edge) { return edge.primary; });
  primary.edge = marked == edges.end() ? &edges.front() : &*marked;
  // The same company under several labels is one company: several marks on it are no contradiction.
  const bool contradiction =
      std::any_of(edges.begin(), edges.end(), [&](const store::NearEdge& edge) {
        return edge.primary && edge.to_id != primary.edge->to_id;
      });
  primary.guessed = marked == edges.end() || contradiction;
  return primary;
}

}  // namespace flit::engine
