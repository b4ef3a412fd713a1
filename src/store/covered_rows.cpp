#include "store/covered_rows.hpp"

#include <iterator>

#include <fmt/format.h>

namespace flit::store {

FieldHasher& FieldHasher::add(std::string_view field) {
  fmt::format_to(std::back_inserter(waiting_), "{}:", field.size());
  waiting_ += field;
  if (waiting_.size() > enough) hash();
  return *this;
}

FieldHasher& FieldHasher::add(std::int64_t number) {
  const fmt::format_int text(number);
  return add(std::string_view(text.data(), text.size()));
}

void FieldHasher::hash() {
  hasher_.update(waiting_);
  waiting_.clear();
}

std::string FieldHasher::finish() {
  hash();
  return std::string(bytes_of(hasher_.finish()));
}

Result<std::string> operations_hash(sql::Connection& connection, std::int64_t batch) {
  FieldHasher hasher;
  const sql::Use rows = connection.use(
      "SELECT id, assignment, verb, target_table, target_id, before_image FROM operation WHERE "
      "batch = ?1 "
      "ORDER BY id");
  rows->bind(1, batch);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return hasher.finish();
    hasher.add(rows->integer(0)).add(rows->integer(1)).add(rows->integer(2)).add(rows->integer(3));
    hasher.add(rows->text(4)).add(rows->is_null(5) ? "-" : "+").add(rows->blob(5));
  }
}

Result<std::string> results_hash(sql::Connection& connection, std::int64_t batch) {
  FieldHasher hasher;
  const sql::Use rows = connection.use(
      "SELECT r.operation, r.outcome, r.code, r.message, r.target_id FROM operation p "
      "JOIN operation_result r ON r.operation = p.id WHERE p.batch = ?1 ORDER BY p.id");
  rows->bind(1, batch);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return hasher.finish();
    hasher.add(rows->integer(0)).add(rows->integer(1)).add(rows->text(2)).add(rows->text(3));
    hasher.add(rows->is_null(4) ? std::string_view("-") : rows->text(4));
  }
}

}  // namespace flit::store
