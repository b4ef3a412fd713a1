#include "store/audit.hpp"

#include "base/encoding.hpp"

namespace flit::store {
namespace {

Result<void> visit_all(sql::Statement& rows, const VisitFact& visit) {
  AuditFact fact;
  while (true) {
    FLIT_TRY(found, rows.step());
    if (!found) return {};
    fact.stream = rows.text(0);
    fact.number = rows.integer(1);
    fact.at = Instant(std::chrono::microseconds(rows.integer(2)));
    fact.kind = rows.text(3);
    fact.body = rows.text(4);
    fact.covered = hex::encode(rows.blob(5));
    fact.hash = hex::encode(rows.blob(6));
    FLIT_TRY_VOID(visit(fact));
  }
}

}  // namespace

Result<void> audit_facts(sql::Connection& reader, const VisitFact& visit) {
  const sql::Use rows = reader.use(
      "SELECT stream, number, at, kind, body, covered, hash FROM fact ORDER BY stream, number "
      "/* export */");
  return visit_all(*rows, visit);
}

Result<void> newest_facts(sql::Connection& reader, std::int64_t count, const VisitFact& visit) {
  const sql::Use rows = reader.use(
      "SELECT stream, number, at, kind, body, covered, hash FROM fact ORDER BY at DESC, number "
      "DESC, stream LIMIT ?1");
  rows->bind(1, count);
  return visit_all(*rows, visit);
}

}  // namespace flit::store
