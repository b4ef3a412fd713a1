// What clients send, read as values of fields (fact sheet §2.1, §2.9, §3).

#include <gtest/gtest.h>

#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/values/read_value.hpp"

namespace flit::sim::salesforce {
namespace {

Field field_of(FieldType type, int length = 0, int precision = 0, int scale = 0) {
  Field field;
  field.name = field.label = "F";
  field.type = type;
  field.length = length;
  field.precision = precision;
  field.scale = scale;
  return field;
}

/// The value as text, or the code of its refusal.
std::string read(const Field& field, std::string_view text) {
  Scratch scratch;
  const auto cell = read_text(field, text, scratch);
  return cell ? text_of(*cell) : cell.error().code;
}

TEST(ReadText, NumbersAreExactRoundedAndBounded) {
  const Field money = field_of(FieldType::currency, 0, 18, 2);
  const Field count = field_of(FieldType::integer);

  EXPECT_EQ(read(money, "1234.565"), "1234.57");
  EXPECT_EQ(read(money, "-0.005"), "-0.01");
  EXPECT_EQ(read(money, "1.5e3"), "1500");
  EXPECT_EQ(read(money, "9999999999999999"), "9999999999999999");
  EXPECT_EQ(read(money, "12345678901234567"), "NUMBER_OUTSIDE_VALID_RANGE");
  EXPECT_EQ(read(money, "1e30"), "NUMBER_OUTSIDE_VALID_RANGE");
  EXPECT_EQ(read(money, "12,5"), "INVALID_TYPE_ON_FIELD_IN_RECORD");
  EXPECT_EQ(read(count, "12.0"), "12");
  EXPECT_EQ(read(count, "12.5"), "INVALID_TYPE_ON_FIELD_IN_RECORD");
  EXPECT_EQ(read(count, "3000000000"), "NUMBER_OUTSIDE_VALID_RANGE");
  EXPECT_EQ(read(money, "-"), "INVALID_TYPE_ON_FIELD_IN_RECORD");
}

TEST(ReadText, TimesHaveZonesAndDatesHaveNone) {
  EXPECT_EQ(read(field_of(FieldType::datetime), "2026-01-31T10:15:30+01:00"),
            "2026-01-31T09:15:30.000Z");
  EXPECT_EQ(read(field_of(FieldType::datetime), "2026-01-31T10:15:30.000+0000"),
            "2026-01-31T10:15:30.000Z");
  EXPECT_EQ(read(field_of(FieldType::date), "2026-01-31"), "2026-01-31");
  EXPECT_EQ(read(field_of(FieldType::date), "31/12/2025"), "INVALID_TYPE_ON_FIELD_IN_RECORD");
  EXPECT_EQ(read(field_of(FieldType::time), "10:15:30.5Z"), "10:15:30.500Z");
  EXPECT_EQ(read(field_of(FieldType::time), "25:00:00"), "INVALID_TYPE_ON_FIELD_IN_RECORD");
}

TEST(ReadText, TextIsTrimmedMeasuredInCharactersAndAddressesAreLookedAt) {
  EXPECT_EQ(read(field_of(FieldType::string, 3), " åøæ\n"), "åøæ");
  EXPECT_EQ(read(field_of(FieldType::string, 2), "åøæ"), "STRING_TOO_LONG");
  EXPECT_EQ(read(field_of(FieldType::textarea, 255), "a\r\nb\rc"), "a\nb\nc");
  EXPECT_EQ(read(field_of(FieldType::email, 80), "a@b.co"), "a@b.co");
  for (const char* bad : {"a", "@b.co", "a@b", "a@b.", "a b@c.co", "a@b@c.co"})
    EXPECT_EQ(read(field_of(FieldType::email, 80), bad), "INVALID_EMAIL_ADDRESS") << bad;
}

TEST(ReadText, BooleansHaveManyNames) {
  for (const char* yes : {"true", "TRUE", "1", "Yes"})
    EXPECT_EQ(read(field_of(FieldType::boolean), yes), "true");
  for (const char* no : {"false", "0", "NO"})
    EXPECT_EQ(read(field_of(FieldType::boolean), no), "false");
  EXPECT_EQ(read(field_of(FieldType::boolean), "maybe"), "INVALID_TYPE_ON_FIELD_IN_RECORD");
}

}  // namespace
}  // namespace flit::sim::salesforce
