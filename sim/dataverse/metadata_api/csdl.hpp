#pragma once
/// @file $metadata: the whole model as CSDL (OData 4.0, "Common Schema Definition Language").
///
/// Fact sheet §1: namespace Microsoft.Dynamics.CRM, alias mscrm. Users and teams derive from
/// principal and activities from activitypointer, as on the platform; navigation to tables that
/// this environment does not have is left out, so that every type that is named is defined.
/// REQUIRES: the organization's lock for the whole call.

#include <string>

#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

std::string csdl_of(const Organization& org);

/// The unbound functions and actions with their parameters and answers, and their imports.
std::string csdl_operations();
std::string csdl_operation_imports();

}  // namespace flit::sim::dataverse
