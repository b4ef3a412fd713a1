#include "store/staged_questions.hpp"

#include <cstring>

#include "base/check.hpp"
#include "base/hash.hpp"

namespace flit::store {
namespace {

/// The numbers of an association and its two ends; none when nothing was ever called that.
struct Numbers {
  std::optional<std::int64_t> association;
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
};

Result<Numbers> numbers_of(sql::Connection& reader, Names& names, const EdgeEnds& ends) {
  Numbers numbers;
  FLIT_TRY(association, names.number_if_known(reader, ends.association));
  FLIT_TRY(from, names.number_if_known(reader, ends.from));
  FLIT_TRY(to, names.number_if_known(reader, ends.to));
  numbers = {association, from, to};
  return numbers;
}

/// Adds the finding without records; its number.
Result<std::int64_t> open_finding(sql::Connection& transaction, const Finding& finding) {
  Finding empty = finding;
  empty.count = 0;
  FLIT_TRY_VOID(add_finding(transaction, empty, {}));
  const sql::Use row = transaction.use(
      "SELECT id FROM finding WHERE stage = ?1 AND code = ?2 AND object = ?3 AND field = ?4 AND "
      "message = ?5");
  row->bind(1, std::string_view(finding.stage)).bind(2, std::string_view(finding.code));
  row->bind(3, std::string_view(finding.object)).bind(4, std::string_view(finding.field));
  row->bind(5, std::string_view(finding.message));
  FLIT_TRY(found, row->step());
  FLIT_CHECK(found, "it was added just now");
  return row->integer(0);
}

/// Forgets it again if nothing was listed.
Result<void> close_finding(sql::Connection& transaction, std::int64_t id) {
  const sql::Use drop = transaction.use(
      "DELETE FROM finding WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM finding_record WHERE "
      "finding = ?1)");
  drop->bind(1, id);
  return drop->run();
}

/// Runs `list` (?1 association, ?2 from, ?3 to, ?4 finding) and closes the finding.
Result<void> list_edges(sql::Connection& transaction, Names& names, const EdgeEnds& ends,
                        const Finding& finding, const char* list) {
  FLIT_TRY(numbers, numbers_of(transaction, names, ends));
  FLIT_TRY(id, open_finding(transaction, finding));
  {
    const sql::Use put = transaction.use(list);
    put->bind(1, numbers.association.value_or(-1)).bind(2, numbers.from.value_or(-1));
    put->bind(3, numbers.to.value_or(-1)).bind(4, id);
    FLIT_TRY_VOID(put->run());
  }
  return close_finding(transaction, id);
}

}  // namespace

std::int64_t value_hash(std::string_view text) {
  const Sha256::Value digest = sha256(text);
  std::int64_t first_bytes = 0;
  std::memcpy(&first_bytes, digest.data(), sizeof first_bytes);
  return first_bytes;
}

Result<void> clear_shared_values(sql::Connection& transaction) {
  return transaction.execute("DELETE FROM shared_value");
}

Result<void> put_shared_value(sql::Connection& transaction, std::string_view code,
                              std::int64_t hash, std::string_view source_id) {
  const sql::Use put = transaction.use(
      "INSERT OR IGNORE INTO shared_value (code, hash, source_id) VALUES (?1, ?2, ?3)");
  put->bind(1, code).bind(2, hash).bind(3, source_id);
  return put->run();
}

Result<bool> has_value(sql::Connection& reader, std::string_view code, std::int64_t hash) {
  const sql::Use row =
      reader.use("SELECT 1 FROM shared_value WHERE code = ?1 AND hash = ?2 LIMIT 1");
  row->bind(1, code).bind(2, hash);
  return row->step();
}

Result<void> drop_single_values(sql::Connection& transaction) {
  return transaction.execute(
      "DELETE FROM shared_value WHERE NOT EXISTS (SELECT 1 FROM shared_value o WHERE o.code = "
      "shared_value.code AND o.hash = shared_value.hash AND o.source_id <> "
      "shared_value.source_id)");
}

Result<void> shared_values(sql::Connection& reader, std::string_view code,
                           const SharedVisit& visit) {
  const sql::Use rows = reader.use(
      "SELECT hash, source_id FROM shared_value WHERE code = ?1 ORDER BY hash, length(source_id), "
      "source_id");
  rows->bind(1, code);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY_VOID(visit(rows->integer(0), rows->text(1)));
  }
}

EdgeEnds edge_ends(std::string_view association) {
  constexpr std::string_view arrow = "→";
  const auto at = association.find(arrow);
  if (at == association.npos) return {.association = std::string(association)};
  return {std::string(association), std::string(association.substr(0, at)),
          std::string(association.substr(at + arrow.size()))};
}

