#include "sim/base/duration_text.hpp"

#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace flit::sim {

namespace {

constexpr std::array<std::pair<std::string_view, double>, 7> units{{
    {"us", 1e-6},
    {"ms", 1e-3},
    {"s", 1},
    {"m", 60},
    {"min", 60},
    {"h", 3600},
    {"d", 86'400},
}};
constexpr double longest_s = 1000.0 * 86'400;

Error no_duration(std::string_view text) {
  return Error{.fault = Fault::setup,
               .message = "'" + std::string(text) + "' is no duration",
               .remedy = "Write a number and a unit (us, ms, s, m, h, d), such as 10ms or 1.5s."};
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  if (fault != std::errc{} || !(number >= 0)) return no_duration(text);
  for (const auto& [name, seconds] : units) {
    if (name != unit) continue;
    if (number * seconds > longest_s) return no_duration(text);
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(number * seconds));
  }
  return no_duration(text);
}

}  // namespace flit::sim
