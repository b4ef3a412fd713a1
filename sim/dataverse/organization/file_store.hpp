#pragma once
/// @file Contents of file and image columns, and uploads that are still going on (fact sheet §12).
///
/// A file column's cell holds the file's id; the bytes stay here until rules/file_content removes
/// them. Not thread-safe;
/// the organization's lock protects it.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

struct StoredFile {
  std::string name{};
  std::string mime_type{};
  std::shared_ptr<const std::string> bytes{};
};

/// What an upload by blocks or chunks is for, and what has come so far.
struct Upload {
  enum class Kind { annotation, attachment, file_column };
  Kind kind = Kind::annotation;
  std::uint16_t table = 0;
  Uuid row{};
  std::uint16_t column = 0;
  std::string file_name{};
  std::map<std::string, std::string> blocks{};
  std::string chunks{};  ///< of a chunked transfer, in order
};

class FileStore {
 public:
  const StoredFile* find(const Uuid& id) const {
    const auto found = files_.find(id);
    return found == files_.end() ? nullptr : &found->second;
  }
  void put(const Uuid& id, StoredFile file) { files_[id] = std::move(file); }
  void erase(const Uuid& id) { files_.erase(id); }
  const std::unordered_map<Uuid, StoredFile>& all() const { return files_; }

  Upload* upload(const std::string& token) {
    const auto found = uploads_.find(token);
    return found == uploads_.end() ? nullptr : &found->second;
  }
  void begin(const std::string& token, Upload upload) { uploads_[token] = std::move(upload); }
  void end(const std::string& token) { uploads_.erase(token); }
  void clear() {
    files_.clear();
    uploads_.clear();
  }

 private:
  std::unordered_map<Uuid, StoredFile> files_;
  std::unordered_map<std::string, Upload> uploads_;
};

}  // namespace flit::sim::dataverse
