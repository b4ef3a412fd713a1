#include "model/value.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit::model {
namespace {

using namespace std::chrono_literals;

Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}

TEST(Value, AbsentAndNullAreDifferentThings) {
  EXPECT_TRUE(Value().is_absent());
  EXPECT_FALSE(Value().has_value());
  EXPECT_TRUE(Value::null().is_null());
  EXPECT_FALSE(Value() == Value::null());
}

TEST(Value, MoneyComparesByValueAndKeepsItsDigits) {
  Arena arena;
  const Value price = Value::decimal(decimal("99999999999999.999999"), arena);

  EXPECT_EQ(price.display(), "99999999999999.999999");
  EXPECT_TRUE(Value::decimal(decimal("1.50"), arena) == Value::decimal(decimal("1.5"), arena));
}

TEST(Value, ReadingAValueAsWhatItIsNotIsABug) {
  EXPECT_THROW(Value::integer(3).as_boolean(), Bug);
  EXPECT_THROW(Value::null().as_text(), Bug);
}

TEST(Value, TimesAreShownAsIso8601AndComparedAsMoments) {
  const Instant noon = std::chrono::sys_days(2024y / 3 / 1) + 12h;

  EXPECT_EQ(Value::date(std::chrono::sys_days(2024y / 2 / 29)).display(), "2024-02-29");
  EXPECT_EQ(Value::instant(noon, -300).offset_minutes(), -300);
  EXPECT_TRUE(Value::instant(noon, -300) == Value::instant(noon));
}

TEST(Value, ACopyNeedsNothingOfTheArenaItCameFrom) {
  Arena kept;
  Value copy;
  {
    Arena gone;
    const std::vector<Value> both{Value::text("trusts", gone), Value::text("wills", gone)};
    copy = Value::list(both, gone).copied_to(kept);
  }

  EXPECT_EQ(copy.display(), "trusts; wills");
}

TEST(Value, ReferencesAreEqualWhenTheyNameTheSameRow) {
  Arena arena;
  const Value one =
      Value::reference({.table = "account", .id = "A1", .key = "accountnumber"}, arena);
  const Value same =
      Value::reference({.table = "account", .id = "A1", .key = "accountnumber"}, arena);
  const Value other = Value::reference({.table = "account", .id = "A1"}, arena);

  EXPECT_TRUE(one == same);
  EXPECT_FALSE(one == other);
}

}  // namespace
}  // namespace flit::model
