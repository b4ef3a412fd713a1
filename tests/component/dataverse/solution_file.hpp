#pragma once
/// @file Makes zip archives in memory for tests of solution imports.

#include <string>
#include <utility>
#include <vector>

#include <zip.h>

#include "base/check.hpp"

namespace flit::sim::dataverse {

inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  zip_error_t problem;
  zip_error_init(&problem);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &problem);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &problem);
  FLIT_CHECK(archive != nullptr, "an archive in memory can be made");
  for (const auto& [name, content] : files) {
    zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
    zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
  }
  FLIT_CHECK(zip_close(archive) == 0, "an archive in memory can be written");
  zip_source_open(target);
  zip_stat_t about;
  zip_source_stat(target, &about);
  std::string bytes(about.size, '\0');
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace flit::sim::dataverse
