#pragma once
/// @file Some values of every field, read from the staged records: for whoever must judge what a
/// field is.
///
/// They stay in memory: no file, log or report ever holds them. Bounded, however many records there
/// are.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "model/schema.hpp"

namespace flit::engine {

struct SampleBounds {
  std::int64_t records = 400;  ///< of each object, the first ones that are live
  std::size_t values = 200;    ///< of each field; empty ones do not count
  std::size_t bytes = 400;     ///< of each value
};

/// Values as text, by (object, field), in the order of their records.
using FieldSamples = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

Result<FieldSamples> sample_fields(const Environment& environment, const model::Schema& source,
                                   const SampleBounds& bounds = {});

}  // namespace flit::engine
