#include "sim/base/options.hpp"

#include <charconv>

#include "base/check.hpp"
#include "base/edit_distance.hpp"
#include "base/time.hpp"
#include "sim/base/duration_text.hpp"

namespace flit::sim {

namespace {

Error not_a(std::string_view text, std::string_view expected) {
  return Error{.fault = Fault::setup, .message = fmt::format("'{}' is not {}", text, expected)};
}

}  // namespace

namespace detail {

Result<std::int64_t> read_integer(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || rest != end || value < least || value > most)
    return not_a(text, fmt::format("a whole number from {} to {}", least, most));
  return value;
}

std::string default_text(std::string_view value) {
  return std::string(value);
}

std::string default_text(Duration value) {
  return fmt::format("{}ms", std::chrono::duration<double, std::milli>(value).count());
}

}  // namespace detail

Result<void> read_value(std::string_view text, std::string& into) {
  into = text;
  return {};
}

Result<void> read_value(std::string_view /*text*/, bool& into) {
  into = true;
  return {};
}

Result<void> read_value(std::string_view text, double& into) {
  const char* end = text.data() + text.size();
  double value = 0;
  const auto [rest, fault] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (fault != std::errc{} || rest != end) return not_a(text, "a number");
  into = value;
  return {};
}

Result<void> read_value(std::string_view text, Duration& into) {
  FLIT_TRY(value, parse_duration(text));
  into = value;
  return {};
}

Result<void> read_value(std::string_view text, Instant& into) {
  const auto value = parse_instant(text);
  if (!value) return not_a(text, "an instant such as 2026-11-02T08:00:00Z");
  into = *value;
  return {};
}

Option& OptionSet::add_option(Option option) {
  FLIT_CHECK(find(option.declaration.name) == nullptr, "an option is declared once");
  return options_.emplace_back(std::move(option));
}

const Option* OptionSet::find(std::string_view name) const {
  for (const Option& option : options_)
    if (option.declaration.name == name) return &option;
  return nullptr;
}

Result<void> OptionSet::set(std::string_view name, std::string_view value) const {
  const Option* option = find(name);
  if (option == nullptr) return unknown(name);
  auto read = option->set(value);
  if (read) return {};
  Error error = std::move(read).error();
  error.where = name;
  return error;
}

Error OptionSet::unknown(std::string_view name) const {
  std::vector<std::string_view> names;
  for (const Option& option : options_) names.emplace_back(option.declaration.name);
  return Error{.fault = Fault::setup,
               .message = fmt::format("there is no option {}", name),
               .remedy = did_you_mean_text(name, names)};
}

}  // namespace flit::sim
