#pragma once
/// @file A row as JSON: properties, ETag, annotations (fact sheet §2, §3).

#include <span>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "sim/dataverse/odata/preferences.hpp"
#include "sim/dataverse/query/row_reader.hpp"

namespace flit::sim::dataverse {

struct RowFormat {
  std::vector<const Column*> columns{};  ///< empty: every readable one
  const odata::AnnotationPatterns* annotations = nullptr;
};

/// The columns that $select names; the primary id is always there. 400 0x80060888 otherwise.
Answer<std::vector<const Column*>> selected_columns(const Table& table,
                                                    const std::vector<std::string>& names);

/// Members of an open JSON object: "@odata.etag" and the columns.
void write_row_members(json::Writer& out, const Organization& org, const RowReader& reader,
                       const RowFormat& format);

/// One value as JSON.
void write_value(json::Writer& out, const Cell& cell);

/// W/"502186"
std::string etag_of(const Row& row);

}  // namespace flit::sim::dataverse
