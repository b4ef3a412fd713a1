#pragma once
/// @file Runs a plan: which rows, in which order, or which groups.
///
/// Rows come as numbers, so that a cursor can keep a hundred thousand of them and show them page by
/// page (record_writer.hpp). Without ORDER BY they come in the order of their ids; nulls come first
/// whatever the direction, unless the query says NULLS LAST.

#include <cstdint>
#include <vector>

#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce::soql {

/// REQUIRES: shape records or count; of count, only their number is of use.
std::vector<Row> rows_of(const Plan& plan);

/// The children of `parent` that a sub-query of it gives.
std::vector<Row> rows_of(const Plan& plan, const ChildLink& link, const Record& parent);

/// REQUIRES: shape groups. One value per result column.
std::vector<std::vector<Constant>> groups_of(const Plan& plan);

}  // namespace flit::sim::salesforce::soql
