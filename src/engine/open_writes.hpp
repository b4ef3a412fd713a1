#pragma once
/// @file Batches that a process before us left open, settled by looking at the destination.
///
/// For a stage that sends nothing again: a create is done when its row is there, a deletion when it
/// is not. Whether another write arrived cannot be seen, and need not be: what reads the row next
/// judges it by its values. Loading settles its own batches by sending them again
/// (engine/chunk_loader.hpp).

#include <cstdint>
#include <stop_token>

#include "base/result.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

/// Returns how many batches there were.
Result<std::uint64_t> settle_open_writes(const Migration& migration, std::stop_token stop);

}  // namespace flit::engine
