#pragma once
/// @file Converter of an activity's people: who called, wrote, was written to, was invited.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mapping/conversion.hpp"

namespace flit::mapping {

/// The source's list `[{"role","object","id","address"}, …]` → a list of lists {role over there,
/// reference or null, address or null}, in the source's order. A person whose record is not over
/// there is kept by e-mail address; one who has none either is left out, flagged "party_not_moved".
/// `roles`: source role → number over there; a role that is not named is left out too.
/// Fault::setup: a role over there is no number.
Result<std::unique_ptr<Converter>> make_parties(
    const std::vector<std::pair<std::string, std::string>>& roles);

}  // namespace flit::mapping
