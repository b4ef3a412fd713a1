#pragma once
/// @file What is asked of every record before it is saved, whatever its object (fact sheet §2.9,
/// §7).

#include "sim/salesforce/write/object_plan.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {

/// INVALID_FIELD_FOR_INSERT_UPDATE for what the client may not set.
Answer<void> check_writable(const Work& work, const Draft& draft, const ObjectPlan& plan);

/// REQUIRED_FIELD_MISSING, all of them at once.
Answer<void> check_required(const Draft& draft, const ObjectPlan& plan);

/// Restricted picklists, also those that the record type narrows; puts the parts of a multi-select
/// into the order of their definition.
Answer<void> check_choices(Draft& draft);

/// References name records that are there, of the right object; owners are active.
Answer<void> check_references(const Work& work, Draft& draft, const ObjectPlan& plan);

/// DUPLICATE_VALUE for unique fields.
Answer<void> check_unique(const Work& work, const Draft& draft, const ObjectPlan& plan,
                          RecordId self);

/// STORAGE_LIMIT_EXCEEDED when data or files have outgrown the org.
Answer<void> check_storage(const Organization& org);

}  // namespace flit::sim::salesforce
