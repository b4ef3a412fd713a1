#include "sim/salesforce/service/versions.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::sim::salesforce {
namespace {

/// Three releases a year; 64 was Summer '25.
std::string release(int version) {
  constexpr std::array<std::string_view, 3> seasons = {"Winter", "Spring", "Summer"};
  const int since = version - 47;  // 47 was Winter '20
  return fmt::format("{} '{}", seasons[static_cast<std::size_t>(since % 3)], 20 + since / 3);
}

}  // namespace

std::string versions_json() {
  json::Writer out;
  out.begin_array();
  for (int version = oldest_version; version <= newest_version; ++version) {
    out.begin_object().member("label", release(version));
    out.member("url", fmt::format("/services/data/v{}.0", version));
    out.member("version", fmt::format("{}.0", version)).end_object();
  }
  out.end_array();
  return out.take();
}

std::string served_version(std::string_view segment) {
  if (!segment.starts_with('v')) return {};
  segment.remove_prefix(1);
  if (segment.ends_with(".0")) segment.remove_suffix(2);
  int version = 0;
  const auto [end, error] =
      std::from_chars(segment.data(), segment.data() + segment.size(), version);
  if (error != std::errc() || end != segment.data() + segment.size()) return {};
  if (version < oldest_version || version > newest_version) return {};
  return std::to_string(version) + ".0";
}

}  // namespace flit::sim::salesforce
