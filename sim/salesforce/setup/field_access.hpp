#pragma once
/// @file What the API's user may see of what was made after the org's first day (fact sheet §0.14).
///
/// A new field is invisible until a permission set that is assigned to the user, or the user's
/// profile, grants it. The rows of PermissionSet, FieldPermissions and PermissionSetAssignment are
/// the one truth: deploys and the data API write them, and this works out what follows.

#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// Sets readable, editable and available of everything that is governed by permissions.
/// REQUIRES: the exclusive lock.
void work_out_access(Organization& org);

/// The rows whose change calls for it: PermissionSetAssignment, FieldPermissions …
bool decides_access(std::string_view object);

/// The permission set that stands for a profile, made when it is not there yet.
RecordId set_of_profile(Organization& org, RecordId profile);

}  // namespace flit::sim::salesforce
