#pragma once
/// @file What people do while a migration runs: POST /__sim/edit (contract.md).

#include <string>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// One edit or a list, all or none: {"op": "create|update|delete|undelete", "table", "id",
/// "values", "as": username}. Answers {"ids": […]}.
Result<std::string> edit_as_person(Organization& org, json::Value edits);

}  // namespace flit::sim::salesforce
