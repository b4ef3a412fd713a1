#include "store/ledger_views.hpp"

namespace flit::store {
namespace {

Outcome outcome_at(const sql::Statement& row, int verdict, int state) {
  return outcome_of(static_cast<Verdict>(row.integer(verdict)),
                    static_cast<State>(row.integer(state)));
}

std::uint64_t count_at(const sql::Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

bool is_trouble(Outcome outcome) {
  switch (outcome) {
    case Outcome::skipped:
    case Outcome::failed:
    case Outcome::held:
    case Outcome::open:
      return true;
    case Outcome::created:
    case Outcome::updated:
    case Outcome::matched:
    case Outcome::merged:
      return false;
  }
  return true;
}

template <typename Take>
Result<void> each_row(const sql::Use& rows, Take&& take) {
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY_VOID(take(*rows));
  }
}

}  // namespace

Result<std::vector<ReasonCount>> reason_counts(sql::Connection& reader) {
  std::vector<ReasonCount> all;
  FLIT_TRY_VOID(each_row(
      reader.use("SELECT o.text, r.text, a.verdict, a.state, coalesce(w.text, ''), count(*) FROM "
                 "assignment a JOIN name o ON o.id = a.object JOIN name r ON r.id = a.role LEFT "
                 "JOIN name w ON w.id = a.reason GROUP BY a.object, a.role, a.verdict, a.state, "
                 "a.reason HAVING coalesce(w.text, '') <> '' ORDER BY o.text, r.text, a.verdict, "
                 "a.state, 5"),
      [&](const sql::Statement& row) -> Result<void> {
        all.push_back({.object = std::string(row.text(0)),
                       .role = std::string(row.text(1)),
                       .outcome = outcome_at(row, 2, 3),
                       .reason = std::string(row.text(4)),
                       .count = count_at(row, 5)});
        return {};
      }));
  return all;
}

Result<void> outcome_lines(sql::Connection& reader, Lines which, const OutcomeVisit& visit) {
  OutcomeLine line;
  return each_row(
      reader.use("SELECT o.text, a.source_id, r.text, a.verdict, a.state, a.routed, "
                 "coalesce(t.text, ''), coalesce(a.target_id, ''), coalesce(w.text, ''), "
                 "coalesce(a.detail, '') FROM assignment a JOIN name o ON o.id = a.object JOIN "
                 "name r ON r.id = a.role LEFT JOIN name t ON t.id = a.target_table LEFT JOIN name "
                 "w ON w.id = a.reason ORDER BY a.id"),
      [&](const sql::Statement& row) -> Result<void> {
        line.outcome = outcome_at(row, 3, 4);
        if (which == Lines::troubled && !is_trouble(line.outcome)) return {};
        line.object.assign(row.text(0));
        line.source_id.assign(row.text(1));
        line.role.assign(row.text(2));
        line.routed = row.integer(5) != 0;
        line.table.assign(row.text(6));
        line.target_id.assign(row.text(7));
        line.reason.assign(row.text(8));
        line.detail.assign(row.text(9));
        return visit(line);
      });
}

Result<std::vector<WriteCount>> write_counts(sql::Connection& reader) {
  std::vector<WriteCount> all;
  FLIT_TRY_VOID(each_row(
      reader.use("SELECT b.stage, n.text, p.verb, count(*), sum(x.outcome IS NOT NULL AND "
                 "x.outcome = 4) FROM operation p JOIN batch b ON b.id = p.batch JOIN name n ON "
                 "n.id = p.target_table LEFT JOIN operation_result x ON x.operation = p.id GROUP "
                 "BY b.stage, p.target_table, p.verb ORDER BY b.stage, n.text, p.verb"),
      [&](const sql::Statement& row) -> Result<void> {
        all.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2),
                       count_at(row, 3), count_at(row, 4)});
        return {};
      }));
  return all;
}

Result<void> fact_lines(sql::Connection& reader,
                        const std::function<Result<void>(const FactLine&)>& visit) {
  return each_row(
      reader.use("SELECT at, stream, number, kind, body FROM fact WHERE length(covered) = 0 ORDER "
                 "BY at, stream, number"),
      [&](const sql::Statement& row) {
        return visit({Instant(Instant::duration(row.integer(0))), std::string(row.text(1)),
                      row.integer(2), std::string(row.text(3)), std::string(row.text(4))});
      });
}

}  // namespace flit::store
