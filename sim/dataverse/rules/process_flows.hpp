#pragma once
/// @file Business process flows: which a table has, what a new row gets, what an instance may say.
///
/// Fact sheet §12. A flow is a row of `workflow` (category 4, type 1) with its stages in
/// `processstage`; the order of the stages stands in the workflow's clientdata, which the platform
/// keeps. Its instances are rows of the table named by the workflow's uniquename.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/dataverse/organization/flow_book.hpp"
#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// The flow whose instances the table holds; none if its definition is gone.
std::optional<ProcessFlow> flow_of_instances(const Organization& org, const Table& instances);

/// What the platform does after a create: an instance of the default flow (the active one with the
/// lowest processorder), unless the body says processid 00000000-….
void attach_default_flow(Work& work, const Table& table, const Row& row, const RowDraft& draft);

/// True when the instances in `child` belong to the row that `column` names: they go with it [I].
bool goes_with_record(const Organization& org, const Table& child, std::string_view column);

}  // namespace flit::sim::dataverse
