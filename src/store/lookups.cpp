#include "store/lookups.hpp"

namespace flit::store {

Result<std::vector<std::int64_t>> assignments_of(sql::Connection& reader, std::string_view id) {
  std::vector<std::int64_t> found;
  const sql::Use rows = reader.use(
      "SELECT id FROM assignment WHERE source_id = ?1 OR target_id = lower(?1) OR "
      "substr(source_id, 1, length(?1) + 1) = ?1 || '→' OR "
      "substr(source_id, -length(?1) - 1) = '→' || ?1 "
      "UNION SELECT assignment FROM operation WHERE target_id = lower(?1) ORDER BY 1");
  rows->bind(1, id);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return found;
    found.push_back(rows->integer(0));
  }
}

Result<std::vector<Mismatch>> mismatches_of(sql::Connection& reader, std::int64_t assignment) {
  std::vector<Mismatch> found;
  const sql::Use rows = reader.use(
      "SELECT assignment, field, verdict, explanation FROM mismatch WHERE assignment = ?1 ORDER BY "
      "field");
  rows->bind(1, assignment);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return found;
    found.push_back({rows->integer(0), std::string(rows->text(1)), std::string(rows->text(2)),
                     std::string(rows->text(3))});
  }
}

}  // namespace flit::store
