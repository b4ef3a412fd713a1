// What is done to a value after it was made (facts/sources.md §1.12, "Modifiers").

#include "base/date_pattern.hpp"
#include "base/decimal.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "sim/interactive/folder/evaluator.hpp"

namespace flit::sim::interactive {

namespace {

Error wrong(const std::string& value, std::string_view what) {
  return Error{.fault = Fault::setup, .message = "'" + value + "' is not " + std::string(what)};
}

Result<std::string> parsed_date(const std::string& value, const std::string& pattern) {
  FLIT_TRY(compiled, DatePattern::compile(pattern));
  const auto date = compiled.parse_date(value);
  if (!date) return wrong(value, "a date as " + pattern);
  return format_date(*date);
}

Result<std::string> parsed_decimal(std::string value, const std::string& point) {
  const std::string original = value;
  if (point == ",") {
    value = text::replace_all(value, ".", "");
    value = text::replace_all(value, ",", ".");
  }
  const auto decimal = Decimal::parse(value);
  if (!decimal) return wrong(original, "a decimal number");
  return decimal->text();
}

Result<std::string> parsed(const std::string& value, const yaml::Node& how) {
  if (how.is_scalar() && how.text() == "int") {
    const auto number = Decimal::parse(value);
    const auto whole = number ? number->as_integer() : std::nullopt;
    if (!whole) return wrong(value, "a whole number");
    return std::to_string(*whole);
  }
  if (const auto* date = how.find("date")) return parsed_date(value, date->value.text());
  if (const auto* decimal = how.find("decimal"))
    return parsed_decimal(value, decimal->value.text());
  return Error{.fault = Fault::setup,
               .message = "parse expects {date: PATTERN}, {decimal: POINT} or int"};
}

Result<std::string> scaled(const std::string& value, int exponent) {
  FLIT_TRY(decimal, Decimal::parse(value));
  FLIT_TRY(product, decimal.scale10(exponent));
  return product.text(Decimal::Zeros::dropped);
}

Result<std::string> instant_of(const std::string& value, const DatetimeModifier& how) {
  FLIT_TRY(local, parse_local_time(value + "T" + how.time));
  FLIT_TRY(zone, Zone::find(how.zone));
  return format_instant(zone.resolve(local).instant, {.fraction_digits = 3});
}

/// One modifier after the other, in the order in which they are documented.
Result<std::string> changed(std::string value, const ValueSpec& spec) {
  if (spec.trim) value = std::string(text::trim(value));
  if (spec.letter_case)
    value = *spec.letter_case == LetterCase::lower ? text::lower(value) : text::upper(value);
  const auto step = [&value](auto&& change) -> Result<void> {
    FLIT_TRY(next, change());
    value = std::move(next);
    return {};
  };
  if (!spec.parse.is_null()) FLIT_TRY_VOID(step([&] { return parsed(value, spec.parse); }));
  if (spec.scale10) FLIT_TRY_VOID(step([&] { return scaled(value, *spec.scale10); }));
  if (spec.datetime) FLIT_TRY_VOID(step([&] { return instant_of(value, *spec.datetime); }));
  if (spec.slug) value = text::slug(value);
  if (spec.email) value = text::slug(value) + "@" + *spec.email;
  return value;
}

}  // namespace

Result<MadeText> modified(MadeText made, const ValueSpec& spec) {
  if (made && !made->empty()) {
    FLIT_TRY(value, changed(std::move(*made), spec));
    made = std::move(value);
  }
  if (made && made->empty()) made.reset();
  if (!made && spec.fallback) made = spec.fallback->text;
  return made;
}

std::string match_key(std::string_view value, Match match) {
  switch (match) {
    case Match::exact:
      return std::string(value);
    case Match::trim:
      return std::string(text::trim(value));
    case Match::fold:
      return text::fold(value);
    case Match::squash:
      return text::squash(value);
  }
  return std::string(value);
}

}  // namespace flit::sim::interactive
