// Any JSON value under any conversion into any column becomes a value that the column takes, or is
// refused with a code; the same every time. The first two bytes choose conversion and column.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_reader.hpp"
#include "base/utf8.hpp"
#include "fuzz/promise.hpp"
#include "mapping/conversion.hpp"
#include "mapping/record_view.hpp"

namespace {

using namespace flit;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;
using mapping::Converted;
using model::FieldType;
using model::Value;

class OneCompany final : public mapping::Lookups {
 public:
  mapping::Lookup record(std::string_view, std::string_view id) const override {
    if (id.size() != 1) return {};
    return {.kind = mapping::Lookup::Kind::found, .target = {.table = "account", .id = "a-1"}};
  }
  mapping::Lookup owner(std::string_view id) const override { return record("owners", id); }
};

constexpr std::array<FieldType, 14> types{
    FieldType::text,   FieldType::long_text, FieldType::html,    FieldType::email,
    FieldType::phone,  FieldType::url,       FieldType::integer, FieldType::decimal,
    FieldType::money,  FieldType::boolean,   FieldType::date,    FieldType::instant,
    FieldType::choice, FieldType::choices};

constexpr std::uint32_t longest = 40;

model::Field field(const char* name, FieldType type) {
  model::Field made{.name = name, .type = type};
  made.options = {{"1", "One"}, {"2", "Two"}, {"a", "Ängström"}};
  made.targets = {"account"};
  return made;
}

struct Choice {
  std::uint8_t conversion;
  std::uint8_t column;
};

/// Null where conversion and column do not go together.
std::unique_ptr<mapping::Converter> converter_of(Choice choice) {
  static const mapping::Locale locale{Zone::find("America/New_York").value()};
  const auto names = mapping::conversion_names();
  model::FieldRule rule{.from = "from", .to = "to"};
  rule.convert = names[choice.conversion % names.size()].name;
  rule.arguments = {{"object", "companies"}};
  rule.too_long = choice.column % 2 == 0 ? model::TooLong::fail : model::TooLong::truncate;
  const FieldType type = types[choice.column / 2U % types.size()];
  model::Field column = field("to", type);
  if (model::is_textual(type)) column.max_length = longest;
  column.scale = 2;
  const FieldType from = choice.conversion % 3 == 0 ? FieldType::choices : FieldType::text;
  auto made = mapping::make_converter(rule, field("from", from), column, locale);
  return made ? std::move(*made) : nullptr;
}

void check(const Converted& converted) {
  const bool refused = converted.trouble == Converted::Trouble::refused;
  promise(converted.trouble == Converted::Trouble::none || !converted.code.empty(),
          "trouble has a code");
  promise(
      refused || converted.trouble == Converted::Trouble::flagged || !converted.value.is_absent(),
      "what is neither refused nor flagged is a value");
  promise(utf8::is_valid(converted.detail), "a detail is UTF-8");
  if (refused || converted.value.kind() != Value::Kind::text) return;
  promise(utf8::is_valid(converted.value.as_text()), "a text is UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static const OneCompany lookups;
  const Choice choice{data[0], data[1]};
  const auto converter = converter_of(choice);
  if (!converter) return 0;
  json::Document document;
  const auto value =
      document.read(std::string_view(reinterpret_cast<const char*>(data) + 2, size - 2));
  if (!value || mapping::is_empty(*value)) return 0;

  model::Arena arena;
  const Converted once = converter->convert(*value, {arena, lookups});
  check(once);
  if (once.value.kind() == Value::Kind::text &&
      model::is_textual(types[choice.column / 2U % types.size()]) &&
      once.trouble != Converted::Trouble::refused)
    promise(utf8::utf16_units(once.value.as_text()) <= longest, "a text fits its column");
  const Converted twice = converter->convert(*value, {arena, lookups});
  promise(once.value == twice.value && once.code == twice.code, "the same value, the same answer");
  return 0;
}
