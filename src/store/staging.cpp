#include "store/staging.hpp"

#include <cstring>

#include "base/check.hpp"
#include "base/hash.hpp"
#include "store/payload.hpp"
#include "store/row_readers.hpp"

namespace flit::store {
namespace {

std::optional<std::int64_t> microseconds(const std::optional<Instant>& moment) {
  if (!moment) return {};
  return moment->time_since_epoch().count();
}

std::optional<Instant> instant(const std::optional<std::int64_t>& microseconds) {
  if (!microseconds) return {};
  return Instant(Instant::duration(*microseconds));
}

/// What decides whether a record is the same as last time: its payload and its fate.
std::int64_t hash_of(const model::Record& record) {
  Sha256 hasher;
  hasher.update(record.archived ? "archived" : "live").update(record.merged_into.value_or(""));
  const Sha256::Value digest = hasher.update("\n").update(record.payload).finish();
  std::int64_t first_bytes = 0;
  std::memcpy(&first_bytes, digest.data(), sizeof first_bytes);
  return first_bytes;
}

enum class Novelty { added, changed, unchanged };

Result<Novelty> novelty_of(sql::Connection& connection, std::int64_t object,
                           const model::Record& record) {
  const sql::Use known =
      connection.use("SELECT hash FROM source_record WHERE object = ?1 AND source_id = ?2");
  known->bind(1, object).bind(2, std::string_view(record.key.id));
  FLIT_TRY(found, known->step());
  if (!found) return Novelty::added;
  return known->integer(0) == hash_of(record) ? Novelty::unchanged : Novelty::changed;
}

Result<void> write(sql::Connection& connection, std::int64_t object, const model::Record& record,
                   std::string_view frame) {
  const sql::Use put = connection.use(
      "INSERT INTO source_record (object, source_id, payload, hash, created_at, updated_at, "
      "archived, "
      "merged_into) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (object, source_id) DO "
      "UPDATE "
      "SET payload = excluded.payload, hash = excluded.hash, created_at = excluded.created_at, "
      "updated_at = excluded.updated_at, archived = excluded.archived, merged_into = "
      "excluded.merged_into");
  put->bind(1, object).bind(2, std::string_view(record.key.id)).bind_blob(3, frame);
  put->bind(4, hash_of(record)).bind(5, microseconds(record.created_at));
  put->bind(6, microseconds(record.updated_at)).bind(7, std::int64_t{record.archived});
  put->bind(8, record.merged_into);
  return put->run();
}

}  // namespace

Result<StagedCounts> Staging::put(sql::Connection& transaction,
                                  std::span<const model::Record> records) {
  StagedCounts counts;
  PayloadCodec codec;
  std::string frame;
  for (const model::Record& record : records) {
    FLIT_TRY(object, names_.number_of(transaction, record.key.object));
    FLIT_TRY(novelty, novelty_of(transaction, object, record));
    switch (novelty) {
      case Novelty::unchanged:
        ++counts.unchanged;
        continue;
      case Novelty::added:
        ++counts.added;
        break;
      case Novelty::changed:
        ++counts.changed;
        break;
    }
    codec.compress(record.payload, frame);
    FLIT_TRY_VOID(write(transaction, object, record, frame));
  }
  return counts;
}

Result<void> Staging::put_edges(sql::Connection& transaction, std::span<const model::Edge> edges) {
  for (const model::Edge& edge : edges) {
    FLIT_TRY(association, names_.number_of(transaction, edge.association));
    const sql::Use put = transaction.use(
        "INSERT INTO source_edge (association, from_id, to_id, label, is_primary, attributes, "
        "created_at, "
        "archived) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (association, from_id, "
        "to_id, "
        "label) DO UPDATE SET is_primary = excluded.is_primary, attributes = excluded.attributes, "
        "created_at = excluded.created_at, archived = excluded.archived");
    put->bind(1, association).bind(2, std::string_view(edge.from_id));
    put->bind(3, std::string_view(edge.to_id)).bind(4, std::string_view(edge.label));
    put->bind(5, std::int64_t{edge.primary}).bind(6, std::string_view(edge.attributes));
    put->bind(7, microseconds(edge.created_at)).bind(8, std::int64_t{edge.archived});
    FLIT_TRY_VOID(put->run());
  }
  return {};
}

Result<void> Staging::scan(sql::Connection& reader, std::string_view object, std::int64_t after,
                           std::int64_t limit, const Visit& visit) const {
  FLIT_TRY(number, names_.number_if_known(reader, object));
  if (!number) return {};
  PayloadCodec codec;
  StagedRecord staged;
  const sql::Use rows = reader.use(
      "SELECT " FLIT_RECORD_COLUMNS
      " FROM source_record r WHERE r.object = ?1 AND r.seq > ?2 ORDER BY r.seq LIMIT ?3");
  rows->bind(1, *number).bind(2, after).bind(3, limit);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY_VOID(read_record(*rows, 0, object, codec, staged));
    FLIT_TRY_VOID(visit(staged));
  }
}

