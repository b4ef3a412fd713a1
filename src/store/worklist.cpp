#include "store/worklist.hpp"

#include <string>

#include "base/check.hpp"
#include "store/row_readers.hpp"

namespace flit::store {
namespace {

/// The records' numbers as a JSON array, for a statement that takes a list.
std::string sources_of(std::span<const Assignment> assignments) {
  std::string list = "[";
  for (const Assignment& one : assignments) {
    FLIT_CHECK(one.source != 0, "the assignment of a source record names that record");
    if (list.size() > 1) list += ',';
    list += std::to_string(one.source);
  }
  return list + "]";
}

}  // namespace

Result<void> Worklist::scan(sql::Connection& reader, std::string_view object, std::int64_t after,
                            std::int64_t limit, const Visit& visit) const {
  FLIT_TRY(number, names_.number_if_known(reader, object));
  FLIT_TRY(primary, names_.number_if_known(reader, "primary"));
  if (!number || !primary) return {};
  PayloadCodec codec;
  StagedRecord staged;
  const sql::Use rows = reader.use(
      "SELECT " FLIT_ASSIGNMENT_COLUMNS ", " FLIT_RECORD_COLUMNS
      " FROM source_record r JOIN assignment a ON a.object = r.object AND a.source_id = "
      "r.source_id AND a.role = ?4 WHERE r.object = ?1 AND r.seq > ?2 ORDER BY r.seq LIMIT ?3");
  rows->bind(1, *number).bind(2, after).bind(3, limit).bind(4, *primary);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY(assignment, read_assignment(names_, reader, *rows));
    FLIT_TRY_VOID(read_record(*rows, assignment_columns, object, codec, staged));
    FLIT_TRY_VOID(visit(staged, std::move(assignment)));
  }
}

Result<void> Worklist::fetch(sql::Connection& reader, std::span<const Assignment> assignments,
                             const std::function<Result<void>(const Item&)>& visit) const {
  if (assignments.empty()) return {};
  PayloadCodec codec;
  StagedRecord staged;
  const std::string list = sources_of(assignments);
  const sql::Use rows = reader.use(
      "SELECT " FLIT_RECORD_COLUMNS
      ", list.key, coalesce(h.cut, 0) FROM json_each(?1) list JOIN source_record r ON r.seq = "
      "list.value LEFT JOIN hierarchy h ON h.object = r.object AND h.child = r.source_id ORDER BY "
      "list.key");
  rows->bind(1, std::string_view(list));
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    const auto place = static_cast<std::size_t>(rows->integer(7));
    FLIT_TRY_VOID(read_record(*rows, 0, assignments[place].object, codec, staged));
    FLIT_TRY_VOID(visit({place, staged, rows->integer(8) != 0}));
  }
}

}  // namespace flit::store
