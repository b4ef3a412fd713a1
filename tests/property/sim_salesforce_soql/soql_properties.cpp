// What holds of every query: opposites part the rows, order and cut agree, values order totally.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/decimal.hpp"
#include "tests/unit/sim_salesforce_soql/memory_org.hpp"

namespace flit::test {
namespace {

/// An org with rows of a few repeating values and nulls.
MemoryOrg any_org() {
  MemoryOrg org;
  const int rows = *rc::gen::inRange(0, 30);
  for (int i = 0; i < rows; ++i) {
    const std::string key = "0010000000001" + std::to_string(10 + i);
    std::vector<std::pair<std::string, Value>> values{{"Id", id(key)}};
    const std::string name =
        *rc::gen::elementOf(std::vector<std::string>{"", "a", "A", "ab", "ä", "Ä", "b%", "_", "z"});
    if (!name.empty()) values.emplace_back("Name", text(name));
    if (*rc::gen::resize(100, rc::gen::inRange(0, 4)) != 0)
      values.emplace_back(
          "Revenue", Value::of_number(*rc::gen::resize(100, rc::gen::inRange(-300, 300)),
                                      *rc::gen::elementOf(std::vector<std::uint8_t>{0, 1, 2})));
    org.account.insert(values);
  }
  return org;
}

std::string any_condition() {
  return *rc::gen::elementOf(std::vector<std::string>{
      "Name = 'a'", "Name != 'A'", "Name > 'a'", "Name <= 'ä'", "Name LIKE 'a%'", "Name LIKE '_'",
      "Name IN ('a','Z')", "Name NOT IN ('a')", "Name = null", "Revenue > 1.5", "Revenue <= 2",
      "Revenue = null", "Revenue IN (1, 1.0, -2.50)", "Name = 'a' AND Revenue > 0",
      "(Name = 'b%' OR Revenue < 0)"});
}

std::vector<Row> found(const MemoryOrg& org, const std::string& tail) {
  const auto plan = org.planned("SELECT Id FROM Account " + tail);
  RC_ASSERT(plan.has_value());
  return rows_of(*plan);
}

RC_GTEST_PROP(Soql, AConditionAndItsOppositePartTheRows, ()) {
  const MemoryOrg org = any_org();
  const std::string condition = any_condition();
  auto rows = found(org, "WHERE " + condition);
  const auto others = found(org, "WHERE NOT (" + condition + ")");
  rows.insert(rows.end(), others.begin(), others.end());
  std::sort(rows.begin(), rows.end());
  RC_ASSERT(rows == found(org, ""));
}

RC_GTEST_PROP(Soql, LimitAndOffsetCutWhatOrderGives, ()) {
  const MemoryOrg org = any_org();
  const std::string order = *rc::gen::elementOf(std::vector<std::string>{
      "", " ORDER BY Name", " ORDER BY Name DESC NULLS LAST", " ORDER BY Revenue DESC, Name"});
  const int offset = *rc::gen::inRange(0, 40);
  const int limit = *rc::gen::inRange(0, 40);
  auto all = found(org, order);
  all.erase(all.begin(), all.begin() + std::min<std::ptrdiff_t>(offset, std::ssize(all)));
  if (std::ssize(all) > limit) all.resize(static_cast<std::size_t>(limit));
  RC_ASSERT(all == found(org, order + " LIMIT " + std::to_string(limit) + " OFFSET " +
                                  std::to_string(offset)));
}

RC_GTEST_PROP(Soql, GroupsAddUp, ()) {
  const MemoryOrg org = any_org();
  const auto plan = org.planned("SELECT Name, COUNT(Id) n FROM Account GROUP BY Name");
  RC_ASSERT(plan.has_value());
  std::int64_t rows = 0;
  for (const auto& group : groups_of(*plan)) rows += group[1].value().number;
  RC_ASSERT(rows == std::ssize(found(org, "")));
}

RC_GTEST_PROP(Soql, NumbersOrderByValueWhateverTheirScale, ()) {
  const auto any = [] {
    return Value::of_number(*rc::gen::arbitrary<std::int32_t>(),
                            static_cast<std::uint8_t>(*rc::gen::inRange(0, 18)));
  };
  const Value left = any();
  const Value right = any();
  const auto exact = [](const Value& value) { return Decimal::of(value.number, value.scale); };
  RC_ASSERT(*compare(left, right) == (exact(left) <=> exact(right)));
  std::string a;
  std::string b;
  append_key(a, left);
  append_key(b, right);
  RC_ASSERT((a == b) == (*compare(left, right) == 0));
}

RC_GTEST_PROP(Soql, NumbersPrintAsWhatTheyAre, (std::int64_t number)) {
  const Value value = Value::of_number(number % 1'000'000'000'000'000'000,
                                       static_cast<std::uint8_t>(*rc::gen::inRange(0, 18)));
  std::string out;
  append_text(out, value, false, InstantZone::z);
  const auto read = Decimal::parse(out);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == Decimal::of(value.number, value.scale));
}

}  // namespace
}  // namespace flit::test
