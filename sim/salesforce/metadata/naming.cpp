#include "sim/salesforce/metadata/naming.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit::sim::salesforce::metadata {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::optional<std::string> name_problem(std::string_view what, std::string_view name) {
  if (name.size() > max_api_name)
    return fmt::format("{} Name: data value too large: {} (max length={})", what, name,
                       max_api_name);
  const bool fine = !name.empty() && is_letter(name.front()) && name.back() != '_' &&
                    name.find("__") == std::string_view::npos &&
                    std::all_of(name.begin(), name.end(), is_name_character);
  if (fine) return std::nullopt;
  return fmt::format(
      "The {} Name field can only contain alphanumeric characters, must begin with a letter, "
      "cannot end with an underscore, and cannot contain two consecutive underscore characters: {}",
      what, name);
}

bool has_suffix(std::string_view name) {
  return name.size() > 3 && name.substr(name.size() - 3) == "__c";
}

std::string_view without_suffix(std::string_view name) {
  return has_suffix(name) ? name.substr(0, name.size() - 3) : name;
}

}  // namespace flit::sim::salesforce::metadata
