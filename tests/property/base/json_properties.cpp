// The writer and the reader are each other's inverse, and both agree with nlohmann's.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/utf8.hpp"

namespace flit::json {
namespace {

std::string any_text() {
  const auto code_points = *rc::gen::container<std::u32string>(rc::gen::map(
      rc::gen::inRange<std::uint32_t>(0, 0x10FFFF - 0x800),
      [](std::uint32_t n) { return static_cast<char32_t>(n < 0xD800 ? n : n + 0x800); }));
  std::string text;
  for (const char32_t c : code_points) utf8::append(text, c);
  return text;
}

nlohmann::json any_json(int depth) {
  // resize: rapidcheck's ranges start small, which would make nearly every value a null
  const int kind = *rc::gen::resize(100, rc::gen::inRange(0, depth > 0 ? 9 : 5));
  switch (kind) {
    case 0:
      return nullptr;
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return any_text();
    case 4:
      return static_cast<double>(*rc::gen::arbitrary<std::int32_t>()) / 64.0;
    case 5:
    case 6: {
      auto array = nlohmann::json::array();
      for (int i = *rc::gen::resize(100, rc::gen::inRange(0, 4)); i > 0; --i)
        array.push_back(any_json(depth - 1));
      return array;
    }
    default: {
      auto object = nlohmann::json::object();
      for (int i = *rc::gen::resize(100, rc::gen::inRange(0, 4)); i > 0; --i)
        object[any_text()] = any_json(depth - 1);
      return object;
    }
  }
}

void write(Writer& out, const nlohmann::json& value) {
  if (value.is_null()) {
    out.null();
  } else if (value.is_boolean()) {
    out.boolean(value.get<bool>());
  } else if (value.is_number_integer()) {
    out.integer(value.get<std::int64_t>());
  } else if (value.is_number()) {
    out.number(value.get<double>());
  } else if (value.is_string()) {
    out.string(value.get<std::string>());
  } else if (value.is_array()) {
    out.begin_array();
    for (const auto& element : value) write(out, element);
    out.end_array();
  } else {
    out.begin_object();
    for (const auto& [key, member] : value.items()) {
      out.key(key);
      write(out, member);
    }
    out.end_object();
  }
}

RC_GTEST_PROP(JsonProperties, WhatTheWriterWritesNlohmannReadsAsTheSame, ()) {
  const nlohmann::json value = any_json(4);
  Writer out(*rc::gen::element(Writer::Style::compact, Writer::Style::pretty));
  write(out, value);

  RC_ASSERT(nlohmann::json::parse(out.take()) == value);
}

RC_GTEST_PROP(JsonProperties, ReadingAndDumpingGivesTheSameText, ()) {
  Writer out;
  write(out, any_json(4));
  const std::string text = out.take();

  RC_ASSERT(parse(text).value().root().dump() == text);
}

RC_GTEST_PROP(JsonProperties, ReaderAndNlohmannAgreeOnWhatIsJson, ()) {
  Writer out;
  write(out, any_json(3));
  std::string text = out.take();
  const auto position = *rc::gen::inRange<std::size_t>(0, text.size());
  // no 'e': nlohmann refuses numbers that do not fit a double, we keep their text
  text[position] = *rc::gen::elementOf(std::string("{}[],:\"0x -.\\"));

  RC_ASSERT(bool(parse(text)) == nlohmann::json::accept(text));
}

}  // namespace
}  // namespace flit::json