Result<std::optional<StagedRecord>> Staging::find(sql::Connection& reader, std::string_view object,
                                                  std::string_view id) const {
  FLIT_TRY(number, names_.number_if_known(reader, object));
  if (!number) return std::optional<StagedRecord>();
  const sql::Use rows =
      reader.use("SELECT " FLIT_RECORD_COLUMNS
                 " FROM source_record r WHERE r.object = ?1 AND r.source_id = ?2");
  rows->bind(1, *number).bind(2, id);
  FLIT_TRY(found, rows->step());
  if (!found) return std::optional<StagedRecord>();
  PayloadCodec codec;
  StagedRecord staged;
  FLIT_TRY_VOID(read_record(*rows, 0, object, codec, staged));
  return std::optional(std::move(staged));
}

Result<std::vector<model::Edge>> Staging::collect(sql::Use edges, std::string_view association) {
  std::vector<model::Edge> found;
  while (true) {
    FLIT_TRY(row, edges->step());
    if (!row) return found;
    model::Edge& edge = found.emplace_back();
    edge.association.assign(association);
    edge.from_id.assign(edges->text(0));
    edge.to_id.assign(edges->text(1));
    edge.label.assign(edges->text(2));
    edge.primary = edges->integer(3) != 0;
    edge.attributes.assign(edges->text(4));
    edge.created_at = instant(edges->optional_integer(5));
    edge.archived = edges->integer(6) != 0;
  }
}

// Ids are numbers in some sources and text in others: the shorter of two is the smaller number.
Result<std::vector<model::Edge>> Staging::edges_from(sql::Connection& reader,
                                                     std::string_view association,
                                                     std::string_view id) const {
  FLIT_TRY(number, names_.number_if_known(reader, association));
  if (!number) return std::vector<model::Edge>();
  sql::Use rows = reader.use(
      "SELECT from_id, to_id, label, is_primary, attributes, created_at, archived FROM source_edge "
      "WHERE association = ?1 AND from_id = ?2 ORDER BY created_at, length(to_id), to_id, label");
  rows->bind(1, *number).bind(2, id);
  return collect(std::move(rows), association);
}

Result<std::vector<model::Edge>> Staging::edges_to(sql::Connection& reader,
                                                   std::string_view association,
                                                   std::string_view id) const {
  FLIT_TRY(number, names_.number_if_known(reader, association));
  if (!number) return std::vector<model::Edge>();
  sql::Use rows = reader.use(
      "SELECT from_id, to_id, label, is_primary, attributes, created_at, archived FROM source_edge "
      "WHERE association = ?1 AND to_id = ?2 ORDER BY created_at, length(from_id), from_id, label");
  rows->bind(1, *number).bind(2, id);
  return collect(std::move(rows), association);
}

Result<std::uint64_t> Staging::count(sql::Connection& reader, std::string_view object) const {
  FLIT_TRY(number, names_.number_if_known(reader, object));
  if (!number) return std::uint64_t{0};
  const sql::Use row = reader.use("SELECT count(*) FROM source_record WHERE object = ?1");
  row->bind(1, *number);
  FLIT_TRY(found, row->step());
  FLIT_CHECK(found, "count(*) gives a row");
  return static_cast<std::uint64_t>(row->integer(0));
}

}  // namespace flit::store
