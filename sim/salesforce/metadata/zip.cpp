#include "sim/salesforce/metadata/zip.hpp"

#include <memory>

#include <zip.h>

namespace flit::sim::salesforce::metadata {
namespace {

Error broken(std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message)};
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Result<std::string> read_entry(zip_t* archive, zip_uint64_t index, std::size_t size) {
  const std::unique_ptr<zip_file_t, Discard> file(zip_fopen_index(archive, index, 0));
  if (!file) return broken(std::string("the zip archive cannot be read: ") + zip_strerror(archive));
  std::string bytes(size, '\0');
  std::size_t read = 0;
  while (read < size) {
    const zip_int64_t count = zip_fread(file.get(), bytes.data() + read, size - read);
    if (count <= 0) return broken("a file of the zip archive is damaged");
    read += static_cast<std::size_t>(count);
  }
  char more = 0;
  // The end must be reached for the checksum to be compared.
  if (zip_fread(file.get(), &more, 1) != 0) return broken("a file of the zip archive is damaged");
  return bytes;
}

}  // namespace

Result<std::vector<ZipFile>> read_zip(std::string_view archive) {
  if (archive.size() > max_zip_bytes) return broken("the zip archive exceeds 39 MB");
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
  if (source == nullptr) return broken(zip_error_strerror(&error));
  const std::unique_ptr<zip_t, Discard> zip(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!zip) {
    std::string why = zip_error_strerror(&error);
    zip_source_free(source);
    zip_error_fini(&error);
    return broken("not a zip archive: " + why);
  }
  const zip_int64_t count = zip_get_num_entries(zip.get(), 0);
  if (count > static_cast<zip_int64_t>(max_zip_files))
    return broken("the zip archive has more than 10,000 files");
  std::vector<ZipFile> files;
  std::size_t all = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(zip.get(), i, 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0 ||
        (stat.valid & ZIP_STAT_SIZE) == 0)
      return broken("the zip archive has a damaged directory");
    std::string path = stat.name;
    if (path.empty() || path.back() == '/') continue;
    all += stat.size;
    if (all > max_unzipped_bytes) return broken("the zip archive exceeds 600 MB unzipped");
    FLIT_TRY(bytes, read_entry(zip.get(), i, stat.size));
    files.push_back({std::move(path), std::move(bytes)});
  }
  return files;
}

}  // namespace flit::sim::salesforce::metadata
