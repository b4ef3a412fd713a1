#pragma once
/// @file All associations between two objects, readable from both ends.
///
/// Edges are kept in one direction, sorted by (from, to, label); the other direction and the order
/// by time are permutations made when first asked for. A removed edge stays as an archived one, so
/// that the incremental list can show it. Reading is safe from many threads, changing needs the
/// dataset's lock.

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sim/interactive/schema/object_schema.hpp"

namespace flit::sim::interactive {

struct Edge {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::int64_t created_ms = 0;
  std::uint32_t update = 0;      ///< 0: updated when created; else in EdgeTable::updated_ms()
  std::uint32_t attributes = 0;  ///< 0: none; else in EdgeTable::attributes()
  std::uint16_t label = 0;       ///< in EdgeTable::label(); 0: null
  bool primary = false;
  bool archived = false;
};

enum class Direction { forward, backward };

class EdgeTable {
 public:
  explicit EdgeTable(AssociationType type);

  const AssociationType& type() const { return type_; }
  AssociationType& type() { return type_; }

  /// While loading: in any order; seal() sorts once at the end.
  struct NewEdge {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::string_view label{};
    bool primary = false;
    std::int64_t created_ms = 0;
    std::string_view attributes{};  ///< a JSON object, empty: {}
    std::int64_t updated_ms = 0;    ///< 0: when created
    bool archived = false;
  };
  void add(const NewEdge& edge);
  void seal();

  const std::vector<Edge>& edges() const { return edges_; }
  const Edge& edge(std::uint32_t at) const { return edges_[at]; }
  std::string_view label(const Edge& edge) const { return labels_[edge.label]; }
  std::string_view attributes(const Edge& edge) const { return attributes_[edge.attributes]; }
  std::int64_t updated_ms(const Edge& edge) const {
    return edge.update == 0 ? edge.created_ms : updates_[edge.update];
  }

  /// All edges sorted by (from, to, label) as seen from that end, or by time and that.
  const std::vector<std::uint32_t>& order(Direction direction, bool by_time) const;

  /// Those of one record, archived ones included: a part of order(direction, false).
  struct Range {
    std::size_t begin;
    std::size_t end;
  };
  Range of(Direction direction, std::uint64_t id) const;

  /// Calls visit(edge) for each live edge of the record.
  template <typename Visit>
  void each(Direction direction, std::uint64_t id, Visit&& visit) const {
    const Range range = of(direction, id);
    const auto& sorted = order(direction, false);
    for (std::size_t i = range.begin; i < range.end; ++i)
      if (!edges_[sorted[i]].archived) visit(edges_[sorted[i]]);
  }

  /// A person adds, changes or removes one edge. False: there is no such edge to remove.
  void put(const NewEdge& edge, std::int64_t now_ms);
  bool remove(std::uint64_t from, std::uint64_t to, std::string_view label, std::int64_t now_ms);
  /// As they were: what edges() gave before. Labels and attributes are never forgotten.
  void restore(std::vector<Edge> edges);
  /// All edges of `id` at that end now belong to `other`; those that `other` has already go.
  void move(Direction end, std::uint64_t id, std::uint64_t other, std::int64_t now_ms);

 private:
  std::uint16_t label_code(std::string_view label);
  Edge make(const NewEdge& edge);
  void set_updated(Edge& edge, std::int64_t now_ms);
  bool before(Direction direction, const Edge& a, const Edge& b) const;
  Edge* find(std::uint64_t from, std::uint64_t to, std::string_view label);

  AssociationType type_;
  std::vector<Edge> edges_;
  std::vector<std::string> labels_{""};
  std::vector<std::string> attributes_{""};
  std::vector<std::int64_t> updates_{0};
  mutable std::mutex order_mutex_;
  mutable std::vector<std::uint32_t> orders_[4];
  mutable bool made_[4] = {};
};

}  // namespace flit::sim::interactive
