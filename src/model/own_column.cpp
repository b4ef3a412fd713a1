#include "model/own_column.hpp"

#include <algorithm>
#include <array>

namespace flit::model {
namespace {

constexpr std::uint32_t id_length = 100;  // of a source's record id
constexpr std::uint32_t line_length = 255;
constexpr std::uint32_t lines_length = 2000;
constexpr std::uint32_t longest_line = 4000;  // of a text column, on every platform that we know

void take_length(Field& column, const Field& source, std::uint32_t least) {
  column.max_length = roomy(std::max(source.max_length.value_or(0), least));
  if (*column.max_length > longest_line) column.type = FieldType::long_text;
}

}  // namespace

std::uint32_t roomy(std::uint32_t length) {
  constexpr std::array<std::uint32_t, 9> steps{100,  255,    500,     1000,     2000,
                                               4000, 10'000, 100'000, 1'048'576};
  for (const std::uint32_t step : steps)
    if (length <= step) return step;
  return steps.back();
}

Field own_column(const Field& source, std::string name) {
  Field column{.name = std::move(name), .type = source.type};
  column.custom = true;
  switch (source.type) {
    case FieldType::html:
    case FieldType::json:
    case FieldType::long_text:
      column.type = FieldType::long_text;
      column.max_length = roomy(std::max(source.max_length.value_or(0), lines_length));
      break;
    case FieldType::money:  // exact, and independent of whether the table has a currency
    case FieldType::decimal:
      column.type = FieldType::decimal;
      column.scale = std::min<std::uint8_t>(10, source.scale.value_or(2));
      break;
    case FieldType::text:
    case FieldType::unknown:
      column.type = FieldType::text;
      take_length(column, source, line_length);
      break;
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
      take_length(column, source, line_length);
      break;
    case FieldType::reference:
    case FieldType::uuid:
    case FieldType::file:
      column.type = FieldType::text;
      column.max_length = id_length;
      break;
    case FieldType::choice:
    case FieldType::choices:
      // Nobody knows the list: the values are kept as they are written.
      if (!source.options.empty()) break;
      column.type = FieldType::text;
      column.max_length = source.type == FieldType::choice ? line_length : lines_length;
      break;
    case FieldType::integer:
    case FieldType::boolean:
    case FieldType::date:
    case FieldType::instant:
      break;
  }
  return column;
}

}  // namespace flit::model
