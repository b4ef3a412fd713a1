#pragma once
/// @file AttributeMetadata JSON becomes a Column (fact sheet §10 limits, §11 shapes).

#include "sim/dataverse/metadata_api/names.hpp"

namespace flit::sim::dataverse {

/// A new column; `fallback` is its type when the body does not say (inside relationships).
Answer<Column> read_column(const Session& session, json::Value body,
                           std::optional<ColumnType> fallback = std::nullopt);

/// PUT: what may change on an existing column.
Answer<void> change_column(const Session& session, json::Value body, Column& column);

/// {"Options":[…]}; values left out get the publisher's next ones.
Answer<std::shared_ptr<OptionSet>> read_option_set(const Session& session, json::Value body);

RequiredLevel read_required_level(json::Value body);

}  // namespace flit::sim::dataverse
