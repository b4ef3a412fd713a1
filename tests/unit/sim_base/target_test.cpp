#include "sim/base/target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/base/headers.hpp"

namespace flit::sim {
namespace {

using testing::ElementsAre;

TEST(Target, DecodesSegmentsAfterTheSplit) {
  const auto target = Target::parse("/api//data/accounts(name='a%2Fb+c')/?$top=1").value();

  EXPECT_THAT(target.segments, ElementsAre("api", "data", "accounts(name='a/b+c')"));
  EXPECT_EQ(target.path, "/api//data/accounts(name='a%2Fb+c')/");
  EXPECT_EQ(target.query, "$top=1");
  EXPECT_EQ(target.segment(9), "");
}

TEST(Target, KeepsParametersInOrderWithDuplicates) {
  const auto target = Target::parse("/q?b=1&a=x+y%26&b=2&c").value();

  EXPECT_THAT(target.parameters, ElementsAre(form::Field{"b", "1"}, form::Field{"a", "x y&"},
                                             form::Field{"b", "2"}, form::Field{"c", ""}));
  EXPECT_EQ(target.parameter("b"), "1");
  EXPECT_EQ(target.parameter("d"), std::nullopt);
}

TEST(Target, UnderstandsTheAbsoluteForm) {
  EXPECT_EQ(Target::parse("http://crm.example:80/a?b=c").value().path, "/a");
  EXPECT_EQ(Target::parse("https://crm.example").value().path, "/");
  EXPECT_EQ(Target::parse("/a?url=http://x/y").value().path, "/a");
}

TEST(Target, RefusesBrokenEscapes) {
  EXPECT_FALSE(Target::parse("/a%2").has_value());
  EXPECT_FALSE(Target::parse("/a?b=%zz").has_value());
}

TEST(Headers, CompareNamesWithoutCaseAndKeepDuplicates) {
  Headers headers{{"Prefer", "a"}, {"Host", "x"}, {"PREFER", "b"}};

  EXPECT_EQ(headers.find("prefer"), "a");
  EXPECT_THAT(headers.all("prefer"), ElementsAre("a", "b"));
  EXPECT_EQ(headers.value_or("if-match", "none"), "none");
}

TEST(Headers, SetReplacesEveryFieldOfThatName) {
  Headers headers{{"A", "1"}, {"a", "2"}};

  headers.set("A", "3");

  EXPECT_THAT(headers.all("a"), ElementsAre("3"));
}

}  // namespace
}  // namespace flit::sim
