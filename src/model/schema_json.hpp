#pragma once
/// @file A schema as JSON text and back, so that what was described once can be kept and compared.
///
/// The same schema gives the same bytes. Members that say nothing beyond their default are left
/// out.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/schema.hpp"

namespace flit::model {

std::string to_json(const Schema& schema);

/// Fault::permanent when the text is not what to_json() writes.
Result<Schema> schema_of_json(std::string_view text);

}  // namespace flit::model
