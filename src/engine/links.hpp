#pragma once
/// @file Which of a record's associations is the one, and which are further ones.
///
/// The rules of facts/sources.md §1.6: of several primaries, and where edges exist but none is
/// primary, the oldest edge counts, then the lowest id; both are worth a finding. Pure.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.hpp"

namespace flit::engine {

struct Primary {
  const model::Edge* edge = nullptr;  ///< none: there is no edge
  bool guessed = false;               ///< no primary, or several: "primary_guessed"
};

/// `edges` of one record in the order (created, id), archived ones included; those do not count.
Primary primary_of(std::span<const model::Edge> edges);

}  // namespace flit::engine
