#include "store/hierarchies.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::store {
namespace {

/// Ids that are numbers compare as numbers: the longer one is the greater.
bool lower_id(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Result<std::int64_t> changed_rows(sql::Connection& connection) {
  const sql::Use row = connection.use("SELECT changes()");
  FLIT_TRY(found, row->step());
  FLIT_CHECK(found, "changes() gives a row");
  return row->integer(0);
}

}  // namespace

Result<void> Hierarchies::clear(sql::Connection& transaction, std::string_view object) {
  FLIT_TRY(number, names_.number_of(transaction, object));
  const sql::Use rows = transaction.use("DELETE FROM hierarchy WHERE object = ?1");
  rows->bind(1, number);
  return rows->run();
}

Result<void> Hierarchies::add(sql::Connection& transaction, std::string_view object,
                              std::string_view child, std::string_view parent) {
  FLIT_TRY(number, names_.number_of(transaction, object));
  const sql::Use put = transaction.use(
      "INSERT OR REPLACE INTO hierarchy (object, child, parent) VALUES (?1, ?2, ?3)");
  put->bind(1, number).bind(2, child).bind(3, parent);
  return put->run();
}

// Level by level from what is known: roots are parents that are nobody's child, and children whose
// edge was cut.
Result<void> Hierarchies::spread(sql::Connection& transaction, std::int64_t object) {
  {
    const sql::Use first = transaction.use(
        "UPDATE hierarchy SET depth = 1 WHERE object = ?1 AND depth = -1 AND NOT EXISTS "
        "(SELECT 1 FROM hierarchy p WHERE p.object = ?1 AND p.child = hierarchy.parent AND p.cut = "
        "0)");
    first->bind(1, object);
    FLIT_TRY_VOID(first->run());
  }
  for (std::int64_t depth = 1;; ++depth) {
    {
      const sql::Use next = transaction.use(
          "UPDATE hierarchy SET depth = ?2 + 1 WHERE object = ?1 AND depth = -1 AND parent IN "
          "(SELECT p.child FROM hierarchy p WHERE p.object = ?1 AND p.depth = ?2)");
      next->bind(1, object).bind(2, depth);
      FLIT_TRY_VOID(next->run());
    }
    FLIT_TRY(changed, changed_rows(transaction));
    const sql::Use deeper =
        transaction.use("SELECT 1 FROM hierarchy WHERE object = ?1 AND depth > ?2 LIMIT 1");
    deeper->bind(1, object).bind(2, depth);
    FLIT_TRY(more, deeper->step());
    if (changed == 0 && !more) return {};
  }
}

/// Follows parents from any child without a depth until one comes again.
Result<std::vector<std::string>> Hierarchies::some_cycle(sql::Connection& transaction,
                                                         std::int64_t object) {
  std::vector<std::string> path;
  {
    const sql::Use any =
        transaction.use("SELECT child FROM hierarchy WHERE object = ?1 AND depth = -1 LIMIT 1");
    any->bind(1, object);
    FLIT_TRY(found, any->step());
    if (!found) return path;
    path.emplace_back(any->text(0));
  }
  while (true) {
    const sql::Use up =
        transaction.use("SELECT parent FROM hierarchy WHERE object = ?1 AND child = ?2");
    up->bind(1, object).bind(2, std::string_view(path.back()));
    FLIT_TRY(found, up->step());
    FLIT_CHECK(found, "a child without a depth has a parent without one");
    std::string parent(up->text(0));
    const auto again = std::find(path.begin(), path.end(), parent);
    if (again != path.end()) return std::vector<std::string>(again, path.end());
    path.push_back(std::move(parent));
  }
}

Result<void> Hierarchies::cut(sql::Connection& transaction, std::int64_t object,
                              const std::string& child) {
  const sql::Use row =
      transaction.use("UPDATE hierarchy SET cut = 1, depth = 0 WHERE object = ?1 AND child = ?2");
  row->bind(1, object).bind(2, std::string_view(child));
  return row->run();
}

Result<std::vector<CutCycle>> Hierarchies::order(sql::Connection& transaction,
                                                 std::string_view object) {
  FLIT_TRY(number, names_.number_of(transaction, object));
  FLIT_TRY(role, names_.number_of(transaction, "primary"));
  std::vector<CutCycle> cycles;
  while (true) {
    FLIT_TRY_VOID(spread(transaction, number));
    FLIT_TRY(cycle, some_cycle(transaction, number));
    if (cycle.empty()) break;
    std::rotate(cycle.begin(), std::max_element(cycle.begin(), cycle.end(), lower_id), cycle.end());
    FLIT_TRY_VOID(cut(transaction, number, cycle.front()));
    cycles.push_back({std::move(cycle)});
  }
  const sql::Use copy = transaction.use(
      "UPDATE assignment SET depth = coalesce((SELECT h.depth FROM hierarchy h WHERE h.object = "
      "assignment.object "
      "AND h.child = assignment.source_id), 0) WHERE object = ?1 AND role = ?2");
  copy->bind(1, number).bind(2, role);
  FLIT_TRY_VOID(copy->run());
  return cycles;
}

Result<bool> Hierarchies::is_cut(sql::Connection& reader, std::string_view object,
                                 std::string_view child) const {
  FLIT_TRY(number, names_.number_if_known(reader, object));
  if (!number) return false;
  const sql::Use row = reader.use("SELECT cut FROM hierarchy WHERE object = ?1 AND child = ?2");
  row->bind(1, *number).bind(2, child);
  FLIT_TRY(found, row->step());
  return found && row->integer(0) != 0;
}

Result<std::int64_t> Hierarchies::deepest(sql::Connection& reader, std::string_view object) const {
  FLIT_TRY(number, names_.number_if_known(reader, object));
  if (!number) return std::int64_t{0};
  const sql::Use row =
      reader.use("SELECT coalesce(max(depth), 0) FROM hierarchy WHERE object = ?1");
  row->bind(1, *number);
  FLIT_TRY(found, row->step());
  FLIT_CHECK(found, "max() gives a row");
  return row->integer(0);
}

}  // namespace flit::store
