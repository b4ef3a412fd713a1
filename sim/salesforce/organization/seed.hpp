#pragma once
/// @file What every org has on its first day (fact sheet §7): its own row, profiles, users, stages.

#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// REQUIRES: schema and store are fresh.
void seed_organization(Organization& org);

/// One field and its value as text, in the order in which they are given.
using SeedValues = std::vector<std::pair<std::string_view, std::string>>;

/// Puts a row as it is, past every rule, made by the API's user now.
RecordId seed_row(Organization& org, std::string_view object, const SeedValues& values);

}  // namespace flit::sim::salesforce
