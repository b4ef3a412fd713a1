#pragma once
/// @file The map proposer (src/automap) as the engine's face for it.

#include <memory>

#include "engine/map_draft.hpp"
#include "model/schema.hpp"

namespace flit::app {

/// Both schemas outlive what is returned.
std::unique_ptr<engine::FieldProposer> make_field_proposer(const model::Schema& source,
                                                           const model::Schema& destination);

}  // namespace flit::app
