#pragma once
/// @file FetchXML conditions as Conditions: the operators' names, and how each is judged
/// (§13).

#include <string>
#include <string_view>

#include "sim/dataverse/odata/fetch_xml.hpp"
#include "sim/dataverse/odata/predicate.hpp"

namespace flit::sim::dataverse::odata {

/// "last-x-days" → "LastXDays"; empty for an operator that is not named like a query function.
std::string function_of_operator(std::string_view op);

/// Codes 0x80041103 (no such column), 0x80041120 (no such operator), 0x80041108 (value does not
/// fit).
Result<Condition> bind_fetch_condition(const FetchCondition& condition, const TableView& table,
                                       const QueryContext& context);

}  // namespace flit::sim::dataverse::odata
