#pragma once
/// @file Which of a record's associations is the one, and which are further ones.
///
/// The rules of facts/sources.md §1.6: of several primaries, and where edges exist but none is
/// primary, the oldest edge counts, then the lowest id; both are worth a finding. Pure.

#include <span>

#include "store/edges.hpp"

namespace flit::engine {

struct Primary {
  const store::NearEdge* edge = nullptr;  ///< none: there is no edge
  bool guessed = false;                   ///< no primary, or several: "primary_guessed"
};

/// `edges` of one record in the order (created, id), all of them live.
Primary primary_of(std::span<const store::NearEdge> edges);

}  // namespace flit::engine
