#include "engine/audit.hpp"

#include "base/json_writer.hpp"
#include "base/time.hpp"

namespace flit::engine {

std::string fact_json(const store::AuditFact& fact) {
  json::Writer out;
  out.begin_object().member("stream", fact.stream).member("number", fact.number);
  out.member("at", format_instant(fact.at, {.fraction_digits = 6})).member("kind", fact.kind);
  out.key("body").raw(fact.body).member("covered", fact.covered).member("hash", fact.hash);
  out.end_object();
  return out.take();
}

Result<void> show_audit(const Environment& environment, std::int64_t count,
                        const store::VisitFact& visit) {
  return environment.ledger.read(
      [&](store::sql::Connection& reader) { return store::newest_facts(reader, count, visit); });
}

Result<void> export_audit(const Environment& environment, const TakeLine& take) {
  return environment.ledger.read([&](store::sql::Connection& reader) {
    return store::audit_facts(reader,
                              [&](const store::AuditFact& fact) { return take(fact_json(fact)); });
  });
}

Result<store::Verification> verify_audit(const Environment& environment) {
  store::Verification verification;
  const Result<void> read =
      environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, environment.books.journal.verify(reader));
        verification = std::move(found);
        return {};
      });
  if (!read) return Error(read.error());
  return verification;
}

std::string verification_json(const store::Verification& verification) {
  json::Writer out;
  out.begin_object().member("intact", !verification.broken.has_value());
  out.member("facts", verification.facts).member("operations", verification.operations);
  if (verification.broken) out.member("broken", *verification.broken);
  out.end_object();
  return out.take();
}

}  // namespace flit::engine
