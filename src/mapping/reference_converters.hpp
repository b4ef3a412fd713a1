#pragma once
/// @file Converters into references: another record, or the owner.

#include <memory>
#include <string>

#include "mapping/conversion.hpp"

namespace flit::mapping {

/// The source id of a record of `object` → its row over there. A record that will exist but does
/// not yet is flagged "later"; one that the source does not have leaves the column empty, flagged
/// "broken_reference". Archived::placeholder: one that is archived is stood in for.
enum class Archived { left_out, placeholder };
std::unique_ptr<Converter> make_record_reference(std::string object, Archived archived);

/// The source id of an owner → a user or team over there. There is always one: the fallback's.
std::unique_ptr<Converter> make_owner_reference();

}  // namespace flit::mapping
