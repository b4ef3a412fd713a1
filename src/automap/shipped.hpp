#pragma once
/// @file What the product ships: the lexicon and the fitted model, compiled in from the files of
/// this room.

#include "automap/lexicon.hpp"
#include "automap/model.hpp"

namespace flit::automap {

/// Read afresh on each call (a few milliseconds); keep the result.
Lexicon shipped_lexicon();
Model shipped_model();

}  // namespace flit::automap
