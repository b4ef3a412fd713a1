#include "sim/salesforce/records/transaction.hpp"

namespace flit::sim::salesforce {

void Transaction::put(const Object& object, std::unique_ptr<Row> row) {
  const RecordId id = row->head.id;
  std::unique_ptr<Row> before = store_.table(object).put(std::move(row));
  changes_.push_back({&object, id, std::move(before)});
}

void Transaction::take(const Object& object, RecordId id) {
  std::unique_ptr<Row> before = store_.table(object).take(id);
  changes_.push_back({&object, id, std::move(before)});
}

void Transaction::roll_back_to(std::size_t mark) {
  while (changes_.size() > mark) {
    Change& change = changes_.back();
    if (change.before)
      store_.table(*change.object).put(std::move(change.before));
    else
      store_.table(*change.object).take(change.id);
    changes_.pop_back();
  }
}

}  // namespace flit::sim::salesforce
