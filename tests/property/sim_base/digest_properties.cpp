// The digest of a table depends on its rows, all of them, and on nothing else.

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/base/digest.hpp"

namespace flit::sim {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> any_rows() {
  return *rc::gen::resize(20, rc::gen::arbitrary<std::vector<Row>>());
}

Sha256::Value hash_of(const Row& row) {
  RowHasher hasher;
  for (const auto& [name, value] : row) hasher.cell(name, value);
  return hasher.finish();
}

TableDigest digest_of(const std::vector<Row>& rows) {
  TableDigest digest;
  for (const Row& row : rows) digest.add(hash_of(row));
  return digest;
}

RC_GTEST_PROP(DigestProperties, TheOrderOfRowsDoesNotMatter, ()) {
  const auto rows = any_rows();
  auto shuffled = rows;
  for (std::size_t i = shuffled.size(); i > 1; --i)
    std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);

  RC_ASSERT(digest_of(rows).hex() == digest_of(shuffled).hex());
}

RC_GTEST_PROP(DigestProperties, OneMoreRowChangesItEvenIfItIsThereAlready, ()) {
  auto rows = any_rows();
  RC_PRE(!rows.empty());
  const auto before = digest_of(rows).hex();

  rows.push_back(*rc::gen::elementOf(rows));

  RC_ASSERT(digest_of(rows).hex() != before);
}

RC_GTEST_PROP(DigestProperties, ChangingOneCellChangesIt, ()) {
  auto rows = any_rows();
  RC_PRE(!rows.empty());
  const auto before = digest_of(rows).hex();

  Row& row = rows[*rc::gen::inRange<std::size_t>(0, rows.size())];
  row["column"] += "x";

  RC_ASSERT(digest_of(rows).hex() != before);
}

RC_GTEST_PROP(DigestProperties, RemovingUndoesAdding, ()) {
  const auto rows = any_rows();
  const auto others = any_rows();
  TableDigest digest = digest_of(rows);

  for (const Row& row : others) digest.add(hash_of(row));
  for (const Row& row : others) digest.remove(hash_of(row));

  RC_ASSERT(digest == digest_of(rows));
}

RC_GTEST_PROP(DigestProperties, UpToDateAndComputedAnewAreTheSame, ()) {
  auto rows = any_rows();
  RC_PRE(!rows.empty());
  TableDigest digest = digest_of(rows);

  Row& row = rows[*rc::gen::inRange<std::size_t>(0, rows.size())];
  digest.remove(hash_of(row));
  row["column"] += "x";
  digest.add(hash_of(row));

  RC_ASSERT(digest == digest_of(rows));
}

}  // namespace
}  // namespace flit::sim
