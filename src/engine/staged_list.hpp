#pragma once
/// @file Going through a staged list record by record, whatever its length: what checks and reports
/// look at.

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "engine/environment.hpp"

namespace flit::engine {

using StagedVisit = std::function<Result<void>(store::sql::Connection& reader,
                                               const std::string& id, json::Value payload)>;

/// The live records of an object, opened, in the order of their first sight. Records that cannot be
/// read are left out: the profile reports them. Fault::cancelled when stopped.
Result<void> each_staged(const Environment& environment, std::string_view object,
                         const StagedVisit& visit, std::stop_token stop = {});

/// A field's text; empty when it is not there or is no text.
std::string text_of(json::Value payload, std::string_view field);

}  // namespace flit::engine
