#pragma once
/// @file What the platform asks of queries beyond the language.

#include "sim/salesforce/schema/refusal.hpp"
#include "sim/salesforce/soql/query.hpp"

namespace flit::sim::salesforce {

/// ContentDocumentLink is read by Id, ContentDocumentId or LinkedEntityId, = or IN (fact sheet §7).
Answer<void> check_query_limits(const soql::Query& query);

}  // namespace flit::sim::salesforce
