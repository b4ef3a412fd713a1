#pragma once
/// @file POST /__sim/edit: what a person does in the user interface, with a new modification stamp
/// (§10).

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

/// One edit or a list, all or none: {"op", "table", "id", "values", "as"}. Values have the form of
/// a Web API body. Gives the ids touched. Takes the exclusive lock.
Result<std::string> edit_as_person(Organization& org, json::Value edits);

}  // namespace flit::sim::dataverse
