#include "mapping/conversion.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "mapping/choice_converters.hpp"
#include "mapping/number_converters.hpp"
#include "mapping/party_converter.hpp"
#include "mapping/reference_converters.hpp"
#include "mapping/text_converters.hpp"
#include "mapping/time_converters.hpp"

namespace flit::mapping {
namespace {

using model::Field;
using model::FieldRule;
using model::FieldType;
using Made = Result<std::unique_ptr<Converter>>;

struct Request {
  const FieldRule& rule;
  const Field& source;
  const Field& column;
  const Locale& locale;
};

std::string argument(const FieldRule& rule, std::string_view name) {
  for (const auto& [key, value] : rule.arguments)
    if (key == name) return value;
  return {};
}

TextLimit text_limit(const Request& request) {
  return TextLimit::of(request.rule, request.column);
}
NumberLimits number_limits(const Request& request) {
  return NumberLimits::of(request.column);
}

WrittenTime written_time(const Field& source) {
  if (source.native_type.ends_with("epoch_ms")) return WrittenTime::epoch_ms;
  if (source.native_type.ends_with("epoch_seconds")) return WrittenTime::epoch_seconds;
  return WrittenTime::iso;
}

Decimal one() {
  return Decimal::of(1);
}

Made record(const Request& request) {
  std::string object = argument(request.rule, "object");
  if (object.empty() && request.source.targets.size() == 1) object = request.source.targets.front();
  const Archived archived = argument(request.rule, "archived") == "placeholder"
                                ? Archived::placeholder
                                : Archived::left_out;
  if (!object.empty()) return make_record_reference(std::move(object), archived);
  return Error{.fault = Fault::setup,
               .message = fmt::format("what {} refers to is not known", request.source.name),
               .remedy = "Say it: arguments: {object: companies}"};
}

struct Known {
  ConversionName name;
  Made (*make)(const Request&);
};

const std::array<Known, 23>& known_conversions() {
  static const std::array<Known, 23> all{{
      {{"text", "The text as it is."},
       [](const Request& r) -> Made { return make_text(text_limit(r)); }},
      {{"line", "One line: white space and line ends become single blanks."},
       [](const Request& r) -> Made { return make_line(text_limit(r)); }},
      {{"email", "An address; one that is not valid is kept and flagged."},
       [](const Request& r) -> Made { return make_email(text_limit(r)); }},
      {{"phone", "E.164 with extension; what is no number is kept and flagged."},
       [](const Request& r) -> Made {
         const std::string region = argument(r.rule, "region");
         return make_phone(text_limit(r), region.empty() ? r.locale.region : region);
       }},
      {{"html", "HTML from an allow-list; everything else is taken out and flagged."},
       [](const Request& r) -> Made { return make_html(text_limit(r)); }},
      {{"plain_text", "HTML as the text that a reader sees."},
       [](const Request& r) -> Made { return make_plain_text(text_limit(r)); }},
      {{"json", "Compact JSON, kept as text."},
       [](const Request& r) -> Made { return make_json_text(text_limit(r)); }},
      {{"label", "A choice as its label."},
       [](const Request& r) -> Made { return make_label_text(text_limit(r), r.source); }},
      {{"integer", "A whole number; a fraction is rounded and flagged."},
       [](const Request& r) -> Made { return make_integer(number_limits(r), one()); }},
      {{"decimal", "An exact number; digits that the column cannot hold are rounded and flagged."},
       [](const Request& r) -> Made { return make_decimal(number_limits(r), one()); }},
      {{"percent", "A share between 0 and 1 as per cent."},
       [](const Request& r) -> Made {
         if (r.column.type == FieldType::integer)
           return make_integer(number_limits(r), Decimal::of(100));
         return make_decimal(number_limits(r), Decimal::of(100));
       }},
      {{"minutes", "Milliseconds as minutes."},
       [](const Request& r) -> Made { return make_minutes(number_limits(r), 60'000); }},
      {{"seconds_as_minutes", "Seconds as minutes."},
       [](const Request& r) -> Made { return make_minutes(number_limits(r), 60); }},
      {{"minutes_as_seconds", "Minutes as seconds."},
       [](const Request& r) -> Made { return make_integer(number_limits(r), Decimal::of(60)); }},
      {{"cents", "Hundredths of the unit as an amount: 1250 becomes 12.50."},
       [](const Request& r) -> Made { return make_decimal(number_limits(r), Decimal::of(1, 2)); }},
      {{"boolean", "Yes or no, true or false, 1 or 0."},
       [](const Request& r) -> Made { return make_boolean(r.rule.values); }},
      {{"date", "A day, never shifted; a moment becomes the day it was in the account's zone."},
       [](const Request& r) -> Made { return make_date(written_time(r.source), r.locale.zone); }},
      {{"instant", "A moment in UTC; a day becomes its noon."},
       [](const Request& r) -> Made { return make_instant(written_time(r.source)); }},
      {{"choice", "One option, by the value map."},
       [](const Request& r) -> Made { return make_choice(r.rule, r.source, r.column); }},
      {{"choices", "Several options, by the value map."},
       [](const Request& r) -> Made { return make_choices(r.rule, r.source, r.column); }},
      {{"record", "Another record, by its source id."}, record},
      {{"owner", "A user or team, by the owners' list."},
       [](const Request&) -> Made { return make_owner_reference(); }},
      {{"parties", "The people of an activity; arguments: source role to role over there."},
       [](const Request& r) -> Made { return make_parties(r.rule.arguments); }},
  }};
  return all;
}

/// What a column of this type takes when the rule names no conversion.
std::string_view obvious(const Field& source, const Field& column) {
  switch (column.type) {
    case FieldType::email:
      return "email";
    case FieldType::phone:
      return "phone";
    case FieldType::html:
      return "html";
    case FieldType::json:
      return "json";
    case FieldType::long_text:
      return source.type == FieldType::html ? "plain_text" : "text";
    case FieldType::text:
    case FieldType::url:
    case FieldType::uuid:
    case FieldType::unknown:
      return source.type == FieldType::json ? "json" : "text";
    case FieldType::integer:
      return "integer";
    case FieldType::decimal:
    case FieldType::money:
      return "decimal";
    case FieldType::boolean:
      return "boolean";
    case FieldType::date:
      return "date";
    case FieldType::instant:
      return "instant";
    case FieldType::choice:
      return "choice";
    case FieldType::choices:
      return "choices";
    case FieldType::reference:
      return "record";
    case FieldType::file:
      return "";
  }
  return "";
}

}  // namespace

Result<std::unique_ptr<Converter>> make_converter(const FieldRule& rule, const Field& source,
                                                  const Field& column, const Locale& locale) {
  const std::string_view name =
      rule.convert.empty() ? obvious(source, column) : std::string_view(rule.convert);
  const auto& all = known_conversions();
  const auto known = std::find_if(all.begin(), all.end(),
                                  [name](const Known& one) { return one.name.name == name; });
  if (known != all.end()) return known->make({rule, source, column, locale});
  std::vector<std::string_view> names;
  names.reserve(std::size(all));
  for (const Known& one : all) names.push_back(one.name.name);
  return Error{
      .fault = Fault::setup,
      .message = rule.convert.empty()
                     ? fmt::format("{} ({}) cannot become {} ({})", source.name,
                                   to_string(source.type), column.name, to_string(column.type))
                     : fmt::format("there is no conversion '{}'", rule.convert),
      .remedy = did_you_mean_text(rule.convert, names)};
}

std::span<const ConversionName> conversion_names() {
  static const std::vector<ConversionName> names = [] {
    std::vector<ConversionName> all;
    for (const Known& one : known_conversions()) all.push_back(one.name);
    return all;
  }();
  return names;
}

}  // namespace flit::mapping
