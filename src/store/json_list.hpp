#pragma once
/// @file A list of texts for one parameter of a statement, which takes it apart with json_each().

#include <span>
#include <string>

namespace flit::store {

std::string json_list(std::span<const std::string> texts);

}  // namespace flit::store