Result<void> list_shared(sql::Connection& transaction, const Finding& finding) {
  FLIT_TRY(id, open_finding(transaction, finding));
  {
    const sql::Use put = transaction.use(
        "INSERT OR IGNORE INTO finding_record (finding, source_id) SELECT ?1, source_id FROM "
        "shared_value WHERE code = ?2");
    put->bind(1, id).bind(2, std::string_view(finding.code));
    FLIT_TRY_VOID(put->run());
  }
  return close_finding(transaction, id);
}

Result<void> list_dangling(sql::Connection& transaction, Names& names, const EdgeEnds& ends,
                           const Finding& finding) {
  return list_edges(
      transaction, names, ends, finding,
      "INSERT OR IGNORE INTO finding_record (finding, source_id) SELECT ?4, e.from_id FROM "
      "source_edge e JOIN source_record here ON here.object = ?2 AND here.source_id = e.from_id "
      "AND here.archived = 0 WHERE e.association = ?1 AND e.archived = 0 AND NOT EXISTS (SELECT 1 "
      "FROM source_record there WHERE there.object = ?3 AND there.source_id = e.to_id AND "
      "there.archived = 0)");
}

Result<void> list_dangling_back(sql::Connection& transaction, Names& names, const EdgeEnds& ends,
                                const Finding& finding) {
  return list_edges(
      transaction, names, ends, finding,
      "INSERT OR IGNORE INTO finding_record (finding, source_id) SELECT ?4, e.to_id FROM "
      "source_edge e JOIN source_record here ON here.object = ?3 AND here.source_id = e.to_id AND "
      "here.archived = 0 WHERE e.association = ?1 AND e.archived = 0 AND NOT EXISTS (SELECT 1 "
      "FROM source_record there WHERE there.object = ?2 AND there.source_id = e.from_id AND "
      "there.archived = 0)");
}

Result<void> list_unlinked(sql::Connection& transaction, Names& names, const EdgeEnds& ends,
                           const Finding& finding) {
  return list_edges(
      transaction, names, ends, finding,
      "INSERT OR IGNORE INTO finding_record (finding, source_id) SELECT ?4, r.source_id FROM "
      "source_record r WHERE r.object = ?2 AND r.archived = 0 AND NOT EXISTS (SELECT 1 FROM "
      "source_edge e JOIN source_record there ON there.object = ?3 AND there.source_id = e.to_id "
      "AND there.archived = 0 WHERE e.association = ?1 AND e.from_id = r.source_id AND e.archived "
      "= 0)");
}

Result<void> recount_findings(sql::Connection& transaction, std::string_view stage) {
  const sql::Use count = transaction.use(
      "UPDATE finding SET count = (SELECT count(*) FROM finding_record r WHERE r.finding = "
      "finding.id) WHERE stage = ?1 AND EXISTS (SELECT 1 FROM finding_record r WHERE r.finding = "
      "finding.id)");
  count->bind(1, stage);
  return count->run();
}

Result<Presence> presence_of(sql::Connection& reader, Names& names, std::string_view object,
                             std::string_view source_id) {
  FLIT_TRY(number, names.number_if_known(reader, object));
  if (!number) return Presence::absent;
  const sql::Use row =
      reader.use("SELECT archived FROM source_record WHERE object = ?1 AND source_id = ?2");
  row->bind(1, *number).bind(2, source_id);
  FLIT_TRY(found, row->step());
  if (!found) return Presence::absent;
  return row->integer(0) != 0 ? Presence::archived : Presence::live;
}

Result<std::vector<std::string>> associations(sql::Connection& reader) {
  std::vector<std::string> all;
  const sql::Use rows = reader.use(
      "SELECT n.text FROM name n WHERE EXISTS (SELECT 1 FROM source_edge e WHERE e.association = "
      "n.id) ORDER BY n.text");
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return all;
    all.emplace_back(rows->text(0));
  }
}

Result<std::vector<ObjectCount>> object_counts(sql::Connection& reader) {
  std::vector<ObjectCount> all;
  const sql::Use rows = reader.use(
      "SELECT n.text, sum(r.archived = 0), sum(r.archived <> 0 AND r.merged_into IS NULL), "
      "sum(r.merged_into IS NOT NULL) FROM source_record r JOIN name n ON n.id = r.object GROUP BY "
      "r.object ORDER BY n.text");
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return all;
    all.push_back({.object = std::string(rows->text(0)),
                   .live = static_cast<std::uint64_t>(rows->integer(1)),
                   .archived = static_cast<std::uint64_t>(rows->integer(2)),
                   .merged = static_cast<std::uint64_t>(rows->integer(3))});
  }
}

}  // namespace flit::store
