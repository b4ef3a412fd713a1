#pragma once
/// @file Batches of a Bulk 1.0 job with files in them: ZIP_CSV, ZIP_XML, ZIP_JSON (fact sheet §7).
///
/// request.txt holds the records; a cell "#photos/a.jpg" stands for the bytes of that file. At most
/// 10 MB zipped, 20 MB unzipped, 1,000 files.

#include <string>
#include <string_view>

#include "sim/salesforce/bulk/async_job.hpp"

namespace flit::sim::salesforce::bulk {

/// The records as CSV, files as base64 in their cells. `type`: the notation of request.txt.
Result<std::string> unzipped_csv(std::string_view archive, ContentType type);

}  // namespace flit::sim::salesforce::bulk
