#pragma once
/// @file What `explain=` answers: how a query would be run (fact sheet §2.4).
///
/// The simulator has one plan for each query: over an index where a filter can use one, else a walk
/// over the table. Costs are shares of the table, as the platform's are.

#include <string>
#include <string_view>

#include "sim/salesforce/organization/organization.hpp"
#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce {

/// {"plans":[{cardinality, fields, leadingOperationType, notes, relativeCost, sobjectCardinality,
/// sobjectType}],"sourceQuery"}. REQUIRES: the lock.
std::string explained(const Organization& org, const soql::Plan& plan, std::string_view query);

}  // namespace flit::sim::salesforce
