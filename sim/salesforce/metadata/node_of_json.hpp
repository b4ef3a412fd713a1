#pragma once
/// @file Metadata in Tooling's JSON as the element tree that deploys bring (fact sheet §6.1).

#include "base/json_reader.hpp"
#include "sim/salesforce/xml/xml.hpp"

namespace flit::sim::salesforce::metadata {

/// Members become children, arrays repeated ones; nulls are left out.
xml::Node node_of_json(std::string_view name, json::Value value);

}  // namespace flit::sim::salesforce::metadata
