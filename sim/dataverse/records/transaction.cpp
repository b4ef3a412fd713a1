#include "sim/dataverse/records/transaction.hpp"

namespace flit::sim::dataverse {

void Transaction::put(const Table& table, std::unique_ptr<Row> row) {
  RecordTable& rows = store_.open(table);
  const Uuid id = row->head.id;
  undo_.push_back({.rows = &rows, .id = id, .before = rows.put(std::move(row))});
}

void Transaction::take(const Table& table, const Uuid& id) {
  RecordTable& rows = store_.open(table);
  std::unique_ptr<Row> before = rows.take(id);
  if (before != nullptr) undo_.push_back({.rows = &rows, .id = id, .before = std::move(before)});
}

bool Transaction::link(const std::string& relationship, const Uuid& first, const Uuid& second) {
  LinkTable& links = store_.links(relationship);
  if (!links.add(first, second)) return false;
  on_rollback([&links, first, second] { links.remove(first, second); });
  return true;
}

bool Transaction::unlink(const std::string& relationship, const Uuid& first, const Uuid& second) {
  LinkTable& links = store_.links(relationship);
  if (!links.remove(first, second)) return false;
  on_rollback([&links, first, second] { links.add(first, second); });
  return true;
}

void Transaction::roll_back_to(std::size_t mark) {
  while (undo_.size() > mark) {
    Undo last = std::move(undo_.back());
    undo_.pop_back();
    if (last.rows == nullptr)
      last.other();
    else if (last.before == nullptr)
      last.rows->take(last.id);
    else
      last.rows->put(std::move(last.before));
  }
}

void Transaction::roll_back() {
  roll_back_to(0);
}

}  // namespace flit::sim::dataverse
