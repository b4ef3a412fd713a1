#include "sim/interactive/api/cursor.hpp"

#include <gtest/gtest.h>

namespace flit::sim::interactive {
namespace {

constexpr std::int64_t noon = 1'700'000'000'000;

Cursor made() {
  return {.list = "objects/contacts",
          .binding = "|2025-01-01T00:00:00Z||",
          .place = {.time_ms = -5, .id = UINT64_MAX, .other = 7, .label = "employer"},
          .issued_ms = noon};
}

TEST(Cursor, ReadsBackWhatWasWritten) {
  const Cursor cursor = made();

  const auto place = decode_cursor(encode(cursor), cursor);

  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->time_ms, -5);
  EXPECT_EQ(place->id, UINT64_MAX);
  EXPECT_EQ(place->other, 7U);
  EXPECT_EQ(place->label, "employer");
  EXPECT_LE(encode(cursor).size(), 512U);
}

TEST(Cursor, IsRefusedAfterADay) {
  Cursor later = made();
  later.issued_ms = noon + 24LL * 3600 * 1000;
  EXPECT_TRUE(decode_cursor(encode(made()), later).has_value());

  later.issued_ms += 1;
  EXPECT_EQ(decode_cursor(encode(made()), later).error().code, "invalid_cursor");
}

TEST(Cursor, BelongsToItsListAndItsFilters) {
  Cursor other = made();
  other.list = "objects/deals";
  EXPECT_EQ(decode_cursor(encode(made()), other).error().code, "cursor_mismatch");
  other = made();
  other.binding = "true|||";
  EXPECT_EQ(decode_cursor(encode(made()), other).error().code, "cursor_mismatch");
}

TEST(Cursor, CannotBeMadeUpOrChanged) {
  const std::string text = encode(made());
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(decode_cursor(changed, made()).has_value()) << i;
  }
  EXPECT_EQ(decode_cursor("", made()).error().code, "invalid_cursor");
  EXPECT_EQ(decode_cursor("eyJpZCI6MTAyfQ==", made()).error().code, "invalid_cursor");
}

}  // namespace
}  // namespace flit::sim::interactive
