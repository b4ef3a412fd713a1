#include "store/schema_steps.hpp"

namespace flit::store {

// A step that is intended or made keeps its place, so that a repeated run changes nothing.
Result<void> intend_schema_step(sql::Connection& transaction, const SchemaStep& step) {
  {
    const sql::Use gone = transaction.use("DELETE FROM schema_step WHERE name = ?1 AND state = ?2");
    gone->bind(1, std::string_view(step.name));
    gone->bind(2, static_cast<std::int64_t>(SchemaStepState::reverted));
    FLIT_TRY_VOID(gone->run());
  }
  const sql::Use put = transaction.use(
      "INSERT OR IGNORE INTO schema_step (id, name, change, state) VALUES ((SELECT coalesce(max("
      "id), 0) + 1 FROM schema_step), ?1, ?2, ?3)");
  put->bind(1, std::string_view(step.name)).bind(2, std::string_view(step.change));
  put->bind(3, static_cast<std::int64_t>(SchemaStepState::intended));
  return put->run();
}

Result<void> set_schema_step(sql::Connection& transaction, std::string_view name,
                             SchemaStepState state) {
  const sql::Use set = transaction.use("UPDATE schema_step SET state = ?2 WHERE name = ?1");
  set->bind(1, name).bind(2, static_cast<std::int64_t>(state));
  return set->run();
}

Result<std::vector<SchemaStep>> schema_steps(sql::Connection& reader) {
  std::vector<SchemaStep> all;
  const sql::Use rows = reader.use("SELECT name, change, state FROM schema_step ORDER BY id");
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return all;
    all.push_back({.name = std::string(rows->text(0)),
                   .change = std::string(rows->text(1)),
                   .state = static_cast<SchemaStepState>(rows->integer(2))});
  }
}

}  // namespace flit::store
