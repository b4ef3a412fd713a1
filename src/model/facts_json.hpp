#pragma once
/// @file What both ends said about themselves, as JSON text and back.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/destination.hpp"
#include "model/source.hpp"

namespace flit::model {

std::string_view to_string(Reach::Verdict verdict);

std::string to_json(const SourceFacts& facts);
Result<SourceFacts> source_facts_of_json(std::string_view text);

std::string to_json(const DestinationFacts& facts);
Result<DestinationFacts> destination_facts_of_json(std::string_view text);

}  // namespace flit::model
