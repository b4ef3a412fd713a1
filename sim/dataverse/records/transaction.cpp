#include "sim/dataverse/records/transaction.hpp"

namespace flit::sim::dataverse {

void Transaction::put(const Table& table, std::unique_ptr<Row> row) {
  RecordTable& rows = store_.open(table);
  const Uuid id = row->head.id;
  // std::function wants copies; a shared pointer carries the row that was replaced.
  const std::shared_ptr<Row> before = rows.put(std::move(row));
  undo_.push_back([&rows, id, before] {
    if (before == nullptr)
      rows.take(id);
    else
      rows.put(before->copy());
  });
}

void Transaction::take(const Table& table, const Uuid& id) {
  RecordTable& rows = store_.open(table);
  const std::shared_ptr<Row> before = rows.take(id);
  if (before != nullptr) undo_.push_back([&rows, before] { rows.put(before->copy()); });
}

bool Transaction::link(const std::string& relationship, const Uuid& first, const Uuid& second) {
  LinkTable& links = store_.links(relationship);
  if (!links.add(first, second)) return false;
  undo_.push_back([&links, first, second] { links.remove(first, second); });
  return true;
}

bool Transaction::unlink(const std::string& relationship, const Uuid& first, const Uuid& second) {
  LinkTable& links = store_.links(relationship);
  if (!links.remove(first, second)) return false;
  undo_.push_back([&links, first, second] { links.add(first, second); });
  return true;
}

void Transaction::roll_back_to(std::size_t mark) {
  while (undo_.size() > mark) {
    undo_.back()();
    undo_.pop_back();
  }
}

void Transaction::roll_back() {
  roll_back_to(0);
}

}  // namespace flit::sim::dataverse
