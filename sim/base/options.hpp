#pragma once
/// @file Options, declared once: from one declaration follow reading, checking, help and
/// suggestions.
///
///     OptionSet options;
///     options.add({"--latency", "D", "Time added to every answer."}, settings.latency);
///
/// A declaration binds a name to a variable, whose value at that moment is the default shown in the
/// help. The command line itself is taken apart by apps/flitsim; this room never sees argv. Every
/// error is Fault::setup and names the option. Bound variables must outlive the set.

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace flit::sim {

struct Declaration {
  std::string name;     ///< "--latency"
  std::string metavar;  ///< "D"; empty for a flag, which takes no value
  std::string help;     ///< one sentence
};

struct Option {
  Declaration declaration{};
  std::string default_text{};  ///< empty: none
  bool repeatable = false;
  std::function<Result<void>(std::string_view)> set{};  ///< a flag's is called with ""

  bool is_flag() const { return declaration.metavar.empty(); }
};

/// One per type that an option can have; each says what it expected.
Result<void> read_value(std::string_view text, std::string& into);
Result<void> read_value(std::string_view text, bool& into);  ///< of a flag: true
Result<void> read_value(std::string_view text, double& into);
Result<void> read_value(std::string_view text, Duration& into);  ///< "10ms"
Result<void> read_value(std::string_view text, Instant& into);   ///< "2026-11-02T08:00:00Z"

namespace detail {
Result<std::int64_t> read_integer(std::string_view text, std::int64_t least, std::int64_t most);
std::string default_text(std::string_view value);
std::string default_text(Duration value);

template <typename T>
inline constexpr bool is_vector = false;
template <typename T>
inline constexpr bool is_vector<std::vector<T>> = true;
}  // namespace detail

template <std::integral Integer>
requires(!std::same_as<Integer, bool>) Result<void> read_value(std::string_view text,
                                                               Integer& into) {
  using Limits = std::numeric_limits<Integer>;
  constexpr auto most = std::cmp_greater(Limits::max(), INT64_MAX)
                            ? INT64_MAX
                            : static_cast<std::int64_t>(Limits::max());
  FLIT_TRY(value, detail::read_integer(text, static_cast<std::int64_t>(Limits::min()), most));
  into = static_cast<Integer>(value);
  return {};
}

template <typename T>
Result<void> read_value(std::string_view text, std::optional<T>& into) {
  T value{};
  FLIT_TRY_VOID(read_value(text, value));
  into = std::move(value);
  return {};
}

template <typename T>
Result<void> read_value(std::string_view text, std::vector<T>& into) {
  T value{};
  FLIT_TRY_VOID(read_value(text, value));
  into.push_back(std::move(value));
  return {};
}

class OptionSet {
 public:
  /// T: std::string, bool (a flag), integers, double, Duration, Instant, std::optional of these, or
  /// std::vector of these (may then be given several times).
  template <typename T>
  Option& add(Declaration declaration, T& into);

  /// One of a few words: `choices` are pairs of word and value.
  template <typename T>
  Option& add_choice(Declaration declaration, T& into,
                     std::vector<std::pair<std::string, T>> choices);

  const std::vector<Option>& all() const { return options_; }
  const Option* find(std::string_view name) const;

  /// Reads one option as typed; an error says which option, and suggests a name for an unknown one.
  Result<void> set(std::string_view name, std::string_view value) const;

  /// "--sede is no option", with the name that was probably meant.
  Error unknown(std::string_view name) const;

 private:
  Option& add_option(Option option);

  std::vector<Option> options_;
};

template <typename T>
Option& OptionSet::add(Declaration declaration, T& into) {
  Option option;
  option.declaration = std::move(declaration);
  option.repeatable = detail::is_vector<T>;
  option.set = [&into](std::string_view text) { return read_value(text, into); };
  if constexpr (std::is_same_v<T, Duration> || std::is_same_v<T, std::string>)
    option.default_text = detail::default_text(into);
  else if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>)
    option.default_text = fmt::format("{}", into);
  return add_option(std::move(option));
}

template <typename T>
Option& OptionSet::add_choice(Declaration declaration, T& into,
                              std::vector<std::pair<std::string, T>> choices) {
  Option option;
  option.declaration = std::move(declaration);
  for (const auto& [word, value] : choices)
    if (value == into) option.default_text = word;
  option.set = [&into, choices = std::move(choices)](std::string_view text) -> Result<void> {
    std::vector<std::string> words;
    for (const auto& [word, value] : choices) {
      if (word == text) {
        into = value;
        return {};
      }
      words.push_back(word);
    }
    return Error{.fault = Fault::setup,
                 .message = fmt::format("'{}' is not one of {}", text, fmt::join(words, ", "))};
  };
  return add_option(std::move(option));
}

}  // namespace flit::sim
