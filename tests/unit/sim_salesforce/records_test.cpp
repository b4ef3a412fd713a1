// Rows, indexes and what a transaction takes back.

#include <gtest/gtest.h>

#include "sim/salesforce/records/transaction.hpp"

namespace flit::sim::salesforce {
namespace {

class Records : public testing::Test {
 protected:
  RecordId add(std::string_view name, Transaction* transaction = nullptr) {
    auto row = std::make_unique<Row>();
    row->head.id = store.next_id(account);
    const FieldCell cells[] = {{field.index, Cell::of_text(name)}};
    row->pack(cells);
    const RecordId id = row->head.id;
    if (transaction != nullptr)
      transaction->put(account, std::move(row));
    else
      store.table(account).put(std::move(row));
    return id;
  }
  std::size_t named(std::string_view name) {
    std::size_t count = 0;
    store.table(account).each_with(field, Cell::of_text(name), [&](const Row&) {
      ++count;
      return true;
    });
    return count;
  }

  std::unique_ptr<Catalogue> catalogue = Catalogue::standard();
  const Object& account = *catalogue->find("Account");
  const Field& field = *account.find("Name");
  RecordStore store{*catalogue};
};

TEST_F(Records, AreFoundByIdAndByValueWithoutCase) {
  const RecordId first = add("Acme");
  add("other");
  EXPECT_EQ(named("ACME"), 1U);
  const RecordId third = add("acme");

  EXPECT_EQ(named("Acme"), 2U);
  EXPECT_EQ(store.find(first)->cell(field).text, "Acme");
  EXPECT_EQ(store.find(account, third)->head.id, third);
  EXPECT_EQ(store.find(RecordId(account.prefix, 99)), nullptr);
  EXPECT_EQ(store.table(account).live(), 3U);
}

TEST_F(Records, AnIndexFollowsChangesAndManyRows) {
  for (int i = 0; i < 500; ++i) add(i % 5 == 0 ? "five" : "n" + std::to_string(i));
  EXPECT_EQ(named("five"), 100U);
  auto changed = store.find(RecordId(account.prefix, 1))->copy();
  const FieldCell cells[] = {{field.index, Cell::of_text("six")}};
  changed->pack(cells);
  store.table(account).put(std::move(changed));
  store.table(account).take(RecordId(account.prefix, 6));

  EXPECT_EQ(named("five"), 98U);
  EXPECT_EQ(named("six"), 1U);
  EXPECT_EQ(store.find(RecordId(account.prefix, 6)), nullptr);
}

TEST_F(Records, ATransactionIsTakenBackToAMarkOrAsAWhole) {
  const RecordId kept = add("kept");
  {
    Transaction transaction(store);
    add("one", &transaction);
    const std::size_t mark = transaction.mark();
    transaction.take(account, kept);
    add("two", &transaction);
    transaction.roll_back_to(mark);
    EXPECT_EQ(named("two"), 0U);
    EXPECT_EQ(named("kept"), 1U);
    EXPECT_EQ(named("one"), 1U);
  }

  EXPECT_EQ(named("one"), 0U);
  EXPECT_EQ(store.table(account).live(), 1U);
}

TEST_F(Records, ABooleanThatIsNotStoredIsFalse) {
  const RecordId id = add("x");
  EXPECT_EQ(store.find(id)->cell(*account.find("IsDeleted")), Cell::boolean(false));
  EXPECT_TRUE(store.find(id)->cell(*account.find("Phone")).is_null());
}

}  // namespace
}  // namespace flit::sim::salesforce
