#include "sim/salesforce/bulk/async_zip.hpp"

#include <map>

#include "base/encoding.hpp"
#include "sim/salesforce/bulk/job.hpp"
#include "sim/salesforce/metadata/zip.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

constexpr metadata::ZipLimits limits{
    .bytes = 10UL << 20U, .unzipped_bytes = 20UL << 20U, .files = 1'000};

using Files = std::map<std::string, std::string, std::less<>>;

Error broken(const std::string& message) {
  return job_fault("InvalidBatch", "InvalidBatch : " + message);
}

/// Every cell that names a file becomes its bytes; a name that no file has is refused.
Result<std::string> with_files(std::string_view csv, const Files& files) {
  CsvReader reader(csv, {});
  std::vector<std::string_view> cells;
  std::string out;
  for (;;) {
    cells.clear();
    const CsvReader::Row row = reader.next(cells);
    if (row == CsvReader::Row::none) return out;
    if (row == CsvReader::Row::broken) return broken("request.txt is no CSV");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) out += ',';
      const bool is_file = cells[i].starts_with('#') && cells[i] != "#N/A";
      if (!is_file) {
        append_quoted_cell(out, cells[i]);
        continue;
      }
      const auto file = files.find(cells[i].substr(1));
      if (file == files.end()) return broken("Missing file " + std::string(cells[i].substr(1)));
      append_quoted_cell(out, base64::encode(file->second));
    }
    out += '\n';
    reader.release();
  }
}

}  // namespace

Result<std::string> unzipped_csv(std::string_view archive, ContentType type) {
  auto unzipped = metadata::read_zip(archive, limits);
  if (!unzipped) return broken(unzipped.error().message);
  Files files;
  for (metadata::ZipFile& file : *unzipped) files[std::move(file.path)] = std::move(file.bytes);
  const auto request = files.find("request.txt");
  if (request == files.end()) return broken("the zip archive has no request.txt");
  if (type == ContentType::csv) return with_files(request->second, files);
  FLIT_TRY(csv, records_as_csv(request->second, type));
  return with_files(csv, files);
}

}  // namespace flit::sim::salesforce::bulk
