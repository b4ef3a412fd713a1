#pragma once
/// @file Grouped rows as JSON (fact sheet §13): values, and how they are shown (§2).
///
/// Groups and totals have the formatted values of their columns, counts those of whole numbers;
/// what is null is left out (PD webapi/query/aggregate-data, fetchxml/aggregate-data).

#include <span>

#include "base/json_writer.hpp"
#include "sim/dataverse/odata/aggregation.hpp"
#include "sim/dataverse/odata/preferences.hpp"
#include "sim/dataverse/query/column_reader.hpp"

namespace flit::sim::dataverse {

/// One object: `row` has one value per column.
void write_totals(json::Writer& out, const odata::Preferences& preferences,
                  const ReadContext& context, std::span<const odata::TotalColumn> columns,
                  std::span<const odata::Constant> row);

}  // namespace flit::sim::dataverse
