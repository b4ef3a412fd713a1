// Any text as the map of an object is refused, with the places of its mistakes, or read; what was
// read can be written and read back, and compiles or says which lines cannot work. What compiles
// transforms a record.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/promise.hpp"
#include "mapping/compiled_map.hpp"
#include "mapping/document.hpp"

namespace {

using namespace flit;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;
using mapping::CompiledObject;
using model::Condition;
using model::FieldType;

class NoLookups final : public mapping::Lookups {
 public:
  mapping::Lookup record(std::string_view, std::string_view) const override { return {}; }
  mapping::Lookup owner(std::string_view) const override { return {}; }
};

model::Field field(const char* name, FieldType type) {
  return {.name = name, .type = type, .options = {{"a", "A"}, {"b", "B"}}};
}

model::Object source_object() {
  return {.name = "o",
          .fields = {field("t", FieldType::text), field("n", FieldType::decimal),
                     field("c", FieldType::choice), field("d", FieldType::instant),
                     field("r", FieldType::reference), field("h", FieldType::html)}};
}

model::Schema destination() {
  model::Schema schema;
  for (const char* table : {"x", "y"}) {
    model::Object object{.name = table};
    object.fields = {field("t", FieldType::text),      field("l", FieldType::long_text),
                     field("n", FieldType::integer),   field("m", FieldType::money),
                     field("c", FieldType::choice),    field("d", FieldType::date),
                     field("r", FieldType::reference), field("b", FieldType::boolean)};
    object.fields[0].max_length = 5;
    schema.objects.push_back(std::move(object));
  }
  return schema;
}

constexpr std::string_view payload =
    R"({"t":"Anna & Co","n":"-12.505","c":"b","d":"2025-02-28T23:59:59.9Z","r":"7","h":"<b>x<i>"})";

/// jq programs belong to libjq and may run for ever: they are not compiled here.
bool asks_jq(const Condition& condition) {
  return condition.kind == Condition::Kind::expression ||
         std::any_of(condition.parts.begin(), condition.parts.end(), asks_jq);
}

bool asks_jq(const model::ObjectMap& map) {
  return std::any_of(map.routes.begin(), map.routes.end(),
                     [](const model::Route& route) { return asks_jq(route.when); });
}

void transform(const CompiledObject& compiled) {
  static const NoLookups lookups;
  mapping::RecordView record(compiled.numbers());
  promise(record.open(payload).has_value(), "the payload is JSON");
  const auto route = compiled.route_of(record, payload);
  if (!route) return;
  model::Arena arena;
  std::vector<model::Value> cells(compiled.columns(*route).size());
  std::vector<mapping::FieldNote> notes;
  compiled.transform(record, *route, {arena, lookups}, cells, notes);
  for (const mapping::FieldNote& note : notes)
    promise(!note.code.empty(), "what is noted has a code");
}

void compile(const model::ObjectMap& map) {
  static const model::Object source = source_object();
  static const model::Schema schema = destination();
  static const mapping::Locale locale{Zone::find("Europe/Berlin").value()};
  std::vector<mapping::MapProblem> problems;
  const auto compiled = CompiledObject::compile({map, source, schema, locale}, problems);
  promise(compiled.has_value() == problems.empty(), "a compiled map or its problems");
  if (compiled) transform(*compiled);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Diagnostics diagnostics;
  const auto read = mapping::read_object_map(text, "map/o.yaml", diagnostics);
  promise(read.has_value() != diagnostics.has_errors(), "a map or its mistakes");
  if (!read) {
    promise(!diagnostics.text().empty(), "mistakes can be shown");
    return 0;
  }
  const std::string written = mapping::write_object_map(*read);
  Diagnostics none;
  const auto again = mapping::read_object_map(written, "map/o.yaml", none);
  promise(again.has_value(), "what is written can be read");
  promise(again->path == read->path && again->map == read->map, "and means the same");
  if (!asks_jq(read->map)) compile(read->map);
  return 0;
}
