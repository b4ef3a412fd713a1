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

namespace {

constexpr zip_uint16_t first_day = 0x21;  // 1980-01-01, the first that an archive can say

/// What the archive's source holds once it is closed.
Result<std::string> take_bytes(zip_source_t* source) {
  zip_stat_t stat;
  if (zip_source_open(source) != 0 || zip_source_stat(source, &stat) != 0)
    return broken("the zip archive cannot be read back");
  std::string bytes(stat.size, '\0');
  const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (read != static_cast<zip_int64_t>(bytes.size()))
    return broken("the zip archive cannot be read back");
  return bytes;
}

struct Free {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

}  // namespace

Result<std::string> write_zip(const std::vector<ZipFile>& files) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, Free> source(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!source) return broken(zip_error_strerror(&error));
  zip_source_keep(source.get());  // the archive lets go of one hold, we of the other
  std::unique_ptr<zip_t, Discard> zip(zip_open_from_source(source.get(), ZIP_TRUNCATE, &error));
  if (!zip) {
    zip_source_free(source.get());
    return broken(zip_error_strerror(&error));
  }
  for (const ZipFile& file : files) {
    zip_source_t* bytes = zip_source_buffer(zip.get(), file.bytes.data(), file.bytes.size(), 0);
    const zip_int64_t added =
        bytes == nullptr ? -1 : zip_file_add(zip.get(), file.path.c_str(), bytes, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
      zip_source_free(bytes);
      return broken(zip_strerror(zip.get()));
    }
    // Not the time of day: the same files give the same archive.
    (void)zip_file_set_dostime(zip.get(), static_cast<zip_uint64_t>(added), 0, first_day, 0);
  }
  if (zip_close(zip.get()) != 0) return broken(zip_strerror(zip.get()));
  (void)zip.release();  // closed
  return take_bytes(source.get());
}

Result<std::vector<ZipFile>> read_zip(std::string_view archive, const ZipLimits& limits) {
  const auto megabytes = [](std::size_t bytes) { return std::to_string(bytes >> 20U) + " MB"; };
  if (archive.size() > limits.bytes)
    return broken("the zip archive exceeds " + megabytes(limits.bytes));
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
  if (count > static_cast<zip_int64_t>(limits.files))
    return broken("the zip archive has more than " + std::to_string(limits.files) + " files");
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
    if (all > limits.unzipped_bytes)
      return broken("the zip archive exceeds " + megabytes(limits.unzipped_bytes) + " unzipped");
    FLIT_TRY(bytes, read_entry(zip.get(), i, stat.size));
    files.push_back({std::move(path), std::move(bytes)});
  }
  return files;
}

}  // namespace flit::sim::salesforce::metadata
