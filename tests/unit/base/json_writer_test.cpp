#include "base/json_writer.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit::json {
namespace {

TEST(JsonWriter, PutsCommasBetweenMembersAndElements) {
  Writer out;
  out.begin_object()
      .member("a", 1)
      .key("b")
      .begin_array()
      .integer(2)
      .string("x")
      .null()
      .end_array();
  out.member("c", true).key("d").begin_object().end_object().end_object();

  EXPECT_EQ(out.take(), R"({"a":1,"b":[2,"x",null],"c":true,"d":{}})");
}

TEST(JsonWriter, EscapesWhatJsonAsksFor) {
  Writer out;
  out.string("quote\" slash\\ tab\t bell\x07 é \xF0\x9F\x98\x80");

  EXPECT_EQ(out.take(), "\"quote\\\" slash\\\\ tab\\t bell\\u0007 é \xF0\x9F\x98\x80\"");
}

TEST(JsonWriter, ReplacesBytesThatAreNotUtf8) {
  Writer out;
  out.string("a\xFFz");

  EXPECT_EQ(out.take(), "\"a\xEF\xBF\xBDz\"");
}

TEST(JsonWriter, WritesNumbersExactly) {
  Writer out;
  out.begin_array().number("99999999999999.999999").number(0.1).integer(-9223372036854775807 - 1);
  out.integer(18446744073709551615ULL).end_array();

  EXPECT_EQ(out.take(), "[99999999999999.999999,0.1,-9223372036854775808,18446744073709551615]");
}

TEST(JsonWriter, ALongTextMayLeaveInParts) {
  const auto write = [](Writer& out, bool in_parts) {
    std::string text;
    out.begin_object().key("a").begin_array();
    for (int i = 0; i < 3; ++i) {
      out.integer(i);
      if (in_parts) text += out.drain();
    }
    out.end_array().member("b", true).end_object();
    return text + out.take();
  };
  Writer whole(Writer::Style::pretty);
  Writer parts(Writer::Style::pretty);

  EXPECT_EQ(write(parts, true), write(whole, false));
}

TEST(JsonWriter, PrettyTextIsIndented) {
  Writer out(Writer::Style::pretty);
  out.begin_object().member("a", 1).key("b").begin_array().integer(2).end_array();
  out.key("c").begin_array().end_array().end_object();

  EXPECT_EQ(out.take(), "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ],\n  \"c\": []\n}");
}

TEST(JsonWriter, RefusesToHandOutHalfADocument) {
  Writer out;
  out.begin_object();

  EXPECT_THROW(out.take(), Bug);
}

}  // namespace
}  // namespace flit::json
