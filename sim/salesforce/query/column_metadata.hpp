#pragma once
/// @file `&columns=true`: what a query's columns are, instead of its rows (fact sheet §2.4; the CLI
/// asks for it).

#include <string>

#include "sim/salesforce/organization/organization.hpp"
#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce {

std::string column_metadata(const Organization& org, const soql::Plan& plan,
                            const soql::Query& query);

}  // namespace flit::sim::salesforce
