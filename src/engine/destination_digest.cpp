#include "engine/destination_digest.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "engine/line.hpp"
#include "engine/row_image.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

/// The sum of row hashes, modulo 2^256: any order gives the same, a row twice does not vanish.
class RowSum {
 public:
  void add(const Sha256::Value& hash) {
    unsigned carry = 0;
    for (std::size_t i = sum_.size(); i-- > 0;) {
      const unsigned digit = unsigned{sum_[i]} + unsigned{hash[i]} + carry;
      sum_[i] = static_cast<std::uint8_t>(digit & 0xFFU);
      carry = digit >> 8U;
    }
    ++rows_;
  }
  std::uint64_t rows() const { return rows_; }
  std::string hex() const { return hex::encode(bytes_of(sum_)); }

 private:
  Sha256::Value sum_{};
  std::uint64_t rows_ = 0;
};

/// What the digest of one table reads.
struct Reading {
  std::string table;
  std::vector<std::string> columns;
};

bool is_covered(const model::Field& field) {
  const bool writable = (field.creatable || field.updatable) && !field.hidden;
  return writable && field.type != model::FieldType::file &&
         field.type != model::FieldType::unknown;
}

std::string document_name(std::int64_t generation) {
  return fmt::format("before generation {}", generation);
}

void append(json::Writer& out, const DestinationDigest& digest) {
  out.member("digest", digest.digest).key("tables").begin_object();
  for (const auto& [name, table] : digest.tables) {
    out.key(name).begin_object().member("rows", table.rows);
    out.member("digest", table.digest).end_object();
  }
  out.end_object();
}

std::string json_of(const Before& before) {
  json::Writer out;
  out.begin_object();
  append(out, before.digest);
  out.key("authors").begin_array();
  for (const std::string& author : before.authors) out.string(author);
  out.end_array().end_object();
  return out.take();
}

Before before_in(json::Value json) {
  Before before;
  before.digest.digest = std::string(json["digest"].string_or(""));
  for (const json::Member& member : json["tables"].members()) {
    TableDigest& table = before.digest.tables[std::string(member.key)];
    table.rows = static_cast<std::uint64_t>(member.value["rows"].as_integer().value_or(0));
    table.digest = std::string(member.value["digest"].string_or(""));
  }
  for (const json::Value author : json["authors"].elements())
    before.authors.emplace_back(author.string_or(""));
  return before;
}

Result<std::vector<Reading>> readings(const Migration& migration, std::stop_token stop) {
  const std::vector<std::string> tables = business_tables(migration);
  FLIT_TRY(schema, migration.pacer.call<model::Schema>(Repeat::reads, stop, [&] {
    return migration.destination.schema.describe(tables, stop);
  }));
  std::vector<Reading> all;
  for (const model::Object& table : schema.objects) {
    Reading& one = all.emplace_back();
    one.table = table.name;
    for (const model::Field& field : table.fields)
      if (is_covered(field)) one.columns.push_back(field.name);
    std::sort(one.columns.begin(), one.columns.end());
  }
  return all;
}

/// The cells that hold a value, each with its column: a column that is made later changes nothing.
Sha256::Value hash_of(const Reading& reading, const model::ReadRow& row, Sha256& hasher,
                      RowImage& held) {
  held.columns.clear();
  held.cells.clear();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (!row.cells[i].has_value()) continue;
    held.columns.push_back(reading.columns[i]);
    held.cells.push_back(row.cells[i]);
  }
  hasher.update(row.id).update("\n").update(image_of(held.columns, held.cells));
  return hasher.finish();
}

Result<TableDigest> digest_table(const Migration& migration, const Reading& reading,
                                 std::stop_token stop) {
  RowSum sum;
  Sha256 hasher;
  RowImage held;
  std::optional<model::Cursor> cursor;
  using Next = std::optional<model::Cursor>;
  do {
    // A page that is asked for twice counts once: its rows are added when it has come as a whole.
    std::vector<Sha256::Value> page;
    FLIT_TRY(next, migration.pacer.call<Next>(Repeat::reads, stop, [&] {
      page.clear();
      return migration.destination.reader.scan(
          {.table = reading.table, .columns = reading.columns}, cursor,
          [&](const model::ReadRow& row) -> Result<void> {
            page.push_back(hash_of(reading, row, hasher, held));
            return {};
          },
          stop);
    }));
    for (const Sha256::Value& hash : page) sum.add(hash);
    cursor = std::move(next);
  } while (cursor);
  return TableDigest{sum.rows(), sum.hex()};
}

}  // namespace

