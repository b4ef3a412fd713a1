#include "store/history.hpp"

#include "store/payload.hpp"

namespace flit::store {

Result<void> history(Names& names, sql::Connection& reader, std::int64_t assignment,
                     const std::function<Result<void>(const Step&)>& visit) {
  const sql::Use rows = reader.use(
      "SELECT p.id, p.batch, b.stage, b.phase, p.verb, p.target_table, p.target_id, b.settled, "
      "x.outcome, x.code, x.message, p.before_image FROM operation p JOIN batch b ON b.id = "
      "p.batch "
      "LEFT JOIN operation_result x ON x.operation = p.id WHERE p.assignment = ?1 ORDER BY p.id");
  rows->bind(1, assignment);
  PayloadCodec codec;
  while (true) {
    FLIT_TRY(found, rows->step());
    if (!found) return {};
    Step step;
    step.operation = rows->integer(0);
    step.batch = rows->integer(1);
    step.stage.assign(rows->text(2));
    step.phase.assign(rows->text(3));
    step.verb = static_cast<model::Verb>(rows->integer(4));
    FLIT_TRY(table, names.text_of(reader, rows->integer(5)));
    step.target = {std::move(table), std::string(rows->text(6))};
    step.settled = rows->integer(7) != 0;
    if (!rows->is_null(8)) step.outcome = static_cast<model::RowOutcome::Kind>(rows->integer(8));
    step.code = rows->optional_text(9).value_or("");
    step.message = rows->optional_text(10).value_or("");
    if (!rows->is_null(11))
      FLIT_TRY_VOID(codec.restore(rows->blob(11), step.before_image.emplace()));
    FLIT_TRY_VOID(visit(step));
  }
}

}  // namespace flit::store
