#pragma once
/// @file Reading up to 2,000 records of one object in one call (fact sheet §2.6).

#include <string_view>
#include <vector>

#include "sim/salesforce/api/session.hpp"

namespace flit::sim::salesforce {

/// Some fields of the records; null for what is not there.
Answer<ApiReply> read_collection(const Session& session, const std::vector<std::string_view>& ids,
                                 const std::vector<std::string_view>& names);

/// The texts of a JSON list.
std::vector<std::string_view> texts_of(json::Value list);

/// EXCEEDED_ID_LIMIT, of reads and of writes.
Refusal too_many_records(std::size_t most);

}  // namespace flit::sim::salesforce
