#pragma once
/// @file The entities of a FetchXML query (§13), joined: every way to fill a tuple of rows.
///
/// Nested loops over an index of the linked column that is built once per query. Links of the types
/// exists, any, all and their opposites join nothing: they become sets of values with which a row
/// passes (PD fetchxml/join-tables).

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/fetch_xml.hpp"
#include "sim/dataverse/odata/predicate.hpp"
#include "sim/dataverse/odata/row.hpp"

namespace flit::sim::dataverse::odata {

/// The table of that logical name; null if there is none.
using TableFinder = std::function<const TableView*(std::string_view)>;

/// One row per entity, root first; null where an outer join found nothing.
using Tuple = std::vector<const RowView*>;

/// The text by which values are joined and told apart: without case.
std::string join_key(const Value& value);

/// The value of a column of the tuple's row at `place`; null when there is no row.
Constant value_of(const Tuple& tuple, std::size_t place, const Property& property);

/// 0x80041103.
Error no_attribute(const TableView& table, const std::string& name);

class FetchJoin {
 public:
  FetchJoin(const TableFinder& tables, const QueryContext& context)
      : tables_(tables), context_(context) {}

  /// Binds the entities and their filters; `root` outlives this. 0x80041102, 0x80041103, and what
  /// conditions refuse.
  Result<void> bind(const FetchEntity& root);

  /// Entities in the order of the text, the root first.
  std::size_t size() const { return entities_.size(); }
  const FetchEntity& definition(std::size_t place) const { return *entities_[place].definition; }
  const TableView& table(std::size_t place) const { return *entities_[place].table; }

  /// The entity of that alias or name; `around` when it is empty. 0x8004110a.
  Result<std::size_t> place_of(std::string_view alias, std::size_t around) const;

  /// Calls `use` for every tuple that passes, until it returns false. The ways to join one root row
  /// follow each other.
  void each(const std::function<bool(const Tuple&)>& use);

 private:
  /// A table with its place in the tuples and, for links, how its rows are found.
  struct Entity {
    const FetchEntity* definition = nullptr;
    const TableView* table = nullptr;
    int around = -1;
    Property from{};
    Property to{};
    std::unordered_map<std::string, std::vector<Uuid>> index{};
  };

  /// A link that only restricts: the values of `to` with which a row passes, or does not.
  struct SemiJoin {
    std::size_t place = 0;
    Property to{};
    bool negated = false;
    std::unordered_set<std::string> keys{};

    bool matches(const RowView& row) const;
  };

  /// A filter of some entity, by place; conditions may name another entity.
  struct BoundFilter {
    bool is_or = false;
    std::vector<std::pair<std::size_t, Predicate>> conditions{};
    std::vector<BoundFilter> filters{};
    std::vector<SemiJoin> links{};

    bool matches(const Tuple& tuple) const;
  };

  static bool passes(const std::vector<BoundFilter>& filters, const Tuple& tuple);

  Result<void> add_entity(const FetchEntity& definition, int around);
  Result<SemiJoin> bind_link(const FetchEntity& link, std::size_t around) const;
  Result<BoundFilter> bind_filter(const FetchFilter& filter, std::size_t around) const;
  Result<void> bind_filters();
  void build_index(Entity& entity) const;
  bool join(std::size_t place, Tuple& tuple, const std::function<bool()>& next);
  bool join_found(std::size_t place, Tuple& tuple, const std::function<bool()>& next, bool& any);

  const TableFinder& tables_;
  const QueryContext& context_;
  std::vector<Entity> entities_;
  std::vector<BoundFilter> filters_;
  std::vector<std::vector<BoundFilter>> join_filters_;  // by place; of outer and inner links
};

/// Calls `visit` for every row of `entity` that its filters and links let pass, once per row.
Result<void> visit_matching(const FetchEntity& entity, const TableFinder& tables,
                            const QueryContext& context, const RowVisitor& visit);

}  // namespace flit::sim::dataverse::odata
