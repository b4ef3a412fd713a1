#include "sim/dataverse/solutions/solution_archive.hpp"

#include <memory>

#include <zip.h>

#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr zip_int64_t most_parts = 2000;
constexpr std::size_t most_bytes = 64U << 20;

Error unreadable() {
  return odata::platform_fault(
      "0x80048060",
      "The solution file is invalid. The compressed file must contain the following files at its "
      "root: solution.xml, customizations.xml, and [Content_Types].xml.");
}

struct Closer {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

Result<SolutionFiles> unpack_solution(std::string_view bytes) {
  zip_error_t problem;
  zip_error_init(&problem);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &problem);
  if (source == nullptr) return unreadable();
  const std::unique_ptr<zip_t, Closer> archive(zip_open_from_source(source, ZIP_RDONLY, &problem));
  if (archive == nullptr) {
    zip_source_free(source);
    return unreadable();
  }
  SolutionFiles files;
  std::size_t total = 0;
  const zip_int64_t parts = zip_get_num_entries(archive.get(), 0);
  if (parts > most_parts) return unreadable();
  for (zip_int64_t i = 0; i < parts; ++i) {
    zip_stat_t about;
    const auto index = static_cast<zip_uint64_t>(i);
    if (zip_stat_index(archive.get(), index, 0, &about) != 0) return unreadable();
    if (about.size > most_bytes || (total += about.size) > most_bytes) return unreadable();
    const std::unique_ptr<zip_file_t, Closer> file(zip_fopen_index(archive.get(), index, 0));
    if (file == nullptr) return unreadable();
    std::string content(about.size, '\0');
    const zip_int64_t got = zip_fread(file.get(), content.data(), content.size());
    if (got < 0 || static_cast<std::size_t>(got) != content.size()) return unreadable();
    files.insert_or_assign(facts::lower_ascii(about.name), std::move(content));
  }
  return files;
}

}  // namespace flit::sim::dataverse