std::vector<std::string> business_tables(const Migration& migration) {
  std::vector<std::string> tables;
  const auto add = [&](const std::string& table) {
    if (std::find(tables.begin(), tables.end(), table) == tables.end()) tables.push_back(table);
  };
  for (const packs::Phase& phase : migration.path.phases)
    for (const std::string& table : phase.tables) add(table);
  const std::vector<std::string> written = tables;
  for (const model::Companion& one : migration.destination.companions)
    if (std::find(written.begin(), written.end(), one.beside) != written.end()) add(one.table);
  return tables;
}

Result<DestinationDigest> digest_destination(const Migration& migration, int lanes,
                                             std::stop_token stop) {
  FLIT_TRY(all, readings(migration, stop));
  DestinationDigest digest;
  std::size_t next = 0;
  using Named = std::pair<std::string, TableDigest>;
  Line<Reading, Named> line{
      .name = "taking the destination's digest",
      .lanes = lanes,
      .next = [&]() -> Result<std::optional<Reading>> {
        return next < all.size() ? std::optional(all[next++]) : std::nullopt;
      },
      .work = [&](std::size_t, Reading& reading, std::stop_token lane_stop) -> Result<Named> {
        FLIT_TRY(table, digest_table(migration, reading, lane_stop));
        return Named(reading.table, table);
      },
      .collect = [&](Named&& named) -> Result<void> {
        digest.tables.insert(std::move(named));
        return {};
      }};
  FLIT_TRY_VOID(run(migration.environment.executor, line, stop));
  std::string text;
  for (const auto& [name, table] : digest.tables)
    if (table.rows > 0) text += fmt::format("{} {} {}\n", name, table.rows, table.digest);
  digest.digest = sha256_hex(text);
  return digest;
}

namespace {

/// Under which names this migration writes: one for each user.
Result<std::vector<std::string>> authors_of(const Migration& migration, std::stop_token stop) {
  std::vector<std::string> authors;
  for (std::size_t user = 0; user < migration.pacer.users(); ++user) {
    model::Destination& destination = migration.destination_of(user);
    auto author = migration.pacer.call_as<std::string>(
        user, Repeat::reads, stop, [&] { return destination.reader.author(stop); });
    if (!author && user > 0)
      return Error(author.error()).during(fmt::format("signing in as further user {}", user));
    if (!author) return Error(author.error());
    if (std::find(authors.begin(), authors.end(), *author) == authors.end())
      authors.push_back(std::move(*author));
  }
  return authors;
}

}  // namespace

Result<void> remember_before(const Migration& migration, int lanes, std::stop_token stop) {
  const Environment& environment = migration.environment;
  FLIT_TRY(known, before_of(environment));
  FLIT_TRY(authors, authors_of(migration, stop));
  if (known)
    std::erase_if(authors, [&](const std::string& author) {
      return std::find(known->authors.begin(), known->authors.end(), author) !=
             known->authors.end();
    });
  if (authors.empty()) return {};
  if (!known) {
    FLIT_TRY(digest, digest_destination(migration, lanes, stop));
    known = Before{.digest = std::move(digest)};
  }
  known->authors.insert(known->authors.end(), authors.begin(), authors.end());
  return environment.ledger.commit([&](store::sql::Connection& transaction) {
    return put_before(transaction, *known, environment.ledger.info().generation,
                      environment.clock().now());
  });
}

Result<void> put_before(store::sql::Connection& transaction, const Before& before,
                        std::int64_t generation, Instant now) {
  return store::put_document(transaction, document_name(generation), json_of(before), now);
}

Result<std::optional<Before>> before_of(const Environment& environment) {
  std::optional<Before> before;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(text, store::document(reader, document_name(environment.ledger.info().generation)));
    if (!text) return {};
    FLIT_TRY(document, json::parse(*text));
    before = before_in(document.root());
    return {};
  }));
  return before;
}

}  // namespace flit::engine
