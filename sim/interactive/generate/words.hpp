#pragma once
/// @file The vocabulary of generated data: made-up names of people, places and firms.

#include <span>
#include <string_view>

namespace flit::sim::interactive::words {

extern const std::span<const std::string_view> first_names;
extern const std::span<const std::string_view> last_names;
extern const std::span<const std::string_view> firm_names;
extern const std::span<const std::string_view> firm_kinds;
extern const std::span<const std::string_view> job_titles;
extern const std::span<const std::string_view> streets;
extern const std::span<const std::string_view> subjects;
extern const std::span<const std::string_view> sentences;

/// An array, for Random::pick.
inline std::span<const std::string_view> list(std::span<const std::string_view> words) {
  return words;
}

struct Place {
  std::string_view city;
  std::string_view state;
  std::string_view postal_code;
  std::string_view area_code;
};
extern const std::span<const Place> places;

}  // namespace flit::sim::interactive::words
