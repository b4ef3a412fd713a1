#pragma once
/// @file Converters into choices: value by value, and what to do with a value that nobody named.

#include <memory>

#include "mapping/conversion.hpp"

namespace flit::mapping {

/// One of a list. Without a value map a value finds the option of the same value or label.
/// Fault::setup when the value map names an option that the column does not have.
Result<std::unique_ptr<Converter>> make_choice(const model::FieldRule& rule,
                                               const model::Field& source,
                                               const model::Field& column);

/// Several of a list, joined by ';' or a JSON array at the source; each once, in the order of the
/// source.
Result<std::unique_ptr<Converter>> make_choices(const model::FieldRule& rule,
                                                const model::Field& source,
                                                const model::Field& column);

}  // namespace flit::mapping
