#pragma once
/// @file Small shapes that metadata JSON is made of: labels, managed properties
/// (§11).

#include <string>
#include <string_view>

#include "base/json_writer.hpp"

namespace flit::sim::dataverse {

/// {"LocalizedLabels":[…],"UserLocalizedLabel":…}; an empty text has no labels.
void write_label(json::Writer& out, std::string_view name, std::string_view text);

/// {"Value":…,"CanBeChanged":true,"ManagedPropertyLogicalName":…}
void write_managed(json::Writer& out, std::string_view name, bool value,
                   std::string_view logical_name);

}  // namespace flit::sim::dataverse
