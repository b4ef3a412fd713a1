#include "sim/base/target.hpp"

#include <utility>

namespace flit::sim {

namespace {

/// "http://host:1/a?b" → "/a?b"; anything else is returned as it is.
std::string_view without_authority(std::string_view raw) {
  const auto scheme = raw.find("://");
  if (raw.empty() || raw.front() == '/' || scheme == std::string_view::npos) return raw;
  if (raw.substr(0, scheme).find_first_of("/?") != std::string_view::npos) return raw;
  const auto path = raw.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view("/") : raw.substr(path);
}

Result<std::vector<std::string>> decoded_segments(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const std::string_view piece = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (piece.empty()) continue;
    FLIT_TRY(segment, percent::decode(piece));
    segments.push_back(std::move(segment));
  }
  return segments;
}

}  // namespace

Result<Target> Target::parse(std::string_view raw) {
  Target target;
  target.raw = raw;
  std::string_view rest = without_authority(raw);
  if (const auto question = rest.find('?'); question != std::string_view::npos) {
    target.query = rest.substr(question + 1);
    rest = rest.substr(0, question);
  }
  target.path = rest;
  FLIT_TRY(segments, decoded_segments(rest));
  FLIT_TRY(parameters, form::parse(target.query));
  target.segments = std::move(segments);
  target.parameters = std::move(parameters);
  return target;
}

std::optional<std::string_view> Target::parameter(std::string_view name) const {
  const std::string* value = form::find(parameters, name);
  if (value == nullptr) return std::nullopt;
  return *value;
}

std::string_view Target::segment(std::size_t index) const {
  return index < segments.size() ? std::string_view(segments[index]) : std::string_view{};
}

}  // namespace flit::sim
