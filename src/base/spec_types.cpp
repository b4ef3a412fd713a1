#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "base/spec.hpp"
#include "base/time.hpp"

namespace flit::spec {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};
constexpr Unit units[] = {
    {"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};

Error not_a_duration(const std::string& text, std::string remedy) {
  return {.fault = Fault::setup,
          .message = fmt::format("'{}' is no duration", text),
          .remedy = std::move(remedy)};
}

Result<milliseconds> parse_milliseconds(const std::string& text) {
  std::int64_t count = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc() || count < 0)
    return not_a_duration(text, "a whole number and ms, s, min, h or d: 10s");
  const std::string_view name(stopped, static_cast<std::size_t>(end - stopped));
  for (const Unit& unit : units) {
    if (name != unit.name) continue;
    if (count > std::numeric_limits<std::int64_t>::max() / unit.milliseconds)
      return not_a_duration(text, "it is too long");
    return milliseconds(count * unit.milliseconds);
  }
  return not_a_duration(text, name.empty() ? fmt::format("say the unit: {}s", text)
                                           : "the units are ms, s, min, h and d");
}

constexpr auto duration_name = "a duration such as 10s";
constexpr auto duration_pattern = "^[0-9]+(ms|s|min|h|d)$";

}  // namespace

void describe(Parsed<milliseconds>& type) {
  type.as(duration_name, duration_pattern, parse_milliseconds);
}

void describe(Parsed<std::chrono::seconds>& type) {
  type.as(duration_name, duration_pattern,
          [](const std::string& text) -> Result<std::chrono::seconds> {
            FLIT_TRY(parsed, parse_milliseconds(text));
            const auto whole = std::chrono::floor<std::chrono::seconds>(parsed);
            if (whole != parsed) return not_a_duration(text, "whole seconds are needed here");
            return whole;
          });
}

void describe(Parsed<Instant>& type) {
  type.as("an instant such as 2026-11-02T08:00:00Z",
          "^[0-9]{4}-[0-9]{2}-[0-9]{2}T.*(Z|[+-][0-9:]+)$", parse_instant);
}

void describe(Parsed<Decimal>& type) {
  type.as("a decimal number", "", Decimal::parse);
}

namespace detail {

std::string shown(double number) {
  return fmt::format("{}", number);
}

std::string shown_choice(const Type& type, std::int64_t value) {
  for (const Choice& choice : type.choices)
    if (choice.value == value) return choice.name;
  return {};
}

}  // namespace detail
}  // namespace flit::spec
