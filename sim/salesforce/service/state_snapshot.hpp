#pragma once
/// @file `--snapshot FILE`: schema, records and files as lines of JSON.

#include <string>

#include "base/result.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

Result<void> save_snapshot(const Organization& org, const std::string& path);

/// Over a fresh org. Fault::setup naming what cannot be read.
Result<void> load_snapshot(Organization& org, const std::string& path);

/// The custom part of the schema in the form of `--schema`.
std::string custom_schema_json(const Organization& org);

}  // namespace flit::sim::salesforce
