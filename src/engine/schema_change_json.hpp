#pragma once
/// @file A schema change as JSON and back: how the plan's manifest and the ledger keep it.
///
/// Reading what was written gives the same change; anything else is Fault::setup.

#include <string>
#include <string_view>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "model/schema_change.hpp"

namespace flit::engine {

void write_change(json::Writer& out, const model::SchemaChange& change);
std::string change_json(const model::SchemaChange& change);
Result<model::SchemaChange> read_change(json::Value value);

}  // namespace flit::engine
