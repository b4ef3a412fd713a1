#include "engine/row_image.hpp"

#include <algorithm>
#include <optional>

#include "base/excerpt.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/time.hpp"

namespace flit::engine {
namespace {

using model::Arena;
using model::Value;
using Kind = Value::Kind;

void append(json::Writer& out, const Value& value) {
  switch (value.kind()) {
    case Kind::absent:
    case Kind::null:
      out.null();
      return;
    case Kind::boolean:
      out.begin_array().string("boolean").boolean(value.as_boolean()).end_array();
      return;
    case Kind::integer:
      out.begin_array().string("integer").integer(value.as_integer()).end_array();
      return;
    case Kind::decimal:
      out.begin_array().string("decimal").string(value.as_decimal().text()).end_array();
      return;
    case Kind::text:
      out.begin_array().string("text").string(value.as_text()).end_array();
      return;
    case Kind::json:
      out.begin_array().string("json").string(value.as_text()).end_array();
      return;
    case Kind::date:
      out.begin_array().string("date").string(format_date(Date(value.as_date()))).end_array();
      return;
    case Kind::instant:
      out.begin_array()
          .string("instant")
          .string(format_instant(value.as_instant(), {.fraction_digits = 6}))
          .end_array();
      return;
    case Kind::list:
      out.begin_array().string("list");
      for (const Value& one : value.as_list()) append(out, one);
      out.end_array();
      return;
    case Kind::reference:
      out.begin_array().string("reference").string(value.as_reference().table);
      out.string(value.as_reference().id).end_array();
      return;
  }
}

std::optional<Value> value_in(json::Value json, Arena& arena);

std::optional<Value> list_in(json::Value json, Arena& arena) {
  std::vector<Value> values;
  bool first = true;  // the kind
  for (const json::Value element : json.elements()) {
    if (std::exchange(first, false)) continue;
    const auto value = value_in(element, arena);
    if (!value) return {};
    values.push_back(*value);
  }
  return Value::list(values, arena);
}

/// Of the kinds that are written as one text.
std::optional<Value> written_value(std::string_view kind, std::string_view text, Arena& arena) {
  if (kind == "text") return Value::text(text, arena);
  if (kind == "json") return Value::json_view(arena.copy(text));
  if (kind == "decimal")
    if (const auto number = Decimal::parse(text)) return Value::decimal(*number, arena);
  if (kind == "date")
    if (const auto day = parse_date(text)) return Value::date(std::chrono::sys_days(*day));
  if (kind == "instant")
    if (const auto moment = parse_instant(text)) return Value::instant(*moment);
  return {};
}

std::optional<Value> value_in(json::Value json, Arena& arena) {
  if (json.is_null()) return Value::null();
  std::vector<json::Value> parts;
  for (const json::Value element : json.elements()) parts.push_back(element);
  if (parts.empty()) return {};
  const std::string_view kind = parts[0].string_or("");
  if (kind == "list") return list_in(json, arena);
  if (parts.size() < 2) return {};
  if (kind == "boolean" && parts[1].as_boolean()) return Value::boolean(*parts[1].as_boolean());
  if (kind == "integer" && parts[1].as_integer()) return Value::integer(*parts[1].as_integer());
  const auto text = parts[1].as_string();
  if (!text) return {};
  if (kind == "reference" && parts.size() == 3)
    return Value::reference({.table = *text, .id = parts[2].string_or("")}, arena);
  return written_value(kind, *text, arena);
}

}  // namespace

void RowImage::set(std::string_view column, const Value& cell) {
  const auto known = std::find(columns.begin(), columns.end(), column);
  if (known != columns.end()) {
    cells[static_cast<std::size_t>(known - columns.begin())] = cell;
    return;
  }
  columns.emplace_back(column);
  cells.push_back(cell);
}

std::string image_of(std::span<const std::string> columns, std::span<const Value> cells) {
  json::Writer out;
  out.begin_object();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (cells[i].is_absent()) continue;
    out.key(columns[i]);
    append(out, cells[i]);
  }
  out.end_object();
  return out.take();
}

Result<RowImage> read_image(std::string_view image, Arena& arena) {
  RowImage row;
  const auto document = json::parse(image);
  if (!document || !document->root().is_object())
    return Error{.fault = Fault::setup,
                 .message = "a before-image of the ledger is no JSON object"};
  for (const json::Member& member : document->root().members()) {
    const auto value = value_in(member.value, arena);
    if (!value)
      return Error{.fault = Fault::setup,
                   .message = "a before-image of the ledger holds what is no value",
                   .where = std::string(member.key)};
    row.set(member.key, *value);
  }
  return row;
}

}  // namespace flit::engine
