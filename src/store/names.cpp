#include "store/names.hpp"

#include "base/check.hpp"

namespace flit::store {

// A name that was just added is not remembered: the transaction that adds it may still be undone.
// Readers see only what is committed, so what they find is remembered for good.
Result<std::int64_t> Names::number_of(sql::Connection& transaction, std::string_view text) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  }
  {
    const sql::Use find = transaction.use("SELECT id FROM name WHERE text = ?1");
    find->bind(1, text);
    FLIT_TRY(found, find->step());
    if (found) return find->integer(0);
  }
  const sql::Use insert = transaction.use("INSERT INTO name (text) VALUES (?1)");
  insert->bind(1, text);
  FLIT_TRY_VOID(insert->run());
  return transaction.last_insert_id();
}

Result<std::optional<std::int64_t>> Names::number_if_known(sql::Connection& reader,
                                                           std::string_view text) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = numbers_.find(text); known != numbers_.end())
      return std::optional(known->second);
  }
  const sql::Use find = reader.use("SELECT id FROM name WHERE text = ?1 /* read */");
  find->bind(1, text);
  FLIT_TRY(found, find->step());
  if (!found) return std::optional<std::int64_t>();
  const std::int64_t number = find->integer(0);
  const std::scoped_lock lock(mutex_);
  numbers_.emplace(text, number);
  texts_.emplace(number, text);
  return std::optional(number);
}

Result<std::string> Names::text_of(sql::Connection& reader, std::int64_t number) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = texts_.find(number); known != texts_.end()) return known->second;
  }
  const sql::Use find = reader.use("SELECT text FROM name WHERE id = ?1");
  find->bind(1, number);
  FLIT_TRY(found, find->step());
  FLIT_CHECK(found, "rows name only numbers that the dictionary has");
  std::string text(find->text(0));
  const std::scoped_lock lock(mutex_);
  numbers_.emplace(text, number);
  texts_.emplace(number, text);
  return text;
}

}  // namespace flit::store
