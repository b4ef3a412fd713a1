#include "sim/base/snapshot.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::sim {

namespace {

Error cannot(std::string_view act, const std::string& path, int reason) {
  return Error{.fault = Fault::setup,
               .message = "cannot " + std::string(act) +
                          " the file: " + std::generic_category().message(reason),
               .where = path};
}

Error not_ours(const std::string& path, std::string_view kind) {
  return Error{.fault = Fault::setup,
               .message = "this is no snapshot of flitsim " + std::string(kind),
               .where = path,
               .remedy = "Name another file, or one that does not exist yet."};
}

std::string partial_path(const std::string& path) {
  return path + ".partial";
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t most_bytes) {
  errno = 0;
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return cannot("read", path, errno);
  const auto size = static_cast<std::uint64_t>(in.tellg());
  if (size > most_bytes)
    return Error{.fault = Fault::setup,
                 .message = "the file is longer than " + std::to_string(most_bytes) + " bytes",
                 .where = path};
  std::string text(size, '\0');
  in.seekg(0);
  if (!in.read(text.data(), static_cast<std::streamsize>(size))) return cannot("read", path, EIO);
  return text;
}

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

Result<SnapshotWriter> SnapshotWriter::create(const std::string& path, std::string_view kind,
                                              int version) {
  errno = 0;
  std::ofstream out(partial_path(path), std::ios::binary | std::ios::trunc);
  if (!out) return cannot("write", path, errno);
  SnapshotWriter writer(path, std::move(out));
  json::Writer head;
  head.begin_object().member("flitsim_snapshot", kind).member("version", version).end_object();
  writer.line(head.view());
  return writer;
}

SnapshotWriter::SnapshotWriter(std::string path, std::ofstream out)
    : path_(std::move(path)), out_(std::move(out)) {}

SnapshotWriter::SnapshotWriter(SnapshotWriter&& other) noexcept
    : path_(std::move(other.path_)),
      out_(std::move(other.out_)),
      open_(std::exchange(other.open_, false)) {}

SnapshotWriter::~SnapshotWriter() {
  if (!open_) return;
  std::error_code ignored;
  std::filesystem::remove(partial_path(path_), ignored);
}

void SnapshotWriter::line(std::string_view text) {
  out_ << text << '\n';
}

Result<void> SnapshotWriter::commit() {
  out_.close();
  if (!out_) return cannot("write", path_, EIO);
  std::error_code reason;
  std::filesystem::rename(partial_path(path_), path_, reason);
  if (reason) return cannot("write", path_, reason.value());
  open_ = false;
  return {};
}

Result<SnapshotReader> SnapshotReader::open(const std::string& path, std::string_view kind,
                                            int version) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return cannot("read", path, errno);
  SnapshotReader reader(std::move(in));
  const auto first = reader.line();
  const auto head = json::parse(first.value_or(""));
  if (!head || head->root()["flitsim_snapshot"].string_or("") != kind) return not_ours(path, kind);
  reader.version_ = static_cast<int>(head->root()["version"].as_integer().value_or(0));
  if (reader.version_ > version)
    return Error{.fault = Fault::setup,
                 .message = "the snapshot was written by a newer flitsim",
                 .where = path};
  return reader;
}

std::optional<std::string> SnapshotReader::line() {
  std::string text;
  if (!std::getline(in_, text)) return std::nullopt;
  return text;
}

}  // namespace flit::sim
