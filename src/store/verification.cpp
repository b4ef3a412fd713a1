// Journal::verify(): walks every chain from its first fact and computes everything anew.

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "store/covered_rows.hpp"
#include "store/journal.hpp"

namespace flit::store {
namespace {

/// What the fact says it covers, computed again from the rows; a fact of no batch covers nothing.
Result<std::string> covered_now(sql::Connection& reader, std::string_view kind,
                                std::string_view body) {
  const bool intended = kind == "batch intended";
  if (!intended && kind != "batch settled") return std::string();
  FLIT_TRY(document, json::parse(body));
  const std::int64_t batch = document.root()["batch"].as_integer().value_or(0);
  return intended ? operations_hash(reader, batch) : results_hash(reader, batch);
}

/// A seal names the head that each stream had: a stream whose end was cut off has it no more.
Result<std::optional<std::string>> cut_off(sql::Connection& reader, std::string_view seal) {
  FLIT_TRY(document, json::parse(seal));
  for (const json::Member stream : document.root().members()) {
    const sql::Use row = reader.use("SELECT hash FROM fact WHERE stream = ?1 AND number = ?2");
    row->bind(1, stream.key).bind(2, stream.value["number"].as_integer().value_or(0));
    FLIT_TRY(found, row->step());
    if (!found || sha256_hex(row->blob(0)) != stream.value["hash"].string_or(""))
      return std::optional(fmt::format("{} is not what was sealed", stream.key));
  }
  return std::optional<std::string>();
}

/// One chain as far as it was walked.
struct Chain {
  std::string stream;
  std::int64_t number = 0;
  std::string hash;
};

/// Why this fact is not what was written; none: it is.
Result<std::optional<std::string>> fault_of(sql::Connection& reader, const sql::Statement& row,
                                            const Chain& chain) {
  if (row.integer(1) != chain.number + 1)
    return std::optional<std::string>("a fact before it is missing");
  FieldHasher hasher;
  hasher.add(chain.hash)
      .add(row.integer(1))
      .add(row.integer(2))
      .add(row.text(3))
      .add(row.text(4))
      .add(row.blob(5));
  if (hasher.finish() != row.blob(6)) return std::optional<std::string>("the fact was edited");
  if (row.text(3) == "heads") return cut_off(reader, row.text(4));
  FLIT_TRY(covered, covered_now(reader, row.text(3), row.text(4)));
  if (covered != row.blob(5))
    return std::optional<std::string>("the operations that it speaks for were edited");
  return std::optional<std::string>();
}

Result<std::uint64_t> count(sql::Connection& reader, const char* query) {
  const sql::Use row = reader.use(query);
  FLIT_TRY(found, row->step());
  return found ? static_cast<std::uint64_t>(row->integer(0)) : std::uint64_t{0};
}

}  // namespace

Result<Verification> Journal::verify(sql::Connection& reader) const {
  Verification verification;
  FLIT_TRY(operations, count(reader, "SELECT count(*) FROM operation"));
  verification.operations = operations;
  FLIT_TRY(unspoken,
           count(reader,
                 "SELECT count(*) FROM operation WHERE batch NOT IN (SELECT "
                 "json_extract(body, '$.batch') FROM fact WHERE kind = 'batch intended')"));
  if (unspoken > 0) verification.broken = fmt::format("{} operations stand in no fact", unspoken);

  Chain chain;
  const sql::Use facts = reader.use(
      "SELECT stream, number, at, kind, body, covered, hash FROM fact ORDER BY stream, number");
  while (!verification.broken) {
    FLIT_TRY(row, facts->step());
    if (!row) break;
    if (facts->text(0) != chain.stream) chain = {std::string(facts->text(0)), 0, {}};
    FLIT_TRY(fault, fault_of(reader, *facts, chain));
    if (fault)
      verification.broken = fmt::format("{}, fact {}: {}", chain.stream, facts->integer(1), *fault);
    chain.number = facts->integer(1);
    chain.hash.assign(facts->blob(6));
    ++verification.facts;
  }
  return verification;
}

}  // namespace flit::store
