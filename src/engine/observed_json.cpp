#include "engine/observed_json.hpp"

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::engine {
namespace {

void write(json::Writer& out, const ObservedField& field) {
  out.begin_object().member("records", field.records).member("filled", field.filled);
  out.member("distinct", field.distinct).member("more_distinct", field.more_distinct);
  out.member("longest", field.longest).member("scale", field.scale);
  if (field.min) out.member("min", field.min->text());
  if (field.max) out.member("max", field.max->text());
  if (!field.values.empty()) {
    out.key("values").begin_array();
    for (const ObservedValue& value : field.values)
      out.begin_array().string(value.text).integer(value.count).end_array();
    out.end_array();
  }
  out.member("more_values", field.more_values).end_object();
}

std::optional<Decimal> decimal_of(json::Value value) {
  const auto parsed = Decimal::parse(value.string_or(""));
  return parsed ? std::optional<Decimal>(*parsed) : std::nullopt;
}

std::uint64_t count_of(json::Value value) {
  return static_cast<std::uint64_t>(value.as_integer().value_or(0));
}

ObservedField read(json::Value value) {
  ObservedField field{.records = count_of(value["records"]),
                      .filled = count_of(value["filled"]),
                      .distinct = count_of(value["distinct"]),
                      .more_distinct = value["more_distinct"].as_boolean().value_or(false),
                      .longest = static_cast<std::uint32_t>(count_of(value["longest"])),
                      .min = decimal_of(value["min"]),
                      .max = decimal_of(value["max"]),
                      .scale = static_cast<std::uint8_t>(count_of(value["scale"])),
                      .more_values = value["more_values"].as_boolean().value_or(false)};
  for (const json::Value pair : value["values"].elements()) {
    ObservedValue& one = field.values.emplace_back();
    for (const json::Value part : pair.elements())
      if (part.is_string())
        one.text = part.string_or("");
      else
        one.count = count_of(part);
  }
  return field;
}

}  // namespace

std::string observed_json(const Observed& observed) {
  json::Writer out;
  out.begin_object();
  for (const auto& [name, field] : observed) {
    out.key(name);
    write(out, field);
  }
  out.end_object();
  return out.take();
}

Result<Observed> observed_of_json(std::string_view text) {
  FLIT_TRY(document, json::parse(text));
  Observed observed;
  for (const json::Member member : document.root().members())
    observed.emplace(member.key, read(member.value));
  return observed;
}

}  // namespace flit::engine
