#pragma once
/// @file Conditional requests on one record (fact sheet §2.1, §2.5): If-Match and
/// If-Unmodified-Since guard writes, If-None-Match and If-Modified-Since save reads.
///
/// The entity tag follows the record's values and its stamp, so two writes within a second are told
/// apart; dates have the second that HTTP gives them.

#include <optional>

#include "sim/salesforce/api/api_call.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// 412 or 304 when the call's conditions do not hold for `row`.
std::optional<ApiReply> unmet_condition(const Organization& org, const ApiCall& call,
                                        const Row& row);

/// ETag and Last-Modified of the record that `reply` shows.
void add_validators(ApiReply& reply, const Row& row);

}  // namespace flit::sim::salesforce
