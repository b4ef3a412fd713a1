#include "engine/row_image.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"

namespace flit::engine {
namespace {

using model::Arena;
using model::Value;

TEST(RowImage, EveryKindOfValueComesBackAsItWas) {
  Arena arena;
  const std::vector<Value> party{
      Value::integer(2), Value::reference({.table = "contact", .id = "c-1"}, arena), Value::null()};
  const std::vector<Value> people{Value::list(party, arena)};
  const std::vector<std::string> columns{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
  const std::vector<Value> cells{
      Value::text("Zoë \"&\" Co\n", arena),
      Value::decimal(Decimal::parse("-12.500").value(), arena),
      Value::integer(-7),
      Value::boolean(false),
      Value::date(std::chrono::sys_days(parse_date("2020-02-29").value())),
      Value::instant(parse_instant("2019-03-04T10:00:00.123456Z").value()),
      Value::reference({.table = "account", .id = "a-1"}, arena),
      Value::list(people, arena),
      Value::list({}, arena),
      Value::null()};

  const auto back = read_image(image_of(columns, cells), arena);

  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back->columns, columns);
  for (std::size_t i = 0; i < cells.size(); ++i)
    EXPECT_TRUE(back->cells[i] == cells[i]) << columns[i] << ": " << back->cells[i].display();
}

TEST(RowImage, AbsentCellsAreLeftOut) {
  Arena arena;
  const std::vector<std::string> columns{"a", "b"};
  const std::vector<Value> cells{Value(), Value::null()};

  EXPECT_EQ(image_of(columns, cells), R"({"b":null})");
}

TEST(RowImage, WhatIsNoImageIsRefused) {
  Arena arena;

  EXPECT_FALSE(read_image("[1]", arena));
  EXPECT_FALSE(read_image("{", arena));
  EXPECT_FALSE(read_image(R"({"a":["decimal","twelve"]})", arena));
  EXPECT_FALSE(read_image(R"({"a":["colour","red"]})", arena));
  EXPECT_FALSE(read_image(R"({"a":"red"})", arena));
}

}  // namespace
}  // namespace flit::engine
